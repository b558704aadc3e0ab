import { d8Text } from '../domain/civil-date.ts';
import type { ClaimInquiry } from '../domain/claim-status.ts';
import type { SubmittedClaim } from '../domain/claim.ts';
import { DomainError } from '../domain/failures.ts';
import { amountText } from '../domain/money.ts';
import type { WithoutPlace } from './without-place.ts';
import { writeIdentifiers, writeServiced, writeStatusLevels, writeStatusLine } from './write-277-levels.ts';
import { writeBirth } from './write-837-coverage.ts';
import { type OutboundEnvelope, writeInterchange } from './write-envelope.ts';
import { writeSegment } from './write-segment.ts';

const guide = { functionalId: 'HR', transactionSetId: '276', version: '005010X212' };

type Inquiry = WithoutPlace<ClaimInquiry>;

/** Each inquiry gets its own levels from the payer down. */
export function write276(envelope: OutboundEnvelope, inquiries: readonly Inquiry[]): string {
  if (inquiries.length === 0) throw new DomainError('x12.empty', 'a 276 needs at least one inquiry');
  const header = writeSegment('BHT', '0010', '13', envelope.interchangeControlNumber, d8Text(envelope.sentOn), envelope.sentAtTime);
  const parts = inquiries.map((inquiry) => ({
    parties: inquiry,
    birth: writeBirth(inquiry.bornOn, inquiry.sex),
    claim: writeClaimQuestion(inquiry),
  }));
  return writeInterchange(envelope, guide, [header, ...writeStatusLevels(envelope, parts)]);
}

function writeClaimQuestion(inquiry: Inquiry): readonly string[] {
  const { chargeCents } = inquiry;
  return [
    writeSegment('TRN', '1', inquiry.trace),
    ...writeIdentifiers(inquiry),
    ...(chargeCents === null ? [] : [writeSegment('AMT', 'T3', amountText(chargeCents))]),
    ...writeServiced(inquiry, 'RD8'),
    ...inquiry.lines.flatMap((line) => writeStatusLine(line, [])),
  ];
}

/**
 * The question what became of this claim, to the payer it was sent to.
 * @throws DomainError `x12.coverage` when the claim names no payer.
 */
export function inquiryAbout(
  claim: WithoutPlace<SubmittedClaim>,
  { trace, payerClaimNumber }: { readonly trace: string; readonly payerClaimNumber: string | null },
): Inquiry {
  const [coverage] = claim.coverages;
  if (coverage === undefined) throw new DomainError('x12.coverage', 'an inquiry needs a payer it is sent to');
  const { name, npi } = claim.billingProvider;
  return {
    trace,
    payerId: coverage.payerId,
    payerName: coverage.payerName,
    provider: { name, npi },
    subscriber: coverage.subscriber,
    memberId: coverage.memberId,
    dependent: coverage.relationship === '18' ? null : claim.patient.name,
    bornOn: claim.patient.bornOn,
    sex: claim.patient.sex,
    payerClaimNumber,
    submissionKey: claim.submissionKey,
    billType: claim.claimType === 'institutional' ? `${claim.facilityCode}${claim.frequency}` : null,
    clearinghouseTrace: null,
    references: [],
    chargeCents: claim.chargeCents,
    servicedFrom: claim.servicedFrom,
    servicedThrough: claim.servicedThrough,
    lines: [],
  };
}
