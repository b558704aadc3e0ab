import type { DecisionPoint, Facts } from '../domain/decision.ts';
import { operators } from './operators.ts';
import { type Condition, isInForce, type Rule, type RuleSet } from './rule.ts';

export type Predicate = (facts: Facts) => boolean;

export interface CompiledRule {
  readonly rule: Rule;
  readonly matches: Predicate;
}

/** A rule set made ready to be asked often: closures instead of trees, and the rules of a point and payer found without a search. */
export interface CompiledRuleSet {
  readonly ruleSet: RuleSet;
  /** All rules of the point by descending priority, the fallback last. */
  readonly rulesAt: (point: DecisionPoint) => readonly CompiledRule[];
  /** The rule with the highest priority that is in force and matches: exactly one, at worst the fallback. Facts left out are null. */
  readonly winner: (facts: Facts, point: DecisionPoint, asOf: string) => Rule;
}

export function compile(ruleSet: RuleSet): CompiledRuleSet {
  const compiled = ruleSet.rules.map((rule): CompiledRule => ({ rule, matches: predicate(rule.condition) }));
  const byPoint = new Map<DecisionPoint, Index>();
  const indexOf = (point: DecisionPoint): Index => {
    const known = byPoint.get(point) ?? index(compiled.filter(({ rule }) => rule.points.includes(point)));
    byPoint.set(point, known);
    return known;
  };
  return {
    ruleSet,
    rulesAt: (point) => indexOf(point).all,
    winner: (facts, point, asOf) => {
      const { byPayer, anyPayer } = indexOf(point);
      const candidates = byPayer.get(String(facts['payer.id'])) ?? anyPayer;
      return candidates.find(({ rule, matches }) => isInForce(rule, asOf) && matches(facts))?.rule ?? ruleSet.fallback;
    },
  };
}

interface Index {
  readonly all: readonly CompiledRule[];
  /** Rules that name no payer. */
  readonly anyPayer: readonly CompiledRule[];
  /** For each payer a rule names: its rules and those that name none. */
  readonly byPayer: ReadonlyMap<string, readonly CompiledRule[]>;
}

function index(all: readonly CompiledRule[]): Index {
  const payerIds = new Set(all.flatMap(({ rule }) => rule.payerIds ?? []));
  const concerning = (payerId: string) => all.filter(({ rule }) => rule.payerIds === null || rule.payerIds.includes(payerId));
  return {
    all,
    anyPayer: all.filter(({ rule }) => rule.payerIds === null),
    byPayer: new Map([...payerIds].map((payerId) => [payerId, concerning(payerId)])),
  };
}

function predicate(condition: Condition): Predicate {
  switch (condition.kind) {
    case 'leaf': {
      const { fact, value } = condition;
      const { holds } = operators[condition.operator];
      return (facts) => holds(facts[fact] ?? null, value);
    }
    case 'not': {
      const inner = predicate(condition.member);
      return (facts) => !inner(facts);
    }
    case 'all': {
      const members = condition.members.map(predicate);
      return (facts) => members.every((member) => member(facts));
    }
    case 'any': {
      const members = condition.members.map(predicate);
      return (facts) => members.some((member) => member(facts));
    }
  }
}
