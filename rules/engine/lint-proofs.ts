import { addDays, isCivilDate } from '../domain/civil-date.ts';
import type { DecisionPoint, Facts, RuleTimer } from '../domain/decision.ts';
import { canonicalText } from './canonical.ts';
import { compile } from './compile.ts';
import { canStandOn, withRange } from './effective.ts';
import { neighbours, shownFacts } from './overlap.ts';
import { type Goal, type Proof, type ProofBudget, prove } from './prove.ts';
import { type Condition, fallbackPriority, type Leaf, leavesOf, type ReportRule, type Rule, type RuleSet } from './rule.ts';

interface Proving {
  readonly fault: ReportRule;
  readonly warn: ReportRule;
  readonly budget: ProofBudget;
}

/** What all proofs about one set may cost together: about ten seconds; the shipped rules take a twentieth. */
const budgetOfAll = 20_000_000;

/** What is proved of the rules together, each time with facts that show it or by trying every class of values; never guessed. */
export function proofsOf(ruleSet: RuleSet, reports: Omit<Proving, 'budget'>, budget: ProofBudget = { left: budgetOfAll }): void {
  const { winner } = compile(ruleSet);
  const near = neighbours(ruleSet.rules);
  const proving = { ...reports, budget };
  const standing = ruleSet.rules.filter(({ priority, meta }) => priority !== fallbackPriority && meta.status === 'active');
  for (const [n, rule] of standing.entries()) {
    if (budget.left <= 0) return reports.warn(rule, '', 'not-decided', unproved(standing.length - n, standing.length));
    proveRule(rule, { others: near(rule), fallback: ruleSet.fallback, winner }, proving);
  }
}

interface RulesToProve {
  /** Those that can match with it, by descending priority. */
  readonly others: readonly Rule[];
  readonly fallback: Rule;
  readonly winner: (facts: Facts, asOf: string) => Rule;
}

function proveRule(rule: Rule, rules: RulesToProve, proving: Proving): void {
  if (!isSatisfiable(rule, proving)) return;
  deadMembers(rule, proving);
  timerBeyondDeadline(rule, proving);
  const reach = reachOf(rule, rules, proving.budget);
  if (reach.kind === 'none') proving.fault(rule, '/conditions', 'unreachable-rule', covered(reach.by));
  else if (reach.kind === 'undecided') proving.warn(rule, '/conditions', 'not-decided', undecided('whether the rule can ever win'));
  else redundant(rule, rules, proving);
}

function isSatisfiable(rule: Rule, { fault, budget }: Proving): boolean {
  const proofs = rule.points.map((point) => prove([matching(rule)], point, { all: budget }));
  if (proofs.some(({ kind }) => kind !== 'none')) return true;
  fault(
    rule,
    '/conditions',
    'dead-condition',
    'the conditions contradict each other or the dates: no facts meet them all; change one of them',
  );
  return false;
}

/** A member of an `any` that cannot hold where the rule matches says nothing. */
function deadMembers(rule: Rule, { fault, warn, budget }: Proving): void {
  for (const { condition, pointer } of anyMembers(rule.condition, '/conditions')) {
    const goals = [withRange(rule), condition].map((c): Goal => ({ condition: c, wanted: true }));
    const proofs = rule.points.map((point) => prove(goals, point, { all: budget }).kind);
    if (proofs.every((kind) => kind === 'none'))
      fault(rule, pointer, 'dead-condition', 'this alternative never holds where the rule matches; correct or remove it');
    else if (!proofs.includes('witness')) warn(rule, pointer, 'not-decided', undecided('whether this alternative can ever hold'));
  }
}

function anyMembers(condition: Condition, pointer: string): readonly { readonly condition: Condition; readonly pointer: string }[] {
  if (condition.kind === 'leaf' || condition.kind === 'not') return [];
  return condition.members.flatMap((member, index) => {
    const at = `${pointer}/${condition.kind}/${index}`;
    return [...(condition.kind === 'any' ? [{ condition: member, pointer: at }] : []), ...anyMembers(member, at)];
  });
}

/** A rule that looks at the days left and then waits longer than they may be: facts that show it are the fault. */
function timerBeyondDeadline(rule: Rule, { fault, budget }: Proving): void {
  const { timer } = rule.answer;
  if (timer === null) return;
  const longest = daysOf(timer);
  const guarded = new Set(leavesOf(rule.condition).flatMap(({ fact }) => (fact.startsWith('left.') ? [fact] : [])));
  for (const fact of guarded) {
    const within: Leaf = { kind: 'leaf', pointer: '', fact, operator: 'between', value: [0, longest - 1] };
    const goals = [withRange(rule), within].map((condition): Goal => ({ condition, wanted: true }));
    const proof = rule.points.map((point) => prove(goals, point, { all: budget })).find(({ kind }) => kind === 'witness');
    if (proof?.kind !== 'witness') continue;
    const message = `"${timer.duration}" can pass the deadline of "${fact}", ${shownFacts(proof.facts)}; shorten it or ask for at least ${longest} days`;
    fault(rule, '/event/params/timer/duration', 'timer-beyond-deadline', message);
  }
}

