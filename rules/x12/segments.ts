import type { CivilDate } from '../domain/civil-date.ts';
import { parseD8 } from '../domain/civil-date.ts';
import { type Cents, parseAmount } from '../domain/money.ts';
import { X12Fault } from './fault.ts';

/** One segment: `elements[0]` is its id, `elements[n]` its n-th element, empty when absent. Offsets are bytes from the start of the file. */
export interface Segment {
  readonly id: string;
  readonly elements: readonly string[];
  readonly offset: number;
  readonly length: number;
  /** From 1, over the whole file. */
  readonly number: number;
  readonly componentSeparator: string;
}

const isaLength = 106;
/** Where the element separators of an ISA stand, from its first byte (X12.6, fixed widths). */
const isaSeparators = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103];

/**
 * Cuts a file into segments. Each ISA sets the delimiters anew, at its fixed positions 3, 104 and 105. A BOM, blanks before an ISA and any run
 * of CR and LF after a terminator are skipped.
 * @throws X12Fault `x12.no-isa`, `x12.isa-length`, `x12.no-terminator`
 */
export function cutSegments(bytes: Uint8Array): readonly Segment[] {
  const text = new TextDecoder('latin1').decode(bytes);
  const segments: Segment[] = [];
  let position = text.startsWith('ï»¿') ? 3 : 0;
  let delimiters: { element: string; component: string; terminator: string } | null = null;
  for (;;) {
    while (position < text.length && /\s/.test(text.charAt(position))) position += 1;
    if (position >= text.length) break;
    const at = { offset: position, number: segments.length + 1, id: '' };
    if (text.startsWith('ISA', position)) delimiters = delimitersAt(text, position);
    if (delimiters === null) throw new X12Fault('x12.no-isa', { ...at, number: 0 }, 'expected the file to begin with ISA');
    const end = text.startsWith('ISA', position) ? position + isaLength - 1 : text.indexOf(delimiters.terminator, position);
    if (end < 0) throw new X12Fault('x12.no-terminator', at, 'the file ends inside a segment: it is truncated');
    const elements = text.slice(position, end).split(delimiters.element);
    elements[0] = (elements[0] ?? '').toUpperCase();
    segments.push({
      id: elements[0],
      elements,
      offset: position,
      length: end + 1 - position,
      number: at.number,
      componentSeparator: delimiters.component,
    });
    position = end + 1;
  }
  return segments;
}

function delimitersAt(text: string, offset: number): { element: string; component: string; terminator: string } {
  const separator = text.charAt(offset + 3);
  const header = text.slice(offset, offset + isaLength);
  const fits =
    header.length === isaLength && isaSeparators.every((at) => header.charAt(at) === separator) && header.split(separator).length === 17;
  if (!fits)
    throw new X12Fault(
      'x12.isa-length',
      { offset, number: 0, id: 'ISA' },
      'expected an ISA of exactly 106 bytes with its separators in place',
    );
  return { element: separator, component: header.charAt(104), terminator: header.charAt(105) };
}

export function element(segment: Segment, index: number): string {
  return (segment.elements[index] ?? '').trim();
}

/** A component of a composite element, from 1. */
export function component(segment: Segment, index: number, part: number): string {
  return (element(segment, index).split(segment.componentSeparator)[part - 1] ?? '').trim();
}

/** @throws X12Fault `x12.amount` unless the element is decimal text of whole cents. */
export function amount(segment: Segment, index: number): Cents {
  const parsed = parseAmount(element(segment, index));
  if (parsed === null) throw new X12Fault('x12.amount', segment, 'expected an amount with at most two decimals', index);
  return parsed;
}

/** As `amount`, with zero for an absent element. */
export function amountOrZero(segment: Segment, index: number): Cents {
  return element(segment, index) === '' ? amount({ ...segment, elements: ['', '0'] }, 1) : amount(segment, index);
}

/** @throws X12Fault `x12.date` unless the element is an existing date `CCYYMMDD`. */
export function dateAt(segment: Segment, index: number): CivilDate {
  const parsed = parseD8(element(segment, index));
  if (parsed === null) throw new X12Fault('x12.date', segment, 'expected an existing date CCYYMMDD', index);
  return parsed;
}

/** A DTP value: a date (D8) or the first day of a range (RD8). */
export function datesOf(segment: Segment, index: number): { readonly from: CivilDate; readonly through: CivilDate } {
  const [first = '', second = first] = element(segment, index).split('-');
  const from = parseD8(first);
  const through = parseD8(second);
  if (from === null || through === null)
    throw new X12Fault('x12.date', segment, 'expected a date CCYYMMDD or a range CCYYMMDD-CCYYMMDD', index);
  return { from, through };
}

/** @throws X12Fault `x12.required` when the element is absent. */
export function required(segment: Segment, index: number): string {
  const value = element(segment, index);
  if (value === '') throw new X12Fault('x12.required', segment, 'expected a value', index);
  return value;
}
