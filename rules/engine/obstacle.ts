import type { Facts, ReceiptLeaf } from '../domain/decision.ts';
import { operators } from './operators.ts';
import type { Condition, Leaf } from './rule.ts';

/** How far a rule is from matching: the fewest leaves that would have to turn, and the first of them. */
export interface Obstacle {
  readonly count: number;
  readonly first: ReceiptLeaf;
}

/** Null when the condition holds. */
export function obstacleTo(condition: Condition, facts: Facts): Obstacle | null {
  return obstacle(condition, facts, true);
}

export function receiptLeaf(leaf: Leaf, facts: Facts): ReceiptLeaf {
  const { pointer, fact, operator, value: expected } = leaf;
  const actual = facts[fact] ?? null;
  return { pointer, fact, operator, expected, actual, held: operators[operator].holds(actual, expected) };
}

/** `wanted` is false under a `not`, where `all` and `any` change places and a leaf stands in the way when it holds. */
function obstacle(condition: Condition, facts: Facts, wanted: boolean): Obstacle | null {
  switch (condition.kind) {
    case 'leaf': {
      const first = receiptLeaf(condition, facts);
      return first.held === wanted ? null : { count: 1, first };
    }
    case 'not':
      return obstacle(condition.member, facts, !wanted);
    case 'all':
    case 'any': {
      const inWay = condition.members.map((member) => obstacle(member, facts, wanted));
      return (condition.kind === 'all') === wanted ? together(inWay) : least(inWay);
    }
  }
}

function together(all: readonly (Obstacle | null)[]): Obstacle | null {
  const found = all.filter((o) => o !== null);
  const [first] = found;
  return first === undefined ? null : { count: found.reduce((total, o) => total + o.count, 0), first: first.first };
}

function least(all: readonly (Obstacle | null)[]): Obstacle | null {
  let best: Obstacle | null = null;
  for (const o of all) {
    if (o === null) return null;
    if (best === null || o.count < best.count) best = o;
  }
  return best;
}
