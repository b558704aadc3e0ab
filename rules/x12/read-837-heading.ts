import type { ClaimType, SubmittedClaim } from '../domain/claim.ts';
import { usualAgreements } from './usual-agreements.ts';
import { amountOf, componentOf, elementOf, faultAt, requiredOf, type Segment } from './segment.ts';

type Heading = Pick<
  SubmittedClaim,
  'submissionKey' | 'chargeCents' | 'facilityCode' | 'frequency' | 'agreements' | 'relatedCauses' | 'specialProgram' | 'delayReason'
>;

/** What CLM itself says. */
export function headingOf(clm: Segment, claimType: ClaimType): Heading {
  // The guides require it; published examples leave it out of an original.
  const frequency = componentOf(clm, 5, 3) || '1';
  if (!/^[0-9A-Z]$/.test(frequency)) throw faultAt(clm, '2300', '5-3', 'x12.code', 'a frequency of one digit or letter');
  const [providerSignature = '', assignment = '', benefitsAssigned = '', release = '', patientSignature = ''] = [6, 7, 8, 9, 10].map(
    (index) => elementOf(clm, index),
  );
  const agreements = { providerSignature, assignment, benefitsAssigned, release, patientSignature };
  const isUsual = JSON.stringify(agreements) === JSON.stringify(usualAgreements(claimType));
  const codes = [1, 2, 3].map((part) => componentOf(clm, 11, part)).filter((code) => code !== '');
  const [specialProgram, delayReason] = [elementOf(clm, 12), elementOf(clm, 20)];
  return {
    submissionKey: requiredOf(clm, 1, '2300'),
    chargeCents: amountOf(clm, 2, '2300'),
    facilityCode: componentOf(clm, 5, 1),
    frequency,
    ...(isUsual ? {} : { agreements }),
    ...(codes.length === 0 ? {} : { relatedCauses: { codes, state: componentOf(clm, 11, 4), country: componentOf(clm, 11, 5) } }),
    ...(specialProgram === '' ? {} : { specialProgram }),
    ...(delayReason === '' ? {} : { delayReason }),
  };
}
