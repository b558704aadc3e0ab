import { type CivilDate, parseD8 } from '../domain/civil-date.ts';
import type { SourcePlace } from '../domain/claim.ts';
import { type Cents, parseAmount, zeroCents } from '../domain/money.ts';
import { X12Fault } from './fault.ts';
import { textOfId } from './segment-id.ts';
import type { SegmentPage } from './segment-page.ts';

/**
 * One segment, seen through the page it lies on: an element becomes text when it is asked for. Of no use once its part was read: `moveTo` makes
 * it another one. That is why it is not a `SourcePlace`: `placeOf` makes one that lasts.
 */
export class Segment {
  readonly page: SegmentPage;
  /** In upper case. */
  id = '';
  /** Index of its first byte on the page. */
  start = 0;
  /** Index of the first of its element ends on the page, and how many they are. */
  first = 0;
  count = 0;
  #index = 0;

  constructor(page: SegmentPage, index: number) {
    this.page = page;
    this.moveTo(index);
  }

  /** Becomes the segment with that index on its page. */
  moveTo(index: number): void {
    const { page } = this;
    this.id = textOfId(page.idAt(index));
    this.start = page.startAt(index);
    this.first = page.firstElementAt(index);
    this.count = page.firstElementAt(index + 1) - this.first;
    this.#index = index;
  }

  /** From 1 for the first segment of the file. */
  get number(): number {
    return this.page.firstNumber + this.#index;
  }

  /** Of its first byte in the file. */
  get offset(): number {
    return this.page.base + this.start;
  }

