import type { PersonName } from '../domain/claim-details.ts';
import type { StatusIdentifiers, StatusLine, StatusParties } from '../domain/claim-status.ts';
import type { SourcePlace } from '../domain/claim.ts';
import { parseD8, type CivilDate } from '../domain/civil-date.ts';
import { personNameOf } from './read-837-level.ts';
import { procedureOf } from './read-837-service.ts';
import { amountOf, dateOf, elementOf, nullIfEmpty, type Period, periodOf, quantityOf, requiredOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/** One TRN of a 276 or 277 with all that belongs to it. */
export interface StatusTrace {
  readonly trn: Segment;
  /** HL03 it stands under: 21 and 19 speak of all claims of a receiver or provider, 22, 23 and PT of one claim. */
  readonly level: string;
  readonly parties: StatusParties;
  /** DMG of the patient. */
  readonly birth: Segment | null;
  /** From after TRN to before the first SVC. */
  readonly segments: readonly Segment[];
  /** SVC with what follows it, for each. */
  readonly lines: readonly (readonly Segment[])[];
  readonly place: SourcePlace;
}

const nobody: PersonName = { last: '', first: '', middle: '' };
const noParties: StatusParties = {
  payerId: '',
  payerName: '',
  provider: { name: '', npi: '' },
  subscriber: nobody,
  memberId: '',
  dependent: null,
};

/** Reads from after ST to before SE, trace by trace. */
export function readTraces(cursor: SegmentCursor): readonly StatusTrace[] {
  const traces: StatusTrace[] = [];
  let parties = noParties;
  let birth: Segment | null = null;
  let level = '';
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'TRN') {
      traces.push({ level, parties, birth, ...readTrace(cursor, segment) });
      continue;
    }
    cursor.take();
    if (segment.id === 'HL') {
      level = elementOf(segment, 3);
      birth = null;
      parties = above(parties, level);
    } else if (segment.id === 'NM1') parties = withParty(parties, segment, level);
    else if (segment.id === 'DMG') birth = segment;
  }
  return traces;
}

/** What still holds when a level opens. */
function above(parties: StatusParties, level: string): StatusParties {
  const { payerId, payerName, provider } = parties;
  if (level === '23') return { ...parties, dependent: null };
  if (level === '22' || level === 'PT') return { ...noParties, payerId, payerName, provider };
  if (level === '19') return { ...noParties, payerId, payerName };
  return level === '20' ? noParties : parties;
}

function withParty(parties: StatusParties, nm1: Segment, level: string): StatusParties {
  const [entity, id, name] = [elementOf(nm1, 1), elementOf(nm1, 9), elementOf(nm1, 3)];
  if (level === '20') return { ...parties, payerId: id, payerName: name };
  if (level === '19') return { ...parties, provider: { name, npi: id } };
  if (level === '23') return { ...parties, dependent: personNameOf(nm1) };
  if (level === '22' || (level === 'PT' && (entity === 'IL' || entity === 'QC')))
    return { ...parties, subscriber: personNameOf(nm1), memberId: id };
  return parties;
}

function readTrace(cursor: SegmentCursor, trn: Segment): Omit<StatusTrace, 'level' | 'parties' | 'birth'> {
  const segments: Segment[] = [];
  const lines: Segment[][] = [];
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'TRN' || segment.id === 'HL') break;
    cursor.take();
    if (segment.id === 'SVC') lines.push([segment]);
    else (lines.at(-1) ?? segments).push(segment);
  }
  return { trn, segments, lines, place: cursor.placeFrom(trn) };
}

export function isOfClaim({ level }: StatusTrace): boolean {
  return level === '22' || level === '23' || level === 'PT';
}

const ownReferences = new Set(['1K', 'EJ', 'BLT', 'D9']);

export function identifiersOf(segments: readonly Segment[]): StatusIdentifiers {
  const references = segments
    .filter(({ id }) => id === 'REF')
    .map((ref) => ({ qualifier: elementOf(ref, 1), value: requiredOf(ref, 2, '2200D') }));
  const find = (qualifier: string) => references.find((reference) => reference.qualifier === qualifier)?.value ?? null;
  return {
    payerClaimNumber: find('1K'),
    submissionKey: find('EJ'),
    billType: find('BLT'),
    clearinghouseTrace: find('D9'),
    references: references.filter(({ qualifier }) => !ownReferences.has(qualifier)),
    ...servicedOf(segments),
  };
}

function servicedOf(segments: readonly Segment[]): Pick<StatusIdentifiers, 'servicedFrom' | 'servicedThrough'> {
  const dtp = dateIn(segments, '472');
  return { servicedFrom: dtp?.from ?? null, servicedThrough: dtp?.through ?? null };
}

/** DTP of that qualifier. */
export function dateIn(segments: readonly Segment[], qualifier: string): Period | null {
  const dtp = segments.find((segment) => segment.id === 'DTP' && elementOf(segment, 1) === qualifier);
  return dtp === undefined ? null : periodOf(dtp, '2200D');
}

export function statusLineOf(line: readonly Segment[]): StatusLine {
  const [svc] = line;
  if (svc === undefined) throw new Error('invariant broken: a line begins with SVC');
  const { procedureQualifier, procedureCode, modifiers } = procedureOf(svc, 1);
  const ref = line.find((segment) => segment.id === 'REF' && elementOf(segment, 1) === 'FJ');
  const amount = (index: number) => (elementOf(svc, index) === '' ? null : amountOf(svc, index, '2220D'));
  return {
    controlNumber: ref === undefined ? null : nullIfEmpty(elementOf(ref, 2)),
    procedureQualifier: procedureQualifier ?? '',
    procedureCode: procedureCode ?? '',
    modifiers,
    revenueCode: nullIfEmpty(elementOf(svc, 4)),
    chargeCents: amount(2),
    paidCents: amount(3),
    units: elementOf(svc, 7) === '' ? null : quantityOf(svc, 7, '2220D'),
    ...servicedOf(line),
  };
}

/** DMG02, when it is a date. */
export function bornOnOf(dmg: Segment | null): CivilDate | null {
  return dmg === null || elementOf(dmg, 2) === '' ? null : dateOf(dmg, 2, '2100D');
}

/** An optional date written CCYYMMDD. */
export function optionalDateOf(segment: Segment, index: number): CivilDate | null {
  return parseD8(elementOf(segment, index));
}
