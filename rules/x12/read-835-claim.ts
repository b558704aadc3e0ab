import type { CivilDate } from '../domain/civil-date.ts';
import type { Adjustment, RemittanceClaim, RemittanceLine } from '../domain/remittance.ts';
import { readAdjustments } from './read-cas.ts';
import { readRemittanceLine } from './read-835-line.ts';
import { amountOf, amountOrZeroOf, dateOf, elementOf, nullIfEmpty, requiredOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/** MIA holds remark codes in 05 and 20 to 23, MOA in 03 to 07. */
const remarkElements = { MIA: [5, 20, 21, 22, 23], MOA: [3, 4, 5, 6, 7] };

/** Loop 2100, from CLP to before the next CLP, PLB or SE. */
export function readRemittanceClaim(cursor: SegmentCursor, clp: Segment): RemittanceClaim {
  const adjustments: Adjustment[] = [];
  const rarcs: string[] = [];
  const lines: RemittanceLine[] = [];
  const names = new Map<string, Segment>();
  let receivedOn: CivilDate | null = null;
  let servicedFrom: CivilDate | null = null;
  let firstLineOn: CivilDate | null = null;
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'CLP' || segment.id === 'PLB') break;
    if (segment.id === 'SVC') {
      const { servicedOn, ...line } = readRemittanceLine(cursor, segment, lines.length + 1);
      lines.push(line);
      if (servicedOn !== null && (firstLineOn === null || servicedOn < firstLineOn)) firstLineOn = servicedOn;
      continue;
    }
    cursor.take();
    if (segment.id === 'CAS') adjustments.push(...readAdjustments(segment, '2100'));
    else if (segment.id === 'NM1') names.set(elementOf(segment, 1), segment);
    else if (segment.id === 'MIA' || segment.id === 'MOA')
      rarcs.push(...remarkElements[segment.id].map((index) => elementOf(segment, index)).filter((code) => code !== ''));
    else if (segment.id === 'DTM' && elementOf(segment, 1) === '050') receivedOn = dateOf(segment, 2, '2100');
    else if (segment.id === 'DTM' && elementOf(segment, 1) === '232') servicedFrom = dateOf(segment, 2, '2100');
  }
  const nameElement = (entity: string, index: number) => {
    const segment = names.get(entity);
    return segment === undefined ? '' : elementOf(segment, index);
  };
  return {
    submissionKey: requiredOf(clp, 1, '2100'),
    status: requiredOf(clp, 2, '2100'),
    chargeCents: amountOf(clp, 3, '2100'),
    paidCents: amountOf(clp, 4, '2100'),
    patientResponsibilityCents: amountOrZeroOf(clp, 5, '2100'),
    filingIndicator: elementOf(clp, 6),
    payerClaimNumber: elementOf(clp, 7),
    adjustments,
    rarcs,
    crossoverPayerId: nullIfEmpty(nameElement('TT', 9)),
    receivedOn,
    servicedFrom: servicedFrom ?? firstLineOn,
    patient: {
      last: nameElement('QC', 3),
      first: nameElement('QC', 4),
      memberId: nameElement('QC', 9) || nameElement('IL', 9),
    },
    lines,
    place: cursor.placeFrom(clp),
  };
}
