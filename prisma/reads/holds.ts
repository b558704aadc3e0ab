import type { Hold } from '../../rules/domain/account.ts';
import { foldHolds } from '../../rules/lifecycle/holds.ts';
import type { Database } from '../client.ts';
import { accountOf, eventOf } from '../convert.ts';

/** The holds of accounts as they stand at this moment: also those that no turn has taken yet. */
export async function readHolds(db: Database, accountIds: readonly string[]): Promise<ReadonlyMap<string, readonly Hold[]>> {
  const ids = [...accountIds];
  const accounts = await db.account.findMany({ where: { id: { in: ids } }, select: { id: true, projection: true } });
  const told = await db.accountEvent.findMany({
    where: { accountId: { in: ids }, position: null, kind: { in: ['holdPlaced', 'holdReleased'] } },
    orderBy: { ordinal: 'asc' },
    select: { accountId: true, id: true, occurredAt: true, body: true },
  });
  return new Map(
    accounts.map(({ id, projection }) => {
      const later = told.filter(({ accountId }) => accountId === id).map(eventOf);
      return [id, later.reduce(foldHolds, accountOf(projection).holds)];
    }),
  );
}
