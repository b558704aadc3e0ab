import type { OralAttempt } from '../domain/assistance.ts';
import { type CivilDate, civilDateAt } from '../domain/civil-date.ts';
import type { Task, TaskForm } from '../domain/task.ts';
import type { Turn } from './turn.ts';

/** The attempt to tell the patient that this form speaks of (26 CFR 1.501(r)-6(c)(4)); null when it speaks of none. */
export function attemptIn(task: Pick<Task, 'kind'>, { outcome, assistance }: TaskForm): OralAttempt | null {
  const isMade = task.kind === 'attemptOralNotice' && (outcome === 'told' || outcome === 'attempted');
  return isMade ? (assistance?.attempt ?? null) : null;
}

/** The day on which it was, where the account is; null when the form speaks of no attempt. */
export function attemptedOn(turn: Turn, task: Task, form: TaskForm): CivilDate | null {
  const attempt = attemptIn(task, form);
  return attempt === null ? null : civilDateAt(attempt.at, turn.opened.zone);
}

/** Why the attempt does not count as it is told, in words for that person; null when it does. Whether it may have been, the contact ledger says. */
export function refusalOfAttempt(turn: Turn, task: Task, form: TaskForm): string | null {
  if (task.kind !== 'attemptOralNotice') return null;
  if (form.outcome === 'cannotReach') return form.assistance?.attempt === undefined ? null : 'somebody tried: choose told or attempted';
  const attempt = attemptIn(task, form);
  const on = attemptedOn(turn, task, form);
  if (attempt === null || on === null) return 'say how it was tried (attempt): by call or in person, what came of it, and when';
  if ((form.outcome === 'told') !== (attempt.outcome === 'conversation'))
    return 'told is a conversation with the person, and anything else is attempted: outcome and attempt do not agree';
  if (attempt.at > turn.asOf) return `the moment ${attempt.at} has not come yet`;
  if (on < task.openedOn) return `the attempt of ${on} was before the written notice (${task.openedOn}), and one after it is asked`;
  return form.on === undefined || form.on === on ? null : `the day given is ${form.on}, and the attempt was on ${on}`;
}
