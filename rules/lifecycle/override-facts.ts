import type { FactValue } from '../domain/decision.ts';
import type { Subject } from '../domain/task.ts';
import { subjectKey, type Turn } from './turn.ts';

/** The last word of a person against a rule, about the same subject. */
export function overrideFacts({ account }: Turn, subject: Subject): Record<string, FactValue> {
  const last = account.overrides?.findLast((o) => subjectKey(o.subject) === subjectKey(subject));
  if (last === undefined) return {};
  const { action, reason, ruleId, on, by } = last;
  return { 'override.action': action, 'override.reason': reason, 'override.rule': ruleId, 'override.on': on, 'override.by': by };
}
