import type { Facts, FactValue } from '../../rules/domain/decision.ts';
import { declarationOf } from '../../rules/engine/catalogue.ts';
import { withRange } from '../../rules/engine/effective.ts';
import { leavesOf, type RuleSet } from '../../rules/engine/rule.ts';
import type { RandomNumbers } from './random-numbers.ts';

/** What each fact may be so that comparisons of these rules turn: their values, the ones beside them, others, and null. */
export function valuesNear(ruleSet: RuleSet): ReadonlyMap<string, readonly FactValue[]> {
  const values = new Map<string, Set<FactValue>>();
  for (const { fact, value } of ruleSet.rules.flatMap((rule) => leavesOf(withRange(rule)))) {
    const known = values.get(fact) ?? new Set<FactValue>([null, ...(declarationOf(fact)?.values ?? [])]);
    for (const member of Array.isArray(value) ? (value as readonly (number | string)[]) : [value]) {
      known.add(member);
      if (typeof member === 'number') known.add(member - 1).add(member + 1);
      if (typeof member === 'string' && declarationOf(fact)?.unit !== 'date') known.add(`${member}0`);
    }
    values.set(fact, known);
  }
  return new Map([...values].map(([fact, known]) => [fact, [...known].filter((v) => isFor(fact, v))]));
}

export function factsNear(values: ReadonlyMap<string, readonly FactValue[]>, random: RandomNumbers): Facts {
  const facts: Record<string, FactValue> = {};
  for (const [fact, known] of values) {
    if (random.next(8) === 0) continue;
    const isList = declarationOf(fact)?.type === 'list';
    facts[fact] = isList ? someOf(known, random) : random.pick(known);
  }
  return facts;
}

function someOf(known: readonly FactValue[], random: RandomNumbers): FactValue {
  const texts = known.filter((v) => typeof v === 'string');
  if (random.next(6) === 0 || texts.length === 0) return random.next(2) === 0 ? null : [];
  return Array.from({ length: 1 + random.next(2) }, () => random.pick(texts));
}

function isFor(fact: string, value: FactValue): boolean {
  const type = declarationOf(fact)?.type;
  if (value === null) return true;
  if (type === 'boolean') return typeof value === 'boolean';
  return type === 'integer' ? typeof value === 'number' : typeof value === 'string';
}
