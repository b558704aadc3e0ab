import { Engine, Rule as EngineRule } from 'json-rules-engine';
import type { Facts, FactValue } from '../domain/decision.ts';
import { completeFacts } from './facts.ts';
import { operators } from './operators.ts';
import { isInForce, type RuleSet } from './rule.ts';

/**
 * The same question put to json-rules-engine itself, which decides what our JSON means (RULES §1); gives the winner's id.
 * One engine per decision, because overlapping runs on one drop rules; no path can be resolved, because none is allowed.
 */
export async function oracleWinner(ruleSet: RuleSet, facts: Facts, asOf: string): Promise<string> {
  const engine = new Engine([], { pathResolver: () => undefined });
  for (const [id, { holds }] of Object.entries(operators)) engine.addOperator<FactValue, FactValue>(id, holds);
  for (const [id, value] of Object.entries(completeFacts(facts))) engine.addFact(id, value);
  for (const rule of ruleSet.rules) if (isInForce(rule, asOf)) engine.addRule(new EngineRule(rule.source));
  const { results } = await engine.run();
  const [winner] = results.toSorted((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
  return winner?.name ?? ruleSet.fallback.id;
}
