import { d8Text } from '../domain/civil-date.ts';
import { DomainError } from '../domain/failures.ts';
import { amountText } from '../domain/money.ts';
import type { Remittance, RemittanceClaim, RemittanceLine } from '../domain/remittance.ts';
import type { WithoutPlace } from './without-place.ts';
import { writeAdjustments } from './write-cas.ts';
import { type OutboundEnvelope, writeInterchange } from './write-envelope.ts';
import { writeSegment } from './write-segment.ts';

const guide = { functionalId: 'HP', transactionSetId: '835', version: '005010X221A1' };

/** MOA03 to MOA07. */
const maximumRemarks = 5;

export function write835(envelope: OutboundEnvelope, remittance: WithoutPlace<Omit<Remittance, 'imbalances'>>): string {
  const { producedOn, payeeNpi, providerAdjustments } = remittance;
  const paidOn = d8Text(remittance.paidOn);
  const beforeDate = ['', '', '', '', '', '', '', '', '', '', ''];
  return writeInterchange(envelope, guide, [
    writeSegment('BPR', 'I', amountText(remittance.paidCents), 'C', remittance.method, ...beforeDate, paidOn),
    writeSegment('TRN', '1', remittance.trace, remittance.payerId),
    ...(producedOn === null ? [] : [writeSegment('DTM', '405', d8Text(producedOn))]),
    writeSegment('N1', 'PR', remittance.payerName, 'XV', remittance.payerId),
    writeSegment('N1', 'PE', '', ...(payeeNpi === '' ? [] : ['XX', payeeNpi])),
    ...(remittance.claims.length === 0 ? [] : [writeSegment('LX', '1')]),
    ...remittance.claims.flatMap(writeClaim),
    ...providerAdjustments.map(({ code, reference, cents }) =>
      // PLB02 is the end of the provider's fiscal year; the guide takes December 31 when it is not known.
      writeSegment('PLB', payeeNpi, `${paidOn.slice(0, 4)}1231`, [code, reference], amountText(cents)),
    ),
  ]);
}

function writeClaim(claim: WithoutPlace<RemittanceClaim>): readonly string[] {
  const { chargeCents, paidCents, patientResponsibilityCents, patient, crossoverPayerId, rarcs } = claim;
  if (rarcs.length > maximumRemarks) throw new DomainError('x12.remarks', `a claim of an 835 holds at most ${maximumRemarks} remark codes`);
  const amounts = [chargeCents, paidCents, patientResponsibilityCents].map(amountText);
  return [
    writeSegment('CLP', claim.submissionKey, claim.status, ...amounts, claim.filingIndicator, claim.payerClaimNumber),
    ...writeAdjustments(claim.adjustments),
    writeSegment('NM1', 'QC', '1', patient.last, patient.first, '', '', '', ...(patient.memberId === '' ? [] : ['MI', patient.memberId])),
    ...(crossoverPayerId === null ? [] : [writeSegment('NM1', 'TT', '2', '', '', '', '', '', 'PI', crossoverPayerId)]),
    ...(rarcs.length === 0 ? [] : [writeSegment('MOA', '', '', ...rarcs)]),
    ...(claim.servicedFrom === null ? [] : [writeSegment('DTM', '232', d8Text(claim.servicedFrom))]),
    ...(claim.receivedOn === null ? [] : [writeSegment('DTM', '050', d8Text(claim.receivedOn))]),
    ...claim.lines.flatMap(writeLine),
  ];
}

function writeLine(line: WithoutPlace<RemittanceLine>): readonly string[] {
  const { procedureCode, revenueCode, controlNumber, allowedCents } = line;
  if (procedureCode === null && revenueCode === null)
    throw new DomainError('x12.line-code', 'a line of an 835 needs a procedure code or a revenue code');
  const service = procedureCode === null ? ['NU', revenueCode ?? ''] : ['HC', procedureCode];
  const amounts = [line.chargeCents, line.paidCents].map(amountText);
  return [
    writeSegment('SVC', service, ...amounts, procedureCode === null ? '' : (revenueCode ?? '')),
    ...writeAdjustments(line.adjustments),
    ...(controlNumber === null ? [] : [writeSegment('REF', '6R', controlNumber)]),
    ...(allowedCents === null ? [] : [writeSegment('AMT', 'B6', amountText(allowedCents))]),
    ...line.rarcs.map((rarc) => writeSegment('LQ', 'HE', rarc)),
  ];
}
