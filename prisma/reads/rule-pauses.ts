import type { Instant } from '../../rules/domain/civil-date.ts';
import type { BreakerLimit } from '../../rules/lifecycle/contract.ts';
import type { Database } from '../client.ts';
import { breakerLimitOf, centsOf, instantOf } from '../convert.ts';
import { facilityId } from '../facility.ts';

export interface PausedRule {
  readonly ruleId: string;
  readonly pausedAt: Instant;
  /** What it would have reached. */
  readonly accounts: number;
  readonly amountCents: number;
  readonly limit: BreakerLimit;
}

/** Rules that their circuit breaker stopped and nobody resumed. */
export async function readPausedRules(db: Database): Promise<readonly PausedRule[]> {
  const rows = await db.rulePause.findMany({ where: { facilityId, resumedAt: null }, orderBy: { ruleId: 'asc' } });
  return rows.map(({ ruleId, pausedAt, accounts, amountCents, limit }) => {
    return { ruleId, pausedAt: instantOf(pausedAt), accounts, amountCents: centsOf(amountCents), limit: breakerLimitOf(limit) };
  });
}

export interface Acts {
  readonly accounts: number;
  readonly amountCents: number;
}

/** What a rule did to other accounts since then, and since it was last resumed; no more than `most` accounts are counted. */
export async function countActs(
  db: Database,
  { ruleId, accountId, since, most }: { readonly ruleId: string; readonly accountId: string; readonly since: Date; readonly most: number },
): Promise<Acts> {
  const [row] = await db.$queryRaw<{ accounts: bigint; amountCents: bigint }[]>`
    SELECT count(*) AS "accounts", coalesce(sum(a."amountCents"), 0)::bigint AS "amountCents" FROM (
      SELECT sum(d."amountCents") AS "amountCents" FROM "Decision" d
      WHERE d."facilityId" = ${facilityId}::uuid AND d."ruleId" = ${ruleId} AND d."decidedAt" > greatest(${since}, (
          SELECT p."resumedAt" FROM "RulePause" p WHERE p."facilityId" = ${facilityId}::uuid AND p."ruleId" = ${ruleId}))
        AND d."effect" = 'acted' AND d."accountId" <> ${accountId}::uuid
      GROUP BY d."accountId" LIMIT ${most}) a`;
  return { accounts: Number(row?.accounts ?? 0), amountCents: Number(row?.amountCents ?? 0) };
}

/** Accounts with decisions that the rule's circuit breaker held, by id. */
export async function readHeldAccounts(db: Database, ruleId: string, after: string | null, limit: number): Promise<readonly string[]> {
  const rows = await db.decision.findMany({
    where: { facilityId, ruleId, effect: 'held', ...(after === null ? {} : { accountId: { gt: after } }), account: { terminal: false } },
    distinct: ['accountId'],
    orderBy: { accountId: 'asc' },
    take: limit,
    select: { accountId: true },
  });
  return rows.map(({ accountId }) => accountId);
}
