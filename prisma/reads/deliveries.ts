import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';

export interface Delivery {
  readonly accountId: string;
  readonly eventIds: readonly string[];
}

/** What one file left for every account, or for one. */
export interface Left {
  readonly fileId: string;
  readonly accountId?: string | undefined;
}

/** Events of a file that the accounts' workflows were not told of yet, for up to `limit` accounts. */
export async function readDeliveries(db: Database, { fileId, accountId }: Left, limit: number): Promise<readonly Delivery[]> {
  const only = accountId === undefined ? Prisma.empty : Prisma.sql`AND "accountId" = ${accountId}::uuid`;
  return db.$queryRaw<Delivery[]>`
    SELECT "accountId", array_agg("id" ORDER BY "ordinal") AS "eventIds" FROM "AccountEvent"
    WHERE "deliveredAt" IS NULL AND "fileId" = ${fileId}::uuid ${only} GROUP BY "accountId" ORDER BY "accountId" LIMIT ${limit}`;
}

export async function countUndelivered(db: Database, { fileId, accountId }: Left): Promise<number> {
  return db.accountEvent.count({ where: { fileId, deliveredAt: null, ...(accountId === undefined ? {} : { accountId }) } });
}

/** Events that no file brought and that wait to be told, by the stem of their business key. */
export async function readNews(db: Database, stem: string, limit: number): Promise<readonly Delivery[]> {
  return db.$queryRaw<Delivery[]>`
    SELECT "accountId", array_agg("id" ORDER BY "ordinal") AS "eventIds" FROM "AccountEvent"
    WHERE "deliveredAt" IS NULL AND "fileId" IS NULL AND starts_with("dedupeKey", ${stem})
    GROUP BY "accountId" ORDER BY "accountId" LIMIT ${limit}`;
}
