import type { Action } from '../domain/decision.ts';
import type { RuleSet } from '../engine/rule.ts';
import type { BreakerLimit } from './contract.ts';

/** For a rule that names no limit of its own (`meta.breaker`): no single rule of a hospital does more in a day on purpose. */
export const usualBreaker: BreakerLimit = { accounts: 5_000, cents: 2_000_000_000, windowDays: 1 };

export function breakerOf({ rules }: RuleSet): (ruleId: string) => BreakerLimit {
  const own = new Map(rules.flatMap(({ id, meta }) => (meta.breaker === undefined ? [] : [[id, meta.breaker] as const])));
  return (ruleId) => own.get(ruleId) ?? usualBreaker;
}

/** Waiting and asking a person do no harm, however often. */
export function isActing(action: Action): boolean {
  return action !== 'wait' && action !== 'routeToPerson';
}

export function heldBy(ruleId: string): string {
  return `the circuit breaker stopped rule ${ruleId}, which acted more often than it may; it goes on when a person resumes it`;
}
