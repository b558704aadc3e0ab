import type { CivilDate } from '../domain/civil-date.ts';
import type { ClaimLine, OtherPayerAdjudication } from '../domain/claim.ts';
import { withoutPlaces } from './read-837-coverage.ts';
import {
  amountOf,
  componentOf,
  elementOf,
  faultAt,
  nullIfEmpty,
  type Period,
  periodOf,
  quantityOf,
  requiredOf,
  type Segment,
} from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/** Loop 2400 with 2430, from LX to before the next LX, CLM, HL or SE. */
export function readClaimLine(cursor: SegmentCursor, lx: Segment): ClaimLine {
  const otherPayers: OtherPayerAdjudication[] = [];
  let service: Service | null = null;
  let controlNumber: string | null = null;
  let period: Period | null = null;
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'LX' || segment.id === 'CLM' || segment.id === 'HL') break;
    if (segment.id === 'SVD') {
      otherPayers.push(readLineAdjudication(cursor, segment));
      continue;
    }
    cursor.take();
    const qualifier = elementOf(segment, 1);
    if (segment.id === 'SV1') service = professionalService(segment);
    else if (segment.id === 'SV2') service = institutionalService(segment);
    else if (segment.id === 'REF' && qualifier === '6R') controlNumber = nullIfEmpty(elementOf(segment, 2));
    else if (segment.id === 'DTP' && qualifier === '472') period = periodOf(segment, '2400');
  }
  if (service === null) throw faultAt(lx, '2400', 1, 'x12.missing', 'SV1 or SV2 after it');
  const number = quantityOf(lx, 1, '2400');
  return { number, controlNumber: controlNumber ?? String(number), ...service, ...datesOf(period), otherPayers };
}

type Service = Omit<ClaimLine, 'number' | 'controlNumber' | 'servicedOn' | 'servicedThrough' | 'otherPayers'>;

function professionalService(sv1: Segment): Service {
  return {
    revenueCode: null,
    ...procedureOf(sv1, 1),
    chargeCents: amountOf(sv1, 2, '2400'),
    ...unitsOf(sv1, 3),
    diagnosisPointers: pointersOf(sv1),
  };
}

function institutionalService(sv2: Segment): Service {
  return {
    revenueCode: requiredOf(sv2, 1, '2400'),
    ...procedureOf(sv2, 2),
    chargeCents: amountOf(sv2, 3, '2400'),
    ...unitsOf(sv2, 4),
    diagnosisPointers: [],
  };
}

function procedureOf(segment: Segment, index: number): Pick<ClaimLine, 'procedureQualifier' | 'procedureCode' | 'modifiers'> {
  return {
    procedureQualifier: nullIfEmpty(componentOf(segment, index, 1)),
    procedureCode: nullIfEmpty(componentOf(segment, index, 2)),
    modifiers: [3, 4, 5, 6].map((part) => componentOf(segment, index, part)).filter((modifier) => modifier !== ''),
  };
}

function unitsOf(segment: Segment, index: number): Pick<ClaimLine, 'units' | 'unitQualifier'> {
  const units = quantityOf(segment, index + 1, '2400');
  const qualifier = elementOf(segment, index);
  return qualifier === 'UN' || qualifier === '' ? { units } : { units, unitQualifier: qualifier };
}

function pointersOf(sv1: Segment): readonly number[] {
  const pointers = elementOf(sv1, 7)
    .split(sv1.component)
    .filter((pointer) => pointer !== '');
  if (!pointers.every((pointer) => /^\d{1,2}$/.test(pointer))) throw faultAt(sv1, '2400', 7, 'x12.quantity', 'diagnosis pointers');
  return pointers.map(Number);
}

function datesOf(period: Period | null): Pick<ClaimLine, 'servicedOn' | 'servicedThrough'> {
  if (period === null || period.from === period.through) return { servicedOn: period?.from ?? null };
  return { servicedOn: period.from, servicedThrough: period.through };
}

/** Loop 2430: SVD with the CAS and DTP*573 that follow it. */
function readLineAdjudication(cursor: SegmentCursor, svd: Segment): OtherPayerAdjudication {
  const adjustments: OtherPayerAdjudication['adjustments'][number][] = [];
  let adjudicatedOn: CivilDate | null = null;
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'CAS') adjustments.push(...withoutPlaces(segment, '2430'));
    else if (segment.id === 'DTP' && elementOf(segment, 1) === '573') adjudicatedOn = periodOf(segment, '2430').from;
    else if (segment.id !== 'AMT') break;
    cursor.take();
  }
  return { payerId: requiredOf(svd, 1, '2430'), paidCents: amountOf(svd, 2, '2430'), adjudicatedOn, adjustments };
}
