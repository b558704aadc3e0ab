import { declarationOf } from './catalogue.ts';
import type { Report } from './fault.ts';
import { fallbackPriority, leavesOf, type Rule, restrictionOn } from './rule.ts';

/** A rule and a way to report on it: pointers are from the rule's root. */
export interface PlacedRule {
  readonly rule: Rule;
  readonly report: Report;
}

/** The checks that need more than one rule, or a rule as a whole. */
export function checkSet(placed: readonly PlacedRule[]): void {
  const ordinary = placed.filter(({ rule }) => rule.priority !== fallbackPriority);
  for (const { rule, report } of ordinary) {
    checkPoints(rule, report);
    checkScope(rule, report);
  }
  checkNames(placed);
  checkPriorities(ordinary);
}

/** The one rule of priority 1, whose conditions are an empty `all`; null after reporting what is wrong with it. */
export function fallbackOf(placed: readonly PlacedRule[], reportSet: Report): Rule | null {
  const candidates = placed.filter(({ rule }) => rule.priority === fallbackPriority);
  const [first, ...others] = candidates;
  if (first === undefined) reportSet('/rules', 'fallback', 'add one rule with priority 1 and "all": [] that routes to a person');
  for (const { report } of others) report('/priority', 'fallback', 'there is a fallback already; give this rule a priority of its band');
  if (first === undefined || others.length > 0) return null;
  const { rule, report } = first;
  const isEmpty = rule.condition.kind === 'all' && rule.condition.members.length === 0;
  if (!isEmpty) report('/conditions', 'fallback', 'priority 1 is the fallback: write "all": [] so that it always answers');
  if (rule.answer.action !== 'routeToPerson') report('/event/params/action', 'fallback', 'the fallback routes to a person');
  if (rule.meta.status !== 'active' || rule.meta.effective.to !== null)
    report('/meta', 'fallback', 'the fallback is always active and has no last day');
  return isEmpty ? rule : null;
}

function checkPoints(rule: Rule, report: Report): void {
  if (rule.points.length === 0) {
    const message = 'say where the rule is asked: {"fact": "point", "operator": "equal", "value": …} directly under the root "all"';
    return report('/conditions', 'no-point', message);
  }
  for (const leaf of leavesOf(rule.condition)) {
    const known = declarationOf(leaf.fact)?.points ?? [];
    if (rule.points.some((point) => known.includes(point))) continue;
    const message = `"${leaf.fact}" is never known at ${rule.points.join(', ')}; it is known at ${known.join(', ')}`;
    report(leaf.pointer, 'fact-not-known-at-point', message);
  }
}

/** Bands (RULES §2), so that precedence explains itself: the narrower the scope, the higher the priority. */
function checkScope({ condition, priority, payerIds, meta }: Rule, report: Report): void {
  const classes = restrictionOn(condition, 'payer.class');
  const [low, high] = payerIds !== null ? [2000, 99_999] : classes !== null ? [1000, 1999] : [100, 999];
  if (priority < low || priority > high)
    report('/priority', 'priority-band', `by its conditions about the payer, the rule belongs between ${low} and ${high}`);
  const scope = payerIds ?? classes?.map((c) => `class:${c}`) ?? ['*'];
  if ([...scope].sort().join() !== [...meta.payers].sort().join())
    report('/meta/payers', 'payers-differ', `the conditions say ${JSON.stringify(scope)}; write the same`);
}

function checkNames(placed: readonly PlacedRule[]): void {
  const names = new Set<string>();
  for (const { rule, report } of placed) {
    if (names.has(rule.id)) report('/name', 'equal-names', `there is a rule "${rule.id}" already`);
    names.add(rule.id);
  }
}

function checkPriorities(placed: readonly PlacedRule[]): void {
  const ranks = new Map<string, string>();
  for (const { rule, report } of placed)
    for (const point of rule.points) {
      const rank = `${point} ${rule.priority}`;
      const other = ranks.get(rank);
      if (other !== undefined)
        report('/priority', 'equal-priorities', `"${other}" has priority ${rule.priority} at "${point}" too; choose who goes first`);
      ranks.set(rank, rule.id);
    }
}
