import type { SourcePlace } from '../domain/claim.ts';
import { Segment } from './segment.ts';
import type { SegmentPage } from './segment-page.ts';

/** Segments made once and used for part after part; a part with more of them makes its own. */
const maximumKept = 1024;

/** Walks the segments of one part of a transaction, one by one, with one segment of sight. */
export class SegmentCursor {
  readonly #page: SegmentPage;
  readonly #kept: Segment[] = [];
  #from = 0;
  #index = 0;
  #end = 0;
  #next: Segment | null = null;

  constructor(page: SegmentPage) {
    this.#page = page;
  }

  /** Goes to the first segment of a part, which ends before `end`. The segments of the part before are of no use any more. */
  over(from: number, end: number): this {
    this.#from = from;
    this.#index = from;
    this.#end = end;
    this.#next = null;
    return this;
  }

  /** The segment that comes next, without taking it; null at the end of the part, and so at the end of the transaction at the latest. */
  peekInside(): Segment | null {
    if (this.#next === null && this.#index < this.#end) this.#next = this.#segmentAt(this.#index);
    return this.#next;
  }

  #segmentAt(index: number): Segment {
    const kept = this.#kept[index - this.#from];
    if (kept === undefined) {
      const segment = new Segment(this.#page, index);
      if (this.#kept.length < maximumKept) this.#kept.push(segment);
      return segment;
    }
    kept.moveTo(index);
    return kept;
  }

  take(): void {
    this.#index++;
    this.#next = null;
  }

  /** From the first byte of that segment to the byte before the one that comes next. */
  placeFrom(segment: Segment): SourcePlace {
    return { offset: segment.offset, length: this.#page.base + this.#page.startAt(this.#index) - segment.offset };
  }
}
