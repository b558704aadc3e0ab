import { Engine, Rule as EngineRule } from 'json-rules-engine';
import type { Facts, FactValue } from '../domain/decision.ts';
import { operators } from './operators.ts';
import { canStandOn, rangeLeaves, withRange } from './effective.ts';
import { isObject } from './read-condition.ts';
import { leavesOf, type Rule, type RuleSet } from './rule.ts';

const daysKept = 4;

/** Gives the winner's id. Runs of one oracle wait for each other. */
export type Oracle = (facts: Facts, asOf: string) => Promise<string>;

/**
 * The same question put to json-rules-engine itself, which decides what our JSON means (RULES §1). All rules in force on the day are in its
 * engine, whatever our index thinks; a range over a date of the case is two more comparisons of it. Of the facts those that a rule compares. No path can be resolved, because none is allowed.
 */
export function oracleOf(ruleSet: RuleSet): Oracle {
  const compared = [...new Set(ruleSet.rules.flatMap((rule) => leavesOf(withRange(rule)).map(({ fact }) => fact)))];
  const engines = new Map<string, Engine>();
  const engineOn = (asOf: string): Engine => {
    const engine = engines.get(asOf) ?? engineOf(ruleSet.rules.filter((rule) => canStandOn(rule, asOf)));
    if (engines.size >= daysKept) engines.clear();
    engines.set(asOf, engine);
    return engine;
  };
  // Overlapping runs on one engine drop rules: status lives on the engine.
  let last: Promise<unknown> = Promise.resolve();
  return (facts, asOf) => {
    const given = Object.fromEntries(compared.map((id): [string, FactValue] => [id, facts[id] ?? null]));
    const answer = last.then(() => winnerOf(engineOn(asOf), given));
    last = answer.catch(() => undefined);
    return answer.then((id) => id ?? ruleSet.fallback.id);
  };
}

function engineOf(rules: readonly Rule[]): Engine {
  const engine = new Engine([], { pathResolver: () => undefined });
  for (const [id, { holds }] of Object.entries(operators)) engine.addOperator<FactValue, FactValue>(id, holds);
  for (const rule of rules) engine.addRule(new EngineRule(ranged(rule)));
  return engine;
}

function ranged(rule: Rule): string {
  const range = rangeLeaves(rule).map(({ fact, operator, value }) => ({ fact, operator, value }));
  if (range.length === 0) return rule.source;
  const engineKeys: unknown = JSON.parse(rule.source);
  if (!isObject(engineKeys)) return rule.source;
  return JSON.stringify({ ...engineKeys, conditions: { all: [engineKeys['conditions'], ...range] } });
}

async function winnerOf(engine: Engine, facts: Record<string, FactValue>): Promise<string | null> {
  const { results } = await engine.run(facts);
  const [winner] = results.toSorted((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
  return winner?.name ?? null;
}
