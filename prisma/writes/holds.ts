import type { Account } from '../../rules/domain/account.ts';
import type { Transaction } from '../client.ts';
import { upsertAll } from './bulk.ts';

/** The holds as the account has them; what an undo took away is gone. */
export async function writeHolds(tx: Transaction, before: Account, { id: accountId, holds }: Account): Promise<void> {
  if (before.holds === holds) return;
  const rows = holds.map(({ reason: hold, since, reviewOn, releasedOn, source, reference, owner, found }, number) => {
    const papers = { source: source ?? null, reference: reference ?? null, owner: owner ?? null, found: found ?? null };
    return { accountId, number, hold, since, reviewOn, releasedOn, ...papers };
  });
  await upsertAll(tx, 'AccountHold', ['accountId', 'number'], rows);
  if (before.holds.length > holds.length) await tx.accountHold.deleteMany({ where: { accountId, number: { gte: holds.length } } });
}
