import type { BatchAcknowledgement, ClaimAcknowledgement } from '../domain/acknowledgement.ts';
import { componentOf, dateOf, elementOf, faultAt, nullIfEmpty, requiredOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

interface ClaimAcknowledgements {
  readonly acknowledgements: readonly ClaimAcknowledgement[];
  readonly batches: readonly BatchAcknowledgement[];
}

type Source = Pick<ClaimAcknowledgement, 'by' | 'sourceId'>;

/** HL03 of the claim level: PT in the guide, 22 or 23 from payers that carry over the levels of the 837. */
const claimLevels = new Set(['PT', '22', '23']);

/** Reads from after ST to before SE. Statuses of lines (2220D) stay in the raw file: a claim is accepted or rejected as a whole. */
export function readClaimAcknowledgements(cursor: SegmentCursor): ClaimAcknowledgements {
  const acknowledgements: ClaimAcknowledgement[] = [];
  const batches: BatchAcknowledgement[] = [];
  // Without a source that says it is the payer, nothing counts as the payer's word: only that is proof of timely filing.
  let source: Source = { by: 'clearinghouse', sourceId: '' };
  let level = '';
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'TRN') {
      const trace = readTrace(cursor, segment);
      if (claimLevels.has(level)) acknowledgements.push(...claimAcknowledgements(trace, source));
      else batches.push(...batchAcknowledgements(trace, level));
      continue;
    }
    cursor.take();
    if (segment.id === 'HL') level = elementOf(segment, 3);
    else if (segment.id === 'NM1' && level === '20')
      source = { by: elementOf(segment, 1) === 'PR' ? 'payer' : 'clearinghouse', sourceId: elementOf(segment, 9) };
    else if (segment.id === 'STC') throw faultAt(segment, '2200', 1, 'x12.order', 'TRN before it');
  }
  return { acknowledgements, batches };
}

/** TRN and what follows it up to the next TRN, HL or SE. */
interface Trace {
  readonly trn: Segment;
  readonly statuses: readonly Segment[];
  readonly references: ReadonlyMap<string, string>;
  readonly place: ClaimAcknowledgement['place'];
}

function readTrace(cursor: SegmentCursor, trn: Segment): Trace {
  cursor.take();
  const statuses: Segment[] = [];
  const references = new Map<string, string>();
  let isInLine = false;
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'TRN' || segment.id === 'HL') break;
    cursor.take();
    if (segment.id === 'SVC') isInLine = true;
    if (isInLine) continue;
    if (segment.id === 'STC') statuses.push(segment);
    if (segment.id === 'REF') references.set(elementOf(segment, 1), elementOf(segment, 2));
  }
  return { trn, statuses, references, place: cursor.placeFrom(trn) };
}

function claimAcknowledgements({ trn, statuses, references, place }: Trace, source: Source): readonly ClaimAcknowledgement[] {
  const submissionKey = requiredOf(trn, 2, '2200D');
  if (statuses.length === 0) throw faultAt(trn, '2200D', 2, 'x12.missing', 'STC in the same loop');
  return statuses.flatMap((stc) =>
    statusesOf(stc, '2200D').map((status) => ({
      submissionKey,
      ...source,
      ...status,
      payerClaimNumber: references.get('1K') ?? null,
      clearinghouseTrace: references.get('D9') ?? null,
      place,
    })),
  );
}

function batchAcknowledgements({ trn, statuses, place }: Trace, level: string): readonly BatchAcknowledgement[] {
  const loop = level === '19' ? '2200C' : '2200B';
  return statuses.flatMap((stc) => statusesOf(stc, loop).map((status) => ({ trace: requiredOf(trn, 2, loop), ...status, place })));
}

/** STC01 and, for further reasons of the same status, STC10 and STC11. */
function statusesOf(stc: Segment, loop: string): readonly Omit<BatchAcknowledgement, 'trace' | 'place'>[] {
  requiredOf(stc, 1, loop);
  return [1, 10, 11]
    .filter((index) => elementOf(stc, index) !== '')
    .map((index) => ({
      category: componentOf(stc, index, 1),
      status: componentOf(stc, index, 2),
      entity: nullIfEmpty(componentOf(stc, index, 3)),
      action: elementOf(stc, 3),
      effectiveOn: dateOf(stc, 2, loop),
    }));
}
