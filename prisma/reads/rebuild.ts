import type { Account } from '../../rules/domain/account.ts';
import { emptyAccount, evolve } from '../../rules/lifecycle/evolve.ts';
import type { Database } from '../client.ts';
import { accountOf, eventOf } from '../convert.ts';

export interface Rebuilt {
  readonly stored: Account;
  /** Folded again from all applied events; the two are equal, or something wrote past the events. */
  readonly folded: Account;
}

/** Null when there is no such account. */
export async function rebuildAccount(db: Database, accountId: string): Promise<Rebuilt | null> {
  const row = await db.account.findUnique({ where: { id: accountId }, select: { projection: true } });
  if (row === null) return null;
  const where = { accountId, position: { not: null } };
  const events = await db.accountEvent.findMany({
    where,
    orderBy: { position: 'asc' },
    select: { id: true, occurredAt: true, body: true },
  });
  return { stored: accountOf(row.projection), folded: events.map(eventOf).reduce(evolve, emptyAccount(accountId)) };
}
