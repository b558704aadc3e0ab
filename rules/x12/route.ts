import type { Envelope, X12Transaction } from '../domain/x12-file.ts';
import type { X12Event } from './events.ts';
import type { Closing, PartReader } from './part-reader.ts';
import { PassedOverCounter } from './passed-over.ts';
import { readInquiries } from './read-276.ts';
import { readDocumentRequests } from './read-277-rfai.ts';
import { readStatusAnswers } from './read-277-status.ts';
import { readClaimAcknowledgements } from './read-277ca.ts';
import { RemittanceParts } from './read-835-stream.ts';
import { readClaims } from './read-837.ts';
import { readFunctionalAcknowledgement } from './read-999.ts';
import { elementOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

type Content = X12Transaction extends infer Each ? (Each extends unknown ? Omit<Each, 'envelope' | 'place'> : never) : never;

/** Reads from after ST to before SE. */
type ReadWhole = (cursor: SegmentCursor, st: Segment) => Content;

const readProfessional: ReadWhole = (cursor) => ({ kind: 'claims', claims: readClaims(cursor, 'professional') });
const readInstitutional: ReadWhole = (cursor) => ({ kind: 'claims', claims: readClaims(cursor, 'institutional') });

const readRequests: ReadWhole = (cursor) => ({ kind: 'document-requests', requests: readDocumentRequests(cursor) });

/** By ST01 and guide; sibling versions (A1, A2, A3) are read alike. X098 and X096 are the 4010 guides of the 837. */
const wholeReaders: ReadonlyMap<string, ReadWhole> = new Map<string, ReadWhole>([
  ['837 X222', readProfessional],
  ['837 X098', readProfessional],
  ['837 X223', readInstitutional],
  ['837 X096', readInstitutional],
  ['999 X231', (cursor, st) => ({ kind: 'functional-acknowledgement', acknowledgement: readFunctionalAcknowledgement(cursor, st) })],
  ['276 X212', (cursor) => ({ kind: 'claim-inquiries', inquiries: readInquiries(cursor) })],
  ['277 X212', (cursor) => ({ kind: 'claim-statuses', ...readStatusAnswers(cursor) })],
  ['277 X213', readRequests],
  ['277 X313', readRequests],
  ['277 X214', (cursor) => ({ kind: 'claim-acknowledgements', ...readClaimAcknowledgements(cursor) })],
  ['276 X212', (cursor) => ({ kind: 'claim-inquiries', inquiries: readInquiries(cursor) })],
  ['277 X212', (cursor) => ({ kind: 'claim-statuses', ...readStatusAnswers(cursor) })],
  ['277 X213', readRequests],
  ['277 X313', readRequests],
]);

const remittanceGuides = new Set(['835 X221', '835 X091']);

/** ST01 says what it is, the version (ST03, else GS08) which guide it follows. */
export function partReaderFor(st: Segment, envelope: Envelope): PartReader {
  const transactionSetId = elementOf(st, 1);
  const key = `${transactionSetId} ${envelope.version.slice(6, 10).toUpperCase()}`;
  if (remittanceGuides.has(key)) return new RemittanceParts(envelope);
  const read = wholeReaders.get(key);
  return read === undefined ? unknown(transactionSetId) : new Whole(read);
}

/** A transaction in one part. */
class Whole implements PartReader {
  readonly maximumPartLength = 64 * 1024 * 1024;
  readonly #read: ReadWhole;
  #content: Content | null = null;

  constructor(read: ReadWhole) {
    this.#read = read;
  }

  begins(): boolean {
    return false;
  }

  readPart(cursor: SegmentCursor): readonly X12Event[] {
    const st = cursor.peekInside();
    cursor.take();
    if (st !== null) this.#content = this.#read(cursor, st);
    return [];
  }

  close({ envelope, place, segmentCount, faults }: Closing): X12Event {
    const content = this.#content ?? { kind: 'unknown', transactionSetId: '', segmentCount, counted: new PassedOverCounter().counted };
    return { kind: 'transaction', transaction: { envelope, place, ...content }, faults };
  }
}

/** Nothing of it is kept but what can be counted. */
function unknown(transactionSetId: string): PartReader {
  const counter = new PassedOverCounter();
  return {
    begins: () => true,
    maximumPartLength: Number.POSITIVE_INFINITY,
    readPart: (cursor) => {
      for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
        counter.add(segment);
        cursor.take();
      }
      return [];
    },
    close: ({ envelope, place, segmentCount, faults }) => ({
      kind: 'transaction',
      transaction: { envelope, place, kind: 'unknown', transactionSetId, segmentCount, counted: counter.counted },
      faults,
    }),
  };
}
