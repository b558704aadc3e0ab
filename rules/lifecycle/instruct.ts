import type { Instruction } from '../domain/instruction.ts';
import type { PastEvent, SubmittedInstruction } from './contract.ts';
import { override } from './override.ts';
import { promise } from './promises.ts';
import { notOpen } from './task-holder.ts';
import type { Turn } from './turn.ts';
import { undo } from './undo.ts';

/** Takes what a person told the account. @returns why it is refused, in words for that person, or null when it was taken. */
export function instruct(turn: Turn, { formId, instruction }: SubmittedInstruction, history: readonly PastEvent[]): string | null {
  switch (instruction.do) {
    case 'take':
    case 'give':
    case 'drop':
      return assign(turn, formId, instruction);
    case 'override':
      return override(turn, formId, instruction);
    case 'undo':
      return undo(turn, { formId, instruction }, history);
    case 'hold':
      return hold(turn, formId, instruction);
    case 'release':
      return release(turn, formId, instruction);
    case 'promise':
      return promise(turn, formId, instruction);
  }
}

/** At most one person works a task. What somebody else has is not taken, it is given. */
function assign(turn: Turn, formId: string, said: Extract<Instruction, { do: 'take' | 'give' | 'drop' }>): string | null {
  const task = turn.account.tasks.find(({ id }) => id === said.taskId);
  const refusal = notOpen(task, said.taskId);
  if (task === undefined || refusal !== null) return refusal;
  const has = task.assignee ?? null;
  if (said.do === 'take' && has !== null && has !== said.by) return `${has} works task ${task.id}: it can be given to you, not taken`;
  if (said.do === 'drop' && has === null) return `nobody works task ${task.id}`;
  if (said.do === 'drop' && has !== said.by) return `${has} works task ${task.id}: it can be given to another, not dropped by ${said.by}`;
  const to = said.do === 'take' ? said.by : said.do === 'give' ? said.to : null;
  const queue = said.do === 'give' ? (said.queue ?? null) : null;
  turn.record({ kind: 'taskAssigned', taskId: task.id, to, queue, by: said.by, on: turn.today, formId });
  return null;
}

function hold(turn: Turn, formId: string, { by, hold: reason, reviewOn }: Extract<Instruction, { do: 'hold' }>): string | null {
  if (turn.account.holds.some((h) => h.reason === reason && h.releasedOn === null)) return `the hold "${reason}" is in force already`;
  if (reviewOn <= turn.today) return `the review on ${reviewOn} must be after today, ${turn.today}`;
  turn.record({ kind: 'holdPlaced', hold: reason, on: turn.today, reviewOn, by, formId });
  return null;
}

function release(turn: Turn, formId: string, { by, hold: reason }: Extract<Instruction, { do: 'release' }>): string | null {
  if (!turn.account.holds.some((h) => h.reason === reason && h.releasedOn === null)) return `no hold "${reason}" is in force`;
  turn.record({ kind: 'holdReleased', hold: reason, on: turn.today, by, formId });
  return null;
}
