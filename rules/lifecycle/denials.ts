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
  readonly status: 'recovered' | 'superseded';
  readonly records: readonly RecoveredAmount[];
}

/**
 * What a later remittance claim means for a case: recovered where it pays on the case's lines, or refuses nothing of them any more; superseded
 * where it refuses them again. Of a remittance that was taken back only what is paid more than it paid is new money.
 */
export function settlingOf(claim: ClaimTrack, c: DenialCase, later: PostedRemittance, refusedNow: readonly PostedAdjustment[]): Settling {
  const denying = claim.remittances.find((r) => r.remittanceClaimId === c.remittanceClaimId);
  const before = recoveredCents(c);
  const open = c.denials.map((d, n) => Math.max(0, d.cents - (before[n] ?? 0)));
  const gains = perLine(denying, later, c) ?? wholeClaim(denying, later, open);
  const lines = new Set(c.denials.map((d) => d.lineNumber));
  const isAgain = (lineNumber: number | null) =>
    refusedNow.some((d) => d.lineNumber === lineNumber || d.lineNumber === null || lineNumber === null);
  const records = c.denials.map((d, n) => ({ cents: Math.min(open[n] ?? 0, gains[n] ?? 0), isWhole: !isAgain(d.lineNumber) }));
  const isPaid = records.some((record) => record.cents > 0);
  return { status: isPaid || ![...lines].some(isAgain) ? 'recovered' : 'superseded', records };
}

/** By service line, where both remittances have lines; the line's new money goes to its records by what each refused. */
function perLine(denying: RemittanceOnClaim | undefined, later: PostedRemittance, c: DenialCase): readonly number[] | null {
  if (later.lines === undefined || denying?.lines === undefined || c.denials.some((d) => d.lineNumber === null)) return null;
  const paidOn = (of: PostedRemittance, number: number | null) =>
    (of.lines ?? []).filter((line) => line.number === number).reduce((total, line) => total + line.paidCents, 0);
  const gains = c.denials.map(() => 0);
  for (const number of new Set(c.denials.map((d) => d.lineNumber))) {
    const at = c.denials.flatMap((d, n) => (d.lineNumber === number ? [n] : []));
    const gain = paidOn(later, number) - (denying.reversed ? paidOn(denying, number) : 0);
    const shares = shared(
      gain,
      at.map((n) => c.denials[n]?.cents ?? 0),
    );
    at.forEach((n, k) => {
      gains[n] = shares[k] ?? 0;
    });
  }
  return gains;
}

function wholeClaim(denying: RemittanceOnClaim | undefined, later: PostedRemittance, open: readonly number[]): readonly number[] {
  return shared(later.paidCents - (denying?.reversed === true ? denying.paidCents : 0), open);
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
