import { type DecisionPoint, decisionPoints, type Facts } from '../domain/decision.ts';
import { isInForce } from './effective.ts';
import { every, type Predicate, predicate } from './predicate.ts';
import { type Condition, restrictionLeaf, type Rule, type RuleSet, textsOf } from './rule.ts';

/** A rule set made ready to be asked often: closures instead of trees, and only the rules that can concern the payer and the code. */
export interface CompiledRuleSet {
  readonly ruleSet: RuleSet;
  /** All rules of the point by descending priority, the fallback last. */
  readonly rulesAt: (point: DecisionPoint) => readonly Rule[];
  /**
   * The rule with the highest priority that is in force and matches: exactly one, at worst the fallback. Facts left out are null; they are
   * read as given, neither checked nor copied.
   */
  readonly winner: (facts: Facts, asOf: string) => Rule;
}

/**
 * The facts by which rules are found instead of searched, in this order. A rule that names none of a fact's values stands under all of them.
 * What the index has made sure of is not compared again.
 */
const indexed = ['payer.id', 'payer.class', 'denial.carc'] as const;

export function compile(ruleSet: RuleSet): CompiledRuleSet {
  const entries = new Map(ruleSet.rules.map((rule) => [rule, entryOf(rule)]));
  const active = ruleSet.rules.filter(({ meta }) => meta.status === 'active');
  const byPoint = new Map<unknown, Find>(
    decisionPoints.map((point) => [point, atFirstAsk(() => finder(known(active, point, entries), indexed))]),
  );
  const nothing: Find = () => [];
  return {
    ruleSet,
    rulesAt: (point) => ruleSet.rules.filter(({ points }) => points.includes(point)),
    winner: (facts, asOf) => {
      const candidates = (byPoint.get(facts['point']) ?? nothing)(facts);
      for (let i = 0; i < candidates.length; i += 1) {
        const candidate = candidates[i];
        if (candidate?.matches(facts) === true && isInForce(candidate.rule, facts, asOf)) return candidate.rule;
      }
      return ruleSet.fallback;
    },
  };
}

interface Entry {
  readonly rule: Rule;
  readonly matches: Predicate;
}

type Find = (facts: Facts) => readonly Entry[];

function known(rules: readonly Rule[], point: DecisionPoint, entries: ReadonlyMap<Rule, Entry>): readonly Entry[] {
  return rules.filter(({ points }) => points.includes(point)).flatMap((rule) => entries.get(rule) ?? []);
}

function atFirstAsk(make: () => Find): Find {
  let find: Find | null = null;
  return (facts) => {
    find ??= make();
    return find(facts);
  };
}

function entryOf(rule: Rule): Entry {
  return { rule, matches: beyondIndex(rule.condition) };
}

/** The condition without the comparisons that the index makes sure of. */
function beyondIndex(condition: Condition): Predicate {
  const sure = new Set<Condition | null>([...indexed, 'point' as const].map((fact) => restrictionLeaf(condition, fact)));
  if (condition.kind !== 'all') return predicate(condition);
  return every(condition.members.filter((member) => !sure.has(member)).map(predicate));
}

/** Finds entries by the first of the facts, then by the others. Each list is made when it is first asked for. */
function finder(entries: readonly Entry[], by: readonly (typeof indexed)[number][]): Find {
  const [fact, ...others] = by;
  if (fact === undefined) return () => entries;
  const named = new Map<Entry, ReadonlySet<string> | null>(
    entries.map((entry) => {
      const leaf = restrictionLeaf(entry.rule.condition, fact);
      return [entry, leaf === null ? null : new Set(textsOf(leaf))];
    }),
  );
  const values = new Set([...named.values()].flatMap((texts) => [...(texts ?? [])]));
  const open = entries.filter((entry) => named.get(entry) === null);
  if (values.size === 0) return finder(open, others);
  const byValue = new Map<unknown, Find>();
  const otherwise = finder(open, others);
  const make = (value: string): Find => {
    const made = finder(
      entries.filter((entry) => named.get(entry)?.has(value) ?? true),
      others,
    );
    byValue.set(value, made);
    return made;
  };
  return (facts) => {
    const value = facts[fact];
    const find = byValue.get(value) ?? (typeof value === 'string' && values.has(value) ? make(value) : otherwise);
    return find(facts);
  };
}
