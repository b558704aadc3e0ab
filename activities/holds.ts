import type { Transaction } from '../prisma/client.ts';
import { readHoldsNow } from '../prisma/reads/holds.ts';
import { holdNamed, stopOf } from '../rules/domain/hold.ts';
import type { RuleLibrary } from './rule-library.ts';

/**
 * The hold that stops this command now, by name; null when none does. Asked in the transaction after which it may leave, so that a hold stored between
 * the decision and the sending stops it, whether the account has taken it or not.
 */
export async function heldBack(
  tx: Transaction,
  rules: Pick<RuleLibrary, 'knowledgeFor'>,
  { accountId, kind }: { readonly accountId: string; readonly kind: string },
): Promise<string | null> {
  const stop = stopOf(kind);
  const now = stop === null ? null : await readHoldsNow(tx, accountId);
  if (stop === null || now === null || now.holds.length === 0) return null;
  const book = (await rules.knowledgeFor(tx, now.openedAt)).holds;
  return now.holds.find((hold) => holdNamed(book, hold).stops.includes(stop)) ?? null;
}
