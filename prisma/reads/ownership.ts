import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';

/** Who must act next about a balance: one bucket of one account that is not zero. */
export type BalanceOwner = 'queue' | 'vendor' | 'payer' | 'patient' | 'nobody' | 'several';

export interface Ownership {
  /** Balances by who owns them. */
  readonly balances: Readonly<Record<BalanceOwner, number>>;
  readonly accounts: { readonly open: number; readonly closed: number };
  /** Accounts with a balance that nobody owns, and accounts that nobody owns; at most 100 of each list. */
  readonly unowned: readonly string[];
  /** Worked in-house and with a vendor at the same time, or with two vendors. */
  readonly doublyOwned: readonly string[];
  /** Not closed, with nothing dated ahead: no open task with a date, and no next step. */
  readonly undated: readonly string[];
  /** Whose stored owner is not the one that tasks, placements and balances say. */
  readonly mistaken: readonly string[];
}

const most = 100;
/** Tasks that only wait for the other side's word do not make us the owner. */
const waiting = ['recordPayerAnswer', 'recordPatientAnswer'];
const out = ['offered', 'placed', 'recallSent'];

/** Proved from the rows alone: ledger lines, tasks, placements, intents; the projection is not asked. */
export async function examineOwnership(db: Database): Promise<Ownership> {
  const balances = { queue: 0, vendor: 0, payer: 0, patient: 0, nobody: 0, several: 0 };
  const found: Record<'nobody' | 'several', Set<string>> = { nobody: new Set(), several: new Set() };
  for (const { owner, count, accountIds } of await ownersOfBalances(db)) {
    balances[owner] += Number(count);
    if (owner === 'nobody' || owner === 'several') for (const id of accountIds) found[owner].add(id);
  }
  const [accounts] = await db.$queryRaw<{ open: bigint; closed: bigint }[]>`
    SELECT count(*) FILTER (WHERE NOT "terminal") AS "open", count(*) FILTER (WHERE "terminal") AS "closed"
    FROM "Account" WHERE "facilityId" = ${facilityId}::uuid AND "seq" > 0`;
  return {
    balances,
    accounts: { open: Number(accounts?.open ?? 0), closed: Number(accounts?.closed ?? 0) },
    unowned: first([...found.nobody, ...(await accountsOfNobody(db))]),
    doublyOwned: first([...found.several, ...(await accountsOfTwo(db))]),
    undated: await undated(db),
    mistaken: await mistaken(db),
  };
}

/** Each balance has exactly one owner: a queue that works it, else the vendor that holds it, else whoever is waited for until a date. */
async function ownersOfBalances(db: Database) {
  return db.$queryRaw<{ owner: BalanceOwner; count: bigint; accountIds: string[] }[]>`
    WITH balance AS (
      SELECT "accountId", "bucket" FROM "LedgerLine" WHERE "facilityId" = ${facilityId}::uuid
      GROUP BY "accountId", "bucket" HAVING sum("amountCents") <> 0),
    work AS (
      SELECT DISTINCT "accountId", CASE "subject"->>'kind'
        WHEN 'claim' THEN 'payer' || ("subject"->>'sequence') WHEN 'case' THEN 'payer' || ("subject"->>'sequence')
        WHEN 'credit' THEN "subject"->>'bucket' WHEN 'patient' THEN 'patient' END AS "bucket"
      FROM "Task" WHERE "facilityId" = ${facilityId}::uuid AND "status" = 'open' AND "accountId" IS NOT NULL AND "kind" <> ALL(${waiting})),
    placed AS (
      SELECT "accountId", count(*) AS "vendors" FROM "Placement"
      WHERE "facilityId" = ${facilityId}::uuid AND "status" = ANY(${out}) GROUP BY "accountId"),
    owned AS (
      SELECT b."accountId", CASE
        WHEN b."bucket" = 'patient' AND (p."vendors" > 1 OR (p."vendors" = 1 AND w."accountId" IS NOT NULL)) THEN 'several'
        WHEN w."accountId" IS NOT NULL THEN 'queue'
        WHEN b."bucket" = 'patient' AND p."vendors" = 1 THEN 'vendor'
        WHEN a."terminal" THEN 'nobody'
        WHEN a."nextActionAt" IS NULL
          AND NOT EXISTS (SELECT 1 FROM "Task" t WHERE t."accountId" = a."id" AND t."status" = 'open')
          AND NOT EXISTS (SELECT 1 FROM "Intent" i WHERE i."accountId" = a."id" AND i."status" IN ('issued', 'unknown')) THEN 'nobody'
        WHEN b."bucket" = 'patient' THEN 'patient' ELSE 'payer' END AS "owner"
      FROM balance b JOIN "Account" a ON a."id" = b."accountId" AND a."seq" > 0
      LEFT JOIN work w ON w."accountId" = b."accountId" AND w."bucket" = b."bucket"
      LEFT JOIN placed p ON p."accountId" = b."accountId")
    SELECT "owner", count(*) AS "count",
      CASE WHEN "owner" IN ('nobody', 'several') THEN (array_agg(DISTINCT "accountId"::text))[1:${most}::int] ELSE '{}' END AS "accountIds"
    FROM owned GROUP BY "owner"`;
}

