import { addDays, type CivilDate, later } from '../domain/civil-date.ts';
import type { RuleAnswer } from '../domain/decision.ts';
import type { Subject } from '../domain/task.ts';
import { timerDate } from './timer-date.ts';
import type { Turn } from './turn.ts';

/** Without a timer of its own, `wait` is looked at again after this many days, so that nothing waits for ever. */
export const reviewDays = 30;

export function wait(turn: Turn, subject: Subject, answer: RuleAnswer): void {
  turn.setTimer(answer.timer?.id ?? 'review', subject, timerOf(turn, answer));
}

/** `daysPassed` of the answer is how long ago the wait began: only what is left of it is waited for, at least until tomorrow. */
export function timerOf(turn: Turn, answer: RuleAnswer): CivilDate {
  const on = answer.timer === null ? addDays(turn.today, reviewDays) : timerDate(answer.timer, turn.today);
  const { daysPassed } = answer.params;
  return typeof daysPassed === 'number' ? later(addDays(on, -daysPassed), addDays(turn.today, 1)) : on;
}
