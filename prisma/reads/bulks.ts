import type { Account } from '../../rules/domain/account.ts';
import type { BulkWork } from '../../rules/domain/bulk.ts';
import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Database } from '../client.ts';
import { accountOf, bulkWorkOf, instantOf, instantOrNull } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { Prisma } from '../generated/client.ts';

/** Which open tasks of accounts are meant; what is absent does not matter. */
export interface BulkSelection {
  readonly queue?: string;
  readonly kind?: string;
  readonly payerId?: string;
  /** Of the denial case the task is about. */
  readonly category?: string;
  readonly ruleId?: string;
  readonly fromCents?: number;
  readonly toCents?: number;
  /** Safe by that day or earlier. */
  readonly safeBy?: string;
  readonly assignee?: string;
  readonly limit: number;
}

export interface SelectedTask {
  readonly accountId: string;
  readonly taskId: string;
}

/** The most urgent first. */
export async function selectTasks(db: Database, s: BulkSelection): Promise<readonly SelectedTask[]> {
  const conditions = [
    Prisma.sql`t."facilityId" = ${facilityId}::uuid AND t."status" = 'open' AND t."accountId" IS NOT NULL`,
    ...(s.queue === undefined ? [] : [Prisma.sql`t."queue" = ${s.queue}`]),
    ...(s.kind === undefined ? [] : [Prisma.sql`t."kind" = ${s.kind}`]),
    ...(s.payerId === undefined ? [] : [Prisma.sql`t."payerId" = ${s.payerId}`]),
    ...(s.ruleId === undefined ? [] : [Prisma.sql`t."ruleId" = ${s.ruleId}`]),
    ...(s.fromCents === undefined ? [] : [Prisma.sql`t."amountCents" >= ${s.fromCents}::bigint`]),
    ...(s.toCents === undefined ? [] : [Prisma.sql`t."amountCents" <= ${s.toCents}::bigint`]),
    ...(s.safeBy === undefined ? [] : [Prisma.sql`t."sortOn" <= ${s.safeBy}::date`]),
    ...(s.assignee === undefined ? [] : [Prisma.sql`t."assignee" = ${s.assignee}`]),
    ...(s.category === undefined
      ? []
      : [
          Prisma.sql`EXISTS (SELECT 1 FROM "DenialRecord" d WHERE d."accountId" = t."accountId" AND d."caseId" = t."subject"->>'caseId'
            AND d."category" = ${s.category})`,
        ]),
  ];
  return db.$queryRaw<SelectedTask[]>`
    SELECT t."accountId"::text, t."localId" AS "taskId" FROM "Task" t WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY t."sortOn", t."id" LIMIT ${s.limit}`;
}

export interface StandingAccount {
  readonly account: Account;
  readonly openedAt: Date;
}

export async function readStandingAccount(db: Database, id: string): Promise<StandingAccount | null> {
  const row = await db.account.findUnique({ where: { id }, select: { projection: true, openedAt: true } });
  return row === null ? null : { account: accountOf(row.projection), openedAt: row.openedAt };
}

export interface BulkRowEntry {
  readonly number: number;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly taskId: string;
  readonly fingerprint: string;
  readonly effects: readonly string[];
  readonly refusal: string | null;
  readonly result: string | null;
  readonly reason: string | null;
}

export interface StoredBulk {
  readonly id: string;
  readonly hash: string;
  readonly by: string;
  readonly work: BulkWork;
  readonly previewedAt: Instant;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly rows: readonly BulkRowEntry[];
}

/** Null when there is none. */
export async function readBulk(db: Database, id: string): Promise<StoredBulk | null> {
  const found = await db.bulk.findUnique({ where: { id }, include: { rows: { orderBy: { number: 'asc' } } } });
  if (found === null) return null;
  const accounts = await db.account.findMany({
    where: { id: { in: found.rows.map(({ accountId }) => accountId) } },
    select: { id: true, accountNumber: true },
  });
  const numbers = new Map(accounts.map((a) => [a.id, a.accountNumber]));
  const { hash, by, work, previewedAt, startedAt, finishedAt } = found;
  const moments = { previewedAt: instantOf(previewedAt), startedAt: instantOrNull(startedAt), finishedAt: instantOrNull(finishedAt) };
  const rows = found.rows.map(({ number, accountId, taskId, fingerprint, effects, refusal, result, reason }) => {
    return { number, accountId, accountNumber: numbers.get(accountId) ?? '', taskId, fingerprint, effects, refusal, result, reason };
  });
  return { id, hash, by, work: bulkWorkOf(work), ...moments, rows };
}

/** What became of a form that was submitted before: null when it was not, or has no answer yet. */
export async function readVerdict(
  db: Database,
  formId: string,
): Promise<{ readonly result: 'done' | 'refused'; readonly reason: string | null } | null> {
  const form = await db.taskForm.findUnique({ where: { id: formId }, select: { status: true, reason: true } });
  if (form === null || form.status === 'submitted') return null;
  return { result: form.status === 'accepted' ? 'done' : 'refused', reason: form.reason };
}
