import type { Account } from '../../rules/domain/account.ts';
import type { AccountEvent } from '../../rules/domain/event.ts';
import { evolve } from '../../rules/lifecycle/evolve.ts';
import type { Database } from '../client.ts';
import { accountOf, eventOf } from '../convert.ts';
import type { Prisma } from '../generated/client.ts';

/**
 * The other accounts of the same guarantor, where one of them or the account itself has to do with assistance (or `regardless`); else none, which is
 * nearly always.
 */
export async function readKin(db: Database, accountId: string, regardless: boolean): Promise<readonly Account[]> {
  const rows = await db.$queryRaw<{ projection: Prisma.JsonValue }[]>`
    SELECT o."projection" FROM "Account" a JOIN "Account" o ON o."guarantorId" = a."guarantorId" AND o."id" <> a."id"
    WHERE a."id" = ${accountId}::uuid AND (${regardless} OR EXISTS (
      SELECT 1 FROM "Account" s WHERE s."guarantorId" = a."guarantorId" AND s."projection"->'assistance' IS NOT NULL))
    ORDER BY o."id"`;
  return rows.map(({ projection }) => accountOf(projection));
}

/** All accounts of the persons of these, by account, each with what its next turn will fold; their guarantors stay taken until the transaction ends. */
export async function takePersons(db: Database, accountIds: readonly string[]): Promise<ReadonlyMap<string, readonly Account[]>> {
  const ids = [...new Set(accountIds)];
  await db.$queryRaw`
    SELECT 1 FROM "Guarantor" WHERE "id" IN (SELECT "guarantorId" FROM "Account" WHERE "id" = ANY(${ids}::uuid[])) ORDER BY "id" FOR NO KEY UPDATE`;
  const rows = await db.$queryRaw<{ asked: string; id: string; projection: Prisma.JsonValue }[]>`
    WITH kin AS (
      SELECT a."id" AS "asked", a."id" AS "of" FROM "Account" a WHERE a."id" = ANY(${ids}::uuid[])
      UNION
      SELECT a."id", o."id" FROM "Account" a JOIN "Account" o ON o."guarantorId" = a."guarantorId" WHERE a."id" = ANY(${ids}::uuid[])
    )
    SELECT k."asked"::text, o."id"::text, o."projection" FROM kin k JOIN "Account" o ON o."id" = k."of" ORDER BY o."id"`;
  const coming = await readApplied(db, [...new Set(rows.map(({ id }) => id))]);
  const found = new Map<string, Account[]>();
  for (const { asked, id, projection } of rows) {
    const account = (coming.get(id) ?? []).reduce(evolve, accountOf(projection));
    found.set(asked, [...(found.get(asked) ?? []), account]);
  }
  return found;
}

async function readApplied(db: Database, accountIds: readonly string[]): Promise<ReadonlyMap<string, readonly AccountEvent[]>> {
  const rows = await db.accountEvent.findMany({
    where: { accountId: { in: [...accountIds] }, position: null, kind: 'assistanceApplied' },
    orderBy: { ordinal: 'asc' },
    select: { accountId: true, id: true, occurredAt: true, body: true },
  });
  const found = new Map<string, AccountEvent[]>();
  for (const row of rows) found.set(row.accountId, [...(found.get(row.accountId) ?? []), eventOf(row)]);
  return found;
}

/** The numbers of these accounts, by id. */
export async function readAccountNumbers(db: Database, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.account.findMany({ where: { id: { in: [...accountIds] } }, select: { id: true, accountNumber: true } });
  return new Map(rows.map(({ id, accountNumber }) => [id, accountNumber]));
}
