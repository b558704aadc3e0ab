import { readDelimiters } from './delimiters.ts';
import { X12Fault } from './fault.ts';
import { readSegmentId, segmentId, textOfId } from './segment-id.ts';
import { SegmentPage } from './segment-page.ts';

const plain = 0;
const separates = 1;
const terminates = 2;
/** A line end or a byte outside ASCII: it does not end an element, but its text cannot be taken as it stands. */
const special = 3;

/** The fault of a segment the end of the file cut off. */
export function unterminated(at: { id: string; number: number; offset: number }): X12Fault {
  return new X12Fault({ code: 'x12.truncated', at, expected: 'a segment terminator before the end of the file' });
}

/** More than any segment of a claim or a remittance may hold; without it a file that lost its terminators would be kept whole. */
const maximumSegmentLength = 256 * 1024;

/** `interchange`: an ISA begins here, and with it other delimiters. `more`: all bytes were looked at. `endless`: a segment is too long. */
type Stop = 'interchange' | 'more' | 'endless';

/** Finds the segments in the bytes of a file, in one pass, and notes them on the page. */
export class SegmentScanner {
  readonly page = new SegmentPage();
  readonly #kinds = new Uint8Array(256);
  #position = 0;
  /** Index of the first byte of the incomplete segment; -1 between segments. */
  #start = -1;
  #isStart = true;

  append(bytes: Uint8Array): void {
    this.page.append(bytes);
  }

  /** Looks on until an ISA begins or there is nothing more to look at. @throws X12Fault when the file does not begin with ISA. */
  scan(isEnd: boolean): Stop {
    const { page } = this;
    const { bytes, length } = page;
    if (this.#isStart && !this.#passByteOrderMark(isEnd)) return 'more';
    while (true) {
      if (this.#start < 0) {
        let position = this.#position;
        while (position < length && (bytes[position] ?? 0) <= 0x20) position++;
        this.#position = position;
        if (position === length) return 'more';
        const found = this.#interchangeAt(position, isEnd);
        if (found !== 'no') return found;
        this.#start = position;
      }
      if (!this.#scanSegment()) {
        return length - this.#start > maximumSegmentLength ? 'endless' : 'more';
      }
      if (this.#position - this.#start > maximumSegmentLength) return 'endless';
      page.addSegment(this.#start);
      this.#start = -1;
    }
  }

  /** False when it cannot be told yet. */
  #passByteOrderMark(isEnd: boolean): boolean {
    const { page } = this;
    const mark = [0xef, 0xbb, 0xbf];
    const same = mark.findIndex((byte, index) => page.bytes[index] !== byte || index >= page.length);
    if (same >= 0 && same === page.length && !isEnd) return false;
    if (same < 0) {
      this.#position = mark.length;
      page.lastSpecial = mark.length - 1;
    }
    this.#isStart = false;
    return true;
  }

  /** To the terminator; false when it did not come yet. */
  #scanSegment(): boolean {
    const { page } = this;
    const { bytes, length, elementEnds } = page;
    const kinds = this.#kinds;
    let count = page.elementCount;
    let position = this.#position;
    let ends = false;
    while (position < length) {
      const kind = kinds[bytes[position] ?? 0];
      if (kind !== plain) {
        if (kind === special) page.lastSpecial = position;
        else elementEnds[count++] = position;
        if (kind === terminates) {
          ends = true;
          position++;
          break;
        }
      }
      position++;
    }
    page.elementCount = count;
    this.#position = position;
    return ends;
  }

  /** Whether `ISA` and a separator stand there. What is not an ISA cannot be the first segment of a file. */
  #interchangeAt(position: number, isEnd: boolean): Stop | 'no' {
    const { bytes, length } = this.page;
    const isFirst = this.page.firstNumber + this.page.count === 1;
    for (let index = 0; index < 3; index++) {
      if (position + index === length) return isFirst || !isEnd ? 'more' : 'no';
      if (((bytes[position + index] ?? 0) & 0xdf) !== 'ISA'.charCodeAt(index)) return this.#noInterchange(isFirst);
    }
    if (position + 3 === length) return isFirst || !isEnd ? 'more' : 'no';
    return /[A-Za-z0-9 ]/.test(String.fromCharCode(bytes[position + 3] ?? 0)) ? this.#noInterchange(isFirst) : 'interchange';
  }

  #noInterchange(isFirst: boolean): 'no' {
    if (isFirst) throw new X12Fault({ code: 'x12.no-isa', at: { ...this.nextPlace(), id: '' }, expected: 'ISA' });
    return 'no';
  }

  /**
   * Takes the delimiters of the ISA that `scan` stopped at, and notes it as a segment.
   * @returns false when its bytes did not all come yet
   * @throws X12Fault
   */
  openInterchange(): boolean {
    const { page } = this;
    const start = this.#position;
    const delimiters = readDelimiters(page.bytes.subarray(0, page.length), start, this.nextPlace());
    if (delimiters === null) return false;
    this.#kinds.fill(plain).fill(special, 0x80);
    for (const lineEnd of [0x0a, 0x0d]) this.#kinds[lineEnd] = special;
    this.#kinds[delimiters.element] = separates;
    this.#kinds[delimiters.terminator] = terminates;
    page.component = String.fromCharCode(delimiters.component);
    for (const end of delimiters.ends) page.elementEnds[page.elementCount++] = end;
    const end = delimiters.ends.at(-1) ?? start;
    for (let index = start; index < end; index++) if (this.#kinds[page.bytes[index] ?? 0] === special) page.lastSpecial = index;
    page.addSegment(start);
    this.#position = end + 1;
    return true;
  }

  /** At the end of the file: its last segment may lack its terminator when it is IEA; any other is half a segment. @throws X12Fault */
  finish(): void {
    const { page } = this;
    if (this.#start < 0) {
      if (this.#position === page.length) return;
      throw new X12Fault({ code: 'x12.truncated', at: { ...this.nextPlace(), id: 'ISA' }, expected: 'an ISA of 106 bytes' });
    }
    const first = page.firstElementAt(page.count);
    const end = page.elementCount > first ? (page.elementEnds[first] ?? 0) : page.length;
    const id = readSegmentId(page.bytes, this.#start, end);
    if (id !== segmentId('IEA')) throw unterminated({ ...this.nextPlace(), id: textOfId(id) });
    page.elementEnds[page.elementCount++] = page.length;
    page.addSegment(this.#start);
    this.#start = -1;
  }

  /** Of the segment that is incomplete or comes next. */
  nextPlace(): { readonly number: number; readonly offset: number } {
    const { page } = this;
    return { number: page.firstNumber + page.count, offset: page.base + (this.#start < 0 ? this.#position : this.#start) };
  }

  /** Keeps nothing before that segment; its index is the count of segments when only the incomplete one is still needed. */
  keepFrom(segment: number): void {
    const { page } = this;
    const isComplete = segment < page.count;
    const start = isComplete ? page.startAt(segment) : this.#start < 0 ? this.#position : this.#start;
    if (start === 0) return;
    page.dropBefore(segment, start);
    this.#position -= start;
    if (this.#start >= 0) this.#start -= start;
  }

  /** The fault of the segment `scan` found too long. */
  tooLong(): X12Fault {
    const expected = `a segment terminator within ${maximumSegmentLength} bytes`;
    return new X12Fault({ code: 'x12.too-long', at: { ...this.nextPlace(), id: '' }, expected });
  }
}
