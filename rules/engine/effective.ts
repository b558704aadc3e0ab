import type { DecisionPoint, EffectiveBasis, Facts, InForce } from '../domain/decision.ts';
import { catalogue, type FactId } from './catalogue.ts';
import type { Condition, Leaf, Rule } from './rule.ts';

/** The facts that hold the date which decides; the day of the decision is none of the case. */
const factOf = {
  serviceDate: 'claim.servicedOn',
  receivedDate: 'denial.receivedOn',
} as const satisfies Record<Exclude<EffectiveBasis, 'decision'>, FactId>;

/** As a biller says it. */
export const basisWords: Readonly<Record<EffectiveBasis, string>> = {
  decision: 'the day of the decision',
  serviceDate: 'the first day of service',
  receivedDate: 'the day the denial was received',
};

/** The fact that a rule's dates are about; null where the day of the decision decides. */
export function basisFact({ meta }: Rule): FactId | null {
  const { basis } = meta.effective;
  return basis === 'decision' ? null : factOf[basis];
}

/** Whether the rule stands for the case: active, and the date that decides is known and within its range. `asOf` is an ISO date. */
export function isInForce(rule: Rule, facts: Facts, asOf: string): boolean {
  const { status, effective } = rule.meta;
  if (status !== 'active') return false;
  const on = effective.basis === 'decision' ? asOf : facts[factOf[effective.basis]];
  return typeof on === 'string' && effective.from <= on && (effective.to === null || on <= effective.to);
}

/** What decided about it, for the receipt. */
export function inForceBy(rule: Rule, facts: Facts, asOf: string): InForce {
  const { basis, from, to } = rule.meta.effective;
  const on = basis === 'decision' ? asOf : facts[factOf[basis]];
  return { basis, on: typeof on === 'string' ? on : null, from, to };
}

/** Whether it can stand for a decision of that day: one whose dates are about the case can on every day. */
export function canStandOn(rule: Rule, day: string): boolean {
  const { status, effective } = rule.meta;
  if (status !== 'active' || effective.basis !== 'decision') return status === 'active';
  return effective.from <= day && (effective.to === null || day <= effective.to);
}

/** Whether the date that decides can be known where the rule is asked. */
export function isDateKnown(rule: Rule): boolean {
  const fact = basisFact(rule);
  if (fact === null) return true;
  const { points }: { readonly points: readonly DecisionPoint[] } = catalogue[fact];
  return rule.points.some((point) => points.includes(point));
}

/** The comparisons that the rule's range comes to, where it is about a fact; none where the day of the decision decides. */
export function rangeLeaves(rule: Rule): readonly Leaf[] {
  const fact = basisFact(rule);
  if (fact === null) return [];
  const { from, to } = rule.meta.effective;
  const leaf = (operator: 'onOrAfter' | 'onOrBefore', value: string): Leaf => ({ kind: 'leaf', pointer: '', fact, operator, value });
  return [leaf('onOrAfter', from), ...(to === null ? [] : [leaf('onOrBefore', to)])];
}

/** The rule's conditions and its range over the case as one condition. */
export function withRange(rule: Rule): Condition {
  const range = rangeLeaves(rule);
  return range.length === 0 ? rule.condition : { kind: 'all', members: [rule.condition, ...range] };
}

/** `by the first day of service 2026-01-05, from 2026-01-01 to 2026-12-31` */
export function inForceWords({ basis, on, from, to }: InForce): string {
  return `by ${basisWords[basis]}${on === null ? ', which is not known' : ` ${on}`}, from ${from}${to === null ? '' : ` to ${to}`}`;
}
