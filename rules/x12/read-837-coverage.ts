import type { CivilDate } from '../domain/civil-date.ts';
import type { Coverage, OtherPayerAdjudication, PayerSequence } from '../domain/claim.ts';
import { type Cents, zeroCents } from '../domain/money.ts';
import { type ClaimLevels, type Party, personNameOf } from './read-837-level.ts';
import { readAdjustments } from './read-cas.ts';
import { amountOf, elementOf, faultAt, periodOf, type Segment } from './segment.ts';
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
  return { destination: { ...coverageOf(sbr, insured.nm1, payer.nm1, '2000B'), relationship }, patient: person };
}

/** Loop 2320. `adjudication` is null when the other payer has not said anything yet: no AMT*D and no CAS. */
export interface OtherCoverage {
  readonly coverage: Coverage;
  readonly adjudication: OtherPayerAdjudication | null;
}

/** From SBR to before the next SBR, LX, CLM, HL or SE. */
export function readOtherCoverage(cursor: SegmentCursor, sbr: Segment): OtherCoverage {
  const adjustments: OtherPayerAdjudication['adjustments'][number][] = [];
  let insured: Segment | null = null;
  let payer: Segment | null = null;
  let paidCents: Cents | null = null;
  let adjudicatedOn: CivilDate | null = null;
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (endsCoverage.has(segment.id)) break;
    cursor.take();
    const qualifier = elementOf(segment, 1);
    if (segment.id === 'CAS') adjustments.push(...withoutPlaces(segment, '2320'));
    else if (segment.id === 'AMT' && qualifier === 'D') paidCents = amountOf(segment, 2, '2320');
    else if (segment.id === 'NM1' && qualifier === 'IL') insured = segment;
    else if (segment.id === 'NM1' && qualifier === 'PR') payer = segment;
    else if (segment.id === 'DTP' && qualifier === '573') adjudicatedOn = periodOf(segment, '2330B').from;
  }
  const coverage = coverageOf(sbr, insured, payer, '2320');
  if (paidCents === null && adjustments.length === 0) return { coverage, adjudication: null };
  return { coverage, adjudication: { payerId: coverage.payerId, paidCents: paidCents ?? zeroCents, adjudicatedOn, adjustments } };
}

const endsCoverage = new Set(['SBR', 'LX', 'CLM', 'HL']);

const sequences: Readonly<Record<string, PayerSequence>> = { P: 1, S: 2, T: 3 };

function coverageOf(sbr: Segment, insured: Segment | null, payer: Segment | null, loop: string): Coverage {
  const sequence = sequences[elementOf(sbr, 1)];
  if (sequence === undefined) throw faultAt(sbr, loop, 1, 'x12.code', 'P, S or T');
  return {
    sequence,
    payerId: payer === null ? '' : elementOf(payer, 9),
    payerName: payer === null ? '' : elementOf(payer, 3),
    memberId: insured === null ? '' : elementOf(insured, 9),
    groupNumber: elementOf(sbr, 3),
    filingIndicator: elementOf(sbr, 9),
    relationship: elementOf(sbr, 2),
    subscriber: insured === null ? { last: '', first: '', middle: '' } : personNameOf(insured),
  };
}

/** The adjustments of another payer, as 2320 and 2430 repeat them. */
export function withoutPlaces(cas: Segment, loop: string): OtherPayerAdjudication['adjustments'] {
  return readAdjustments(cas, loop).map(({ group, carc, cents }) => ({ group, carc, cents }));
}
