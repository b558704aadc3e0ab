import { type CivilDate, parseD8 } from '../domain/civil-date.ts';
import type { SourcePlace } from '../domain/claim.ts';
import { type Cents, parseAmount, zeroCents } from '../domain/money.ts';
import { X12Fault } from './fault.ts';

export interface Segment extends SourcePlace {
  readonly id: string;
  /** By X12 number: 0 is the id. */
  readonly elements: readonly string[];
  /** The component separator of the interchange. */
  readonly component: string;
  /** From 1 for the first segment of the file. */
  readonly number: number;
}

/** Two civil dates, both included. */
export interface Period {
  readonly from: CivilDate;
  readonly through: CivilDate;
}

/** Element `index`, or '' when it is absent. */
export function elementOf(segment: Segment, index: number): string {
  return segment.elements[index] ?? '';
}

/** How many elements there are, the id at 0 included. */
export function elementCount(segment: Segment): number {
  return segment.elements.length;
}

/** Component `part` (from 1) of element `index`, or ''. */
export function componentOf(segment: Segment, index: number, part: number): string {
  return elementOf(segment, index).split(segment.component)[part - 1] ?? '';
}

export function nullIfEmpty(text: string): string | null {
  return text === '' ? null : text;
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
  const amount = parseAmount(elementOf(segment, index));
  if (amount === null || Math.abs(amount) > maximumCents) throw faultAt(segment, loop, index, 'x12.amount', 'an amount');
  return amount;
}

/** For elements the guide lets stay empty when the amount is zero. */
export function amountOrZeroOf(segment: Segment, index: number, loop: string): Cents {
  return elementOf(segment, index) === '' ? zeroCents : amountOf(segment, index, loop);
}

export function quantityOf(segment: Segment, index: number, loop: string): number {
  const text = elementOf(segment, index);
  if (!/^-?(\d{1,12}(\.\d{0,6})?|\.\d{1,6})$/.test(text)) throw faultAt(segment, loop, index, 'x12.quantity', 'a quantity');
  return Number(text);
}

export function dateOf(segment: Segment, index: number, loop: string): CivilDate {
  const date = parseD8(elementOf(segment, index));
  if (date === null) throw faultAt(segment, loop, index, 'x12.date', 'a date written CCYYMMDD');
  return date;
}

/** DTP02/DTP03: a day (D8), a range (RD8) or a day with a time (DT). */
export function periodOf(segment: Segment, loop: string): Period {
  const [first = '', last = first] = elementOf(segment, 3).split('-');
  const from = parseD8(elementOf(segment, 2) === 'DT' ? first.slice(0, 8) : first);
  const through = elementOf(segment, 2) === 'RD8' ? parseD8(last) : from;
  if (from === null || through === null || through < from) throw faultAt(segment, loop, 3, 'x12.date', 'a date or a range of dates');
  return { from, through };
}
