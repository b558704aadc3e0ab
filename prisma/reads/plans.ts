import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { PromiseCounts } from '../../rules/plans/promise.ts';
import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';
import { accountOf, centsOf, civilOf, dateOf } from '../convert.ts';

export interface StoredPlan {
  readonly planId: string;
  readonly status: string;
  readonly totalCents: number;
  readonly instalmentCents: number;
  readonly firstDueOn: CivilDate;
  readonly lastDueOn: CivilDate;
  readonly by: string;
  readonly statusOn: CivilDate;
  readonly policyId: string;
  /** In the order in which they were named. */
  readonly accounts: readonly {
    readonly accountId: string;
    readonly accountNumber: string;
    readonly shareCents: number;
    readonly account: Account;
  }[];
}

/** By its number; null when no file brought a plan of that number. */
export async function readPlan(db: Database, planId: string): Promise<StoredPlan | null> {
  const row = await db.paymentPlan.findUnique({
    where: { facilityId_planId: { facilityId, planId } },
    include: { accounts: { orderBy: { position: 'asc' }, include: { account: { select: { accountNumber: true, projection: true } } } } },
  });
  if (row === null) return null;
  const { status, by, policyId } = row;
  return {
    planId,
    status,
    by,
    policyId,
    totalCents: centsOf(row.totalCents),
    instalmentCents: centsOf(row.instalmentCents),
    firstDueOn: civilOf(row.firstDueOn),
    lastDueOn: civilOf(row.lastDueOn),
    statusOn: civilOf(row.statusOn),
    accounts: row.accounts.map(({ accountId, shareCents, account: { accountNumber, projection } }) => {
      return { accountId, accountNumber, shareCents: centsOf(shareCents), account: accountOf(projection) };
    }),
  };
}

/** In the order in which they were named; none when there is no such plan. */
export async function readPlanAccounts(db: Database, planId: string): Promise<readonly string[]> {
  const where = { plan: { facilityId, planId } };
  const rows = await db.paymentPlanAccount.findMany({ where, orderBy: { position: 'asc' }, select: { accountId: true } });
  return rows.map(({ accountId }) => accountId);
}

export interface PromisesBy extends PromiseCounts {
  /** Who took them, or the month in which they were due, `2026-03`. */
  readonly of: string;
}

/** Promises that were due in that time, by who took them down or by month, both days included. */
export async function readPromises(
  db: Database,
  { from, to, per }: { readonly from: CivilDate; readonly to: CivilDate; readonly per: 'person' | 'month' },
): Promise<readonly PromisesBy[]> {
  const rows = await db.promiseToPay.groupBy({
    by: ['by', 'dueOn', 'status'],
    where: { facilityId, dueOn: { gte: dateOf(from), lte: dateOf(to) }, status: { not: 'undone' } },
    _count: true,
    _sum: { amountCents: true, paidCents: true },
  });
  const all = new Map<string, PromisesBy>();
  for (const { by, dueOn, status, _count, _sum } of rows) {
    const of = per === 'person' ? by : civilOf(dueOn).slice(0, 7);
    const before = all.get(of) ?? { of, made: 0, open: 0, kept: 0, partlyKept: 0, broken: 0, promisedCents: 0, paidCents: 0 };
    all.set(of, {
      ...before,
      made: before.made + _count,
      [statusOf(status)]: before[statusOf(status)] + _count,
      promisedCents: before.promisedCents + centsOf(_sum.amountCents ?? 0n),
      paidCents: before.paidCents + centsOf(_sum.paidCents ?? 0n),
    });
  }
  return [...all.values()].sort((a, b) => (a.of < b.of ? -1 : 1));
}

function statusOf(status: string): 'open' | 'kept' | 'partlyKept' | 'broken' {
  return status === 'kept' || status === 'partlyKept' || status === 'broken' ? status : 'open';
}
