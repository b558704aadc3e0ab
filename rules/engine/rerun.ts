import type { Decision } from '../domain/decision.ts';
import { canonicalText } from './canonical.ts';
import { compile } from './compile.ts';
import { evaluator, evaluatorVersion } from './evaluate.ts';
import type { RuleSet } from './rule.ts';

/** A stored decision, asked again of the rule set it names. */
export type Rerun =
  | { readonly kind: 'same' }
  | { readonly kind: 'different'; readonly first: DecisionDifference }
  /** Made by another version of the evaluator: its bytes are not ours to repeat. Whether the same rule wins can still be said. */
  | { readonly kind: 'otherEvaluator'; readonly stored: string; readonly current: string; readonly winner: 'same' | 'different' };

/** `pointer` from the decision's root, `/answer/…` or `/receipt/…`; a side that has nothing there is null. */
export interface DecisionDifference {
  readonly pointer: string;
  readonly stored: unknown;
  readonly now: unknown;
}

/**
 * Asks the stored facts again and compares answer and receipt byte for byte, as canonical JSON.
 * @throws DomainError `facts.unknown`, `facts.wrong-type`, `facts.no-point`: the stored facts are none this evaluator ever wrote
 */
export function rerun({ answer, receipt }: Decision, ruleSet: RuleSet): Rerun {
  if (receipt.evaluator !== evaluatorVersion) {
    const winner = compile(ruleSet).winner(receipt.facts, receipt.asOf).id;
    const isSame = winner === receipt.winner.ruleId;
    return { kind: 'otherEvaluator', stored: receipt.evaluator, current: evaluatorVersion, winner: isSame ? 'same' : 'different' };
  }
  const now = evaluator(ruleSet)(receipt.facts, receipt.asOf);
  if (decisionText({ answer, receipt }) === decisionText(now)) return { kind: 'same' };
  const first = firstDifference({ answer, receipt }, now, '');
  return { kind: 'different', first: first ?? { pointer: '', stored: null, now: null } };
}

/** The bytes of a decision: what its stored hash is taken of. */
export function decisionText({ answer, receipt }: Decision): string {
  return canonicalText({ answer, receipt });
}

function firstDifference(stored: unknown, now: unknown, pointer: string): DecisionDifference | null {
  const [a, b] = [membersOf(stored), membersOf(now)];
  if (a === null || b === null) return canonicalText(stored) === canonicalText(now) ? null : { pointer, stored, now };
  for (const key of [...new Set([...a.keys(), ...b.keys()])].sort()) {
    const found = firstDifference(a.get(key) ?? null, b.get(key) ?? null, `${pointer}/${key}`);
    if (found !== null) return found;
  }
  return null;
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> | null {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}
