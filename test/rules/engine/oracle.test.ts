import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluator } from '../../../rules/engine/evaluate.ts';
import { oracleWinner } from '../../../rules/engine/oracle.ts';
import { readRuleSet } from '../../../rules/engine/rule-set.ts';
import { randomDay, randomFacts, ruleSetTexts } from '../../support/random-rules.ts';
import { sha256, shippedRuleSet } from '../../support/rule-sets.ts';

/** Fresh each time and printed by fast-check on failure; `FC_SEED` replays it. */
const seed = Number(process.env['FC_SEED'] ?? Date.now());
const factsPerSet = 10;

describe('the compiled rules and json-rules-engine', () => {
  test('find the same winner, whatever the rules and the facts', async () => {
    const winners = new Map<boolean, number>();
    const sample = fc.record({
      text: ruleSetTexts,
      asked: fc.array(fc.tuple(randomFacts, randomDay), { minLength: factsPerSet, maxLength: factsPerSet }),
    });
    await fc.assert(
      fc.asyncProperty(sample, async ({ text, asked }) => {
        const ruleSet = readRuleSet([{ name: 'random.json', text }], sha256);
        const decide = evaluator(ruleSet);
        for (const [facts, asOf] of asked) {
          const { answer } = decide(facts, asOf);
          winners.set(answer.ruleId === 'fallback', (winners.get(answer.ruleId === 'fallback') ?? 0) + 1);
          expect(answer.ruleId).toBe(await oracleWinner(ruleSet, facts, asOf));
        }
      }),
      { numRuns: 550, seed },
    );
    // Otherwise it would prove little: thousands of pairs, and a good part of them won by a rule.
    expect((winners.get(true) ?? 0) + (winners.get(false) ?? 0)).toBeGreaterThanOrEqual(5_000);
    expect(winners.get(false) ?? 0).toBeGreaterThan(1_000);
  }, 120_000);

  test('find the same winner for every example of the shipped rules', async () => {
    const ruleSet = shippedRuleSet();
    const decide = evaluator(ruleSet);
    for (const rule of ruleSet.rules)
      for (const { given } of rule.tests)
        expect(decide(given, '2026-06-01').answer.ruleId).toBe(await oracleWinner(ruleSet, given, '2026-06-01'));
  }, 120_000);
});