/** Calendar days a timer takes at most. */
export function daysOf({ duration }: RuleTimer): number {
  const [amount = '0', ...unit] = duration.split(' ');
  const count = Number(amount);
  if (unit[0] === 'business') return Math.ceil((count * 7) / 5) + 2;
  return unit[0]?.startsWith('week') === true ? count * 7 : count;
}

type Reach = { readonly kind: 'witness' } | { readonly kind: 'undecided' } | { readonly kind: 'none'; readonly by: readonly string[] };

/** Whether the rule wins for some facts on some day of its range. */
function reachOf(rule: Rule, { others, winner }: RulesToProve, budget: ProofBudget): Reach {
  const higher = others.filter((other) => other.priority > rule.priority);
  const by = new Set<string>();
  let isDecided = true;
  for (const point of rule.points)
    for (const day of daysThatMatter(rule, higher)) {
      const above = higher.filter((other) => other.points.includes(point) && canStandOn(other, day));
      const proof = prove([matching(rule), ...above.map(failing)], point, { all: budget });
      if (proof.kind === 'witness' && winner(proof.facts, day) === rule) return { kind: 'witness' };
      if (proof.kind !== 'none') isDecided = false;
      for (const { id } of above) by.add(id);
    }
  return isDecided ? { kind: 'none', by: [...by] } : { kind: 'undecided' };
}

/**
 * Days of a decision on which another set of rules stands above it: its first, and those on which one above begins or has just ended. Nothing is
 * decided before the service was given or the denial received.
 */
function daysThatMatter(rule: Rule, higher: readonly Rule[]): readonly string[] {
  const { from } = rule.meta.effective;
  const dated = higher.filter(({ meta }) => meta.effective.basis === 'decision');
  const changes = dated.flatMap(({ meta: { effective } }) => [effective.from, ...(effective.to === null ? [] : [dayAfter(effective.to)])]);
  return [...new Set([from, ...changes])].filter((day) => day >= from && canStandOn(rule, day)).sort();
}

function dayAfter(day: string): string {
  return isCivilDate(day) ? addDays(day, 1) : day;
}

/** Removing a redundant rule changes no answer: whatever it wins, the next rule that matches answers the same. */
function redundant(rule: Rule, { others, fallback }: RulesToProve, { warn, budget }: Proving): void {
  const heirs = others.filter((other) => other.priority < rule.priority);
  if (!heirs.some((heir) => heir !== fallback && answers(heir) === answers(rule))) return;
  const above = others.filter((other) => other.priority > rule.priority);
  for (const point of rule.points)
    for (const day of daysThatMatter(rule, others)) {
      const standing = (rules: readonly Rule[]) => rules.filter((other) => other.points.includes(point) && canStandOn(other, day));
      const proof = anotherAnswer(rule, { above: standing(above), heirs: standing(heirs), point }, budget);
      if (proof === 'witness') return;
      if (proof === 'undecided') return warn(rule, '', 'not-decided', undecided('whether the rule changes any answer'));
    }
  warn(rule, '', 'redundant-rule', 'without it every case would get the same answer from a rule beneath; remove it or say what differs');
}

function anotherAnswer(
  rule: Rule,
  about: { readonly above: readonly Rule[]; readonly heirs: readonly Rule[]; readonly point: DecisionPoint },
  budget: ProofBudget,
): Proof['kind'] {
  const passed: Goal[] = [matching(rule), ...about.above.map(failing)];
  let isDecided = true;
  for (const heir of about.heirs) {
    if (answers(heir) !== answers(rule)) {
      const { kind } = prove([...passed, matching(heir)], about.point, { all: budget });
      if (kind === 'witness') return kind;
      if (kind === 'undecided') isDecided = false;
    }
    passed.push(failing(heir));
  }
  return isDecided ? 'none' : 'undecided';
}

function answers({ answer }: Rule): string {
  return canonicalText(answer);
}

function matching(rule: Rule): Goal {
  return { condition: withRange(rule), wanted: true };
}

function failing(rule: Rule): Goal {
  return { condition: withRange(rule), wanted: false };
}

function covered(by: readonly string[]): string {
  return `rules above match whatever this one would (${by.slice(0, 5).join(', ')}); give it a higher priority, narrow those, or remove it`;
}

function unproved(count: number, of: number): string {
  return `what all proofs together may cost is spent: of ${of} rules the ${count} of lowest priority, this one first, were not proved to be reachable and free of contradictions; lint them in smaller sets`;
}

function undecided(what: string): string {
  return `it could not be decided within the budget of one proof ${what}; split the rule or the ones above it`;
}
