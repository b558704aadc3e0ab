import type { SourcePlace } from '../domain/claim.ts';
import { type Delimiters, isaLength, readDelimiters } from './delimiters.ts';
import { X12Fault } from './fault.ts';
import type { Segment } from './segment.ts';

const controlIds = new Set(['ISA', 'GS', 'ST', 'SE', 'GE', 'IEA']);

/**
 * Walks the segments of a file one by one, with one segment of sight.
 * The text holds one character per byte, so an index into it is a byte offset; a segment with other than ASCII bytes is decoded by itself.
 */
export class SegmentCursor {
  readonly #bytes: Uint8Array;
  readonly #text: string;
  readonly #isAscii: boolean;
  #delimiters: Delimiters = { element: '*', component: ':', terminator: '~' };
  #position: number;
  #number = 0;
  #next: Segment | null = null;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#text = new TextDecoder('latin1').decode(bytes);
    this.#isAscii = !/[\u0080-\uffff]/.test(this.#text);
    this.#position = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  }

  /** The segment that comes next, without taking it; null at the end of the file. */
  peek(): Segment | null {
    this.#next ??= this.#read();
    return this.#next;
  }

  /** As `peek`, but null also where the open transaction ends: at any segment of the envelope. */
  peekInside(): Segment | null {
    const segment = this.peek();
    return segment === null || controlIds.has(segment.id) ? null : segment;
  }

  take(): void {
    this.peek();
    this.#next = null;
  }

  /** Takes the next segment, which must be this part of the envelope. */
  takeExpected(id: string): Segment {
    const segment = this.peek();
    const nowhere = { id: '', number: this.#number + 1, offset: this.#text.length };
    if (segment === null) throw new X12Fault({ code: 'x12.truncated', at: nowhere, expected: `${id}, but the file ends` });
    if (segment.id !== id) throw new X12Fault({ code: 'x12.order', at: segment, expected: id });
    this.#next = null;
    return segment;
  }

  /** From the first byte of that segment to the byte before the one that comes next. */
  placeFrom(segment: Segment): SourcePlace {
    return { offset: segment.offset, length: (this.peek()?.offset ?? this.#text.length) - segment.offset };
  }

  #read(): Segment | null {
    // Line ends and blanks between segments carry nothing; control bytes (a trailing 0x1A) neither.
    while (this.#position < this.#text.length && this.#text.charCodeAt(this.#position) <= 0x20) this.#position++;
    const offset = this.#position;
    if (offset >= this.#text.length) return null;
    const number = ++this.#number;
    const opens = this.#text.startsWith('ISA', offset);
    if (number === 1 && !opens) throw new X12Fault({ code: 'x12.no-isa', at: { id: '', number, offset }, expected: 'ISA' });
    if (opens) this.#delimiters = readDelimiters(this.#text, offset, number);
    const { element, component, terminator } = this.#delimiters;
    const terminatorAt = this.#text.indexOf(terminator, opens ? offset + isaLength - 1 : offset);
    const end = terminatorAt < 0 ? this.#text.length : terminatorAt;
    const elements = this.#slice(offset, end).split(element);
    const id = elements[0] ?? '';
    // A file may end without the last terminator; any other segment cut off by the end of the file is half a segment.
    if (terminatorAt < 0 && id !== 'IEA')
      throw new X12Fault({
        code: 'x12.truncated',
        at: { id, number, offset },
        expected: 'a segment terminator before the end of the file',
      });
    if (!/^[A-Z][A-Z0-9]{1,2}$/.test(id))
      throw new X12Fault({ code: 'x12.segment-id', at: { id, number, offset }, expected: 'a segment id of two or three characters' });
    this.#position = Math.min(end + 1, this.#text.length);
    return { id, elements, component, offset, length: this.#position - offset, number };
  }

  #slice(from: number, to: number): string {
    const text = this.#text.slice(from, to);
    if (this.#isAscii || !/[\u0080-\uffff]/.test(text)) return text;
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(this.#bytes.subarray(from, to));
    } catch {
      return text;
    }
  }
}
