import { describe, expect, test } from '@jest/globals';
import type { Decision } from '../../../rules/domain/decision.ts';
import { evaluator, evaluatorVersion } from '../../../rules/engine/evaluate.ts';
import { decisionText, rerun } from '../../../rules/engine/rerun.ts';
import { denial, denialRules } from '../administration/small-sets.ts';

const rules = denialRules({ name: 'authorization', priority: 200, carc: '197', action: 'reconsideration' });
const decided = evaluator(rules)(denial('197', 100_00), '2026-11-01');

function withReceipt(change: Partial<Decision['receipt']>): Decision {
  return { ...decided, receipt: { ...decided.receipt, ...change } };
}

describe('a receipt asked again', () => {
  test('gives the same bytes, in whatever order its keys were stored', () => {
    const facts = Object.fromEntries(Object.entries(decided.receipt.facts).reverse());
    expect(rerun(withReceipt({ facts }), rules)).toEqual({ kind: 'same' });
  });

  test('names the first difference when one stored fact was changed', () => {
    const facts = { ...decided.receipt.facts, 'denial.carc': '29' };
    expect(rerun(withReceipt({ facts }), rules)).toMatchObject({
      kind: 'different',
      first: { pointer: '/answer/action', stored: 'reconsideration', now: 'routeToPerson' },
    });
  });

  test('names the leaf when what was compared is not what was seen', () => {
    const [point, carc] = decided.receipt.winner.leaves;
    const leaves = point === undefined || carc === undefined ? [] : [point, { ...carc, actual: '29' }];
    expect(rerun(withReceipt({ winner: { ...decided.receipt.winner, leaves } }), rules)).toEqual({
      kind: 'different',
      first: { pointer: '/receipt/winner/leaves/1/actual', stored: '29', now: '197' },
    });
  });

  test('a fact that no rule looks at changes the bytes, though not the answer', () => {
    const changed = withReceipt({ facts: { ...decided.receipt.facts, 'denial.lines': 9 } });
    expect(rerun(changed, rules)).toEqual({ kind: 'same' });
    expect(decisionText(changed)).not.toBe(decisionText(decided));
  });

  test('of another evaluator is not called different', () => {
    expect(rerun(withReceipt({ evaluator: 'recourse-rules/0' }), rules)).toEqual({
      kind: 'otherEvaluator',
      stored: 'recourse-rules/0',
      current: evaluatorVersion,
      winner: 'same',
    });
  });
});
