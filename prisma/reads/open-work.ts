import type { Account } from '../../rules/domain/account.ts';
import type { Task } from '../../rules/domain/task.ts';
import type { Database } from '../client.ts';
import { accountOf } from '../convert.ts';

/** An open task with the account it is about, for someone who works it. */
export interface OpenWork {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly account: Account;
  readonly task: Task;
  /** How many forms for it were refused. */
  readonly refusals: number;
}

/** In the order of the queues: what is safe for the shortest time first. Unmatched tasks, which belong to no account, are not here. */
export async function readOpenWork(db: Database): Promise<readonly OpenWork[]> {
  const rows = await db.task.findMany({
    where: { status: 'open', accountId: { not: null } },
    orderBy: [{ sortOn: 'asc' }, { id: 'asc' }],
    select: { accountId: true, localId: true },
  });
  const ids = [...new Set(rows.flatMap(({ accountId }) => (accountId === null ? [] : [accountId])))];
  const accounts = await db.account.findMany({ where: { id: { in: ids } }, select: { id: true, accountNumber: true, projection: true } });
  const forms = await db.taskForm.groupBy({
    by: ['accountId', 'taskId'],
    where: { accountId: { in: ids }, status: 'refused' },
    _count: true,
  });
  const refused = new Map(forms.map(({ accountId, taskId, _count }) => [`${accountId} ${taskId}`, _count]));
  const known = new Map(accounts.map(({ id, accountNumber, projection }) => [id, { accountNumber, account: accountOf(projection) }]));
  return rows.flatMap(({ accountId, localId }) => {
    const found = accountId === null ? undefined : known.get(accountId);
    const task = found?.account.tasks.find(({ id, status }) => id === localId && status === 'open');
    if (accountId === null || found === undefined || task === undefined) return [];
    return [{ accountId, ...found, task, refusals: refused.get(`${accountId} ${localId}`) ?? 0 }];
  });
}
