import type { CivilDate } from '../domain/civil-date.ts';
import type { PersonName, PostalAddress, Reference } from '../domain/claim-details.ts';
import { dateOf, elementOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/** One NM1 with the N3, N4, DMG and REF segments that follow it. */
export interface Party {
  readonly nm1: Segment;
  /** Null when there is neither N3 nor N4. */
  readonly address: PostalAddress | null;
  readonly bornOn: CivilDate | null;
  readonly sex: string;
  readonly references: readonly Reference[];
}

/** One HL of an 837 up to its first claim or the next HL: billing provider (20), subscriber (22) or patient (23). */
export interface Level {
  readonly hl: Segment;
  readonly sbr: Segment | null;
  readonly pat: Segment | null;
  /** PRV03 of a billing provider, '' when it is not said. */
  readonly taxonomy: string;
  /** By NM101. */
  readonly parties: ReadonlyMap<string, Party>;
}

/** The levels a claim hangs under; `patient` is null when the patient is the subscriber (no loop 2000C). */
export interface ClaimLevels {
  readonly provider: Level;
  readonly subscriber: Level;
  readonly patient: Level | null;
}

export function readLevel(cursor: SegmentCursor, hl: Segment): Level {
  const parties = new Map<string, Party>();
  let sbr: Segment | null = null;
  let pat: Segment | null = null;
  let taxonomy = '';
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'HL' || segment.id === 'CLM') break;
    if (segment.id === 'NM1') {
      parties.set(elementOf(segment, 1), readParty(cursor, segment));
      continue;
    }
    cursor.take();
    if (segment.id === 'SBR') sbr = segment;
    if (segment.id === 'PAT') pat = segment;
    if (segment.id === 'PRV') taxonomy = elementOf(segment, 3);
  }
  return { hl, sbr, pat, taxonomy, parties };
}

const ofParty = new Set(['N3', 'N4', 'DMG', 'REF', 'PER', 'PRV', 'DTP']);

/** `dtp` is the date said with it: in 2330B, when that payer adjudicated. */
export function readParty(cursor: SegmentCursor, nm1: Segment): Party & { readonly dtp: Segment | null } {
  const own = new Map<string, Segment>();
  const references: Reference[] = [];
  cursor.take();
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (!ofParty.has(segment.id)) break;
    cursor.take();
    if (segment.id === 'REF') references.push({ qualifier: elementOf(segment, 1), value: elementOf(segment, 2) });
    else own.set(segment.id, segment);
  }
  const [dmg, n3, n4] = ['DMG', 'N3', 'N4'].map((id) => own.get(id));
  return {
    nm1,
    address: n3 === undefined && n4 === undefined ? null : addressOf(n3, n4),
    bornOn: dmg === undefined || elementOf(dmg, 2) === '' ? null : dateOf(dmg, 2, '2010'),
    sex: dmg === undefined ? '' : elementOf(dmg, 3),
    references,
    dtp: own.get('DTP') ?? null,
  };
}

export const noAddress: PostalAddress = { line1: '', line2: '', city: '', state: '', postalCode: '' };

export function addressOf(n3: Segment | undefined, n4: Segment | undefined): PostalAddress {
  const street = (index: number) => (n3 === undefined ? '' : elementOf(n3, index));
  const town = (index: number) => (n4 === undefined ? '' : elementOf(n4, index));
  return { line1: street(1), line2: street(2), city: town(1), state: town(2), postalCode: town(3) };
}

export function personNameOf(nm1: Segment): PersonName {
  return { last: elementOf(nm1, 3), first: elementOf(nm1, 4), middle: elementOf(nm1, 5) };
}
