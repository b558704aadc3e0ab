import { Engine, Rule as EngineRule } from 'json-rules-engine';
import type { Facts, FactValue } from '../domain/decision.ts';
import { operators } from './operators.ts';
import { isInForce, leavesOf, type Rule, type RuleSet } from './rule.ts';

const daysKept = 4;

/** Gives the winner's id. Runs of one oracle wait for each other. */
export type Oracle = (facts: Facts, asOf: string) => Promise<string>;

/**
 * The same question put to json-rules-engine itself, which decides what our JSON means (RULES §1). All rules in force on the day are in its
 * engine, whatever our index thinks; of the facts those that a rule compares. No path can be resolved, because none is allowed.
 */
export function oracleOf(ruleSet: RuleSet): Oracle {
  const compared = [...new Set(ruleSet.rules.flatMap(({ condition }) => leavesOf(condition).map(({ fact }) => fact)))];
  const engines = new Map<string, Engine>();
  const engineOn = (asOf: string): Engine => {
    const engine = engines.get(asOf) ?? engineOf(ruleSet.rules.filter((rule) => isInForce(rule, asOf)));
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
  for (const { source } of rules) engine.addRule(new EngineRule(source));
  return engine;
}

async function winnerOf(engine: Engine, facts: Record<string, FactValue>): Promise<string | null> {
  const { results } = await engine.run(facts);
  const [winner] = results.toSorted((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
  return winner?.name ?? null;
}
