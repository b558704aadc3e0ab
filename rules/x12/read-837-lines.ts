import type { ClaimLine, ClaimType, OtherPayerAdjudication } from '../domain/claim.ts';
import { X12Fault } from './fault.ts';
import { amount, component, dateAt, datesOf, element, required, type Segment } from './segments.ts';

/** Loop 2400: LX, SV1 (professional) or SV2 (institutional), DTP*472, REF*6R, and 2430 (SVD, CAS, DTP*573) per other payer. */
export function readServiceLines(segments: readonly Segment[], claimType: ClaimType): readonly ClaimLine[] {
  const starts = segments.flatMap((s, index) => (s.id === 'LX' ? [index] : []));
  return starts.map((start, n) => readLine(segments.slice(start, starts[n + 1] ?? segments.length), claimType));
}

function readLine(loop: readonly Segment[], claimType: ClaimType): ClaimLine {
  const [lx] = loop;
  if (lx === undefined) throw new Error('a line loop begins with LX');
  const service = loop.find((s) => s.id === (claimType === 'professional' ? 'SV1' : 'SV2'));
  if (service === undefined) throw new X12Fault('x12.required', lx, `expected ${claimType === 'professional' ? 'SV1' : 'SV2'} after LX`);
  const control = loop.find((s) => s.id === 'REF' && element(s, 1) === '6R');
  const serviced = loop.find((s) => s.id === 'DTP' && element(s, 1) === '472');
  const number = Number(required(lx, 1));
  return {
    number,
    controlNumber: control === undefined ? String(number) : required(control, 2),
    ...serviceOf(service, claimType),
    servicedOn: serviced === undefined ? null : datesOf(serviced, 3).from,
    otherPayers: adjudications(loop),
  };
}

type Service = Pick<
  ClaimLine,
  'revenueCode' | 'procedureQualifier' | 'procedureCode' | 'modifiers' | 'chargeCents' | 'units' | 'diagnosisPointers'
>;

function serviceOf(service: Segment, claimType: ClaimType): Service {
  const isProfessional = claimType === 'professional';
  const procedureAt = isProfessional ? 1 : 2;
  const chargeAt = isProfessional ? 2 : 3;
  const units = Number(element(service, isProfessional ? 4 : 5) || '1');
  if (!Number.isFinite(units)) throw new X12Fault('x12.number', service, 'expected a number of units', isProfessional ? 4 : 5);
  const pointers = isProfessional ? [1, 2, 3, 4].map((part) => component(service, 7, part)).filter((p) => p !== '') : [];
  return {
    revenueCode: isProfessional ? null : required(service, 1),
    procedureQualifier: component(service, procedureAt, 1) || null,
    procedureCode: component(service, procedureAt, 2) || null,
    modifiers: [3, 4, 5, 6].map((part) => component(service, procedureAt, part)).filter((m) => m !== ''),
    chargeCents: amount(service, chargeAt),
    units,
    diagnosisPointers: pointers.map(Number),
  };
}

function adjudications(loop: readonly Segment[]): readonly OtherPayerAdjudication[] {
  const starts = loop.flatMap((s, index) => (s.id === 'SVD' ? [index] : []));
  return starts.flatMap((start, n) => {
    const part = loop.slice(start, starts[n + 1] ?? loop.length);
    const [svd] = part;
    if (svd === undefined) return [];
    const decided = part.find((s) => s.id === 'DTP' && element(s, 1) === '573');
    return [
      {
        payerId: required(svd, 1),
        paidCents: amount(svd, 2),
        adjudicatedOn: decided === undefined ? null : dateAt(decided, 3),
        adjustments: part.filter((s) => s.id === 'CAS').flatMap(readOtherAdjustments),
      },
    ];
  });
}

export function readOtherAdjustments(cas: Segment): OtherPayerAdjudication['adjustments'] {
  return [2, 5, 8, 11, 14, 17]
    .filter((index) => element(cas, index) !== '')
    .map((index) => ({ group: required(cas, 1), carc: element(cas, index), cents: amount(cas, index + 1) }));
}
