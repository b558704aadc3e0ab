import { X12Fault } from './fault.ts';

export interface Delimiters {
  readonly element: string;
  readonly component: string;
  readonly terminator: string;
}

/** Bytes of an ISA up to and with its terminator: every element of it has a fixed width. */
export const isaLength = 106;

/** Where the 16 element separators of an ISA stand, counted from its first byte. */
const separatorsAt = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103];

/**
 * Reads the delimiters from their fixed places in the ISA that begins at `offset`.
 * @throws X12Fault when an element of the ISA is too short or too long, or when one character has two duties.
 */
export function readDelimiters(text: string, offset: number, number: number): Delimiters {
  const fault = (code: string, byte: number, expected: string) =>
    new X12Fault({ code, at: { id: 'ISA', number, offset: offset + byte }, expected });
  if (text.length < offset + isaLength - 1) throw fault('x12.truncated', 0, `an ISA of ${isaLength} bytes`);
  const element = text.charAt(offset + 3);
  for (const byte of separatorsAt) {
    if (text.charAt(offset + byte) !== element) throw fault('x12.isa-width', byte, 'an element separator: ISA elements have fixed widths');
  }
  const component = text.charAt(offset + 104);
  const terminator = text.charAt(offset + 105) || '\n';
  const distinct = new Set([element, component, terminator]).size === 3;
  if (!distinct || [element, component, terminator].some((character) => /[A-Za-z0-9 ]/.test(character)))
    throw fault('x12.delimiters', 104, 'three different delimiters, none a letter, digit or blank');
  return { element, component, terminator };
}
