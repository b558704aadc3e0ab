import type { Instruction } from '../domain/instruction.ts';
import type { PastEvent, SubmittedInstruction } from './contract.ts';
import { disputeRefusalOf } from './estimate.ts';
import { override } from './override.ts';
import { inForce, placeHold, releaseHold } from './react-holds.ts';
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
    case 'estimate':
      return estimate(turn, formId, instruction);
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

function hold(turn: Turn, formId: string, said: Extract<Instruction, { do: 'hold' }>): string | null {
  const { by, hold: name, reviewOn, reference } = said;
  const { holds } = turn.knowledge;
  if (!holds.has(name)) return `"${name}" is no hold; holds are ${[...holds.keys()].join(', ')}`;
  if (inForce(turn, name) !== undefined) return `the hold "${name}" is in force already`;
  if (reviewOn !== undefined && reviewOn <= turn.today) return `the review on ${reviewOn} must be after today, ${turn.today}`;
  const noDispute = name === 'estimateDispute' ? disputeRefusalOf(turn) : null;
  if (noDispute !== null) return noDispute;
  const papers = { source: 'person', ...(reference === undefined ? {} : { reference }) } as const;
  placeHold(turn, { hold: name, on: turn.today, reviewOn, said: { by, formId }, ...papers });
  return null;
}

function release(turn: Turn, formId: string, { by, hold: name }: Extract<Instruction, { do: 'release' }>): string | null {
  if (inForce(turn, name) === undefined) return `no hold "${name}" is in force`;
  releaseHold(turn, name, { by, formId });
  return null;
}

function estimate(
  turn: Turn,
  formId: string,
  { by, cents, givenOn = turn.today }: Extract<Instruction, { do: 'estimate' }>,
): string | null {
  if (givenOn > turn.today) return `the day ${givenOn} has not come yet; today is ${turn.today}`;
  turn.record({ kind: 'estimateGiven', cents, on: givenOn, by, formId });
  return null;
}
