import type { ClaimAcknowledgement } from '../domain/acknowledgement.ts';
import type { PersonName } from '../domain/claim-details.ts';
import type { ClaimStatusAnswer, DocumentRequest } from '../domain/claim-status.ts';
import type { SubmittedClaim } from '../domain/claim.ts';
import type { RemittanceClaim } from '../domain/remittance.ts';
import type { ClaimDescription } from './evidence.ts';

type Remitted = Pick<RemittanceClaim, 'patient' | 'chargeCents' | 'servicedFrom'> & {
  readonly lines: readonly Pick<RemittanceClaim['lines'][number], 'chargeCents'>[];
};

export function remittedDescription(payerId: string, { patient, chargeCents, servicedFrom, lines }: Remitted): ClaimDescription {
  const lineChargeCents = lines.map((line) => line.chargeCents);
  const { last, first, memberId } = patient;
  return { payerId, memberId, last, first, chargeCents, servicedFrom, lineChargeCents };
}

export function submittedDescription(claim: SubmittedClaim): ClaimDescription {
  const { chargeCents, servicedFrom, lines } = claim;
  const { last, first } = claim.patient.name;
  const coverage = claim.coverages.find(({ sequence }) => sequence === claim.destination) ?? claim.coverages[0];
  const lineChargeCents = lines.map((line) => line.chargeCents);
  return { payerId: coverage?.payerId ?? '', memberId: coverage?.memberId ?? '', last, first, chargeCents, servicedFrom, lineChargeCents };
}

/** Whoever passes it on is not the payer of the account: the source of a 277CA speaks neither for nor against an account. */
export function acknowledgedDescription({ repeated }: ClaimAcknowledgement): ClaimDescription {
  const silent = { memberId: '', last: '', first: '', chargeCents: null, servicedFrom: null };
  return { payerId: '', lineChargeCents: [], ...(repeated ?? silent) };
}

/** A payer that answers or asks names the patient: the dependent, else the subscriber. */
export function statusDescription(said: ClaimStatusAnswer | DocumentRequest): ClaimDescription {
  const { payerId, memberId, subscriber, dependent, servicedFrom } = said;
  const { last, first }: PersonName = dependent ?? subscriber;
  const chargeCents = 'statuses' in said ? (said.statuses.find((status) => status.chargeCents !== null)?.chargeCents ?? null) : null;
  const lineChargeCents = said.lines.flatMap((line) => (line.chargeCents === null ? [] : [line.chargeCents]));
  return { payerId, memberId, last, first, chargeCents, servicedFrom, lineChargeCents };
}
