import type { Hold } from '../../rules/domain/account.ts';
import type { AccountEvent } from '../../rules/domain/event.ts';
import { holdComing, holdGoing } from '../../rules/domain/hold.ts';
import { foldHolds } from '../../rules/lifecycle/holds.ts';
import type { Database } from '../client.ts';
import { accountOf, eventOf } from '../convert.ts';

/** Every hold of these accounts there ever was, with those that no turn has taken yet. */
export async function readAccountHolds(db: Database, accountIds: readonly string[]): Promise<ReadonlyMap<string, readonly Hold[]>> {
  const ids = [...accountIds];
  const accounts = await db.account.findMany({ where: { id: { in: ids } }, select: { id: true, projection: true } });
  const told = await db.accountEvent.findMany({
    where: { accountId: { in: ids }, position: null, kind: { in: [...tellingOfHolds] } },
    orderBy: { ordinal: 'asc' },
    select: { accountId: true, id: true, occurredAt: true, body: true },
  });
  return new Map(
    accounts.map(({ id, projection }) => {
      const later = told.filter(({ accountId }) => accountId === id).map(eventOf);
      return [id, later.reduce(foldTold, accountOf(projection).holds)];
    }),
  );
}

const reports = ['holdReported', 'personHoldChanged', 'assistanceApplied', 'personAssistanceChanged'] as const;
const tellingOfHolds = ['holdPlaced', 'holdReleased', ...reports] as const;

function isTelling(event: AccountEvent): event is Extract<AccountEvent, { kind: (typeof reports)[number] }> {
  return reports.some((kind) => kind === event.kind);
}

/** What a file says of a hold counts before a turn has placed or released it. */
function foldTold(holds: readonly Hold[], event: AccountEvent): readonly Hold[] {
  if (!isTelling(event)) return foldHolds(holds, event);
  const [coming, going] = [holdComing(event), holdGoing(event)];
  const { id, occurredAt, on } = event;
  if (going !== null) return foldHolds(holds, { kind: 'holdReleased', id, occurredAt, hold: going, on });
  return coming === null ? holds : foldHolds(holds, { kind: 'holdPlaced', id, occurredAt, hold: coming, on, reviewOn: on });
}
