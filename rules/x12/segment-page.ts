import { interned, readSegmentId, type SegmentId } from './segment-id.ts';

const firstCapacity = 8 * 1024;
/** More than this is given back once it is not needed any more. */
const usualCapacity = 1024 * 1024;

/** ASCII only; the fastest way from bytes to text there is. */
const asciiDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** One character per byte, whatever the byte. */
const byteDecoder = new TextDecoder('latin1');
const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Short elements (qualifiers, codes) come again and again: the string of the last one that fell on each of these places. */
const shortTextBits = 12;
const shortTextKeys = new Int32Array(1 << shortTextBits);
const shortTexts = Array.from({ length: 1 << shortTextBits }, () => '');

/**
 * The bytes of a file that are still needed, with the segments found in them: those of the part being collected, and the incomplete one at the end.
 * Indexes count from the first byte kept, which stands at `base` in the file; they hold until `dropBefore`.
 */
export class SegmentPage {
  bytes = new Uint8Array(firstCapacity);
  length = 0;
  base = 0;
  /** Segments found, and the number in the file (from 1) of the first of them. */
  count = 0;
  firstNumber = 1;
  /** Where the elements end: at a separator or at the terminator. Of all segments one after another, then of the incomplete one. */
  elementEnds = new Int32Array(firstCapacity);
  elementCount = 0;
  /** The last byte inside a segment that is a line end or outside ASCII; -1 for none. */
  lastSpecial = -1;
  component = ':';
  /** Nothing before this index is read any more. */
  readFrom = 0;

  #starts = new Int32Array(256);
  #firsts = new Int32Array(256);
  #ids = new Int32Array(256);
  #text = '';
  #textFrom = 0;
  #textTo = 0;

  append(bytes: Uint8Array): void {
    const length = this.length + bytes.length;
    if (length > this.bytes.length) this.bytes = copied(this.bytes, this.length, Math.max(length, 2 * this.length));
    this.bytes.set(bytes, this.length);
    this.length = length;
    // Every byte may be an element separator; with room for all of them the scan need not look.
    const elements = this.elementCount + (length - this.#scanned()) + 32;
    if (elements > this.elementEnds.length)
      this.elementEnds = copiedNumbers(this.elementEnds, this.elementCount, Math.max(elements, 2 * this.elementCount));
  }

  #scanned(): number {
    return this.elementCount === 0 ? 0 : (this.elementEnds[this.elementCount - 1] ?? 0) + 1;
  }

  /** A segment whose element ends were noted after those of the segment before. */
  addSegment(start: number): void {
    const { count } = this;
    const first = this.firstElementAt(count);
    if (count + 1 === this.#starts.length) {
      this.#starts = copiedNumbers(this.#starts, count + 1, 2 * count);
      this.#firsts = copiedNumbers(this.#firsts, count + 1, 2 * count);
      this.#ids = copiedNumbers(this.#ids, count + 1, 2 * count);
    }
    this.#starts[count] = start;
    this.#firsts[count + 1] = this.elementCount;
    this.#ids[count] = readSegmentId(this.bytes, start, this.elementEnds[first] ?? start);
    this.count = count + 1;
  }

  idAt(segment: number): SegmentId {
    return this.#ids[segment] ?? 0;
  }

  startAt(segment: number): number {
    return this.#starts[segment] ?? this.length;
  }

  /** Index among `elementEnds` of the end of its id; for the index after the last segment, of the end of the incomplete one's. */
  firstElementAt(segment: number): number {
    return this.#firsts[segment] ?? 0;
  }

  /** Index of the byte after its terminator. */
  endAt(segment: number): number {
    return Math.min((this.elementEnds[this.firstElementAt(segment + 1) - 1] ?? 0) + 1, this.length);
  }

  /** What stands there, without the line ends of a wrapped file; as UTF-8 where it is that, else byte by byte. */
  textOf(from: number, to: number): string {
    if (from >= to) return '';
    if (this.lastSpecial >= from) return this.#unusualText(from, to);
    if (to - from > 3) return this.#plainText(from, to);
    let key = 1;
    for (let index = from; index < to; index++) key = (key << 8) | (this.bytes[index] ?? 0);
    const slot = Math.imul(key, 0x9e3779b1) >>> (32 - shortTextBits);
    if (shortTextKeys[slot] === key) return shortTexts[slot] ?? '';
    const text = interned(this.#plainText(from, to));
    shortTextKeys[slot] = key;
    shortTexts[slot] = text;
    return text;
  }

  #plainText(from: number, to: number): string {
    if (from < this.#textFrom || to > this.#textTo) this.#decode(Math.min(from, this.readFrom));
    return this.#text.slice(from - this.#textFrom, to - this.#textFrom);
  }

  /** All of it from there on at once. */
  #decode(from: number): void {
    const to = this.#scanned();
    const kept = this.bytes.subarray(from, to);
    this.#text = (this.lastSpecial >= from ? byteDecoder : asciiDecoder).decode(kept);
    this.#textFrom = from;
    this.#textTo = to;
  }

  #unusualText(from: number, to: number): string {
    const text = this.#plainText(from, to);
    // oxlint-disable-next-line eslint/no-control-regex -- bytes outside ASCII are what is looked for
    if (!/[^\u0000-\u0009\u000b\u000c\u000e-\u007f]/.test(text)) return text;
    try {
      return utf8Decoder.decode(this.bytes.subarray(from, to)).replace(/[\r\n]+/g, '');
    } catch {
      return text.replace(/[\r\n]+/g, '');
    }
  }

  /** Forgets the first segments and all bytes before `start`; the others keep their order. */
  dropBefore(segment: number, start: number): void {
    const element = this.firstElementAt(segment);
    for (let index = segment; index <= this.count; index++) {
      this.#starts[index - segment] = this.startAt(index) - start;
      this.#firsts[index - segment] = this.firstElementAt(index) - element;
      this.#ids[index - segment] = this.idAt(index);
    }
    for (let index = element; index < this.elementCount; index++)
      this.elementEnds[index - element] = (this.elementEnds[index] ?? 0) - start;
    this.count -= segment;
    this.firstNumber += segment;
    this.elementCount -= element;
    this.bytes.copyWithin(0, start, this.length);
    this.length -= start;
    this.base += start;
    this.lastSpecial = Math.max(-1, this.lastSpecial - start);
    this.#textTo = 0;
    this.#textFrom = 0;
    this.readFrom = 0;
    if (this.bytes.length > usualCapacity && this.length < firstCapacity) {
      this.bytes = copied(this.bytes, this.length, firstCapacity);
      this.elementEnds = copiedNumbers(this.elementEnds, this.elementCount, firstCapacity);
    }
  }
}

function copied(from: Uint8Array, used: number, length: number): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(length);
  to.set(from.subarray(0, used));
  return to;
}

function copiedNumbers(from: Int32Array, used: number, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length);
  to.set(from.subarray(0, used));
  return to;
}
