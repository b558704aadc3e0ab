import type { CivilDate, Zone } from '../../rules/domain/civil-date.ts';
import type { Cents } from '../../rules/domain/money.ts';
import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';
import { centsOf, civilOrNull } from '../convert.ts';

/** Small reads that screens, the API and the command line need beside the account file and the queue page. */

/** The zone of the facility, in which its days begin and end. */
export async function readZone(db: Database): Promise<Zone> {
  return (await db.facility.findFirstOrThrow({ select: { zone: true }, orderBy: { id: 'asc' } })).zone;
}

const halfDayMs = 12 * 60 * 60 * 1000;

/**
 * By how much each account's clock is ahead of the real one, in milliseconds, from its last turn. 0 where it is less than half a day, which
 * is only how long a turn may have waited for its database, and where its last turn was played in the past, as the sandbox hospital's are.
 */
export async function readClockShifts(db: Database, accountIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (accountIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: string; shiftMs: number }[]>`
    SELECT a."id"::text, (extract(epoch FROM t."asOf" - t."recordedAt") * 1000)::float8 AS "shiftMs"
    FROM "Account" a JOIN "Advance" t ON t."accountId" = a."id" AND t."seq" = a."seq" WHERE a."id" = ANY(${[...accountIds]}::uuid[])`;
  return new Map(rows.map(({ id, shiftMs }) => [id, shiftMs < halfDayMs ? 0 : Math.round(shiftMs)]));
}

export interface QueueTotal {
  readonly queue: string;
  readonly open: number;
  /** Safe by a date before `today`. */
  readonly late: number;
  readonly amountCents: Cents;
  readonly firstSafeByOn: CivilDate | null;
}

/** The queues in which something waits, the one with the most urgent task first. */
export async function readQueueTotals(db: Database, today: CivilDate): Promise<readonly QueueTotal[]> {
  const rows = await db.$queryRaw<{ queue: string; open: bigint; late: bigint; amount: bigint; first: Date | null }[]>`
    SELECT "queue", count(*) AS "open", count(*) FILTER (WHERE "safeByOn" < ${today}::date) AS "late",
      coalesce(sum("amountCents"), 0)::bigint AS "amount", min("safeByOn") AS "first"
    FROM "Task" WHERE "facilityId" = ${facilityId}::uuid AND "status" = 'open' GROUP BY "queue" ORDER BY min("sortOn"), "queue"`;
  return rows.map(({ queue, open, late, amount, first }) => {
    return { queue, open: Number(open), late: Number(late), amountCents: centsOf(amount), firstSafeByOn: civilOrNull(first) };
  });
}

export async function readFileNames(db: Database, fileIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.inboundFile.findMany({ where: { id: { in: [...fileIds] } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What a person typed, as it was stored under that id; null when nothing was. Without an account, it settles an unmatched task. */
export async function readTaskForm(
  db: Database,
  formId: string,
): Promise<{ readonly accountId: string | null; readonly taskId: string; readonly form: unknown } | null> {
  const row = await db.taskForm.findUnique({ where: { id: formId }, select: { accountId: true, taskId: true, body: true } });
  return row === null ? null : { accountId: row.accountId, taskId: row.taskId, form: row.body };
}
