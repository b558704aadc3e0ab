import { type CivilDate, earlier, later } from '../domain/civil-date.ts';
import type { ClaimExtras, ProviderDetails, Reference } from '../domain/claim-details.ts';
import type { ClaimLine, ClaimType, SubmittedClaim } from '../domain/claim.ts';
import type { Cents } from '../domain/money.ts';
import { AdmissionReader } from './read-837-admission.ts';
import { codesOf } from './read-837-codes.ts';
import { destinationOf, type OtherCoverage, readOtherCoverage } from './read-837-coverage.ts';
import { ExtrasReader, readProvider } from './read-837-extras.ts';
import { headingOf } from './read-837-heading.ts';
import { type ClaimLevels, type Level, noAddress, personNameOf } from './read-837-level.ts';
import { readClaimLine } from './read-837-line.ts';
import { amountOf, elementOf, faultAt, type Period, periodOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/** Loop 2300 with all below it, from CLM to before the next CLM, HL or SE. */
export function readSubmittedClaim(cursor: SegmentCursor, clm: Segment, claimType: ClaimType, levels: ClaimLevels): SubmittedClaim {
  const heading = headingOf(clm, claimType);
  const body = readBody(cursor);
  const period = body.period ?? periodOfLines(body.lines);
  if (period === null) throw faultAt(clm, '2300', 1, 'x12.missing', 'a service date of the claim or of a line');
  const { patient, destination } = destinationOf(levels);
  const { own, others } = ownReferences(body.extras.references);
  const { references: _all, ...extras } = body.extras;
  return {
    claimType,
    ...heading,
    originalPayerClaimNumber: own.F8,
    servicedFrom: period.from,
    servicedThrough: period.through,
    billingProvider: billingProviderOf(levels.provider, clm),
    ...body.rendering,
    patient: {
      name: personNameOf(patient.nm1),
      bornOn: patient.bornOn,
      sex: patient.sex,
      address: patient.address ?? noAddress,
      recordNumber: own.EA,
      ...(patient.references.length === 0 ? {} : { references: patient.references }),
    },
    coverages: [destination, ...body.others.map((other) => other.coverage)],
    destination: destination.sequence,
    ...body.codes,
    ...body.admission,
    ...(body.patientPaidCents === null ? {} : { patientPaidCents: body.patientPaidCents }),
    authorizationNumber: own.G1,
    referralNumber: own['9F'],
    clearinghouseTrace: own.D9,
    otherPayers: body.others.flatMap((other) => (other.adjudication === null ? [] : [other.adjudication])),
    ...extras,
    ...(others.length === 0 ? {} : { references: others }),
    lines: body.lines,
    place: cursor.placeFrom(clm),
  };
}

interface Body {
  readonly extras: ClaimExtras;
  readonly codes: ReturnType<typeof codesOf>;
  readonly admission: Pick<SubmittedClaim, 'admission'>;
  readonly rendering: Rendering;
  readonly patientPaidCents: Cents | null;
  readonly period: Period | null;
  readonly others: readonly OtherCoverage[];
  readonly lines: readonly ClaimLine[];
}

type Rendering = Pick<SubmittedClaim, 'renderingProviderNpi' | 'renderingProvider'>;

function readBody(cursor: SegmentCursor): Body {
  const extras = new ExtrasReader();
  const admission = new AdmissionReader();
  const codes: Segment[] = [];
  const others: OtherCoverage[] = [];
  const lines: ClaimLine[] = [];
  let rendering: Rendering = { renderingProviderNpi: null };
  let patientPaidCents: Cents | null = null;
  let period: Period | null = null;
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    const qualifier = elementOf(segment, 1);
    if (segment.id === 'CLM' || segment.id === 'HL') break;
    if (segment.id === 'SBR') others.push(readOtherCoverage(cursor, segment));
    else if (segment.id === 'LX') lines.push(readClaimLine(cursor, segment));
    else if (segment.id === 'NM1') {
      const { npi, details } = readProvider(cursor, segment);
      if (qualifier === '82') rendering = renderingOf(npi, details);
      else extras.addProvider({ role: qualifier, npi, ...details });
    } else {
      cursor.take();
      if (segment.id === 'HI') codes.push(segment);
      else if (segment.id === 'DTP' && qualifier === '434') period = periodOf(segment, '2300');
      else if (segment.id === 'AMT' && qualifier === 'F5') patientPaidCents = amountOf(segment, 2, '2300');
      else if (!admission.take(segment)) extras.take(segment);
    }
  }
  others.sort((a, b) => a.coverage.sequence - b.coverage.sequence);
  const said = { extras: extras.extras(), codes: codesOf(codes), admission: admission.admission() };
  return { ...said, rendering, patientPaidCents, period, others, lines };
}

/** A bare NPI tells nothing else. */
function renderingOf(npi: string, details: ProviderDetails): Rendering {
  const { name, taxonomy, references, address } = details;
  const isBare = [name.last, name.first, name.middle].every((part) => part === '') && !taxonomy && !references && !address;
  return { renderingProviderNpi: npi === '' ? null : npi, ...(isBare ? {} : { renderingProvider: details }) };
}

/** References with a place of their own in the claim; of one given twice the last counts. */
function ownReferences(references: readonly Reference[] = []) {
  const find = (qualifier: string) => references.findLast((reference) => reference.qualifier === qualifier)?.value ?? null;
  const own = { F8: find('F8'), EA: find('EA'), G1: find('G1'), '9F': find('9F'), D9: find('D9') };
  return { own, others: references.filter(({ qualifier }) => !(qualifier in own)) };
}

function periodOfLines(lines: readonly ClaimLine[]): Period | null {
  const days = lines.flatMap((line): CivilDate[] =>
    line.servicedOn === null ? [] : [line.servicedOn, line.servicedThrough ?? line.servicedOn],
  );
  const [first] = days;
  return first === undefined ? null : { from: days.reduce(earlier, first), through: days.reduce(later, first) };
}

function billingProviderOf(level: Level, clm: Segment): SubmittedClaim['billingProvider'] {
  const party = level.parties.get('85');
  if (party === undefined) throw faultAt(clm, '2300', 1, 'x12.missing', 'NM1 with 85 in a level above');
  const { nm1, references } = party;
  const isTaxId = ({ qualifier }: Reference) => qualifier === 'EI' || qualifier === 'SY';
  const tax = references.find(isTaxId);
  const others = references.filter((reference) => !isTaxId(reference));
  const payTo = level.parties.get('87')?.address ?? null;
  return {
    name: [elementOf(nm1, 4), elementOf(nm1, 3)].filter((part) => part !== '').join(' '),
    npi: elementOf(nm1, 9),
    taxId: tax?.value ?? '',
    address: party.address ?? noAddress,
    ...(elementOf(nm1, 2) === '1' ? { person: personNameOf(nm1) } : {}),
    ...(tax?.qualifier === 'SY' ? { taxIdIsPersonal: true } : {}),
    ...(level.taxonomy === '' ? {} : { taxonomy: level.taxonomy }),
    ...(others.length === 0 ? {} : { references: others }),
    ...(payTo === null ? {} : { payTo }),
  };
}
