import { d8Text } from '../domain/civil-date.ts';
import type { Coverage, SubmittedClaim } from '../domain/claim.ts';
import { DomainError } from '../domain/failures.ts';
import { refuseUnsendable } from './sendable.ts';
import type { WithoutPlace } from './without-place.ts';
import { writeClaimLoop } from './write-837-claim.ts';
import { personElements, writeBirth, writePayer, writeSubscriber, writeSubscriberInformation } from './write-837-coverage.ts';
import { writeAddress, writeReferences } from './write-837-extras.ts';
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
  const [providerHl = '', subscriberHl = '', patientHl = ''] = [1, 2, 3].map((step) => String(before + step));
  const aboutPatient = [
    ...writeAddress(patient.address),
    ...writeBirth(patient.bornOn, patient.sex),
    ...writeReferences(patient.references),
  ];
  const segments = [
    writeSegment('HL', providerHl, '', '20', '1'),
    ...writeBillingProvider(billingProvider),
    writeSegment('HL', subscriberHl, providerHl, '22', isSubscriber ? '0' : '1'),
    writeSubscriberInformation(coverage, isSubscriber ? '18' : ''),
    ...writeSubscriber(isSubscriber ? asPatient(coverage) : coverage),
    ...(isSubscriber ? aboutPatient : []),
    ...writePayer(coverage),
  ];
  if (isSubscriber) return { segments, count: 2 };
  segments.push(
    writeSegment('HL', patientHl, subscriberHl, '23', '0'),
    writeSegment('PAT', coverage.relationship),
    writeSegment('NM1', 'QC', '1', ...personElements(patient.name)),
    ...aboutPatient,
  );
  return { segments, count: 3 };
}

/** Where a subscriber lives who is the patient is said of the patient, though another payer's loop may have said it too. */
function asPatient(coverage: Coverage): Coverage {
  const {
    subscriberAddress: _address,
    subscriberBornOn: _bornOn,
    subscriberSex: _sex,
    subscriberReferences: _references,
    ...kept
  } = coverage;
  return kept;
}

/** Loops 2000A, 2010AA and 2010AB. */
function writeBillingProvider(provider: SubmittedClaim['billingProvider']): readonly string[] {
  const { name, npi, taxId, address, person, taxonomy, payTo } = provider;
  const names = person === undefined ? ['2', name, '', ''] : ['1', ...personElements(person)];
  return [
    ...(taxonomy === undefined ? [] : [writeSegment('PRV', 'BI', 'PXC', taxonomy)]),
    writeSegment('NM1', '85', ...names, ...(npi === '' ? [] : ['', '', 'XX', npi])),
    ...writeAddress(address),
    ...(taxId === '' ? [] : [writeSegment('REF', provider.taxIdIsPersonal === true ? 'SY' : 'EI', taxId)]),
    ...writeReferences(provider.references),
    ...(payTo === undefined ? [] : [writeSegment('NM1', '87', person === undefined ? '2' : '1'), ...writeAddress(payTo)]),
  ];
}
