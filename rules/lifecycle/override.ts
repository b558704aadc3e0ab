import type { DecidedQuestion } from '../domain/account.ts';
import { type DecisionPoint, decisionPoints } from '../domain/decision.ts';
import { type Instruction, overrideActions } from '../domain/instruction.ts';
import type { Task } from '../domain/task.ts';
import { findCase } from './balances.ts';
import { carryOut } from './consequences.ts';
import { words } from './describe.ts';
import { refusalOf } from './legal.ts';
import { correctClaim } from './take-path.ts';
import { othersTask } from './task-holder.ts';
import { Turn } from './turn.ts';

type Overriding = Extract<Instruction, { do: 'override' }>;

/**
 * A person does otherwise than the rule whose decision made this task. What the rule asked for is withdrawn, and the choice is checked as a
 * rule's answer would be: where it is refused, nothing changes.
 */
export function override(turn: Turn, formId: string, said: Overriding): string | null {
  const task = turn.account.tasks.find(({ id, status }) => id === said.taskId && status === 'open');
  if (task === undefined) return `task ${said.taskId} is not open`;
  const held = othersTask(task, said.by);
  if (held !== null) return held;
  const decided = turn.account.decided.find((d) => d.reopenedOn === undefined && d.made?.includes(task.id) === true);
  if (decided === undefined) return `no rule decided that task ${task.id} is to be done: end it with an outcome`;
  const point = pointOf(decided);
  if (!overrideActions.includes(said.action)) return `"${said.action}" cannot be chosen; choose ${overrideActions.join(', ')}`;
  if (decided.action === said.action) return `"${said.action}" is what rule ${decided.ruleId} says`;
  const trial = new Turn(turn.account, turn.asOf, turn.knowledge, { paused: [...turn.paused], guarantor: turn.guarantor });
  for (const t of [trial, turn]) {
    withdraw(t, { task, decided, said, formId });
    const refusal = t === trial ? refusalOf(t, point, task.subject, said.action) : null;
    if (refusal !== null) return refusal;
  }
  const why = `Chosen by ${said.by} in place of "${words(decided.action)}" (rule ${decided.ruleId}): ${words(said.reason)}.`;
  const answer = { ruleId: decided.ruleId, action: said.action, queue: task.queue, timer: null, why, citation: 'a person’s decision' };
  const whole = { ...answer, params: { proposedBy: said.by } };
  if (said.action === 'voidClaim') correctClaim(turn, task.subject, whole, 'void');
  else carryOut(turn, task.subject, whole);
  return null;
}

interface Withdrawn {
  readonly task: Task;
  readonly decided: DecidedQuestion;
  readonly said: Overriding;
  readonly formId: string;
}

function withdraw(turn: Turn, { task, decided, said, formId }: Withdrawn): void {
  const { subject } = task;
  const { made = [], decisionId, ruleId, action: ruleAction } = decided;
  const { action, reason, by } = said;
  turn.withdrawTasks((t) => made.includes(t.id), `${by} did otherwise than rule ${ruleId}`);
  for (const t of turn.account.timers)
    if (t.status === 'armed' && made.includes(t.id)) turn.record({ kind: 'timerCancelled', timerId: t.id, on: turn.today });
  const caseId = subject.kind === 'case' && findCase(turn.account, subject.caseId)?.case.status === 'working' ? subject.caseId : null;
  const about = { point: pointOf(decided), subject, ruleAction, action, reason, by, on: turn.today, formId };
  turn.record({ kind: 'decisionOverridden', decisionId, ruleId, ...about, caseId });
}

/** A question's key begins with its point. */
function pointOf({ key }: DecidedQuestion): DecisionPoint {
  return decisionPoints.find((point) => key.startsWith(`${point}:`) || key.startsWith(`${point}#`)) ?? 'denied';
}
