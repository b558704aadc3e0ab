import type { ClaimLine } from '../domain/claim.ts';
import { amountOf, componentOf, elementOf, faultAt, nullIfEmpty, quantityOf, requiredOf, type Segment } from './segment.ts';

export type Procedure = Pick<ClaimLine, 'procedureQualifier' | 'procedureCode' | 'modifiers'>;

export type Service = Procedure &
  Pick<
    ClaimLine,
    | 'revenueCode'
    | 'chargeCents'
    | 'units'
    | 'unitQualifier'
    | 'diagnosisPointers'
    | 'description'
    | 'placeOfService'
    | 'indicators'
    | 'nonCoveredCents'
  >;

/** SV1 or SV2; null for any other segment. */
export function serviceOf(segment: Segment): Service | null {
  if (segment.id === 'SV1') return professionalService(segment);
  return segment.id === 'SV2' ? institutionalService(segment) : null;
}

function professionalService(sv1: Segment): Service {
  const indicators = [9, 11, 12, 15].map((index) => elementOf(sv1, index));
  const placeOfService = elementOf(sv1, 5);
  return {
    revenueCode: null,
    ...procedureOf(sv1, 1),
    ...descriptionOf(sv1, 1),
    chargeCents: amountOf(sv1, 2, '2400'),
    ...unitsOf(sv1, 3),
    diagnosisPointers: pointersOf(sv1),
    ...(placeOfService === '' ? {} : { placeOfService }),
    ...(indicators.every((indicator) => indicator === '') ? {} : { indicators }),
  };
}

function institutionalService(sv2: Segment): Service {
  return {
    revenueCode: requiredOf(sv2, 1, '2400'),
    ...procedureOf(sv2, 2),
    ...descriptionOf(sv2, 2),
    chargeCents: amountOf(sv2, 3, '2400'),
    ...unitsOf(sv2, 4),
    diagnosisPointers: [],
    ...(elementOf(sv2, 7) === '' ? {} : { nonCoveredCents: amountOf(sv2, 7, '2400') }),
  };
}

/** A composite of qualifier, code and up to four modifiers. */
export function procedureOf(segment: Segment, index: number): Procedure {
  return {
    procedureQualifier: nullIfEmpty(componentOf(segment, index, 1)),
    procedureCode: nullIfEmpty(componentOf(segment, index, 2)),
    modifiers: [3, 4, 5, 6].map((part) => componentOf(segment, index, part)).filter((modifier) => modifier !== ''),
  };
}

function descriptionOf(segment: Segment, index: number): Pick<ClaimLine, 'description'> {
  const description = componentOf(segment, index, 7);
  return description === '' ? {} : { description };
}

function unitsOf(segment: Segment, index: number): Pick<ClaimLine, 'units' | 'unitQualifier'> {
  const units = quantityOf(segment, index + 1, '2400');
  const qualifier = elementOf(segment, index);
  return qualifier === 'UN' || qualifier === '' ? { units } : { units, unitQualifier: qualifier };
}

/** Some write the pointer as a decimal, `1.00`. */
function pointersOf(sv1: Segment): readonly number[] {
  const pointers = elementOf(sv1, 7)
    .split(sv1.component)
    .filter((pointer) => pointer !== '');
  if (!pointers.every((pointer) => /^\d{1,2}(\.0*)?$/.test(pointer))) throw faultAt(sv1, '2400', 7, 'x12.quantity', 'diagnosis pointers');
  return pointers.map(Number);
}
