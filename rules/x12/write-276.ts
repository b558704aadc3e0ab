import { d8Text } from '../domain/civil-date.ts';
import type { SubmittedClaim } from '../domain/claim.ts';
import { DomainError } from '../domain/failures.ts';
import { amountText } from '../domain/money.ts';
import type { WithoutPlace } from './without-place.ts';
import { personElements } from './write-837-coverage.ts';
import { type OutboundEnvelope, writeInterchange } from './write-envelope.ts';
import { writeSegment } from './write-segment.ts';

const guide = { functionalId: 'HR', transactionSetId: '276', version: '005010X212' };

/** One question to one payer: what became of this claim. */
export interface StatusInquiry {
  readonly claim: WithoutPlace<SubmittedClaim>;
  /** TRN02, echoed by the 277. */
  readonly trace: string;
  /** REF*1K, when the payer has given one. */
  readonly payerClaimNumber: string | null;
}

/** Each inquiry gets its own levels from the payer down. */
export function write276(envelope: OutboundEnvelope, inquiries: readonly StatusInquiry[]): string {
  if (inquiries.length === 0) throw new DomainError('x12.empty', 'a 276 needs at least one inquiry');
  const body = [writeSegment('BHT', '0010', '13', envelope.interchangeControlNumber, d8Text(envelope.sentOn), envelope.sentAtTime)];
  let levels = 0;
  for (const inquiry of inquiries) {
    const [coverage] = inquiry.claim.coverages;
    if (coverage === undefined) throw new DomainError('x12.coverage', 'an inquiry needs a payer it is sent to');
    body.push(...writeInquiry(envelope, inquiry, coverage, levels));
    levels += coverage.relationship === '18' ? 4 : 5;
  }
  return writeInterchange(envelope, guide, body);
}

function writeInquiry(
  envelope: OutboundEnvelope,
  inquiry: StatusInquiry,
  coverage: SubmittedClaim['coverages'][number],
  before: number,
): readonly string[] {
  const { billingProvider, patient } = inquiry.claim;
  const hl = (step: number) => String(before + step);
  const isSubscriber = coverage.relationship === '18';
  const birth = writeSegment('DMG', 'D8', patient.bornOn === null ? '' : d8Text(patient.bornOn), patient.sex);
  const dependent = [writeSegment('HL', hl(5), hl(4), '23'), birth, writeSegment('NM1', 'QC', '1', ...personElements(patient.name))];
  return [
    writeSegment('HL', hl(1), '', '20', '1'),
    writeSegment('NM1', 'PR', '2', coverage.payerName, '', '', '', '', 'PI', coverage.payerId),
    writeSegment('HL', hl(2), hl(1), '21', '1'),
    writeSegment('NM1', '41', '2', envelope.senderName, '', '', '', '', '46', envelope.senderId),
    writeSegment('HL', hl(3), hl(2), '19', '1'),
    writeSegment('NM1', '1P', '2', billingProvider.name, '', '', '', '', 'XX', billingProvider.npi),
    writeSegment('HL', hl(4), hl(3), '22', isSubscriber ? '0' : '1'),
    ...(isSubscriber ? [birth] : []),
    writeSegment('NM1', 'IL', '1', ...personElements(coverage.subscriber), '', '', 'MI', coverage.memberId),
    ...(isSubscriber ? [] : dependent),
    ...writeClaimQuestion(inquiry),
  ];
}

function writeClaimQuestion({ claim, trace, payerClaimNumber }: StatusInquiry): readonly string[] {
  const billType = claim.claimType === 'institutional' ? `${claim.facilityCode}${claim.frequency}` : null;
  return [
    writeSegment('TRN', '1', trace),
    ...(payerClaimNumber === null ? [] : [writeSegment('REF', '1K', payerClaimNumber)]),
    ...(billType === null ? [] : [writeSegment('REF', 'BLT', billType)]),
    writeSegment('REF', 'EJ', claim.submissionKey),
    writeSegment('AMT', 'T3', amountText(claim.chargeCents)),
    writeSegment('DTP', '472', 'RD8', `${d8Text(claim.servicedFrom)}-${d8Text(claim.servicedThrough)}`),
  ];
}
