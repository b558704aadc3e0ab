import { addDays, isCivilDate } from '../domain/civil-date.ts';
import type { DecisionPoint, Facts, RuleTimer } from '../domain/decision.ts';
import { canonicalText } from './canonical.ts';
import { compile } from './compile.ts';
import { canStandOn, withRange } from './effective.ts';
import { areApart, canStandTogether, shownFacts } from './overlap.ts';
import { type Goal, type Proof, prove } from './prove.ts';
import { type Condition, fallbackPriority, type Leaf, leavesOf, type ReportRule, type Rule, type RuleSet } from './rule.ts';

interface Reports {
  readonly fault: ReportRule;
  readonly warn: ReportRule;
}

/** What is proved of the rules together, each time with facts that show it or by trying every class of values; never guessed. */
export function proofsOf(ruleSet: RuleSet, reports: Reports): void {
  const { winner } = compile(ruleSet);
  for (const rule of ruleSet.rules) {
    if (rule.priority === fallbackPriority || rule.meta.status !== 'active') continue;
    if (!isSatisfiable(rule, reports)) continue;
    deadMembers(rule, reports);
    timerBeyondDeadline(rule, reports);
    const reach = reachOf(rule, ruleSet, winner);
    if (reach.kind === 'none') reports.fault(rule, '/conditions', 'unreachable-rule', covered(reach.by));
    else if (reach.kind === 'undecided') reports.warn(rule, '/conditions', 'not-decided', undecided('whether the rule can ever win'));
    else redundant(rule, ruleSet, reports);
  }
}

function isSatisfiable(rule: Rule, { fault }: Reports): boolean {
  const proofs = rule.points.map((point) => prove([matching(rule)], point));
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
function deadMembers(rule: Rule, { fault, warn }: Reports): void {
  for (const { condition, pointer } of anyMembers(rule.condition, '/conditions')) {
    const goals = [withRange(rule), condition].map((c): Goal => ({ condition: c, wanted: true }));
    const proofs = rule.points.map((point) => prove(goals, point).kind);
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
function timerBeyondDeadline(rule: Rule, { fault }: Reports): void {
  const { timer } = rule.answer;
  if (timer === null) return;
  const longest = daysOf(timer);
  const guarded = new Set(leavesOf(rule.condition).flatMap(({ fact }) => (fact.startsWith('left.') ? [fact] : [])));
  for (const fact of guarded) {
    const within: Leaf = { kind: 'leaf', pointer: '', fact, operator: 'between', value: [0, longest - 1] };
    const goals = [withRange(rule), within].map((condition): Goal => ({ condition, wanted: true }));
    const proof = rule.points.map((point) => prove(goals, point)).find(({ kind }) => kind === 'witness');
    if (proof?.kind !== 'witness') continue;
    const message = `"${timer.duration}" can pass the deadline of "${fact}", ${shownFacts(proof.facts)}; shorten it or ask for at least ${longest} days`;
    fault(rule, '/event/params/timer/duration', 'timer-beyond-deadline', message);
  }
}

/** Calendar days a timer takes at most. */
function daysOf({ duration }: RuleTimer): number {
  const [amount = '0', ...unit] = duration.split(' ');
  const count = Number(amount);
  if (unit[0] === 'business') return Math.ceil((count * 7) / 5) + 2;
  return unit[0]?.startsWith('week') === true ? count * 7 : count;
}

type Reach = { readonly kind: 'witness' } | { readonly kind: 'undecided' } | { readonly kind: 'none'; readonly by: readonly string[] };

/** Whether the rule wins for some facts on some day of its range. */
function reachOf(rule: Rule, ruleSet: RuleSet, winner: (facts: Facts, asOf: string) => Rule): Reach {
  const higher = ruleSet.rules.filter((other) => other.priority > rule.priority && canStandTogether(rule, other) && !areApart(rule, other));
  const by = new Set<string>();
  let isDecided = true;
  for (const point of rule.points)
    for (const day of daysThatMatter(rule, higher)) {
      const above = higher.filter((other) => other.points.includes(point) && canStandOn(other, day));
      const proof = prove([matching(rule), ...above.map(failing)], point);
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
function redundant(rule: Rule, ruleSet: RuleSet, { warn }: Reports): void {
  const others = ruleSet.rules.filter((other) => other !== rule && canStandTogether(rule, other) && !areApart(rule, other));
  const heirs = others.filter((other) => other.priority < rule.priority);
  if (!heirs.some((heir) => heir !== ruleSet.fallback && answers(heir) === answers(rule))) return;
  const above = others.filter((other) => other.priority > rule.priority);
  for (const point of rule.points)
    for (const day of daysThatMatter(rule, others)) {
      const standing = (rules: readonly Rule[]) => rules.filter((other) => other.points.includes(point) && canStandOn(other, day));
      const proof = anotherAnswer(rule, { above: standing(above), heirs: standing(heirs), point });
      if (proof === 'witness') return;
      if (proof === 'undecided') return warn(rule, '', 'not-decided', undecided('whether the rule changes any answer'));
    }
  warn(rule, '', 'redundant-rule', 'without it every case would get the same answer from a rule beneath; remove it or say what differs');
}

function anotherAnswer(
  rule: Rule,
  about: { readonly above: readonly Rule[]; readonly heirs: readonly Rule[]; readonly point: DecisionPoint },
): Proof['kind'] {
  const passed: Goal[] = [matching(rule), ...about.above.map(failing)];
  let isDecided = true;
  for (const heir of about.heirs) {
    if (answers(heir) !== answers(rule)) {
      const { kind } = prove([...passed, matching(heir)], about.point);
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

function undecided(what: string): string {
  return `it could not be decided within the budget of one proof ${what}; split the rule or the ones above it`;
}
