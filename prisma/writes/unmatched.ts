import { addDays, type CivilDate } from '../../rules/domain/civil-date.ts';
import type { UnmatchedItem, UnmatchedKind, UnmatchedOutcome } from '../../rules/domain/unmatched.ts';
import type { Candidate } from '../../rules/matching/rank.ts';
import type { Transaction } from '../client.ts';
import { facilityId } from '../facility.ts';
import { dateOf } from '../convert.ts';
import { uuidv7 } from '../ids.ts';
import { insertAll } from './bulk.ts';

/** What came in and belongs to no account that we know: a task for a person, never lost. */
export interface Unmatched {
  readonly kind: UnmatchedKind;
  readonly title: string;
  readonly reason: string;
  readonly payerId: string;
  readonly amountCents: number;
  readonly fileId: string;
  readonly offset: number;
  readonly candidates: readonly Candidate[];
  /** What a person's choice is carried out from; null when nothing can be posted from it. */
  readonly item: UnmatchedItem | null;
}

/** Money and answers without an owner should be placed within this many days. */
const unmatchedDays = 3;

export async function writeUnmatched(tx: Transaction, tasks: readonly Unmatched[], openedOn: CivilDate): Promise<void> {
  const safeByOn = addDays(openedOn, unmatchedDays);
  const rows = tasks.map(({ item, ...task }) => ({
    item,
    task: { id: uuidv7(), ...taskColumns, localId: localIdOf(task), ...task, openedOn, safeByOn, sortOn: safeByOn },
  }));
  await insertAll(
    tx,
    'Task',
    rows.map(({ task }) => task),
  );
  await insertAll(
    tx,
    'UnmatchedItem',
    rows.flatMap(({ item, task }) => (item === null ? [] : [{ taskId: task.id, item }])),
  );
}

const taskColumns = { queue: 'unmatched', ruleId: 'intake', status: 'open' } as const;

function localIdOf({ fileId, offset }: Pick<Unmatched, 'fileId' | 'offset'>): string {
  return `file:${fileId}:${offset}`;
}

/** A task without an account, held for this transaction; null when there is none. */
export async function lockUnmatched(tx: Transaction, taskId: string): Promise<{ readonly status: string } | null> {
  const rows = await tx.$queryRaw<{ status: string }[]>`
    SELECT "status" FROM "Task" WHERE "id" = ${taskId}::uuid AND "accountId" IS NULL FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

/** Ends it; the caller holds it. */
export async function closeUnmatched(
  tx: Transaction,
  taskId: string,
  ended: { readonly outcome: UnmatchedOutcome; readonly on: CivilDate; readonly by: string },
): Promise<void> {
  const { outcome, by, on } = ended;
  await tx.task.update({
    where: { id: taskId },
    data: { status: 'done', outcome, closedOn: dateOf(on), closedBy: by },
    select: { id: true },
  });
}

/** The remittance that corrects a held one ends the task that asked for it. */
export async function closeCorrected(
  tx: Transaction,
  held: { readonly fileId: string; readonly offset: number; readonly length: number },
  on: CivilDate,
): Promise<void> {
  const outcome: UnmatchedOutcome = 'correctedReceived';
  const place = { gte: held.offset, lt: held.offset + held.length };
  const where = { facilityId, accountId: null, kind: 'resolveImbalance', status: 'open', fileId: held.fileId, offset: place };
  await tx.task.updateMany({ where, data: { status: 'done', outcome, closedOn: dateOf(on), closedBy: 'intake' } });
}
