import { declarationOf } from './catalogue.ts';
import type { DecisionPoint, Facts } from '../domain/decision.ts';
import { basisFact, basisWords, isDateKnown, withRange } from './effective.ts';
import { areApart, canStandTogether, shownFacts } from './overlap.ts';
import type { Report } from './fault.ts';
import { type ProofBudget, prove } from './prove.ts';
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
  if (rule.meta.status !== 'active' || rule.meta.effective.to !== null || rule.meta.effective.basis !== 'decision')
    report('/meta', 'fallback', 'the fallback is always active, goes by the day of the decision and has no last day');
  return isEmpty ? rule : null;
}

function checkPoints(rule: Rule, report: Report): void {
  if (rule.points.length === 0) {
    const message = 'say where the rule is asked: {"fact": "point", "operator": "equal", "value": …} directly under the root "all"';
    return report('/conditions', 'no-point', message);
  }
  if (!isDateKnown(rule)) {
    const { basis } = rule.meta.effective;
    const message = `${basisWords[basis]} ("${basisFact(rule) ?? ''}") is never known at ${rule.points.join(', ')}: the rule would never apply`;
    report('/meta/effective/basis', 'fact-not-known-at-point', message);
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
  const byName = new Map<string, Rule>();
  for (const { rule, report } of placed) {
    const other = byName.get(rule.id);
    if (other !== undefined) {
      report(
        '/name',
        'equal-names',
        `there is a rule "${rule.id}" already; a new version takes the place of the old one, or stands beside it under a name of its own and other dates`,
      );
      if (canStandTogether(rule, other)) report('/meta/effective', 'effective-range', overlapping(rule, other));
    }
    byName.set(rule.id, rule);
  }
}

function overlapping({ id, meta: { effective } }: Rule, { meta: { effective: other } }: Rule): string {
  if (effective.basis !== other.basis)
    return `the other "${id}" goes by ${basisWords[other.basis]}, this one by ${basisWords[effective.basis]}: both can apply to one case; let both go by the same date`;
  return `it overlaps the other "${id}", from ${other.from}${other.to === null ? '' : ` to ${other.to}`} by ${basisWords[other.basis]}`;
}

/** What all proofs about equal priorities may cost together: some seconds. Beyond it they count as able to match both. */
const budgetOfPriorities = 10_000_000;

/** Equal priorities are settled by chance in json-rules-engine: allowed only where it is proved that never both match. */
function checkPriorities(placed: readonly PlacedRule[]): void {
  const budget: ProofBudget = { left: budgetOfPriorities };
  const ranks = new Map<string, Rule[]>();
  for (const { rule, report } of placed)
    for (const point of rule.points) {
      const rank = `${point} ${rule.priority}`;
      const others = ranks.get(rank) ?? [];
      const other = others.find((o) => o.id !== rule.id && canBothMatch([rule, o], point, budget) !== null);
      if (other !== undefined) report('/priority', 'equal-priorities', bothMatch([rule, other], point, budget));
      ranks.set(rank, [...others, rule]);
    }
}

function bothMatch([rule, other]: readonly [Rule, Rule], point: DecisionPoint, budget: ProofBudget): string {
  const witness = canBothMatch([rule, other], point, budget);
  const proof =
    witness === null || witness === 'undecided' ? 'it is not proved that never both match' : `both match ${shownFacts(witness)}`;
  return `"${other.id}" has priority ${rule.priority} at "${point}" too, and ${proof}; choose who goes first`;
}

function canBothMatch([rule, other]: readonly [Rule, Rule], point: DecisionPoint, budget: ProofBudget): Facts | 'undecided' | null {
  if (!canStandTogether(rule, other) || areApart(rule, other)) return null;
  const goals = [rule, other].map((one) => ({ condition: withRange(one), wanted: true }));
  const proof = prove(goals, point, { all: budget });
  return proof.kind === 'witness' ? proof.facts : proof.kind === 'none' ? null : 'undecided';
}