/** Also without a balance: not closed, and nothing that anybody will look at. */
async function accountsOfNobody(db: Database): Promise<readonly string[]> {
  return ids(
    await db.$queryRaw<Id[]>`
    SELECT a."id" FROM "Account" a
    WHERE a."facilityId" = ${facilityId}::uuid AND NOT a."terminal" AND a."seq" > 0 AND a."nextActionAt" IS NULL
      AND NOT EXISTS (SELECT 1 FROM "Task" t WHERE t."accountId" = a."id" AND t."status" = 'open')
      AND NOT EXISTS (SELECT 1 FROM "Placement" p WHERE p."accountId" = a."id" AND p."status" = ANY(${out}))
    LIMIT ${most}`,
  );
}

async function accountsOfTwo(db: Database): Promise<readonly string[]> {
  return ids(
    await db.$queryRaw<Id[]>`
    SELECT p."accountId" AS "id" FROM "Placement" p
    WHERE p."facilityId" = ${facilityId}::uuid AND p."status" = ANY(${out})
    GROUP BY p."accountId"
    HAVING count(*) > 1 OR EXISTS (
      SELECT 1 FROM "Task" t WHERE t."accountId" = p."accountId" AND t."status" = 'open' AND t."subject"->>'kind' = 'patient'
        AND t."kind" <> ALL(${waiting}))
    LIMIT ${most}`,
  );
}

async function undated(db: Database): Promise<readonly string[]> {
  return ids(
    await db.$queryRaw<Id[]>`
    SELECT a."id" FROM "Account" a
    WHERE a."facilityId" = ${facilityId}::uuid AND NOT a."terminal" AND a."seq" > 0 AND a."nextActionAt" IS NULL
      AND NOT EXISTS (SELECT 1 FROM "Task" t WHERE t."accountId" = a."id" AND t."status" = 'open' AND t."safeByOn" IS NOT NULL)
    LIMIT ${most}`,
  );
}

async function mistaken(db: Database): Promise<readonly string[]> {
  return ids(
    await db.$queryRaw<Id[]>`
    SELECT a."id" FROM "Account" a
    WHERE a."facilityId" = ${facilityId}::uuid AND a."seq" > 0 AND CASE a."ownerKind"
      WHEN 'queue' THEN NOT EXISTS (
        SELECT 1 FROM "Task" t WHERE t."accountId" = a."id" AND t."status" = 'open' AND t."queue" = a."ownerName")
      ELSE a."terminal" <> (a."ownerKind" = 'closed')
        OR EXISTS (SELECT 1 FROM "Task" t WHERE t."accountId" = a."id" AND t."status" = 'open' AND t."kind" <> ALL(${waiting}))
        OR (a."ownerKind" = 'vendor' AND NOT EXISTS (
          SELECT 1 FROM "Placement" p WHERE p."accountId" = a."id" AND p."status" = ANY(${out}))) END
    LIMIT ${most}`,
  );
}

interface Id {
  readonly id: string;
}

function ids(rows: readonly Id[]): readonly string[] {
  return rows.map(({ id }) => id);
}

function first(all: readonly string[]): readonly string[] {
  return [...new Set(all)].slice(0, most);
}
