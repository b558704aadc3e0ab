import type {
  ClaimType,
  Coverage,
  Frequency,
  OtherPayerAdjudication,
  PayerSequence,
  PersonName,
  PostalAddress,
  SubmittedClaim,
} from '../domain/claim.ts';
import { cents } from '../domain/money.ts';
import { X12Fault } from './fault.ts';
import { readOtherAdjustments, readServiceLines } from './read-837-lines.ts';
import { amount, component, dateAt, datesOf, element, required, type Segment } from './segments.ts';

/**
 * 837P (005010X222) and 837I (005010X223): billing provider (HL 20), subscriber (22), patient (23 when not the subscriber), then claims (CLM).
 * One claim per CLM with everything that hangs on it.
 */
export function readClaims(segments: readonly Segment[], guide: string): readonly SubmittedClaim[] {
  const claimType: ClaimType = guide === 'X223' || guide === 'X096' ? 'institutional' : 'professional';
  const scope: Scope = { provider: [], subscriber: [], patient: [] };
  const claims: SubmittedClaim[] = [];
  let claim: Segment[] | null = null;
  let into: Segment[] = [];
  const close = (): void => {
    if (claim !== null) claims.push(readClaim(claim, scope, claimType));
    claim = null;
  };
  for (const segment of segments) {
    if (segment.id === 'HL' || segment.id === 'SE' || segment.id === 'CLM') close();
    if (segment.id === 'HL') into = openLevel(scope, segment);
    else if (segment.id === 'CLM') claim = into = [segment];
    else into.push(segment);
  }
  return claims;
}

interface Scope {
  provider: Segment[];
  subscriber: Segment[];
  patient: Segment[];
}

function openLevel(scope: Scope, hl: Segment): Segment[] {
  switch (element(hl, 3)) {
    case '20':
      return (scope.provider = []);
    case '22':
      scope.patient = [];
      return (scope.subscriber = []);
    case '23':
      return (scope.patient = []);
    default:
      throw new X12Fault('x12.code', hl, 'expected the level 20, 22 or 23', 3);
  }
}

function readClaim(segments: readonly Segment[], scope: Scope, claimType: ClaimType): SubmittedClaim {
  const [clm] = segments;
  const last = segments.at(-1);
  if (clm === undefined || last === undefined) throw new Error('a claim loop begins with CLM');
  const firstLine = segments.findIndex((s) => s.id === 'LX');
  const head = firstLine < 0 ? segments : segments.slice(0, firstLine);
  const firstOther = head.findIndex((s) => s.id === 'SBR');
  const own = firstOther < 0 ? head : head.slice(0, firstOther);
  const others = firstOther < 0 ? [] : loopsFrom(head.slice(firstOther), 'SBR');
  const lines = readServiceLines(firstLine < 0 ? [] : segments.slice(firstLine), claimType);
  const serviced = servicedOf(own, lines, clm);
  const destination = subscriberCoverage(scope.subscriber, clm);
  const rendering = own.find((s) => s.id === 'NM1' && element(s, 1) === '82');
  return {
    claimType,
    submissionKey: required(clm, 1),
    frequency: frequencyOf(clm),
    originalPayerClaimNumber: reference(own, 'F8'),
    chargeCents: amount(clm, 2),
    facilityCode: component(clm, 5, 1),
    servicedFrom: serviced.from,
    servicedThrough: serviced.through,
    billingProvider: billingProvider(scope.provider, clm),
    renderingProviderNpi: rendering === undefined ? null : element(rendering, 9) || null,
    patient: patientOf(scope, own),
    coverages: [destination, ...others.map(otherCoverage)],
    destination: destination.sequence,
    diagnoses: own.filter((s) => s.id === 'HI').flatMap(diagnosesOf),
    authorizationNumber: reference(own, 'G1'),
    referralNumber: reference(own, '9F'),
    clearinghouseTrace: reference(own, 'D9'),
    otherPayers: others.flatMap(adjudicationOf),
    lines,
    place: { offset: clm.offset, length: last.offset + last.length - clm.offset },
  };
}

function loopsFrom(segments: readonly Segment[], id: string): readonly (readonly Segment[])[] {
  const starts = segments.flatMap((s, index) => (s.id === id ? [index] : []));
  return starts.map((start, n) => segments.slice(start, starts[n + 1] ?? segments.length));
}

/** CLM05-3; other NUBC adjustment codes are not for provider-to-payer use (X12 RFI 1538). */
function frequencyOf(clm: Segment): Frequency {
  const code = component(clm, 5, 3);
  if (code === '1' || code === '7' || code === '8') return code;
  throw new X12Fault('x12.code', clm, 'expected the frequency 1, 7 or 8', 5);
}

function reference(segments: readonly Segment[], qualifier: string): string | null {
  const found = segments.find((s) => s.id === 'REF' && element(s, 1) === qualifier);
  return found === undefined ? null : required(found, 2);
}

/** DTP*434 (statement dates, institutional) or the earliest and latest line date. */
function servicedOf(own: readonly Segment[], lines: SubmittedClaim['lines'], clm: Segment): ReturnType<typeof datesOf> {
  const statement =
    own.find((s) => s.id === 'DTP' && element(s, 1) === '434') ?? own.find((s) => s.id === 'DTP' && element(s, 1) === '472');
  if (statement !== undefined) return datesOf(statement, 3);
  const dates = lines.flatMap((line) => (line.servicedOn === null ? [] : [line.servicedOn])).sort();
  const from = dates[0];
  const through = dates.at(-1);
  if (from === undefined || through === undefined) throw new X12Fault('x12.required', clm, 'expected a service date (DTP*472 or DTP*434)');
  return { from, through };
}

