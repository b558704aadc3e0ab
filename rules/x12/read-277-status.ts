import type { BatchAcknowledgement } from '../domain/acknowledgement.ts';
import type { ClaimStatusAnswer, ReportedStatus, StatusCode } from '../domain/claim-status.ts';
import { identifiersOf, isOfClaim, optionalDateOf, readTraces, statusLineOf, type StatusTrace } from './read-277-levels.ts';
import { amountOf, componentOf, dateOf, elementOf, faultAt, nullIfEmpty, requiredOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

interface ClaimStatusAnswers {
  readonly answers: readonly ClaimStatusAnswer[];
  /** Of a whole 276, or of all a provider asked in it: the trace is BHT03 or TRN02 of that 276. */
  readonly batches: readonly BatchAcknowledgement[];
}

/** Reads from after ST to before SE. */
export function readStatusAnswers(cursor: SegmentCursor): ClaimStatusAnswers {
  const traces = readTraces(cursor);
  return {
    answers: traces.filter(isOfClaim).map(answerOf),
    batches: traces.filter((trace) => !isOfClaim(trace)).flatMap(batchesOf),
  };
}

function answerOf({ trn, parties, segments, lines, place }: StatusTrace): ClaimStatusAnswer {
  const statuses = statusesIn(segments);
  if (statuses.length === 0) throw faultAt(trn, '2200D', 2, 'x12.missing', 'STC in the same loop');
  return {
    trace: requiredOf(trn, 2, '2200D'),
    ...parties,
    statuses,
    ...identifiersOf(segments),
    lines: lines.map((line) => ({ ...statusLineOf(line), statuses: statusesIn(line) })),
    place,
  };
}

function batchesOf({ trn, segments, place }: StatusTrace): readonly BatchAcknowledgement[] {
  return statusesIn(segments).flatMap(({ codes, on }) =>
    codes.map(({ category, status, entity }) => ({
      trace: requiredOf(trn, 2, '2200B'),
      category,
      status,
      entity: nullIfEmpty(entity),
      action: '',
      effectiveOn: on,
      place,
    })),
  );
}

function statusesIn(segments: readonly Segment[]): readonly ReportedStatus[] {
  return segments
    .filter(({ id }) => id === 'STC')
    .map((stc) => {
      const amount = (index: number) => (elementOf(stc, index) === '' ? null : amountOf(stc, index, '2200D'));
      return {
        codes: statusCodesOf(stc),
        on: dateOf(stc, 2, '2200D'),
        chargeCents: amount(4),
        paidCents: amount(5),
        finalizedOn: optionalDateOf(stc, 6),
        remittanceOn: optionalDateOf(stc, 8),
        remittanceTrace: nullIfEmpty(elementOf(stc, 9)),
      };
    });
}

/** STC01 and, for further reasons of the same status, STC10 and STC11. */
export function statusCodesOf(stc: Segment): readonly StatusCode[] {
  requiredOf(stc, 1, '2200D');
  return [1, 10, 11]
    .filter((index) => elementOf(stc, index) !== '')
    .map((index) => ({
      category: componentOf(stc, index, 1),
      status: componentOf(stc, index, 2),
      entity: componentOf(stc, index, 3),
      codeList: componentOf(stc, index, 4),
    }));
}
