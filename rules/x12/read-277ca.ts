import type { BatchAcknowledgement, ClaimAcknowledgement, RepeatedClaim } from '../domain/acknowledgement.ts';
import { parseD8 } from '../domain/civil-date.ts';
import { parseAmount } from '../domain/money.ts';
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
  let patient: Segment | null = null;
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'TRN') {
      const trace = readTrace(cursor, segment);
      if (claimLevels.has(level)) acknowledgements.push(...claimAcknowledgements(trace, source, patient));
      else batches.push(...batchAcknowledgements(trace, level));
      continue;
    }
    cursor.take();
    if (segment.id === 'HL') {
      level = elementOf(segment, 3);
      patient = null;
    } else if (segment.id === 'NM1' && elementOf(segment, 1) === 'QC') patient = segment;
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
  /** DTP*472 */
  readonly service: Segment | null;
  readonly place: ClaimAcknowledgement['place'];
}

function readTrace(cursor: SegmentCursor, trn: Segment): Trace {
  cursor.take();
  const statuses: Segment[] = [];
  const references = new Map<string, string>();
  let service: Segment | null = null;
  let isInLine = false;
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'TRN' || segment.id === 'HL') break;
    cursor.take();
    if (segment.id === 'SVC') isInLine = true;
    if (isInLine) continue;
    if (segment.id === 'STC') statuses.push(segment);
    if (segment.id === 'REF') references.set(elementOf(segment, 1), elementOf(segment, 2));
    if (segment.id === 'DTP' && elementOf(segment, 1) === '472') service = segment;
  }
  return { trn, statuses, references, service, place: cursor.placeFrom(trn) };
}

function claimAcknowledgements(trace: Trace, source: Source, patient: Segment | null): readonly ClaimAcknowledgement[] {
  const { trn, statuses, references, place } = trace;
  const repeated = repeatedClaim(trace, patient);
  const submissionKey = requiredOf(trn, 2, '2200D');
  if (statuses.length === 0) throw faultAt(trn, '2200D', 2, 'x12.missing', 'STC in the same loop');
  return statuses.flatMap((stc) =>
    statusesOf(stc, '2200D').map((status) => ({
      submissionKey,
      ...source,
      ...status,
      payerClaimNumber: references.get('1K') ?? null,
      clearinghouseTrace: references.get('D9') ?? null,
      ...(repeated === null ? {} : { repeated }),
      place,
    })),
  );
}

/** Only for a person who looks for the claim: what cannot be read is as if it were not said. A date may be a day or a span (RD8). */
function repeatedClaim({ statuses, service }: Trace, patient: Segment | null): RepeatedClaim | null {
  const said = (index: number) => (patient === null ? '' : elementOf(patient, index));
  const charge = statuses.map((stc) => elementOf(stc, 4)).find((text) => text !== '');
  const repeated = {
    last: said(3),
    first: said(4),
    memberId: said(9),
    chargeCents: charge === undefined ? null : parseAmount(charge),
    servicedFrom: service === null ? null : parseD8(elementOf(service, 3).slice(0, 8)),
  };
  return Object.values(repeated).every((value) => value === '' || value === null) ? null : repeated;
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
