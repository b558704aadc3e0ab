import { d8Text } from '../domain/civil-date.ts';
import type { SubmittedClaim } from '../domain/claim.ts';
import { invariant } from '../domain/failures.ts';
import { amountText } from '../domain/money.ts';
import { type OutboundEnvelope, writeInterchange } from './write-envelope.ts';

/** A status inquiry (276, 005010X212) about one claim; `payerClaimNumber` when the payer gave one. */
export function write276(envelope: OutboundEnvelope, claim: SubmittedClaim, payerClaimNumber: string | null): string {
  const coverage = claim.coverages.find((c) => c.sequence === claim.destination);
  invariant(coverage !== undefined, 'a claim has the coverage it is sent to');
  const { patient, billingProvider } = claim;
  const range = `${d8Text(claim.servicedFrom)}-${d8Text(claim.servicedThrough)}`;
  const body: string[][] = [
    ['BHT', '0010', '13', String(envelope.controlNumber), envelope.date.replaceAll('-', ''), envelope.time],
    ['HL', '1', '', '20', '1'],
    ['NM1', 'PR', '2', coverage.payerName, '', '', '', '', 'PI', coverage.payerId],
    ['HL', '2', '1', '21', '1'],
    ['NM1', '41', '2', billingProvider.name, '', '', '', '', '46', envelope.senderId],
    ['HL', '3', '2', '19', '1'],
    ['NM1', '1P', '2', billingProvider.name, '', '', '', '', 'XX', billingProvider.npi],
    ['HL', '4', '3', '22', '0'],
    ...(patient.bornOn === null ? [] : [['DMG', 'D8', d8Text(patient.bornOn), patient.sex]]),
    ['NM1', 'IL', '1', patient.name.last, patient.name.first, '', '', '', 'MI', coverage.memberId],
    ['TRN', '1', claim.submissionKey],
    ...(payerClaimNumber === null ? [] : [['REF', '1K', payerClaimNumber]]),
    ['AMT', 'T3', amountText(claim.chargeCents)],
    ['DTP', '472', 'RD8', range],
  ];
  return writeInterchange(envelope, { functionalId: 'HR', transactionSetId: '276', version: '005010X212', body });
}
