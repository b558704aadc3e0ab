import type { CivilDate } from '../domain/civil-date.ts';
import type { Coverage, OtherPayerAdjudication, OtherPayerAdjustment, PayerSequence } from '../domain/claim.ts';
import { type Cents, zeroCents } from '../domain/money.ts';
import { type ClaimLevels, type Party, personNameOf, readParty } from './read-837-level.ts';
import { withAdjustments } from './read-cas.ts';
import { amountOf, elementCount, elementOf, faultAt, periodOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/** The payer the claim is sent to (2000B, 2010BB) and the patient: of 2000C, or the subscriber when there is none. */
export function destinationOf({ subscriber, patient }: ClaimLevels): { readonly destination: Coverage; readonly patient: Party } {
  const { sbr } = subscriber;
  if (sbr === null) throw faultAt(subscriber.hl, '2000B', 3, 'x12.missing', 'SBR after it');
  const insured = subscriber.parties.get('IL');
  const payer = subscriber.parties.get('PR');
  if (insured === undefined) throw faultAt(sbr, '2000B', 1, 'x12.missing', 'NM1 with IL after it');
  if (payer === undefined) throw faultAt(sbr, '2000B', 1, 'x12.missing', 'NM1 with PR after it');
  const person = patient === null ? insured : patient.parties.get('QC');
  if (person === undefined) throw faultAt(patient?.hl ?? sbr, '2000C', 3, 'x12.missing', 'NM1 with QC after it');
  const relationship = patient?.pat ? elementOf(patient.pat, 1) : elementOf(sbr, 2);
  const coverage = { ...coverageOf(sbr, insured, payer, '2000B'), relationship };
  return { destination: { ...coverage, ...(patient === null ? {} : subscriberOf(insured)) }, patient: person };
}

/** Loop 2320. `adjudication` is null when the other payer has not said anything yet: no AMT*D and no CAS. */
export interface OtherCoverage {
  readonly coverage: Coverage;
  readonly adjudication: OtherPayerAdjudication | null;
}

/** From SBR to before the next SBR, LX, CLM, HL or SE. Providers as the other payer knows them (2330C and on) stay in the raw file. */
export function readOtherCoverage(cursor: SegmentCursor, sbr: Segment): OtherCoverage {
  const parties = new Map<string, Party>();
  const said: Segment[] = [];
  let adjudicatedOn: CivilDate | null = null;
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (endsCoverage.has(segment.id)) break;
    if (segment.id === 'NM1') {
      const { dtp, ...party } = readParty(cursor, segment);
      if (elementOf(segment, 1) === 'PR' && dtp !== null) adjudicatedOn = periodOf(dtp, '2330B').from;
      parties.set(elementOf(segment, 1), party);
      continue;
    }
    cursor.take();
    said.push(segment);
  }
  const [insured, payer] = [parties.get('IL') ?? null, parties.get('PR') ?? null];
  const coverage: Coverage = {
    ...coverageOf(sbr, insured, payer, '2320'),
    ...(insured === null ? {} : subscriberOf(insured)),
    ...releasesOf(said.find(({ id }) => id === 'OI')),
  };
  return { coverage, adjudication: adjudicationOf(coverage.payerId, adjudicatedOn, said) };
}

const endsCoverage = new Set(['SBR', 'LX', 'CLM', 'HL']);

function adjudicationOf(payerId: string, adjudicatedOn: CivilDate | null, said: readonly Segment[]): OtherPayerAdjudication | null {
  const adjustments = said.filter(({ id }) => id === 'CAS').flatMap((cas) => otherAdjustmentsOf(cas, '2320'));
  const paid = amountIn(said, 'D', '2320');
  if (paid === null && adjustments.length === 0) return null;
  const [liability, nonCovered] = [amountIn(said, 'EAF', '2320'), amountIn(said, 'A8', '2320')];
  const [moa, mia] = ['MOA', 'MIA'].map((id) => said.find((segment) => segment.id === id));
  return {
    payerId,
    paidCents: paid ?? zeroCents,
    adjudicatedOn,
    adjustments,
    ...(liability === null ? {} : { remainingLiabilityCents: liability }),
    ...(nonCovered === null ? {} : { nonCoveredCents: nonCovered }),
    ...(moa === undefined ? {} : { outpatientRemarks: elementsOf(moa) }),
    ...(mia === undefined ? {} : { inpatientRemarks: elementsOf(mia) }),
  };
}

/** AMT of that qualifier; null when there is none. */
export function amountIn(segments: readonly Segment[], qualifier: string, loop: string): Cents | null {
  const amt = segments.find((segment) => segment.id === 'AMT' && elementOf(segment, 1) === qualifier);
  return amt === undefined ? null : amountOf(amt, 2, loop);
}

function elementsOf(segment: Segment): readonly string[] {
  return Array.from({ length: elementCount(segment) - 1 }, (_, index) => elementOf(segment, index + 1));
}

function releasesOf(oi: Segment | undefined): Pick<Coverage, 'otherInsurance'> {
  if (oi === undefined) return {};
  const [benefitsAssigned = '', patientSignature = '', release = ''] = [3, 4, 6].map((index) => elementOf(oi, index));
  const isUsual = benefitsAssigned === 'Y' && patientSignature === '' && release === 'Y';
  return isUsual ? {} : { otherInsurance: { benefitsAssigned, patientSignature, release } };
}

const sequences: Readonly<Record<string, PayerSequence>> = { P: 1, S: 2, T: 3 };

function coverageOf(sbr: Segment, insured: Party | null, payer: Party | null, loop: string): Coverage {
  const sequence = sequences[elementOf(sbr, 1)];
  if (sequence === undefined) throw faultAt(sbr, loop, 1, 'x12.code', 'P, S or T');
  const [groupName, insuranceType] = [elementOf(sbr, 4), elementOf(sbr, 5)];
  return {
    sequence,
    payerId: payer === null ? '' : elementOf(payer.nm1, 9),
    payerName: payer === null ? '' : elementOf(payer.nm1, 3),
    memberId: insured === null ? '' : elementOf(insured.nm1, 9),
    groupNumber: elementOf(sbr, 3),
    filingIndicator: elementOf(sbr, 9),
    relationship: elementOf(sbr, 2),
    subscriber: insured === null ? { last: '', first: '', middle: '' } : personNameOf(insured.nm1),
    ...(groupName === '' ? {} : { groupName }),
    ...(insuranceType === '' ? {} : { insuranceType }),
    ...(insured !== null && elementOf(insured.nm1, 2) === '2' ? { subscriberIsOrganisation: true } : {}),
    ...(payer === null || payer.address === null ? {} : { payerAddress: payer.address }),
    ...(payer === null || payer.references.length === 0 ? {} : { payerReferences: payer.references }),
  };
}

/** Where the subscriber lives and when they were born, when they are not the patient. */
function subscriberOf({ address, bornOn, sex, references }: Party): Partial<Coverage> {
  return {
    ...(address === null ? {} : { subscriberAddress: address }),
    ...(bornOn === null ? {} : { subscriberBornOn: bornOn }),
    ...(sex === '' ? {} : { subscriberSex: sex }),
    ...(references.length === 0 ? {} : { subscriberReferences: references }),
  };
}

/** The adjustments of another payer, as 2320 and 2430 repeat them. */
export function otherAdjustmentsOf(cas: Segment, loop: string): readonly OtherPayerAdjustment[] {
  return withAdjustments([], cas, loop).map(({ group, carc, cents, quantity }) => {
    return { group, carc, cents, ...(quantity === undefined ? {} : { quantity }) };
  });
}
