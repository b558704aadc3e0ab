import { d8Text } from '../domain/civil-date.ts';
import type { Coverage, OtherPayerAdjudication, PayerSequence, PersonName } from '../domain/claim.ts';
import { amountText, type Cents } from '../domain/money.ts';
import { writeAdjustments } from './write-cas.ts';
import { writeAddress, writeReferences } from './write-837-extras.ts';
import { writeSegment } from './write-segment.ts';

const letters: Readonly<Record<PayerSequence, string>> = { 1: 'P', 2: 'S', 3: 'T' };

/** NM103 to NM105. */
export function personElements({ last, first, middle }: PersonName): readonly string[] {
  return [last, first, middle];
}

/** SBR; the relationship is told where there is no PAT to tell it. */
export function writeSubscriberInformation(coverage: Coverage, relationship: string): string {
  const { sequence, groupNumber, groupName = '', insuranceType = '', filingIndicator } = coverage;
  return writeSegment('SBR', letters[sequence], relationship, groupNumber, groupName, insuranceType, '', '', '', filingIndicator);
}

/** NM1*IL, with where they live and when they were born unless the patient's segments tell it. */
export function writeSubscriber(coverage: Coverage): readonly string[] {
  const { subscriber, memberId, subscriberAddress } = coverage;
  const type = coverage.subscriberIsOrganisation === true ? '2' : '1';
  const number = memberId === '' ? [] : ['', '', 'MI', memberId];
  return [
    writeSegment('NM1', 'IL', type, ...personElements(subscriber), ...number),
    ...(subscriberAddress === undefined ? [] : writeAddress(subscriberAddress)),
    ...writeBirth(coverage.subscriberBornOn ?? null, coverage.subscriberSex ?? ''),
    ...writeReferences(coverage.subscriberReferences),
  ];
}

export function writeBirth(bornOn: Coverage['subscriberBornOn'] | null, sex: string): readonly string[] {
  const born = bornOn ?? null;
  return born === null && sex === '' ? [] : [writeSegment('DMG', 'D8', born === null ? '' : d8Text(born), sex)];
}

/** NM1*PR of the payer the claim is sent to (2010BB). */
export function writePayer(coverage: Coverage): readonly string[] {
  const { payerName, payerId, payerAddress, payerReferences } = coverage;
  return [
    writeSegment('NM1', 'PR', '2', payerName, '', '', '', '', 'PI', payerId),
    ...(payerAddress === undefined ? [] : writeAddress(payerAddress)),
    ...writeReferences(payerReferences),
  ];
}

/** Loops 2320, 2330A and 2330B: another payer, and what it did with the claim. */
export function writeOtherCoverage(coverage: Coverage, adjudication: OtherPayerAdjudication | undefined): readonly string[] {
  const { benefitsAssigned, patientSignature, release } = coverage.otherInsurance ?? usualReleases;
  const [name = '', ...aboutPayer] = writePayer(coverage);
  const isReference = (segment: string) => segment.startsWith('REF*');
  return [
    writeSubscriberInformation(coverage, coverage.relationship),
    ...(adjudication === undefined ? [] : writeAdjudication(adjudication)),
    writeSegment('OI', '', '', benefitsAssigned, patientSignature, '', release),
    ...(adjudication?.inpatientRemarks === undefined ? [] : [writeSegment('MIA', ...adjudication.inpatientRemarks)]),
    ...(adjudication?.outpatientRemarks === undefined ? [] : [writeSegment('MOA', ...adjudication.outpatientRemarks)]),
    ...writeSubscriber(coverage),
    name,
    ...aboutPayer.filter((segment) => !isReference(segment)),
    ...writeAdjudicationDate(adjudication),
    ...aboutPayer.filter(isReference),
  ];
}

const usualReleases = { benefitsAssigned: 'Y', patientSignature: '', release: 'Y' };

function writeAdjudication(said: OtherPayerAdjudication): readonly string[] {
  const amount = (qualifier: string, cents: Cents | undefined) =>
    cents === undefined ? [] : [writeSegment('AMT', qualifier, amountText(cents))];
  return [
    ...writeAdjustments(said.adjustments),
    ...amount('D', said.paidCents),
    ...amount('EAF', said.remainingLiabilityCents),
    ...amount('A8', said.nonCoveredCents),
  ];
}

export function writeAdjudicationDate(adjudication: OtherPayerAdjudication | undefined): readonly string[] {
  const on = adjudication?.adjudicatedOn ?? null;
  return on === null ? [] : [writeSegment('DTP', '573', 'D8', d8Text(on))];
}