  /** Of the byte after its terminator, in the file. */
  get endOffset(): number {
    return this.page.base + this.page.endAt(this.#index);
  }

  /** The component separator of the interchange. */
  get component(): string {
    return this.page.component;
  }

  /** By X12 number: 0 is the id. */
  get elements(): readonly string[] {
    return Array.from({ length: this.count }, (_, index) => elementOf(this, index));
  }

  /** Index of the first byte of an element that is there, and of the byte after its last. */
  startOf(index: number): number {
    return index === 0 ? this.start : (this.page.elementEnds[this.first + index - 1] ?? 0) + 1;
  }

  endOf(index: number): number {
    return this.page.elementEnds[this.first + index] ?? 0;
  }
}

/** Two civil dates, both included. */
export interface Period {
  readonly from: CivilDate;
  readonly through: CivilDate;
}

export function placeOf(segment: Segment): SourcePlace {
  return { offset: segment.offset, length: segment.endOffset - segment.offset };
}

/** How many elements there are, the id at 0 included. */
export function elementCount(segment: Segment): number {
  return segment.count;
}

/** Element `index`, or '' when it is absent. */
export function elementOf(segment: Segment, index: number): string {
  return index < segment.count ? segment.page.textOf(segment.startOf(index), segment.endOf(index)) : '';
}

/** Whether element `index` holds nothing. */
export function isEmpty(segment: Segment, index: number): boolean {
  return index >= segment.count || segment.startOf(index) === segment.endOf(index);
}

/** Component `part` (from 1) of element `index`, or ''. */
export function componentOf(segment: Segment, index: number, part: number): string {
  if (index >= segment.count) return '';
  const { bytes, component } = segment.page;
  const separator = component.charCodeAt(0);
  const end = segment.endOf(index);
  let from = segment.startOf(index);
  let missing = part - 1;
  let to = from;
  for (; to < end; to++) {
    if (bytes[to] !== separator) continue;
    if (missing === 0) break;
    missing--;
    from = to + 1;
  }
  return missing === 0 ? segment.page.textOf(from, to) : '';
}

/** How many components element `index` has; 0 when it is absent. */
export function componentCount(segment: Segment, index: number): number {
  if (index >= segment.count) return 0;
  const { bytes, component } = segment.page;
  const separator = component.charCodeAt(0);
  const end = segment.endOf(index);
  let count = 1;
  for (let at = segment.startOf(index); at < end; at++) if (bytes[at] === separator) count++;
  return count;
}

export function nullIfEmpty(text: string): string | null {
  return text === '' ? null : text;
}

/** For what may be left unsaid: absent when it is. */
export function undefinedIfEmpty(text: string): string | undefined {
  return text === '' ? undefined : text;
}

/** The fault of a segment that was read: what its element should have held. */
// oxlint-disable-next-line eslint/max-params -- the five parts of a place and its fault, in reading order
export function faultAt(segment: Segment, loop: string, element: number | string, code: string, expected: string): X12Fault {
  return new X12Fault({ code, at: segment, loop, element: String(element), expected });
}

export function requiredOf(segment: Segment, index: number, loop: string): string {
  const text = elementOf(segment, index);
  if (text === '') throw faultAt(segment, loop, index, 'x12.missing', 'a value');
  return text;
}

/** Below a billion dollars: ten times what the guides allow, and small enough that sums over a file stay exact. */
const maximumCents = 99_999_999_999;

export function amountOf(segment: Segment, index: number, loop: string): Cents {
  const amount = plainAmountOf(segment, index) ?? parseAmount(elementOf(segment, index));
  if (amount === null || amount > maximumCents || amount < -maximumCents) throw faultAt(segment, loop, index, 'x12.amount', 'an amount');
  return amount;
}

/** For elements the guide lets stay empty when the amount is zero. */
export function amountOrZeroOf(segment: Segment, index: number, loop: string): Cents {
  return isEmpty(segment, index) ? zeroCents : amountOf(segment, index, loop);
}

/** An amount written in the usual way (`-`, up to 12 digits, up to two decimals), straight from its bytes; null when it is another text. */
function plainAmountOf(segment: Segment, index: number): Cents | null {
  if (index >= segment.count) return null;
  const { bytes } = segment.page;
  const end = segment.endOf(index);
  let at = segment.startOf(index);
  const isNegative = bytes[at] === 0x2d;
  if (isNegative) at++;
  const from = at;
  let value = 0;
  for (; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (at === from || at - from > 12) return null;
  value *= 100;
  if (at < end) {
    if (bytes[at] !== 0x2e || end - at > 3 || end - at < 2) return null;
    const tens = (bytes[at + 1] ?? 0) - 0x30;
    const ones = end - at === 3 ? (bytes[at + 2] ?? 0) - 0x30 : 0;
    if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return null;
    value += tens * 10 + ones;
  }
  return asCents(isNegative && value !== 0 ? -value : value);
}

function asCents(value: number): Cents {
  return value as Cents;
}

export function quantityOf(segment: Segment, index: number, loop: string): number {
  const whole = digitsOf(segment, index, 12);
  if (whole >= 0) return whole;
  const text = elementOf(segment, index);
  if (!/^-?(\d{1,12}(\.\d{0,6})?|\.\d{1,6})$/.test(text)) throw faultAt(segment, loop, index, 'x12.quantity', 'a quantity');
  return Number(text);
}

/** The days of a file are few. By their eight digits as one number. */
const dates = new Map<number, CivilDate>();
const maximumDates = 10_000;

export function dateOf(segment: Segment, index: number, loop: string): CivilDate {
  const digits = lengthOf(segment, index) === 8 ? digitsOf(segment, index, 8) : -1;
  const known = dates.get(digits);
  if (known !== undefined) return known;
  const date = parseD8(elementOf(segment, index));
  if (date === null) throw faultAt(segment, loop, index, 'x12.date', 'a date written CCYYMMDD');
  if (digits >= 0 && dates.size < maximumDates) dates.set(digits, date);
  return date;
}

function lengthOf(segment: Segment, index: number): number {
  return index < segment.count ? segment.endOf(index) - segment.startOf(index) : 0;
}

/** The whole number that is written there; -1 when it is anything but one to `maximum` digits. */
function digitsOf(segment: Segment, index: number, maximum: number): number {
  const length = lengthOf(segment, index);
  if (length === 0 || length > maximum) return -1;
  const { bytes } = segment.page;
  const from = segment.startOf(index);
  let value = 0;
  for (let at = from; at < from + length; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** DTP02/DTP03: a day (D8), a range (RD8) or a day with a time (DT). */
export function periodOf(segment: Segment, loop: string): Period {
  const [first = '', last = first] = elementOf(segment, 3).split('-');
  const from = parseD8(elementOf(segment, 2) === 'DT' ? first.slice(0, 8) : first);
  const through = elementOf(segment, 2) === 'RD8' ? parseD8(last) : from;
  if (from === null || through === null || through < from) throw faultAt(segment, loop, 3, 'x12.date', 'a date or a range of dates');
  return { from, through };
}
