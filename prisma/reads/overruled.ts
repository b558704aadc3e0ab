import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { grouped } from '../../rules/domain/grouped.ts';
import type { Database } from '../client.ts';
import { civilOf, noteOf } from '../convert.ts';
import { facilityId } from '../facility.ts';

/** How often people did otherwise than one rule said, and why. */
export interface OverruledRule {
  readonly ruleId: string;
  readonly overrides: number;
  /** Decisions of the rule since that day. */
  readonly decisions: number;
  /** By reason, and by what was chosen, the most frequent first. */
  readonly reasons: readonly { readonly name: string; readonly count: number }[];
  readonly chosen: readonly { readonly name: string; readonly count: number }[];
  readonly lastOn: CivilDate;
}

/** The rules that people overrule most. What they took back does not count. */
export async function readOverruled(db: Database, since: CivilDate | null): Promise<readonly OverruledRule[]> {
  const from = new Date(since ?? '1900-01-01');
  const rows = await db.override.groupBy({
    by: ['ruleId', 'reason', 'action'],
    where: { facilityId, isUndone: false, on: { gte: from } },
    _count: true,
    _max: { on: true },
  });
  const decisions = await db.decision.groupBy({
    by: ['ruleId'],
    where: { facilityId, ruleId: { in: [...new Set(rows.map(({ ruleId }) => ruleId))] }, decidedAt: { gte: from } },
    _count: true,
  });
  const decided = new Map(decisions.map(({ ruleId, _count }) => [ruleId, _count]));
  return [...grouped(rows, ({ ruleId }) => ruleId)]
    .map(([ruleId, all]) => ({
      ruleId,
      overrides: all.reduce((sum, { _count }) => sum + _count, 0),
      decisions: decided.get(ruleId) ?? 0,
      reasons: counted(all, ({ reason }) => reason),
      chosen: counted(all, ({ action }) => action),
      lastOn: civilOf(new Date(Math.max(...all.map(({ _max }) => _max.on?.getTime() ?? 0)))),
    }))
    .sort((a, b) => b.overrides - a.overrides || (a.ruleId < b.ruleId ? -1 : 1));
}

function counted<T extends { readonly _count: number }>(rows: readonly T[], nameOf: (row: T) => string) {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(nameOf(row), (sums.get(nameOf(row)) ?? 0) + row._count);
  return [...sums].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** What a person did otherwise than that decision, with their own words; null when nobody did, or took it back. */
export async function readOverrideOf(db: Database, accountId: string, decisionId: string) {
  const found = await db.override.findFirst({ where: { accountId, decisionId, isUndone: false } });
  if (found === null) return null;
  const { action, reason, by, on, formId } = found;
  const form = await db.taskForm.findUnique({ where: { id: formId }, select: { body: true } });
  return { action, reason, by, on: civilOf(on), note: form === null ? null : noteOf(form.body) };
}
