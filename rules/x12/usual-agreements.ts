import type { ClaimAgreements } from '../domain/claim-details.ts';
import type { ClaimType } from '../domain/claim.ts';

/** CLM06 to CLM10 where a claim says nothing else; CLM06 belongs to professional claims only. */
export function usualAgreements(claimType: ClaimType): ClaimAgreements {
  const providerSignature = claimType === 'professional' ? 'Y' : '';
  return { providerSignature, assignment: 'A', benefitsAssigned: 'Y', release: 'Y', patientSignature: '' };
}
