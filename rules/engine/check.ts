import type { Decision } from '../domain/decision.ts';
import { inForceWords } from './effective.ts';
import { evaluator } from './evaluate.ts';
import { obstacleTo } from './obstacle.ts';
import type { Rule, RuleSet, RuleTest } from './rule.ts';

export interface CheckResult {
  readonly ruleId: string;
  readonly test: string;
  /** What came instead of what was expected; null when the test passed. */
  readonly failure: string | null;
}

/** Runs every rule's own tests. The tests of a paused rule run too: it must still say what it would do. */
export function checkRuleSet(ruleSet: RuleSet): readonly CheckResult[] {
  const decide = evaluator(ruleSet);
  return ruleSet.rules.flatMap((rule) =>
    rule.tests.map((test) => {
      const decision = decide(test.given, test.asOf ?? rule.meta.effective.from);
      const matches = obstacleTo(rule.condition, decision.receipt.facts) === null;
      return { ruleId: rule.id, test: test.name, failure: failureOf(rule, test, { decision, matches }) };
    }),
  );
}

function failureOf(rule: Rule, { expect }: RuleTest, came: { decision: Decision; matches: boolean }): string | null {
  const { answer, receipt } = came.decision;
  if (expect.wins !== undefined && answer.ruleId !== expect.wins) {
    const kept = receipt.notInForce?.find(({ ruleId }) => ruleId === expect.wins);
    const why = kept === undefined ? '' : `; its conditions hold, but it is not in force ${inForceWords(kept)}`;
    return `"${answer.ruleId}" won, "${expect.wins}" was expected${why}`;
  }
  if (expect.matches !== undefined && came.matches !== expect.matches)
    return `"${rule.id}" ${came.matches ? 'matched' : 'did not match'}, the opposite was expected`;
  const given: Readonly<Record<string, unknown>> = { ...answer.params, action: answer.action, queue: answer.queue };
  for (const [name, value] of Object.entries(expect.params ?? {}))
    if (JSON.stringify(given[name]) !== JSON.stringify(value))
      return `${name} was ${JSON.stringify(given[name])}, ${JSON.stringify(value)} was expected`;
  return null;
}
