import { d8Text } from '../domain/civil-date.ts';
import { amountText } from '../domain/money.ts';
import type { Adjustment, Remittance, RemittanceClaim, RemittanceLine } from '../domain/remittance.ts';
import { composite, type OutboundEnvelope, writeInterchange } from './write-envelope.ts';

/** An 835 as a payer writes it (005010X221A1); the sandbox payer and the stories speak through it. */
export function write835(envelope: OutboundEnvelope, remittance: Remittance): string {
  const paidOn = d8Text(remittance.paidOn);
  const body: string[][] = [
    ['BPR', 'I', amountText(remittance.paidCents), 'C', remittance.method, '', '', '', '', '', '', '', '', '', '', '', paidOn],
    ['TRN', '1', remittance.trace, '1999999999'],
    ...(remittance.producedOn === null ? [] : [['DTM', '405', d8Text(remittance.producedOn)]]),
    ['N1', 'PR', remittance.payerName, 'XV', remittance.payerId],
    ['N1', 'PE', 'PAYEE', 'XX', remittance.payeeNpi],
    ['LX', '1'],
    ...remittance.claims.flatMap(claimLoop),
    ...remittance.providerAdjustments.map((p) => [
      'PLB',
      remittance.payeeNpi,
      `${paidOn.slice(0, 4)}1231`,
      composite(p.code, p.reference),
      amountText(p.cents),
    ]),
  ];
  return writeInterchange(envelope, { functionalId: 'HP', transactionSetId: '835', version: '005010X221A1', body });
}

function claimLoop(claim: RemittanceClaim): string[][] {
  const amounts = [claim.chargeCents, claim.paidCents, claim.patientResponsibilityCents].map(amountText);
  const { patient } = claim;
  return [
    ['CLP', claim.submissionKey, claim.status, ...amounts, claim.filingIndicator, claim.payerClaimNumber],
    ...claim.adjustments.map(adjustmentSegment),
    ['NM1', 'QC', '1', patient.last, patient.first, '', '', '', patient.memberId === '' ? '' : 'MI', patient.memberId],
    ...(claim.crossoverPayerId === null ? [] : [['NM1', 'TT', '2', 'CROSSOVER PAYER', '', '', '', '', 'PI', claim.crossoverPayerId]]),
    ...(claim.rarcs.length === 0 ? [] : [['MOA', '', '', ...claim.rarcs.slice(0, 5)]]),
    ...(claim.servicedFrom === null ? [] : [['DTM', '232', d8Text(claim.servicedFrom)]]),
    ...(claim.receivedOn === null ? [] : [['DTM', '050', d8Text(claim.receivedOn)]]),
    ...claim.lines.flatMap(lineLoop),
  ];
}

function adjustmentSegment(a: Adjustment): string[] {
  return ['CAS', a.group, a.carc, amountText(a.cents)];
}

function lineLoop(line: RemittanceLine): string[][] {
  const product = line.procedureCode === null ? composite('NU', line.revenueCode ?? '') : composite('HC', line.procedureCode);
  return [
    ['SVC', product, amountText(line.chargeCents), amountText(line.paidCents), line.procedureCode === null ? '' : (line.revenueCode ?? '')],
    ...line.adjustments.map(adjustmentSegment),
    ...(line.controlNumber === null ? [] : [['REF', '6R', line.controlNumber]]),
    ...(line.allowedCents === null ? [] : [['AMT', 'B6', amountText(line.allowedCents)]]),
    ...line.rarcs.map((rarc) => ['LQ', 'HE', rarc]),
  ];
}
