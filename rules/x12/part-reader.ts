import type { SourcePlace } from '../domain/claim.ts';
import type { Envelope } from '../domain/x12-file.ts';
import type { X12Event } from './events.ts';
import type { X12Fault } from './fault.ts';
import type { SegmentCursor } from './segment-cursor.ts';
import type { SegmentId } from './segment-id.ts';

/** Reads one open transaction part by part; the first part begins with ST, the last one ends before SE. */
export interface PartReader {
  /** Whether a segment of that id begins another part. */
  begins(id: SegmentId): boolean;
  /** Bytes a part may have at most: it is kept in memory until it is complete. */
  readonly maximumPartLength: number;
  /** @throws X12Fault */
  readPart(cursor: SegmentCursor): readonly X12Event[];
  close(closing: Closing): X12Event;
}

export interface Closing {
  readonly envelope: Envelope;
  /** From ST to SE. */
  readonly place: SourcePlace;
  readonly segmentCount: number;
  readonly faults: readonly X12Fault[];
}
