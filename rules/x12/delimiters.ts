import { X12Fault } from './fault.ts';

/** The three characters an ISA declares, as bytes. */
export interface Delimiters {
  readonly element: number;
  readonly component: number;
  readonly terminator: number;
  /** Where the elements of the ISA end, in the bytes it was read from; the last one ends where its terminator stands. */
  readonly ends: readonly number[];
}

/** Bytes of an ISA up to and with its terminator: every element of it has a fixed width. */
const isaLength = 106;

/** With the line ends of a wrapped file; more of them are no wrapping. */
const maximumLength = 4 * isaLength;

/** Where the 16 element separators of an ISA stand, counted from its first byte. */
const separatorsAt = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103];

/**
 * Reads the delimiters from their fixed places in the ISA that begins at `start`. Line ends in the midst of it (a file wrapped at 80 columns) do not count.
 * @param at what is known of the ISA, for a fault
 * @returns null when the bytes end before the ISA does
 * @throws X12Fault when an element of the ISA is too short or too long, or when one character has two duties.
 */
export function readDelimiters(bytes: Uint8Array, start: number, at: { number: number; offset: number }): Delimiters | null {
  const places = placesOf(bytes, start);
  if (places.length < isaLength && bytes.length - start < maximumLength) return null;
  const byteAt = (index: number) => bytes[places[index] ?? -1] ?? 0;
  const fault = (code: string, index: number, expected: string) =>
    new X12Fault({ code, at: { id: 'ISA', number: at.number, offset: at.offset + (places[index] ?? start) - start }, expected });
  const element = byteAt(3);
  for (const index of separatorsAt) {
    if (byteAt(index) !== element) throw fault('x12.isa-width', index, 'an element separator: ISA elements have fixed widths');
  }
  const component = byteAt(104);
  const terminator = byteAt(105);
  const distinct = new Set([element, component, terminator]).size === 3;
  if (!distinct || [element, component, terminator].some((byte) => /[A-Za-z0-9 ]/.test(String.fromCharCode(byte))))
    throw fault('x12.delimiters', 104, 'three different delimiters, none a letter, digit or blank');
  return { element, component, terminator, ends: [...separatorsAt, 105].map((index) => places[index] ?? 0) };
}

/** Indexes of the first 105 bytes that are no line end, and of the byte that follows them, whatever it is. */
function placesOf(bytes: Uint8Array, start: number): readonly number[] {
  const places: number[] = [];
  for (let index = start; index < Math.min(bytes.length, start + maximumLength) && places.length < isaLength; index++) {
    const byte = bytes[index];
    if (places.length === isaLength - 1 || (byte !== 0x0a && byte !== 0x0d)) places.push(index);
  }
  return places;
}
