import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { AskedDecision } from '../../rules/administration/compare.ts';
import type { Account } from '../../rules/domain/account.ts';
import type { Database } from '../client.ts';
import { accountOf, askedDecisionOf, centsOf } from '../convert.ts';
import { facilityId } from '../facility.ts';

/** The denials of one case under one group and CARC. */
export interface StoredDenial {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly caseId: string;
  readonly payerId: string;
  readonly group: string;
  readonly carc: string;
  readonly amountCents: number;
  /** The last time the rules were asked about the case; null when they never were. */
  readonly asked: AskedDecision | null;
}

/** Below every account: each page then begins in the index where the last one ended. */
const beforeAll = '00000000-0000-0000-0000-000000000000';

/** Denials that were not undone, those of a page of accounts at once, by account id. `since` is a date of the remittance; null is from the beginning. */
export async function* readStoredDenials(db: Database, since: CivilDate | null, pageSize = 1_000): AsyncGenerator<readonly StoredDenial[]> {
  for (let after = beforeAll; ; ) {
    const rows: readonly DenialRow[] = await db.$queryRaw<DenialRow[]>`
      WITH concerned AS (
        SELECT DISTINCT "accountId" FROM "DenialRecord"
        WHERE "facilityId" = ${facilityId}::uuid AND "caseStatus" <> 'undone' AND "deniedOn" >= COALESCE(${since}::date, '-infinity')
          AND "accountId" > ${after}::uuid
        ORDER BY "accountId" LIMIT ${pageSize}),
      denied AS (
        SELECT "accountId", "caseId", "payerId", "group", "carc", sum("amountCents")::bigint AS "amountCents"
        FROM "DenialRecord" JOIN concerned USING ("accountId")
        WHERE "caseStatus" <> 'undone' AND "deniedOn" >= COALESCE(${since}::date, '-infinity')
        GROUP BY 1, 2, 3, 4, 5)
      SELECT r.*, a."accountNumber", d."id", d."asOf"::text AS "asOf", d."facts"
      FROM denied r JOIN "Account" a ON a."id" = r."accountId"
      LEFT JOIN LATERAL (
        SELECT "id", "asOf", "facts" FROM "Decision"
        WHERE "accountId" = r."accountId" AND starts_with("questionKey", 'denied:' || r."caseId" || '#')
        ORDER BY "number" DESC LIMIT 1) d ON true
      ORDER BY r."accountId", r."caseId", r."carc", r."group"`;
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(toDenial);
    after = last.accountId;
  }
}

/** The folded accounts, by id. */
export async function readAccountsById(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, Account>> {
  const rows = await db.account.findMany({ where: { id: { in: [...ids] } }, select: { id: true, projection: true } });
  return new Map(rows.map(({ id, projection }) => [id, accountOf(projection)]));
}

interface DenialRow {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly caseId: string;
  readonly payerId: string;
  readonly group: string;
  readonly carc: string;
  readonly amountCents: bigint;
  readonly id: string | null;
  readonly asOf: string | null;
  readonly facts: string | null;
}

function toDenial({ id, asOf, facts, amountCents, ...row }: DenialRow): StoredDenial {
  const asked = id === null || asOf === null || facts === null ? null : askedDecisionOf({ id, asOf, facts });
  return { ...row, amountCents: centsOf(amountCents), asked };
}
