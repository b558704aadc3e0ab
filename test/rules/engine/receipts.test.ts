import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compile } from '../../../rules/engine/compile.ts';
import { evaluator } from '../../../rules/engine/evaluate.ts';
import { explain } from '../../../rules/engine/explain.ts';
import { pointOf } from '../../../rules/engine/facts.ts';
import { obstacleTo } from '../../../rules/engine/obstacle.ts';
import { predicate } from '../../../rules/engine/predicate.ts';
import { readRuleSet } from '../../../rules/engine/rule-set.ts';
import { randomDay, randomFacts, ruleSetTexts } from '../../support/random-rules.ts';
import { sha256, shippedRuleSet } from '../../support/rule-sets.ts';

const decide = evaluator(shippedRuleSet());
const aetna = {
  point: 'denied',
  'payer.id': 'AETNA1',
  'payer.class': 'commercial',
  'denial.group': 'CO',
  'denial.carc': '197',
  'denial.rarcs': [],
  'denial.amountCents': 240000,
  'evidence.authorization': true,
  'left.reconsiderationDays': 180,
};

describe('a receipt', () => {
  test('is the same, byte for byte, on another run and whatever the order of the facts', () => {
    const again = evaluator(shippedRuleSet());
    const reversed = Object.fromEntries(Object.entries(aetna).toReversed());
    expect(JSON.stringify(again(reversed, '2026-04-10'))).toBe(JSON.stringify(decide(aetna, '2026-04-10')));
  });

  test('can be re-run from itself', () => {
    const { receipt } = decide(aetna, '2026-04-10');
    const stored: typeof receipt = JSON.parse(JSON.stringify(receipt));
    expect(JSON.stringify(decide(stored.facts, stored.asOf).receipt)).toBe(JSON.stringify(receipt));
  });

  test('shows the winner’s comparisons, who matched too and who nearly did', () => {
    const { answer, receipt } = decide(aetna, '2026-04-10');
    expect(answer.ruleId).toBe('aetna.authorization');
    expect(receipt.winner.leaves[1]).toEqual({
      pointer: '/conditions/all/1',
      fact: 'payer.id',
      operator: 'in',
      expected: ['AETNA1', '60054'],
      actual: 'AETNA1',
      held: true,
    });
    expect(receipt.alsoMatched).toEqual(['denied.authorization']);
    expect(receipt.nearMisses).toHaveLength(10);
    expect(receipt.nearMisses.find(({ ruleId }) => ruleId === 'uhc.authorization')?.failed.fact).toBe('payer.id');
  });

  test('agrees with the compiled rules about who matches, and orders near misses by what they lack', () => {
    fc.assert(
      fc.property(ruleSetTexts, randomFacts, randomDay, (text, given, asOf) => {
        const ruleSet = readRuleSet([{ name: 'random.json', text }], sha256);
        const { receipt } = evaluator(ruleSet)(given, asOf);
        const { facts } = receipt;
        for (const rule of compile(ruleSet).rulesAt(pointOf(facts)))
          expect(obstacleTo(rule.condition, facts) === null).toBe(predicate(rule.condition)(facts));
        const lacks = receipt.nearMisses.map(({ ruleId }) => {
          const rule = ruleSet.rules.find(({ id }) => id === ruleId);
          return rule === undefined ? 0 : (obstacleTo(rule.condition, facts)?.count ?? 0);
        });
        expect(lacks).toEqual([...lacks].sort((a, b) => a - b));
        expect(lacks.every((count) => count > 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a decision', () => {
  test('follows the dates of the rules, both ends included', () => {
    const uhc = { ...aetna, 'payer.id': 'UHC01' };
    expect(decide(uhc, '2020-12-31').answer.ruleId).toBe('denied.authorization');
    expect(decide(uhc, '2021-01-01').answer.ruleId).toBe('uhc.authorization');
  });

  test('resolves facts in the parameters', () => {
    const facts = { point: 'credit', 'credit.bucket': 'patient', 'credit.cents': 6000 };
    expect(decide(facts, '2026-08-14').answer.params).toEqual({ amountCents: 6000 });
  });

  test('goes to a person when no rule speaks', () => {
    const { answer, receipt } = decide({ point: 'denied', 'denial.carc': 'P12', 'denial.group': 'CO' }, '2026-04-10');
    expect([answer.ruleId, answer.action, answer.queue, receipt.winner.leaves]).toEqual(['fallback', 'routeToPerson', 'gaps', []]);
  });

  test.each([
    [{ ...aetna, 'denial.crac': '197' }, 'facts.unknown'],
    [{ ...aetna, 'denial.amountCents': '2400.00' }, 'facts.wrong-type'],
    [{ 'denial.carc': '197' }, 'facts.no-point'],
  ])('is refused over facts that are not the catalogue’s', (facts, code) => {
    expect(() => decide(facts, '2026-04-10')).toThrow(expect.objectContaining({ code }));
  });
});

test('a decision is explained in words', () => {
  const text = explain(decide(aetna, '2026-04-10'));
  expect(text).toContain('At "denied" on 2026-04-10, rule aetna.authorization (priority 2210) answered: reconsideration, queue denials.');
  expect(text).toContain('  denial.amountCents = $2,400.00');
  expect(text).toContain('  ✓ denial.carc in 197, 198, 210, 302 (was 197)');
  expect(text).toContain('  ✓ not evidence.authorization equal false (was true)');
  expect(text).toContain('  uhc.authorization: ✗ payer.id in UHC01, 87726 (was AETNA1)');
});
