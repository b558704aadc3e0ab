import type { Transaction } from '../prisma/client.ts';
import { readHolds } from '../prisma/reads/holds.ts';
import { holdStopping, stoppedBy } from '../rules/lifecycle/holds.ts';

/** With it begins the reason of what a hold stopped. */
export const stoppedCode = 'hold.stops';

/** A command that is about to leave. */
export interface Leaving {
  readonly accountId: string;
  readonly kind: string;
}

/**
 * Asked in the transaction that hands over: a hold stops what was decided before it came.
 * @returns why, in the order asked and in words, or null where it may go
 */
export async function whyStopped(tx: Transaction, leaving: readonly Leaving[]): Promise<readonly (string | null)[]> {
  const holds = await readHolds(tx, [...new Set(leaving.map(({ accountId }) => accountId))]);
  return leaving.map(({ accountId, kind }) => {
    const hold = holdStopping(holds.get(accountId) ?? [], kind);
    return hold === undefined ? null : stoppedBy(hold);
  });
}
