import type { ClaimInquiry } from '../domain/claim-status.ts';
import { bornOnOf, identifiersOf, isOfClaim, readTraces, statusLineOf } from './read-277-levels.ts';
import { amountIn } from './read-837-coverage.ts';
import { elementOf, requiredOf } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/** Reads from after ST to before SE. */
export function readInquiries(cursor: SegmentCursor): readonly ClaimInquiry[] {
  return readTraces(cursor)
    .filter(isOfClaim)
    .map(({ trn, parties, birth, segments, lines, place }) => ({
      trace: requiredOf(trn, 2, '2200D'),
      ...parties,
      bornOn: bornOnOf(birth),
      sex: birth === null ? '' : elementOf(birth, 3),
      ...identifiersOf(segments),
      chargeCents: amountIn(segments, 'T3', '2200D'),
      lines: lines.map(statusLineOf),
      place,
    }));
}
