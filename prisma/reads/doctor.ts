import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';

/** What must never be found; each finding names accounts, events or files by id. */
export interface Findings {
  /** Not closed, and nobody acts next: no open task, no vendor, no dated step. */
  readonly unowned: readonly string[];
  /** With a vendor and at the same time worked in-house for the patient's balance, or with two vendors. */
  readonly doublyOwned: readonly string[];
  /** Not closed and without a next dated step, though no task is open. */
  readonly undated: readonly string[];
  /** Balance column that is not the sum of the ledger lines. */
  readonly unbalanced: readonly string[];
  /** Facts that no turn applied. */
  readonly unappliedEvents: readonly string[];
  /** Facts that no workflow was told of. */
  readonly undeliveredEvents: readonly string[];
  /** Effects of which nobody knows whether they arrived. */
  readonly unknownIntents: readonly string[];
  /** Effects that were attempted and never ended. */
  readonly unfinishedIntents: readonly string[];
  /** What came in and has had no account for more than a week. */
  readonly oldUnmatched: readonly string[];
  /** Files that were registered and not read. */
  readonly unreadFiles: readonly string[];
  /** Open tasks to tell a sender that a file could not be answered. */
  readonly untoldSenders: readonly string[];
  /** TA1 and 999 that were made and not delivered, by name. */
  readonly unsentAcknowledgements: readonly string[];
}

const limit = 100;

/** At most 100 of each. */
export async function examine(db: Database): Promise<Findings> {
  const intents = (status: string) =>
    db.intent.findMany({ where: { facilityId, status, attemptedAt: { not: null } }, select: { id: true }, take: limit });
  const events = (where: object) => db.accountEvent.findMany({ where, select: { id: true }, take: limit });
  return {
    unowned: await findUnowned(db),
    doublyOwned: await findDoublyOwned(db),
    undated: await findUndated(db),
    unbalanced: await findUnbalanced(db),
    unappliedEvents: ids(await events({ appliedSeq: null })),
    undeliveredEvents: ids(await events({ deliveredAt: null })),
    unknownIntents: ids(await intents('unknown')),
    unfinishedIntents: ids(await intents('issued')),
    oldUnmatched: await findOldUnmatched(db),
    unreadFiles: ids(await db.inboundFile.findMany({ where: { facilityId, status: 'registered' }, select: { id: true }, take: limit })),
    untoldSenders: ids(
      await db.task.findMany({
        where: { facilityId, status: 'open', queue: 'unmatched', kind: 'answerSender' },
        select: { id: true },
        take: limit,
      }),
    ),
    unsentAcknowledgements: (
      await db.acknowledgementFile.findMany({ where: { facilityId, sentAt: null }, select: { name: true }, take: limit })
    ).map(({ name }) => name),
  };
}

async function findUnowned(db: Database): Promise<readonly string[]> {
  return ids(
    await db.$queryRaw<Id[]>`
    SELECT a."id" FROM "Account" a
    WHERE a."facilityId" = ${facilityId}::uuid AND NOT a."terminal" AND a."seq" > 0 AND a."nextActionAt" IS NULL
      AND NOT EXISTS (SELECT 1 FROM "Task" t WHERE t."accountId" = a."id" AND t."status" = 'open')
      AND NOT EXISTS (SELECT 1 FROM "Placement" p WHERE p."accountId" = a."id" AND p."status" IN ('offered', 'placed', 'recallSent'))
    LIMIT ${limit}`,
  );
}

async function findDoublyOwned(db: Database): Promise<readonly string[]> {
  return ids(
    await db.$queryRaw<Id[]>`
    SELECT p."accountId" AS "id" FROM "Placement" p
    WHERE p."status" IN ('offered', 'placed', 'recallSent')
    GROUP BY p."accountId"
    HAVING count(*) > 1 OR EXISTS (
      SELECT 1 FROM "Task" t
      WHERE t."accountId" = p."accountId" AND t."status" = 'open' AND t."subject"->>'kind' = 'patient' AND t."kind" <> 'recordPatientAnswer')
    LIMIT ${limit}`,
  );
}

async function findUndated(db: Database): Promise<readonly string[]> {
  return ids(
    await db.$queryRaw<Id[]>`
    SELECT a."id" FROM "Account" a
    WHERE a."facilityId" = ${facilityId}::uuid AND NOT a."terminal" AND a."seq" > 0 AND a."nextActionAt" IS NULL
      AND NOT EXISTS (SELECT 1 FROM "Task" t WHERE t."accountId" = a."id" AND t."status" = 'open')
    LIMIT ${limit}`,
  );
}

async function findUnbalanced(db: Database): Promise<readonly string[]> {
  return ids(
    await db.$queryRaw<Id[]>`
    SELECT a."id" FROM "Account" a LEFT JOIN "LedgerLine" l ON l."accountId" = a."id"
    GROUP BY a."id" HAVING a."balanceCents" <> coalesce(sum(l."amountCents"), 0)
    LIMIT ${limit}`,
  );
}

const oldAfterDays = 7;

async function findOldUnmatched(db: Database): Promise<readonly string[]> {
  return ids(
    await db.$queryRaw<Id[]>`
    SELECT "id" FROM "Task"
    WHERE "facilityId" = ${facilityId}::uuid AND "status" = 'open' AND "accountId" IS NULL AND "openedOn" < CURRENT_DATE - ${oldAfterDays}::int
    ORDER BY "sortOn", "id" LIMIT ${limit}`,
  );
}

interface Id {
  readonly id: string;
}

function ids(rows: readonly Id[]): readonly string[] {
  return rows.map(({ id }) => id);
}
