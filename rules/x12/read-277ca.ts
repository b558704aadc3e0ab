import type { ClaimAcknowledgement } from '../domain/acknowledgement.ts';
import { X12Fault } from './fault.ts';
import { component, dateAt, element, required, type Segment } from './segments.ts';

/**
 * 277CA (005010X214): information source (HL03 20), receiver (21), provider (19), then one claim per patient HL (PT):
 * TRN*2 (our submission key), STC (category:status:entity, date, action), REF*1K (payer claim number), REF*D9.
 */
export function readClaimAcknowledgements(segments: readonly Segment[]): readonly ClaimAcknowledgement[] {
  const source = segments.find((s) => s.id === 'NM1');
  const isPayer = source !== undefined && element(source, 1) === 'PR';
  const sourceId = source === undefined ? '' : element(source, 9);
  const starts = segments.flatMap((s, index) => (s.id === 'HL' && element(s, 3) === 'PT' ? [index] : []));
  return starts.flatMap((start, n) => {
    const end = starts[n + 1] ?? segments.findIndex((s, index) => index > start && s.id === 'HL' && element(s, 3) !== 'PT');
    const patient = segments.slice(start, end > start ? end : segments.length - 1);
    return claimsOf(patient).map((claim) => acknowledgementOf(claim, { by: isPayer ? 'payer' : 'clearinghouse', sourceId }));
  });
}

/** One patient loop may answer several claims: each begins with TRN*2. */
function claimsOf(patient: readonly Segment[]): readonly (readonly Segment[])[] {
  const starts = patient.flatMap((s, index) => (s.id === 'TRN' ? [index] : []));
  return starts.map((start, n) => patient.slice(start, starts[n + 1] ?? patient.length));
}

function acknowledgementOf(segments: readonly Segment[], source: Pick<ClaimAcknowledgement, 'by' | 'sourceId'>): ClaimAcknowledgement {
  const [trn] = segments;
  const last = segments.at(-1);
  const stc = segments.find((s) => s.id === 'STC');
  if (trn === undefined || last === undefined || stc === undefined)
    throw new X12Fault('x12.required', trn ?? { offset: 0, number: 0, id: 'TRN' }, 'expected an STC after TRN in a 277CA');
  const reference = (qualifier: string): string | null => {
    const found = segments.find((s) => s.id === 'REF' && element(s, 1) === qualifier);
    return found === undefined ? null : required(found, 2);
  };
  return {
    ...source,
    submissionKey: required(trn, 2),
    category: component(stc, 1, 1),
    status: component(stc, 1, 2),
    entity: component(stc, 1, 3) || null,
    action: element(stc, 3),
    effectiveOn: dateAt(stc, 2),
    payerClaimNumber: reference('1K'),
    clearinghouseTrace: reference('D9'),
    place: { offset: trn.offset, length: last.offset + last.length - trn.offset },
  };
}
