import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Decision, FactValue, ReceiptLeaf } from '../../rules/domain/decision.ts';
import { explain } from '../../rules/engine/explain.ts';
import type { DecisionView } from './work-shapes.ts';

export interface StoredDecision {
  readonly id: string;
  readonly decidedAt: Instant;
  readonly refusal: string | null;
  readonly decision: Decision;
}

/** One of an account's decisions, counted from 1. */
export function decisionViewOf({ id, decidedAt, refusal, decision }: StoredDecision, place: { number: number; of: number }): DecisionView {
  const { answer, receipt } = decision;
  const explanation = refusal === null ? explain(decision) : `${explain(decision)}\n\nNot allowed where the account stood: ${refusal}`;
  return {
    id,
    ...place,
    decidedAt,
    point: receipt.point,
    refusal,
    answer: { ...answer, timer: answer.timer === null ? null : { ...answer.timer }, params: valuesOf(answer.params) },
    receipt: {
      ...receipt,
      facts: valuesOf(receipt.facts),
      winner: { ...receipt.winner, leaves: receipt.winner.leaves.map(leafOf) },
      alsoMatched: [...receipt.alsoMatched],
      nearMisses: receipt.nearMisses.map(({ ruleId, failed }) => ({ ruleId, failed: leafOf(failed) })),
    },
    explanation,
  };
}

type ShownValue = number | string | boolean | (number | string)[] | null;

function leafOf(leaf: ReceiptLeaf): DecisionView['receipt']['winner']['leaves'][number] {
  return { ...leaf, expected: valueOf(leaf.expected), actual: valueOf(leaf.actual) };
}

function valuesOf(facts: Readonly<Record<string, FactValue>>): Record<string, ShownValue> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, valueOf(value)]));
}

function valueOf(value: FactValue): ShownValue {
  return typeof value === 'object' && value !== null ? [...value] : value;
}
