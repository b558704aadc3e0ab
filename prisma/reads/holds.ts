import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { assistanceHold } from '../../rules/domain/assistance.ts';
import { holdComing, holdGoing, type PersonHold } from '../../rules/domain/hold.ts';
import type { Database } from '../client.ts';
import { civilOf, dateOf } from '../convert.ts';
import { facilityId } from '../facility.ts';

interface HoldRow {
  readonly asked: string;
  /** The account it is on: the one asked about, or another of the person. */
  readonly of: string;
  /** Of a hold in force; null where something stored may place one. */
  readonly hold: string | null;
  readonly body: unknown;
}

/**
 * The holds that count for each account at this moment, by name: those in force, those that are stored and that no turn has taken, and of the other
 * accounts of the same guarantor those of the person (`ofPerson`).
 */
export async function readHoldsNow(
  db: Database,
  accountIds: readonly string[],
  ofPerson: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (accountIds.length === 0) return new Map();
  const rows = await db.$queryRaw<HoldRow[]>`
    WITH kin AS (
      SELECT a."id" AS "asked", a."id" AS "of" FROM "Account" a WHERE a."id" = ANY(${[...accountIds]}::uuid[])
      UNION
      SELECT a."id", o."id" FROM "Account" a JOIN "Account" o ON o."guarantorId" = a."guarantorId" WHERE a."id" = ANY(${[...accountIds]}::uuid[])
    )
    SELECT k."asked"::text, k."of"::text, h."hold", NULL::jsonb AS "body"
      FROM kin k JOIN "AccountHold" h ON h."accountId" = k."of" AND h."releasedOn" IS NULL
    UNION ALL
    SELECT k."asked"::text, k."of"::text, NULL, e."body" FROM kin k JOIN "AccountEvent" e ON e."accountId" = k."of" AND e."position" IS NULL
    UNION ALL
    SELECT k."asked"::text, k."of"::text, NULL, f."body"
      FROM kin k JOIN "TaskForm" f ON f."accountId" = k."of" AND f."status" = 'submitted'`;
  // What another account is about to release holds nobody else any more; on its own account a hold counts until it has taken the release.
  const going = new Set(rows.flatMap(({ of, body }) => (holdGoing(body) === null ? [] : [`${of} ${holdGoing(body)}`])));
  const found = new Map<string, string[]>();
  for (const { asked, of, hold, body } of rows) {
    const name = hold ?? holdComing(body);
    // An application that just came is of the person, whichever of their accounts it named.
    const isOfPerson = name !== null && (ofPerson.includes(name) || (name === assistanceHold && hold === null));
    const counts = name !== null && (asked === of || (isOfPerson && !(hold !== null && going.has(`${of} ${hold}`))));
    if (counts) found.set(asked, [...(found.get(asked) ?? []), name]);
  }
  return found;
}

/** Holds of the person in force on other accounts of the same guarantor, where they were placed first. */
export async function readPersonHolds(db: Database, accountId: string, ofPerson: readonly string[]): Promise<readonly PersonHold[]> {
  const rows = await db.$queryRaw<{ hold: string; since: Date; reference: string | null }[]>`
    SELECT h."hold", min(h."since") AS "since", min(h."reference") AS "reference"
    FROM "Account" a JOIN "Account" o ON o."guarantorId" = a."guarantorId" AND o."id" <> a."id"
    JOIN "AccountHold" h ON h."accountId" = o."id" AND h."releasedOn" IS NULL AND h."hold" = ANY(${[...ofPerson]})
      AND h."source" IS DISTINCT FROM 'otherAccount'
    WHERE a."id" = ${accountId}::uuid GROUP BY h."hold" ORDER BY h."hold"`;
  return rows.map(({ hold, since, reference }) => ({ hold, since: civilOf(since), reference }));
}

/** The other accounts of the same guarantor that are not ended, or that still have one of these holds. */
export async function readOtherAccounts(db: Database, accountId: string, holds: readonly string[]): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT o."id"::text FROM "Account" a JOIN "Account" o ON o."guarantorId" = a."guarantorId" AND o."id" <> a."id"
    WHERE a."id" = ${accountId}::uuid AND (NOT o."terminal" OR EXISTS (
      SELECT 1 FROM "AccountHold" h WHERE h."accountId" = o."id" AND h."releasedOn" IS NULL AND h."hold" = ANY(${[...holds]})))
    ORDER BY o."id"`;
  return rows.map(({ id }) => id);
}

/** Accounts by guarantor, those that are ended too. */
export async function readAccountsOfGuarantors(
  db: Database,
  guarantorIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db.account.findMany({
    where: { facilityId, guarantorId: { in: [...guarantorIds] } },
    select: { id: true, guarantorId: true },
    orderBy: { id: 'asc' },
  });
  const found = new Map<string, string[]>();
  for (const { id, guarantorId } of rows) if (guarantorId !== null) found.set(guarantorId, [...(found.get(guarantorId) ?? []), id]);
  return found;
}

export interface HoldEntry {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly hold: string;
  readonly since: CivilDate;
  readonly reviewOn: CivilDate;
  readonly source: string | null;
  readonly reference: string | null;
  readonly owner: string | null;
  readonly found: string | null;
}

export interface HoldsQuestion {
  readonly hold?: string;
  readonly accountId?: string;
  /** To be looked at on that day or before. */
  readonly reviewBy?: CivilDate;
  readonly limit: number;
}

/** Holds in force, those to be looked at first first. */
export async function listHolds(db: Database, { hold, accountId, reviewBy, limit }: HoldsQuestion): Promise<readonly HoldEntry[]> {
  const rows = await db.accountHold.findMany({
    where: {
      facilityId,
      releasedOn: null,
      ...(hold === undefined ? {} : { hold }),
      ...(accountId === undefined ? {} : { accountId }),
      ...(reviewBy === undefined ? {} : { reviewOn: { lte: dateOf(reviewBy) } }),
    },
    orderBy: [{ reviewOn: 'asc' }, { accountId: 'asc' }, { number: 'asc' }],
    take: limit,
    include: { account: { select: { accountNumber: true } } },
  });
  return rows.map(({ account, since, reviewOn, releasedOn: _r, number: _n, organisationId: _o, facilityId: _f, ...row }) => {
    return { ...row, since: civilOf(since), reviewOn: civilOf(reviewOn), accountNumber: account.accountNumber };
  });
}
