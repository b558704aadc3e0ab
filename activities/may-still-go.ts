import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Transaction } from '../prisma/client.ts';
import { readHoldsNow } from '../prisma/reads/holds.ts';
import { type HoldBook, heldCode, holdNamed, stopOf } from '../rules/domain/hold.ts';
import { readHolds } from '../rules/lifecycle/read-holds.ts';

/** With it begins the reason of what a hold stopped. */
export const stoppedCode = heldCode;

let shipped: HoldBook | undefined;

/** What each hold stops. */
export function shippedHolds(): HoldBook {
  shipped ??= readHolds(readFileSync(join(import.meta.dirname, '..', 'rules', 'reference', 'holds.json'), 'utf8'));
  return shipped;
}

/** The holds that go to every account of a person. */
export function personHolds(): readonly string[] {
  return [...shippedHolds().values()].filter(({ of }) => of === 'person').map(({ hold }) => hold);
}

/** A command that is about to leave. */
export interface Leaving {
  readonly accountId: string;
  readonly kind: string;
}

/**
 * Asked in the transaction that hands over: a hold stops what was decided before it came, though the account has not heard of it yet; so does one of
 * the person that came to another account of theirs.
 * @returns why, in the order asked and in words, or null where it may go
 */
export async function whyStopped(tx: Transaction, leaving: readonly Leaving[]): Promise<readonly (string | null)[]> {
  const asked = leaving.filter(({ kind }) => stopOf(kind) !== null).map(({ accountId }) => accountId);
  const holds = await readHoldsNow(tx, [...new Set(asked)], personHolds());
  return leaving.map(({ accountId, kind }) => {
    const stop = stopOf(kind);
    const hold = (holds.get(accountId) ?? []).find((name) => stop !== null && holdNamed(shippedHolds(), name).stops.includes(stop));
    return hold === undefined ? null : `the hold "${hold}" stops it; it is asked again when the hold goes`;
  });
}
