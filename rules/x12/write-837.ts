import { type CivilDate, d8Text } from '../domain/civil-date.ts';
import type { PostalAddress, SubmittedClaim } from '../domain/claim.ts';
import { DomainError } from '../domain/failures.ts';
import { refuseUnsendable } from './sendable.ts';
import type { WithoutPlace } from './without-place.ts';
import { writeClaimLoop } from './write-837-claim.ts';
import { payerLetter, personElements } from './write-837-coverage.ts';
import { type OutboundEnvelope, writeInterchange } from './write-envelope.ts';
import { writeSegment } from './write-segment.ts';

const versions = { professional: '005010X222A1', institutional: '005010X223A2' };

/**
 * One 837P or 837I. Every claim gets its own billing provider and subscriber levels, which the guides allow and which keeps claims apart.
 * A patient who is the subscriber (relationship 18) is written under the name of the subscriber.
 * @throws DomainError when a claim could not be sent as it is; see `refuseUnsendable`.
 */
export function write837(envelope: OutboundEnvelope, claims: readonly WithoutPlace<SubmittedClaim>[]): string {
  const claimType = claims[0]?.claimType;
  if (claimType === undefined) throw new DomainError('x12.empty', 'an 837 needs at least one claim');
  if (claims.some((claim) => claim.claimType !== claimType))
    throw new DomainError('x12.mixed', 'professional and institutional claims cannot share an 837');
  const guide = { functionalId: 'HC', transactionSetId: '837', version: versions[claimType] };
  const body = [
    writeSegment('BHT', '0019', '00', envelope.interchangeControlNumber, d8Text(envelope.sentOn), envelope.sentAtTime, 'CH'),
    writeSegment('NM1', '41', '2', envelope.senderName, '', '', '', '', '46', envelope.senderId),
    writeSegment('PER', 'IC', envelope.senderName, 'TE', envelope.senderPhone),
    writeSegment('NM1', '40', '2', envelope.receiverName, '', '', '', '', '46', envelope.receiverId),
  ];
  let levels = 0;
  for (const claim of claims) {
    refuseUnsendable(claim);
    const hierarchy = writeLevels(claim, levels);
    levels += hierarchy.count;
    body.push(...hierarchy.segments, ...writeClaimLoop(claim));
  }
  return writeInterchange(envelope, guide, body);
}

function writeLevels(
  claim: WithoutPlace<SubmittedClaim>,
  before: number,
): { readonly segments: readonly string[]; readonly count: number } {
  const { billingProvider, patient } = claim;
  const [coverage] = claim.coverages;
  if (coverage === undefined) throw new DomainError('x12.coverage', 'a claim needs a payer it is sent to');
  const isSubscriber = coverage.relationship === '18';
  const [providerHl, subscriberHl, patientHl] = [1, 2, 3].map((step) => String(before + step));
  const group = [coverage.groupNumber, '', '', '', '', '', coverage.filingIndicator];
  const birth = writeBirth(patient.bornOn, patient.sex);
  const segments = [
    writeSegment('HL', providerHl ?? '', '', '20', '1'),
    writeSegment('NM1', '85', '2', billingProvider.name, '', '', '', '', 'XX', billingProvider.npi),
    ...writeAddress(billingProvider.address),
    ...(billingProvider.taxId === '' ? [] : [writeSegment('REF', 'EI', billingProvider.taxId)]),
    writeSegment('HL', subscriberHl ?? '', providerHl ?? '', '22', isSubscriber ? '0' : '1'),
    writeSegment('SBR', payerLetter(coverage.sequence), isSubscriber ? '18' : '', ...group),
    writeSegment('NM1', 'IL', '1', ...personElements(coverage.subscriber), '', '', 'MI', coverage.memberId),
    ...(isSubscriber ? [...writeAddress(patient.address), ...birth] : []),
    writeSegment('NM1', 'PR', '2', coverage.payerName, '', '', '', '', 'PI', coverage.payerId),
  ];
  if (isSubscriber) return { segments, count: 2 };
  segments.push(
    writeSegment('HL', patientHl ?? '', subscriberHl ?? '', '23', '0'),
    writeSegment('PAT', coverage.relationship),
    writeSegment('NM1', 'QC', '1', ...personElements(patient.name)),
    ...writeAddress(patient.address),
    ...birth,
  );
  return { segments, count: 3 };
}

function writeAddress({ line1, line2, city, state, postalCode }: PostalAddress): readonly string[] {
  return [
    ...(line1 === '' && line2 === '' ? [] : [writeSegment('N3', line1, line2)]),
    ...(city === '' && state === '' && postalCode === '' ? [] : [writeSegment('N4', city, state, postalCode)]),
  ];
}

function writeBirth(bornOn: CivilDate | null, sex: string): readonly string[] {
  return bornOn === null && sex === '' ? [] : [writeSegment('DMG', 'D8', bornOn === null ? '' : d8Text(bornOn), sex)];
}
