import { type CivilDate, d8Text } from '../domain/civil-date.ts';
import type { ClaimLine, SubmittedClaim } from '../domain/claim.ts';
import { amountText } from '../domain/money.ts';
import type { WithoutPlace } from './without-place.ts';
import { writeAdjustments } from './write-cas.ts';
import { writeAdjudicationDate, writeOtherCoverage } from './write-837-coverage.ts';
import { writeSegment } from './write-segment.ts';

type Claim = WithoutPlace<SubmittedClaim>;

/** Loops 2300, 2310, 2320, 2330 and 2400. */
export function writeClaimLoop(claim: Claim): readonly string[] {
  const isInstitutional = claim.claimType === 'institutional';
  const facility = [claim.facilityCode, isInstitutional ? 'A' : 'B', claim.frequency];
  const answers = isInstitutional ? ['', 'A', 'Y', 'Y'] : ['Y', 'A', 'Y', 'Y'];
  const references = [
    ['G1', claim.authorizationNumber],
    ['9F', claim.referralNumber],
    ['F8', claim.originalPayerClaimNumber],
    ['D9', claim.clearinghouseTrace],
    ['EA', claim.patient.recordNumber],
  ] as const;
  return [
    writeSegment('CLM', claim.submissionKey, amountText(claim.chargeCents), '', '', facility, ...answers),
    ...(isInstitutional ? [writePeriod('434', claim.servicedFrom, claim.servicedThrough, 'RD8')] : []),
    ...references.flatMap(([qualifier, value]) => (value === null ? [] : [writeSegment('REF', qualifier, value)])),
    ...writeDiagnoses(claim.diagnoses, isInstitutional),
    ...(claim.renderingProviderNpi === null ? [] : [writeSegment('NM1', '82', '1', '', '', '', '', '', 'XX', claim.renderingProviderNpi)]),
    ...claim.coverages.slice(1).flatMap((coverage) =>
      writeOtherCoverage(
        coverage,
        claim.otherPayers.find((adjudication) => adjudication.payerId === coverage.payerId),
      ),
    ),
    ...claim.lines.flatMap((line) => writeLine(claim, line)),
  ];
}

const diagnosesPerSegment = 12;

/** 837P: all in one segment. 837I: the principal by itself, the others twelve to a segment. Points in codes are not sent (HI01-2). */
function writeDiagnoses(diagnoses: readonly string[], isInstitutional: boolean): readonly string[] {
  const codes = diagnoses.map((code, index) => [index === 0 ? 'ABK' : 'ABF', code.replace('.', '')]);
  if (codes.length === 0) return [];
  if (!isInstitutional) return [writeSegment('HI', ...codes)];
  const segments = [writeSegment('HI', ...codes.slice(0, 1))];
  for (let from = 1; from < codes.length; from += diagnosesPerSegment)
    segments.push(writeSegment('HI', ...codes.slice(from, from + diagnosesPerSegment)));
  return segments;
}

function writeLine(claim: Claim, line: ClaimLine): readonly string[] {
  const procedure = [line.procedureQualifier ?? '', line.procedureCode ?? '', ...line.modifiers];
  const charge = amountText(line.chargeCents);
  const units = [line.unitQualifier ?? 'UN', String(line.units)];
  return [
    writeSegment('LX', String(line.number)),
    claim.claimType === 'institutional'
      ? writeSegment('SV2', line.revenueCode ?? '', procedure, charge, ...units)
      : writeSegment('SV1', procedure, charge, ...units, '', '', line.diagnosisPointers.map(String)),
    ...(line.servicedOn === null ? [] : [writePeriod('472', line.servicedOn, line.servicedThrough ?? line.servicedOn)]),
    writeSegment('REF', '6R', line.controlNumber),
    ...line.otherPayers.flatMap((adjudication) => [
      writeSegment('SVD', adjudication.payerId, amountText(adjudication.paidCents), procedure, line.revenueCode ?? '', String(line.units)),
      ...writeAdjustments(adjudication.adjustments),
      ...writeAdjudicationDate(adjudication),
    ]),
  ];
}

/** As a day when it is one, unless the place asks for a range. */
function writePeriod(qualifier: string, from: CivilDate, through: CivilDate, format?: 'RD8'): string {
  if (from === through && format !== 'RD8') return writeSegment('DTP', qualifier, 'D8', d8Text(from));
  return writeSegment('DTP', qualifier, 'RD8', `${d8Text(from)}-${d8Text(through)}`);
}
