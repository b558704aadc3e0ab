import { actions, type Decision, decisionPoints, type Facts, queues } from '../../rules/domain/decision.ts';
import type { RandomNumbers } from './random-numbers.ts';

/** Of rules that answer anything at all, sensible at the point or not. */
export function anyDecision(facts: Facts, asOf: string, numbers: RandomNumbers): Decision {
  const action = numbers.pick(actions);
  const timer = numbers.next(2) === 0 ? { id: 'look', duration: numbers.pick(['14 days', '5 business days', '2 weeks']) } : null;
  const queue = numbers.pick(queues);
  const params = { vendor: 'VENDOR1', tier: 'badDebt1', instalmentCents: 500 };
  const answer = { ruleId: 'any', action, queue, timer, why: 'any', citation: '', params };
  const winner = { ruleId: 'any', priority: 1, leaves: [] };
  const point = decisionPoints.find((known) => known === facts['point']) ?? 'denied';
  return { answer, receipt: { ruleSetHash: '', evaluator: 'any', point, asOf, facts, winner, alsoMatched: [], nearMisses: [] } };
}
