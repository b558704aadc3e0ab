import { d8Text } from '../domain/civil-date.ts';
import type { ClaimLine, Coverage, OtherPayerAdjudication, PersonName, PostalAddress, SubmittedClaim } from '../domain/claim.ts';
import { DomainError, invariant } from '../domain/failures.ts';
import { amountText } from '../domain/money.ts';
import { composite, type OutboundEnvelope, writeInterchange } from './write-envelope.ts';

const guides = { professional: '005010X222A1', institutional: '005010X223A2' } as const;

/**
 * An 837P or 837I with these claims, all of one type: original (1), replacement (7) or void (8, both with REF*F8), to any payer of the sequence
 * (a later payer gets what the earlier ones decided, loops 2320, 2330 and 2430).
 * @throws DomainError `x12.mixed-claims`, `x12.submission-key` (over 20 characters), `x12.original-number` (7 or 8 without REF*F8)
 */
export function write837(envelope: OutboundEnvelope, claims: readonly SubmittedClaim[]): string {
  const [first] = claims;
  invariant(first !== undefined, 'an 837 carries at least one claim');
  if (claims.some((claim) => claim.claimType !== first.claimType))
    throw new DomainError('x12.mixed-claims', 'professional and institutional claims go into files of their own');
  const created = envelope.date.replaceAll('-', '');
  const body: string[][] = [
    ['BHT', '0019', '00', String(envelope.controlNumber), created, envelope.time, 'CH'],
    ['NM1', '41', '2', first.billingProvider.name, '', '', '', '', '46', envelope.senderId],
    ['PER', 'IC', 'BUSINESS OFFICE', 'TE', '5555550100'],
    ['NM1', '40', '2', envelope.receiverId, '', '', '', '', '46', envelope.receiverId],
  ];
  let level = 0;
  for (const claim of claims) {
    const provider = (level += 1);
    const subscriber = (level += 1);
    const isSubscriber = ownCoverage(claim).relationship === '18';
    body.push(['HL', String(provider), '', '20', '1'], ...billingLoop(claim));
    body.push(['HL', String(subscriber), String(provider), '22', isSubscriber ? '0' : '1'], ...subscriberLoop(claim, isSubscriber));
    if (!isSubscriber)
      body.push(
        ['HL', String((level += 1)), String(subscriber), '23', '0'],
        ['PAT', ownCoverage(claim).relationship],
        ...personLoop('QC', claim),
      );
    body.push(...claimLoop(claim));
  }
  return writeInterchange(envelope, { functionalId: 'HC', transactionSetId: '837', version: guides[first.claimType], body });
}

function ownCoverage(claim: SubmittedClaim): Coverage {
  const own = claim.coverages.find((c) => c.sequence === claim.destination);
  invariant(own !== undefined, 'a claim has the coverage it is sent to');
  return own;
}

function billingLoop({ billingProvider: p }: SubmittedClaim): string[][] {
  return [['NM1', '85', '2', p.name, '', '', '', '', 'XX', p.npi], ...addressSegments(p.address), ['REF', 'EI', p.taxId]];
}

function addressSegments(a: PostalAddress): string[][] {
  return [
    ['N3', a.line1, a.line2],
    ['N4', a.city, a.state, a.postalCode],
  ];
}

function subscriberLoop(claim: SubmittedClaim, isSubscriber: boolean): string[][] {
  const own = ownCoverage(claim);
  const person = isSubscriber ? demographics(claim) : [];
  return [
    [
      'SBR',
      'PST'.charAt(own.sequence - 1),
      own.relationship === '18' ? '18' : '',
      own.groupNumber,
      '',
      '',
      '',
      '',
      '',
      own.filingIndicator,
    ],
    ['NM1', 'IL', '1', ...nameElements(own.subscriber), '', '', 'MI', own.memberId],
    ...person,
    ['NM1', 'PR', '2', own.payerName, '', '', '', '', 'PI', own.payerId],
  ];
}

function nameElements(name: PersonName): readonly string[] {
  return [name.last, name.first, name.middle];
}

function demographics({ patient }: SubmittedClaim): string[][] {
  const born = patient.bornOn === null ? [] : [['DMG', 'D8', d8Text(patient.bornOn), patient.sex]];
  return [...addressSegments(patient.address), ...born];
}

function personLoop(code: string, claim: SubmittedClaim): string[][] {
  return [['NM1', code, '1', ...nameElements(claim.patient.name)], ...demographics(claim)];
}

