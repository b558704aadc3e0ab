import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Database } from '../client.ts';
import { instantOf } from '../convert.ts';
import type { Delivery } from './deliveries.ts';

/** What was begun and not ended, and what is to come: all that a process must know that starts with nothing but the database. */
export interface Unfinished {
  /** Files that were registered and not read. */
  readonly unread: readonly string[];
  /** Files that left events of which not every account was told. */
  readonly untold: readonly string[];
  /** Accounts with events that no turn applied, or with commands that were not carried out to their end. */
  readonly restless: readonly Delivery[];
  /** Forms that no turn judged, in the order in which they were submitted. */
  readonly forms: readonly { readonly accountId: string; readonly formId: string }[];
  /** Accounts with a next dated step. */
  readonly waiting: readonly { readonly accountId: string; readonly wakeAt: Instant }[];
}

export async function readUnfinished(db: Database): Promise<Unfinished> {
  const unread = await db.inboundFile.findMany({ where: { status: 'registered' }, orderBy: { id: 'asc' }, select: { id: true } });
  const untold = await db.accountEvent.findMany({
    where: { deliveredAt: null, fileId: { not: null } },
    distinct: ['fileId'],
    orderBy: { fileId: 'asc' },
    select: { fileId: true },
  });
  const restless = await db.$queryRaw<Delivery[]>`
    SELECT a."id" AS "accountId", coalesce(array_agg(e."id" ORDER BY e."ordinal") FILTER (WHERE e."id" IS NOT NULL), '{}') AS "eventIds"
    FROM "Account" a
    LEFT JOIN "AccountEvent" e ON e."accountId" = a."id" AND e."appliedSeq" IS NULL AND e."deliveredAt" IS NOT NULL
    WHERE e."id" IS NOT NULL OR EXISTS (SELECT 1 FROM "Intent" i WHERE i."accountId" = a."id" AND i."eventId" IS NULL)
    GROUP BY a."id" ORDER BY a."id"`;
  const forms = await db.taskForm.findMany({
    where: { status: 'submitted' },
    orderBy: { submittedAt: 'asc' },
    select: { id: true, accountId: true },
  });
  const waiting = await db.account.findMany({
    where: { terminal: false, nextActionAt: { not: null } },
    orderBy: { id: 'asc' },
    select: { id: true, nextActionAt: true },
  });
  return {
    unread: unread.map(({ id }) => id),
    untold: untold.flatMap(({ fileId }) => (fileId === null ? [] : [fileId])),
    restless,
    forms: forms.flatMap(({ id: formId, accountId }) => (accountId === null ? [] : [{ accountId, formId }])),
    waiting: waiting.flatMap(({ id: accountId, nextActionAt }) =>
      nextActionAt === null ? [] : [{ accountId, wakeAt: instantOf(nextActionAt) }],
    ),
  };
}
