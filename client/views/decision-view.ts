import type { StoredDecision } from '../../prisma/reads/decisions.ts';
import type { FactValue, ReceiptLeaf } from '../../rules/domain/decision.ts';
import { explain } from '../../rules/engine/explain.ts';
import { words } from '../../rules/lifecycle/describe.ts';
import type { DecisionView } from './work-shapes.ts';

/** `place` counts from 1, in the order of the account. */
export function decisionViewOf(
  stored: StoredDecision,
  place: { readonly number: number; readonly of: number },
  override: DecisionView['override'] = null,
): DecisionView {
  const { id, decidedAt, refusal, answer, receipt } = stored;
  const explanation = [
    explain({ answer, receipt }),
    ...(refusal === null ? [] : [`Not allowed where the account stood: ${refusal}`]),
    ...(override === null ? [] : [overrideInWords(override)]),
  ].join('\n\n');
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
      notInForce: (receipt.notInForce ?? []).map((one) => ({ ...one })),
      nearMisses: receipt.nearMisses.map(({ ruleId, failed }) => ({ ruleId, failed: leafOf(failed) })),
    },
    override,
    explanation,
  };
}

function overrideInWords({ action, reason, note, by, on }: NonNullable<DecisionView['override']>): string {
  return `Overruled on ${on} by ${by}, who chose ${words(action)}: ${words(reason)}.${note === null ? '' : ` “${note}”`}`;
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
