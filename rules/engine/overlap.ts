import type { Facts } from '../domain/decision.ts';
import type { Rule } from './rule.ts';

/** Whether their dates let both stand for one case; ranges over different dates say nothing of each other. A paused rule never stands. */
export function canStandTogether(a: Rule, b: Rule): boolean {
  if (a.meta.status !== 'active' || b.meta.status !== 'active') return false;
  const [one, other] = [a.meta.effective, b.meta.effective];
  if (one.basis !== other.basis) return true;
  const from = one.from > other.from ? one.from : other.from;
  return [one.to, other.to].every((to) => to === null || from <= to);
}

/** Whether their root conditions name values of one fact that have nothing in common: then never both match, and nothing need be searched. */
export function areApart(a: Rule, b: Rule): boolean {
  if (a.condition.kind !== 'all' || b.condition.kind !== 'all') return false;
  const named = namedValues(b);
  return [...namedValues(a)].some(([fact, values]) => {
    const others = named.get(fact);
    return others !== undefined && !values.some((value) => others.includes(value));
  });
}

/** For each rule those that can match with it, by point, dates and the values they name; in the order of the rules. */
export function neighbours(rules: readonly Rule[]): (rule: Rule) => readonly Rule[] {
  const places = new Map(rules.map((rule, place) => [rule, place]));
  const ofAnyPayer = rules.filter(({ payerIds }) => payerIds === null);
  const ofPayer = new Map<string, Rule[]>();
  for (const rule of rules) for (const id of rule.payerIds ?? []) ofPayer.set(id, [...(ofPayer.get(id) ?? []), rule]);
  return (rule) => {
    const near = rule.payerIds === null ? rules : [...ofAnyPayer, ...rule.payerIds.flatMap((id) => ofPayer.get(id) ?? [])];
    return [...new Set(near)]
      .filter((other) => other !== rule && other.points.some((point) => rule.points.includes(point)))
      .filter((other) => canStandTogether(rule, other) && !areApart(rule, other))
      .sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  };
}

const cache = new WeakMap<Rule, ReadonlyMap<string, readonly unknown[]>>();

function namedValues(rule: Rule): ReadonlyMap<string, readonly unknown[]> {
  const known = cache.get(rule) ?? readNamedValues(rule);
  cache.set(rule, known);
  return known;
}

function readNamedValues({ condition }: Rule): ReadonlyMap<string, readonly unknown[]> {
  const named = new Map<string, readonly unknown[]>();
  for (const member of condition.kind === 'all' ? condition.members : [])
    if (member.kind === 'leaf' && (member.operator === 'equal' || member.operator === 'in'))
      named.set(member.fact, Array.isArray(member.value) ? member.value : [member.value]);
  return named;
}

/** A witness in words. */
export function shownFacts(facts: Facts): string {
  const shown = Object.entries(facts).map(([id, value]) => `${id} = ${JSON.stringify(value)}`);
  return `when ${shown.join(', ')}`;
}
