import { d8Text } from '../domain/civil-date.ts';
import type { Admission } from '../domain/claim-details.ts';
import type { ClaimType, SubmittedClaim } from '../domain/claim.ts';
import { amountText } from '../domain/money.ts';
import { usualAgreements } from './usual-agreements.ts';
import type { WithoutPlace } from './without-place.ts';
import { writeCodes } from './write-837-codes.ts';
import { writeOtherCoverage } from './write-837-coverage.ts';
import { inGuideOrder, keptParts, writeDay, writeExtras, writeProvider } from './write-837-extras.ts';
import { writeLine, writePeriod } from './write-837-line.ts';
import { writeSegment } from './write-segment.ts';

type Claim = WithoutPlace<SubmittedClaim>;

/** Loops 2300, 2310, 2320, 2330 and 2400. */
export function writeClaimLoop(claim: Claim): readonly string[] {
  const isInstitutional = claim.claimType === 'institutional';
  const references = [
    ['G1', claim.authorizationNumber],
    ['9F', claim.referralNumber],
    ['F8', claim.originalPayerClaimNumber],
    ['D9', claim.clearinghouseTrace],
    ['EA', claim.patient.recordNumber],
  ] as const;
  const kept = keptParts(claim.kept);
  const own = [
    writeHeading(claim),
    ...(isInstitutional ? [writePeriod('434', { from: claim.servicedFrom, through: claim.servicedThrough, format: 'RD8' })] : []),
    ...(claim.admission === undefined ? [] : writeAdmission(claim.admission, claim.claimType)),
    ...(claim.patientPaidCents === undefined ? [] : [writeSegment('AMT', 'F5', amountText(claim.patientPaidCents))]),
    ...references.flatMap(([qualifier, value]) => (value === null ? [] : [writeSegment('REF', qualifier, value)])),
    ...writeExtras(claim),
    ...writeCodes(claim),
    ...kept.own,
    ...kept.drugs,
    ...kept.forms,
  ];
  return [
    ...inGuideOrder(own),
    ...writeProviders(claim),
    ...claim.coverages.slice(1).flatMap((coverage) =>
      writeOtherCoverage(
        coverage,
        claim.otherPayers.find((adjudication) => adjudication.payerId === coverage.payerId),
      ),
    ),
    ...claim.lines.flatMap((line) => writeLine(claim.claimType, line)),
  ];
}

function writeHeading(claim: Claim): string {
  const { claimType, relatedCauses, specialProgram = '', delayReason } = claim;
  const facility = [claim.facilityCode, claimType === 'institutional' ? 'A' : 'B', claim.frequency];
  const agreements = claim.agreements ?? usualAgreements(claimType);
  const { providerSignature, assignment, benefitsAssigned, release, patientSignature } = agreements;
  const answers = [providerSignature, assignment, benefitsAssigned, release, patientSignature];
  const { codes = [], state = '', country = '' } = relatedCauses ?? {};
  const causes = [codes[0] ?? '', codes[1] ?? '', codes[2] ?? '', state, country];
  const late = delayReason === undefined ? [] : ['', '', '', '', '', '', '', delayReason];
  const charge = amountText(claim.chargeCents);
  return writeSegment('CLM', claim.submissionKey, charge, '', '', facility, ...answers, causes, specialProgram, ...late);
}

function writeAdmission(admission: Admission, claimType: ClaimType): readonly string[] {
  const { on, hour, dischargeHour, type, source, patientStatus } = admission;
  const day = on === null ? [] : [hour === '' ? writeDay('435', on) : writeSegment('DTP', '435', 'DT', `${d8Text(on)}${hour}`)];
  const isSaid = claimType === 'institutional' && [type, source, patientStatus].some((said) => said !== '');
  return [
    ...(dischargeHour === '' ? [] : [writeSegment('DTP', '096', 'TM', dischargeHour)]),
    ...day,
    ...(isSaid ? [writeSegment('CL1', type, source, patientStatus)] : []),
  ];
}

/** Loop 2310: the rendering provider is one of them, after those who refer. */
function writeProviders({ providers = [], renderingProviderNpi, renderingProvider }: Claim): readonly string[] {
  const nobody = { isPerson: true, name: { last: '', first: '', middle: '' } };
  const rendering =
    renderingProviderNpi === null && renderingProvider === undefined
      ? []
      : [{ role: '82', npi: renderingProviderNpi ?? '', ...(renderingProvider ?? nobody) }];
  const before = providers.filter(({ role }) => role === 'DN' || role === 'P3');
  const after = providers.filter((provider) => !before.includes(provider));
  return [...before, ...rendering, ...after].flatMap(writeProvider);
}
