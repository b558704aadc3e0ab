import type { Account, ClaimTrack, DenialCase } from '../domain/account.ts';
import type { PayerSequence } from '../domain/claim.ts';
import { invariant } from '../domain/failures.ts';
import { cents, type Cents, sum } from '../domain/money.ts';
import type { Bucket } from '../domain/task.ts';

export const buckets: readonly Bucket[] = ['payer1', 'payer2', 'payer3', 'patient'];

export function payerBucket(sequence: PayerSequence): Bucket {
  return `payer${sequence}`;
}

/** @throws invariant when a stored command names no bucket of ours. */
export function bucketNamed(name: unknown): Bucket {
  const bucket = buckets.find((b) => b === name);
  invariant(bucket !== undefined, 'a command names a bucket');
  return bucket;
}

/** Derived from the ledger lines, never carried beside them. */
export function bucketBalance(account: Account, bucket: Bucket): Cents {
  return sum(account.lines.filter((line) => line.bucket === bucket).map((line) => cents(line.cents)));
}

export function accountBalance(account: Account): Cents {
  return sum(account.lines.map((line) => cents(line.cents)));
}

/** Where an amount goes that a payer leaves to someone else: the next payer, or the patient when there is none. */
export function bucketAfter(account: Account, sequence: PayerSequence): Bucket {
  const next = account.claims.find((claim) => claim.sequence === sequence + 1);
  return next === undefined ? 'patient' : payerBucket(next.sequence);
}

/** Cases that still hold money back from being settled. */
export function liveCases(claim: ClaimTrack): readonly DenialCase[] {
  return claim.cases.filter(
    (c) =>
      c.status === 'open' || c.status === 'working' || c.status === 'awaitingAnswer' || c.status === 'overturned' || c.status === 'upheld',
  );
}

export function caseAmount(c: DenialCase): Cents {
  return sum(c.denials.map((d) => cents(d.cents)));
}

export function findCase(account: Account, caseId: string): { readonly claim: ClaimTrack; readonly case: DenialCase } | null {
  for (const claim of account.claims) {
    const found = claim.cases.find((c) => c.id === caseId);
    if (found !== undefined) return { claim, case: found };
  }
  return null;
}

/** Remittances that stand: neither reversals nor reversed. */
export function standingRemittances(claim: ClaimTrack): ClaimTrack['remittances'] {
  return claim.remittances.filter((r) => r.status !== '22' && !r.reversed);
}
