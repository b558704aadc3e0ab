import type { DocumentRequest, RequestedDocuments } from '../domain/claim-status.ts';
import { dateIn, identifiersOf, isOfClaim, readTraces, statusLineOf } from './read-277-levels.ts';
import { statusCodesOf } from './read-277-status.ts';
import { dateOf, elementOf, faultAt, requiredOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/** Reads from after ST to before SE. */
export function readDocumentRequests(cursor: SegmentCursor): readonly DocumentRequest[] {
  return readTraces(cursor)
    .filter(isOfClaim)
    .map(({ trn, parties, segments, lines, place }) => {
      const requested = requestedIn(segments);
      const ofLines = lines.map((line) => ({ ...statusLineOf(line), requested: requestedIn(line) }));
      if (requested.length === 0 && ofLines.every((line) => line.requested.length === 0))
        throw faultAt(trn, '2200D', 2, 'x12.missing', 'STC in the same loop');
      return {
        attachmentControlNumber: requiredOf(trn, 2, '2200D'),
        ...parties,
        requested,
        ...identifiersOf(segments),
        dueOn: (dateIn(segments, '106') ?? lines.map((line) => dateIn(line, '106')).find((due) => due !== null))?.from ?? null,
        lines: ofLines,
        place,
      };
    });
}

function requestedIn(segments: readonly Segment[]): readonly RequestedDocuments[] {
  return segments
    .filter(({ id }) => id === 'STC')
    .map((stc) => ({ codes: statusCodesOf(stc), on: dateOf(stc, 2, '2200D'), text: elementOf(stc, 12) }));
}
