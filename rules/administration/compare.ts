import { type CivilDate, civilDate } from '../domain/civil-date.ts';
import type { Action, Facts, Queue } from '../domain/decision.ts';
import { canonicalText } from '../engine/canonical.ts';
import { compile } from '../engine/compile.ts';
import type { Rule, RuleSet } from '../engine/rule.ts';
import { amountOf, dueOn, outwaited, taskQueue } from './outcome.ts';

/** One decision as it was asked. Facts left out are null. */
export interface AskedDecision {
  /** `<account>:q<n>` */
  readonly id: string;
  readonly asOf: string;
  readonly facts: Facts;
}

/** A decision that the draft answers by another rule or in another way. */
export interface Pair {
  readonly from: Rule;
  readonly to: Rule;
  /** False when only another rule gives the same answer. */
  readonly isOtherAnswer: boolean;
  /** The draft's winner is new or changed and was already in force for the case, by whichever of its dates decides: we know late. */
  readonly isLate: boolean;
}

export interface CompareOptions {
  /** The day on which the draft would be published: a new rule in force before it is backdated. */
  readonly publishedOn: CivilDate;
  /** Ask both sets as if every decision were made on that day; null is each on its own. */
  readonly askedOn: CivilDate | null;
}

export type Compare = (asked: AskedDecision) => Pair | null;

/** Compares the two sets decision by decision; null when rule and answer are the same. Nothing but the two winners is looked for. */
export function comparer(live: RuleSet, draft: RuleSet, { publishedOn, askedOn }: CompareOptions): Compare {
  const [before, after] = [compile(live), compile(draft)];
  const answers = new Map([...live.rules, ...draft.rules].map((rule) => [rule, canonicalText(rule.answer)]));
  const changed = changedRules(live, draft);
  return ({ facts, asOf }) => {
    const [from, to] = [before.winner(facts, askedOn ?? asOf), after.winner(facts, askedOn ?? asOf)];
    const isOtherAnswer = answers.get(from) !== answers.get(to);
    if (!isOtherAnswer && from.id === to.id) return null;
    const isLate = isOtherAnswer && askedOn === null && asOf < publishedOn && changed.has(to);
    return { from, to, isOtherAnswer, isLate };
  };
}

/** Rules of the draft that are not in the live set: what decides them, and when, stands there in other words or not at all. */
export function changedRules(live: RuleSet, draft: RuleSet): ReadonlySet<Rule> {
  const known = new Map(live.rules.map((rule) => [rule.id, fingerprint(rule)]));
  return new Set(draft.rules.filter((rule) => known.get(rule.id) !== fingerprint(rule)));
}

/** Rules of the live set that the draft has no more. */
export function removedRules(live: RuleSet, draft: RuleSet): readonly Rule[] {
  const kept = new Set(draft.rules.map(({ id }) => id));
  return live.rules.filter(({ id }) => !kept.has(id));
}

/** Reason, owner and examples of a rule do not count. */
function fingerprint({ source, meta: { status, effective } }: Rule): string {
  return canonicalText([JSON.parse(source), status, effective]);
}

/** What one of the two sets answers, with what comes of it. */
export interface Side {
  readonly ruleId: string;
  readonly action: Action;
  readonly queue: Queue;
  /** Where a task would wait; null when the answer makes none. */
  readonly taskQueue: Queue | null;
  readonly dueOn: CivilDate | null;
}

export interface Difference {
  readonly from: Side;
  readonly to: Side;
  readonly amountCents: number;
  readonly moves: { readonly action: boolean; readonly owner: boolean; readonly date: boolean };
  /** A window that waiting by the draft would let close, and the live rules would not. */
  readonly atRisk: { readonly window: string; readonly on: CivilDate } | null;
}

/** What a pair means for the account it stands on. */
export function differenceOf({ from, to }: Pair, { facts, asOf: on }: AskedDecision): Difference {
  const asOf = civilDate(on);
  const [before, after] = [sideOf(from, facts, asOf), sideOf(to, facts, asOf)];
  const risk = outwaited(to.answer, facts, asOf);
  return {
    from: before,
    to: after,
    amountCents: amountOf(facts),
    moves: { action: before.action !== after.action, owner: before.taskQueue !== after.taskQueue, date: before.dueOn !== after.dueOn },
    atRisk: risk !== null && outwaited(from.answer, facts, asOf) === null ? risk : null,
  };
}

export function sideOf({ id: ruleId, answer }: Rule, facts: Facts, asOf: CivilDate): Side {
  const { action, queue } = answer;
  return { ruleId, action, queue, taskQueue: taskQueue(answer), dueOn: dueOn(answer, facts, asOf) };
}
