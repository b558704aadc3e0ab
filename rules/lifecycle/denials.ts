import type { ClaimTrack, DenialCase, RemittanceOnClaim } from '../domain/account.ts';
import { isDenial } from '../domain/denial.ts';
import type { PostedAdjustment, PostedRemittance, RecoveredAmount } from '../domain/event.ts';
import { allocate, cents } from '../domain/money.ts';

/** An adjustment with its category (DOMAIN §4). */
export type Categorised = PostedAdjustment & { readonly category: string };

/**
 * What a remittance claim refuses, by its CAS and never by CLP02: one record per (claim line, group, CARC). A code that comes twice on a line is
 * one record; what it takes and gives back on the same line was not refused.
 */
export function denialRecords(adjustments: readonly Categorised[]): readonly Categorised[] {
  const records = new Map<string, Categorised>();
  for (const adjustment of adjustments) {
    const key = `${adjustment.lineNumber ?? 'claim'} ${adjustment.group} ${adjustment.carc}`;
    const before = records.get(key);
    records.set(key, before === undefined ? adjustment : joined(before, adjustment));
  }
  return [...records.values()].filter((record) => record.cents > 0 && isDenial(record));
}

function joined(a: Categorised, b: Categorised): Categorised {
  return { ...a, cents: a.cents + b.cents, rarcs: [...new Set([...a.rarcs, ...b.rarcs])] };
}

/** What was paid so far on each record of the case, in their order. */
export function recoveredCents(c: DenialCase): readonly number[] {
  return c.denials.map((_, n) => (c.recoveries ?? []).reduce((total, { records }) => total + (records[n]?.cents ?? 0), 0));
}

/**
 * Another part of a claim that the payer split: the same submission under another number of the payer, and both together are no more than was
 * charged. Neither says anything about the other.
 */
export function isOtherPart(earlier: PostedRemittance, later: PostedRemittance, chargeCents: number): boolean {
  return (
    earlier.submissionKey === later.submissionKey &&
    earlier.payerClaimNumber !== later.payerClaimNumber &&
    earlier.payerClaimNumber !== '' &&
    earlier.payerClaimNumber !== later.originalPayerClaimNumber &&
    earlier.chargeCents > 0 &&
    earlier.chargeCents + later.chargeCents <= chargeCents
  );
}

export interface Settling {
  readonly c: DenialCase;
  readonly status: 'recovered' | 'superseded';
  readonly records: readonly RecoveredAmount[];
}

/** A record of one of the cases, and what of it is not paid yet. */
interface OpenRecord {
  readonly c: DenialCase;
  readonly denying: RemittanceOnClaim | undefined;
  readonly lineNumber: number | null;
  readonly openCents: number;
}

/**
 * What a later remittance claim means for cases: recovered where it pays on the case's lines, or refuses nothing of them any more; superseded
 * where it refuses them again. Of a remittance that was taken back only what is paid more than it paid is new money, and the new money of a line
 * is shared by all records of that line, whatever case they belong to.
 */
export function settlingsOf(
  claim: ClaimTrack,
  cases: readonly DenialCase[],
  later: PostedRemittance,
  refusedNow: readonly PostedAdjustment[],
): readonly Settling[] {
  const records = cases.flatMap((c) => openRecords(claim, c));
  const gains = gainsOf(records, later);
  const isAgain = (lineNumber: number | null) =>
    refusedNow.some((d) => d.lineNumber === lineNumber || d.lineNumber === null || lineNumber === null);
  return cases.map((c) => {
    const own = records.flatMap((record, n) => (record.c === c ? [{ cents: gains[n] ?? 0, isWhole: !isAgain(record.lineNumber) }] : []));
    const isSettled = own.some(({ cents: paid }) => paid > 0) || own.every(({ isWhole }) => isWhole);
    return { c, status: isSettled ? 'recovered' : 'superseded', records: own };
  });
}

function openRecords(claim: ClaimTrack, c: DenialCase): readonly OpenRecord[] {
  const denying = claim.remittances.find((r) => r.remittanceClaimId === c.remittanceClaimId);
  const before = recoveredCents(c);
  return c.denials.map((d, n) => ({ c, denying, lineNumber: d.lineNumber, openCents: Math.max(0, d.cents - (before[n] ?? 0)) }));
}

/** By service line where both remittances have lines and the records stand at lines; else the claim as a whole. */
function gainsOf(records: readonly OpenRecord[], later: PostedRemittance): readonly number[] {
  const gains = records.map(() => 0);
  const share = (isMeant: (record: OpenRecord) => boolean, gain: number): void => {
    const at = records.flatMap((record, n) => (isMeant(record) ? [n] : []));
    const shares = shared(
      gain,
      at.map((n) => records[n]?.openCents ?? 0),
    );
    at.forEach((n, k) => {
      gains[n] = shares[k] ?? 0;
    });
  };
  for (const denying of new Set(records.map((record) => record.denying))) {
    const ofIt = records.filter((record) => record.denying === denying);
    const isByLine = later.lines !== undefined && denying?.lines !== undefined && ofIt.every(({ lineNumber }) => lineNumber !== null);
    const before = (number: number | null) => (denying?.reversed === true ? paidOn(denying, number) : 0);
    for (const number of isByLine ? new Set(ofIt.map(({ lineNumber }) => lineNumber)) : [null])
      share((record) => record.denying === denying && (!isByLine || record.lineNumber === number), paidOn(later, number) - before(number));
  }
  return gains;
}

/** Of that line, or of the whole claim. */
function paidOn({ lines = [], paidCents }: PostedRemittance, number: number | null): number {
  if (number === null) return paidCents;
  return lines.filter((line) => line.number === number).reduce((total, line) => total + line.paidCents, 0);
}

/** Never more than was refused. */
function shared(gain: number, refused: readonly number[]): readonly number[] {
  const total = refused.reduce((a, b) => a + b, 0);
  if (gain <= 0 || total === 0) return refused.map(() => 0);
  return allocate(cents(Math.min(gain, total)), refused);
}

/** What became of one record: the axis of the line, beside where the work on its case stands. */
export type RecordStatus = 'denied' | 'partlyRecovered' | 'recovered' | 'undone';

export function recordStatus(c: DenialCase, position: number): RecordStatus {
  const recovered = (c.recoveries ?? []).flatMap(({ records }) => records[position] ?? []).filter((record) => record.cents > 0);
  const last = recovered.at(-1);
  if (last !== undefined) return last.isWhole ? 'recovered' : 'partlyRecovered';
  if (c.status === 'undone') return 'undone';
  return c.status === 'recovered' ? 'recovered' : 'denied';
}
