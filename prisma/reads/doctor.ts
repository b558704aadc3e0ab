import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';
import { examineOwnership, type Ownership } from './ownership.ts';

/** What must never be found; each finding names accounts, events or files by id. */
export interface Findings {
  /** Exactly one owner per balance, and a next dated step per account: see Ownership. */
  readonly unowned: readonly string[];
  readonly doublyOwned: readonly string[];
  readonly undated: readonly string[];
  readonly mistaken: readonly string[];
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

/** At most 100 of each. `ownership`: as it was just examined. */
export async function examine(db: Database, ownership?: Ownership): Promise<Findings> {
  const { unowned, doublyOwned, undated, mistaken } = ownership ?? (await examineOwnership(db));
  const intents = (status: string) =>
    db.intent.findMany({ where: { facilityId, status, attemptedAt: { not: null } }, select: { id: true }, take: limit });
  const events = (where: object) => db.accountEvent.findMany({ where, select: { id: true }, take: limit });
  return {
    unowned,
    doublyOwned,
    undated,
    mistaken,
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