function claimLoop(claim: SubmittedClaim): string[][] {
  if (claim.submissionKey.length > 20)
    throw new DomainError('x12.submission-key', 'CLM01 has at most 20 characters, receivers keep no more');
  if (claim.frequency !== '1' && claim.originalPayerClaimNumber === null)
    throw new DomainError('x12.original-number', 'a replacement or void needs the payer claim number of the original (REF*F8)');
  const isProfessional = claim.claimType === 'professional';
  const facility = composite(claim.facilityCode, isProfessional ? 'B' : 'A', claim.frequency);
  const range = claim.servicedFrom === claim.servicedThrough;
  const dates = range ? ['D8', d8Text(claim.servicedFrom)] : ['RD8', `${d8Text(claim.servicedFrom)}-${d8Text(claim.servicedThrough)}`];
  const known: readonly (readonly [string, string | null])[] = [
    ['G1', claim.authorizationNumber],
    ['9F', claim.referralNumber],
    ['F8', claim.originalPayerClaimNumber],
    ['D9', claim.clearinghouseTrace],
    ['EA', claim.patient.recordNumber],
  ];
  const references = known.flatMap(([qualifier, value]) => (value === null ? [] : [['REF', qualifier, value]]));
  return [
    ['CLM', claim.submissionKey, amountText(claim.chargeCents), '', '', facility, isProfessional ? 'Y' : '', 'A', 'Y', 'Y'],
    ['DTP', isProfessional ? '472' : '434', ...dates],
    ...(isProfessional ? [] : [['CL1', '1', '1', '01']]),
    ...references,
    ...diagnosisSegments(claim),
    ...(claim.renderingProviderNpi === null
      ? []
      : [['NM1', '82', '2', 'RENDERING PROVIDER', '', '', '', '', 'XX', claim.renderingProviderNpi]]),
    ...claim.coverages.filter((c) => c.sequence !== claim.destination).flatMap((c) => otherPayerLoop(claim, c)),
    ...claim.lines.flatMap((line) => lineLoop(claim, line)),
  ];
}

function diagnosisSegments({ diagnoses, claimType }: SubmittedClaim): string[][] {
  const [principal, ...others] = diagnoses;
  if (principal === undefined) return [];
  if (claimType === 'professional') return [['HI', composite('ABK', principal), ...others.map((code) => composite('ABF', code))]];
  return [['HI', composite('ABK', principal)], ...(others.length === 0 ? [] : [['HI', ...others.map((code) => composite('ABF', code))]])];
}

function otherPayerLoop(claim: SubmittedClaim, coverage: Coverage): string[][] {
  const decided = claim.otherPayers.find((o) => o.payerId === coverage.payerId);
  return [
    ['SBR', 'PST'.charAt(coverage.sequence - 1), coverage.relationship, coverage.groupNumber, '', '', '', '', '', coverage.filingIndicator],
    ...(decided === undefined ? [] : [...adjustmentSegments(decided), ['AMT', 'D', amountText(decided.paidCents)]]),
    ['OI', '', '', 'Y', '', '', 'Y'],
    ['NM1', 'IL', '1', ...nameElements(coverage.subscriber), '', '', 'MI', coverage.memberId],
    ['NM1', 'PR', '2', coverage.payerName, '', '', '', '', 'PI', coverage.payerId],
    ...(decided === undefined || decided.adjudicatedOn === null ? [] : [['DTP', '573', 'D8', d8Text(decided.adjudicatedOn)]]),
  ];
}

function adjustmentSegments({ adjustments }: OtherPayerAdjudication): string[][] {
  return adjustments.map((a) => ['CAS', a.group, a.carc, amountText(a.cents)]);
}

function lineLoop(claim: SubmittedClaim, line: ClaimLine): string[][] {
  const procedure = line.procedureCode === null ? '' : composite(line.procedureQualifier ?? 'HC', line.procedureCode, ...line.modifiers);
  const charge = amountText(line.chargeCents);
  const pointers = composite(...line.diagnosisPointers.map(String));
  const service =
    claim.claimType === 'professional'
      ? ['SV1', procedure, charge, 'UN', String(line.units), '', '', pointers]
      : ['SV2', line.revenueCode ?? '', procedure, charge, 'UN', String(line.units)];
  return [
    ['LX', String(line.number)],
    service,
    ...(line.servicedOn === null ? [] : [['DTP', '472', 'D8', d8Text(line.servicedOn)]]),
    ['REF', '6R', line.controlNumber],
    ...line.otherPayers.flatMap((other) => [
      ['SVD', other.payerId, amountText(other.paidCents), procedure, '', String(line.units)],
      ...adjustmentSegments(other),
      ...(other.adjudicatedOn === null ? [] : [['DTP', '573', 'D8', d8Text(other.adjudicatedOn)]]),
    ]),
  ];
}
