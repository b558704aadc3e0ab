import type { SourcePlace } from '../domain/claim.ts';
import { Segment } from './segment.ts';
import type { SegmentPage } from './segment-page.ts';

/** Walks the segments of one part of a transaction, one by one, with one segment of sight. */
export class SegmentCursor {
  readonly #page: SegmentPage;
  #index: number;
  readonly #end: number;
  #next: Segment | null = null;

  constructor(page: SegmentPage, from: number, to: number) {
    this.#page = page;
    this.#index = from;
    this.#end = to;
  }

  /** The segment that comes next, without taking it; null at the end of the part, and so at the end of the transaction at the latest. */
  peekInside(): Segment | null {
    if (this.#next === null && this.#index < this.#end) this.#next = new Segment(this.#page, this.#index);
    return this.#next;
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
