import { addDays, type CivilDate } from '../../rules/domain/civil-date.ts';
import type { AwaitedKey, UnmatchedItem, UnmatchedKind, UnmatchedOutcome } from '../../rules/domain/unmatched.ts';
import type { Candidate } from '../../rules/matching/rank.ts';
import type { Transaction } from '../client.ts';
import { facilityId } from '../facility.ts';
import { dateOf } from '../convert.ts';
import { uuidv7 } from '../ids.ts';
import { writeAwaited } from './awaited.ts';
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
  readonly awaits: readonly AwaitedKey[];
}

/** Money and answers without an owner should be placed within this many days. */
const unmatchedDays = 3;

/** @returns their ids, in order */
export async function writeUnmatched(tx: Transaction, tasks: readonly Unmatched[], openedOn: CivilDate): Promise<readonly string[]> {
  const safeByOn = addDays(openedOn, unmatchedDays);
  const rows = tasks.map(({ item, awaits, ...task }) => ({
    item,
    awaits,
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
  await writeAwaited(
    tx,
    rows.map(({ task, awaits }) => ({ taskId: task.id, awaits })),
  );
  return rows.map(({ task }) => task.id);
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
  await tx.awaitedKey.deleteMany({ where: { taskId } });
}

/** What it waited for came with that file. */
export async function closeMatched(
  tx: Transaction,
  taskId: string,
  { fileId, on }: { readonly fileId: string; readonly on: CivilDate },
): Promise<void> {
  const outcome: UnmatchedOutcome = 'matched';
  await noteOnTask(tx, taskId, { fileId, text: 'Matched by itself: its own claim, with exactly that key, came later' });
  await closeUnmatched(tx, taskId, { outcome, on, by: 'intake' });
}

/** Of the claims of one remittance for which one task stands, fewer are unmatched now; with the last of them the task ends. */
export async function shrinkUnmatched(
  tx: Transaction,
  taskId: string,
  left: {
    readonly title: string;
    readonly amountCents: number;
    readonly isEnded: boolean;
    readonly fileId: string;
    readonly on: CivilDate;
  },
): Promise<void> {
  const { title, amountCents, isEnded, fileId, on } = left;
  if (isEnded) {
    await noteOnTask(tx, taskId, {
      fileId,
      text: 'Matched by themselves: their own claims, with exactly those keys, came later; the last',
    });
    return closeUnmatched(tx, taskId, { outcome: 'handled', on, by: 'intake' });
  }
  await tx.task.update({ where: { id: taskId }, data: { title, amountCents }, select: { id: true } });
}

/** Adds a sentence to why the task is there, with the file that made it so. */
async function noteOnTask(
  tx: Transaction,
  taskId: string,
  { fileId, text }: { readonly fileId: string; readonly text: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Task" SET "reason" = "reason" || ' ' || ${text} || coalesce((SELECT ' with ' || f."name" FROM "InboundFile" f WHERE f."id" = ${fileId}::uuid), '') || '.'
    WHERE "id" = ${taskId}::uuid`;
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
