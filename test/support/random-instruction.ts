import type { Account } from '../../rules/domain/account.ts';
import { type Instruction, overrideActions } from '../../rules/domain/instruction.ts';
import type { RandomNumbers } from './random-numbers.ts';

/** What a person may tell an account beside outcomes, about any open task. */
export function randomInstruction(account: Account, numbers: RandomNumbers): Instruction {
  const open = account.tasks.filter((t) => t.status === 'open');
  const taskId = open[numbers.next(Math.max(1, open.length))]?.id ?? 't1';
  const by = numbers.pick(['pat', 'sam', 'dana']);
  const what = numbers.pick(['take', 'drop', 'give', 'override', 'override', 'undo', 'undo', 'undo'] as const);
  if (what === 'undo') return { do: what, by, reason: 'by mistake' };
  if (what === 'give') return { do: what, taskId, by, to: 'kim' };
  if (what === 'override') return { do: what, taskId, by, action: numbers.pick(overrideActions), reason: 'ruleWrong' };
  return { do: what, taskId, by };
}
