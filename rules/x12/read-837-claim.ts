import { type CivilDate, earlier, later } from '../domain/civil-date.ts';
import type { ClaimLine, ClaimType, Frequency, SubmittedClaim } from '../domain/claim.ts';
import { destinationOf, type OtherCoverage, readOtherCoverage } from './read-837-coverage.ts';
import { type ClaimLevels, type Party, personNameOf } from './read-837-level.ts';
import { readClaimLine } from './read-837-line.ts';
import { amountOf, componentOf, elementOf, faultAt, type Period, periodOf, requiredOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

const frequencies: readonly Frequency[] = ['1', '7', '8'];

/** Loop 2300 with all below it, from CLM to before the next CLM, HL or SE. */
export function readSubmittedClaim(cursor: SegmentCursor, clm: Segment, claimType: ClaimType, levels: ClaimLevels): SubmittedClaim {
  const body = readBody(cursor);
  const frequency = frequencies.find((known) => known === componentOf(clm, 5, 3));
  if (frequency === undefined) throw faultAt(clm, '2300', '5-3', 'x12.code', 'frequency 1, 7 or 8');
  const period = body.period ?? periodOfLines(body.lines);
  if (period === null) throw faultAt(clm, '2300', 1, 'x12.missing', 'a service date of the claim or of a line');
  const { patient, destination, provider } = { ...destinationOf(levels), provider: partyOf(levels.provider.parties, '85', clm) };
  return {
    claimType,
    submissionKey: requiredOf(clm, 1, '2300'),
    frequency,
    originalPayerClaimNumber: body.references.get('F8') ?? null,
    chargeCents: amountOf(clm, 2, '2300'),
    facilityCode: componentOf(clm, 5, 1),
    servicedFrom: period.from,
    servicedThrough: period.through,
    billingProvider: {
      name: [elementOf(provider.nm1, 4), elementOf(provider.nm1, 3)].filter((part) => part !== '').join(' '),
      npi: elementOf(provider.nm1, 9),
      taxId: provider.references.get('EI') ?? provider.references.get('SY') ?? '',
      address: provider.address,
    },
    renderingProviderNpi: body.renderingProviderNpi,
    patient: {
      name: personNameOf(patient.nm1),
      bornOn: patient.bornOn,
      sex: patient.sex,
      address: patient.address,
      recordNumber: body.references.get('EA') ?? null,
    },
    coverages: [destination, ...body.others.map((other) => other.coverage)],
    destination: destination.sequence,
    diagnoses: body.diagnoses,
    authorizationNumber: body.references.get('G1') ?? null,
    referralNumber: body.references.get('9F') ?? null,
    clearinghouseTrace: body.references.get('D9') ?? null,
    otherPayers: body.others.flatMap((other) => (other.adjudication === null ? [] : [other.adjudication])),
    lines: body.lines,
    place: cursor.placeFrom(clm),
  };
}

interface Body {
  readonly references: ReadonlyMap<string, string>;
  readonly diagnoses: readonly string[];
  readonly renderingProviderNpi: string | null;
  readonly period: Period | null;
  readonly others: readonly OtherCoverage[];
  readonly lines: readonly ClaimLine[];
}

function readBody(cursor: SegmentCursor): Body {
  const references = new Map<string, string>();
  const diagnoses: string[] = [];
  const others: OtherCoverage[] = [];
  const lines: ClaimLine[] = [];
  let renderingProviderNpi: string | null = null;
  let period: Period | null = null;
  // After the first NM1 (2310) a REF is that provider's and says nothing of the claim.
  let isOfClaim = true;
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'CLM' || segment.id === 'HL') break;
    if (segment.id === 'SBR') others.push(readOtherCoverage(cursor, segment));
    else if (segment.id === 'LX') lines.push(readClaimLine(cursor, segment));
    else {
      cursor.take();
      if (segment.id === 'NM1') isOfClaim = false;
      if (segment.id === 'NM1' && elementOf(segment, 1) === '82') renderingProviderNpi = requiredOf(segment, 9, '2310');
      else if (segment.id === 'REF' && isOfClaim) references.set(elementOf(segment, 1), requiredOf(segment, 2, '2300'));
      else if (segment.id === 'HI') diagnoses.push(...diagnosesOf(segment));
      else if (segment.id === 'DTP' && elementOf(segment, 1) === '434') period = periodOf(segment, '2300');
    }
  }
  others.sort((a, b) => a.coverage.sequence - b.coverage.sequence);
  return { references, diagnoses, renderingProviderNpi, period, others, lines };
}

/** ICD-10 and ICD-9, principal and other. Admitting, reason-for-visit and external-cause codes are not diagnoses a line points at. */
const diagnosisQualifiers = new Set(['ABK', 'ABF', 'BK', 'BF']);

function diagnosesOf(hi: Segment): readonly string[] {
  return hi.elements.flatMap((_, index) =>
    index > 0 && diagnosisQualifiers.has(componentOf(hi, index, 1)) ? [componentOf(hi, index, 2)] : [],
  );
}

function periodOfLines(lines: readonly ClaimLine[]): Period | null {
  const days = lines.flatMap((line): CivilDate[] =>
    line.servicedOn === null ? [] : [line.servicedOn, line.servicedThrough ?? line.servicedOn],
  );
  const [first] = days;
  return first === undefined ? null : { from: days.reduce(earlier, first), through: days.reduce(later, first) };
}

function partyOf(parties: ReadonlyMap<string, Party>, entity: string, clm: Segment): Party {
  const party = parties.get(entity);
  if (party === undefined) throw faultAt(clm, '2300', 1, 'x12.missing', `NM1 with ${entity} in a level above`);
  return party;
}