function sequenceOf(code: string): PayerSequence | null {
  return code === 'P' ? 1 : code === 'S' ? 2 : code === 'T' ? 3 : null;
}

function subscriberCoverage(subscriber: readonly Segment[], clm: Segment): Coverage {
  const sbr = subscriber.find((s) => s.id === 'SBR');
  if (sbr === undefined) throw new X12Fault('x12.required', clm, 'expected an SBR in the subscriber loop');
  return coverageOf(sbr, subscriber);
}

function otherCoverage(loop: readonly Segment[]): Coverage {
  const [sbr] = loop;
  if (sbr === undefined) throw new Error('another payer’s loop begins with SBR');
  return coverageOf(sbr, loop);
}

function coverageOf(sbr: Segment, loop: readonly Segment[]): Coverage {
  const sequence = sequenceOf(element(sbr, 1));
  if (sequence === null) throw new X12Fault('x12.code', sbr, 'expected the payer sequence P, S or T', 1);
  const payer = loop.find((s) => s.id === 'NM1' && element(s, 1) === 'PR');
  const subscriber = loop.find((s) => s.id === 'NM1' && element(s, 1) === 'IL');
  if (payer === undefined) throw new X12Fault('x12.required', sbr, 'expected the payer (NM1*PR) of this coverage');
  return {
    sequence,
    payerId: required(payer, 9),
    payerName: element(payer, 3),
    memberId: subscriber === undefined ? '' : element(subscriber, 9),
    groupNumber: element(sbr, 3),
    filingIndicator: element(sbr, 9),
    relationship: element(sbr, 2),
    subscriber: subscriber === undefined ? { last: '', first: '', middle: '' } : nameOf(subscriber),
  };
}

function nameOf(nm1: Segment): PersonName {
  return { last: element(nm1, 3), first: element(nm1, 4), middle: element(nm1, 5) };
}

function addressOf(loop: readonly Segment[], after: Segment | undefined): PostalAddress {
  const start = after === undefined ? 0 : loop.indexOf(after);
  const next = loop.findIndex((s, index) => index > start && (s.id === 'NM1' || s.id === 'SBR'));
  const within = loop.slice(start, next < 0 ? loop.length : next);
  const n3 = within.find((s) => s.id === 'N3');
  const n4 = within.find((s) => s.id === 'N4');
  const part = (segment: Segment | undefined, index: number): string => (segment === undefined ? '' : element(segment, index));
  return { line1: part(n3, 1), line2: part(n3, 2), city: part(n4, 1), state: part(n4, 2), postalCode: part(n4, 3) };
}

function billingProvider(loop: readonly Segment[], clm: Segment): SubmittedClaim['billingProvider'] {
  const nm1 = loop.find((s) => s.id === 'NM1' && element(s, 1) === '85');
  if (nm1 === undefined) throw new X12Fault('x12.required', clm, 'expected a billing provider (NM1*85) before this claim');
  return {
    name: element(nm1, 3),
    npi: element(nm1, 9),
    taxId: reference(loop, 'EI') ?? reference(loop, 'SY') ?? '',
    address: addressOf(loop, nm1),
  };
}

/** The patient is the person of HL 23 (NM1*QC) when there is one, else the subscriber. */
function patientOf(scope: Scope, own: readonly Segment[]): SubmittedClaim['patient'] {
  const loop = scope.patient.length > 0 ? scope.patient : scope.subscriber;
  const nm1 = loop.find((s) => s.id === 'NM1' && element(s, 1) === (scope.patient.length > 0 ? 'QC' : 'IL'));
  const dmg = loop.find((s) => s.id === 'DMG');
  return {
    name: nm1 === undefined ? { last: '', first: '', middle: '' } : nameOf(nm1),
    bornOn: dmg === undefined ? null : dateAt(dmg, 2),
    sex: dmg === undefined ? '' : element(dmg, 3),
    address: addressOf(loop, nm1),
    recordNumber: reference(own, 'EA'),
  };
}

/** HI composites with a diagnosis qualifier: ABK/BK principal, ABF/BF other. */
function diagnosesOf(hi: Segment): readonly string[] {
  return hi.elements
    .slice(1)
    .map((_, index) => index + 1)
    .filter((index) => ['ABK', 'BK', 'ABF', 'BF'].includes(component(hi, index, 1)))
    .map((index) => component(hi, index, 2));
}

/** Loop 2320: CAS and AMT*D of another payer, its decision date in DTP*573 of 2330B. A loop without any is only a coverage. */
function adjudicationOf(loop: readonly Segment[]): readonly OtherPayerAdjudication[] {
  const paid = loop.find((s) => s.id === 'AMT' && element(s, 1) === 'D');
  const adjustments = loop.filter((s) => s.id === 'CAS').flatMap(readOtherAdjustments);
  if (paid === undefined && adjustments.length === 0) return [];
  const payer = loop.find((s) => s.id === 'NM1' && element(s, 1) === 'PR');
  const decided = loop.find((s) => s.id === 'DTP' && element(s, 1) === '573');
  return [
    {
      payerId: payer === undefined ? '' : element(payer, 9),
      paidCents: paid === undefined ? cents(0) : amount(paid, 2),
      adjudicatedOn: decided === undefined ? null : dateAt(decided, 3),
      adjustments,
    },
  ];
}
