import { addDays, type CivilDate, earlier, later } from '../domain/civil-date.ts';
import type { RuleAnswer } from '../domain/decision.ts';
import type { Subject } from '../domain/task.ts';
import { timerDate } from './timer-date.ts';
import type { Turn } from './turn.ts';
import { contractDaysLeft } from './vendor-terms.ts';

/** Without a timer of its own, `wait` is looked at again after this many days, so that nothing waits for ever. */
export const reviewDays = 30;

export function wait(turn: Turn, subject: Subject, answer: RuleAnswer): void {
  const on = timerOf(turn, answer);
  const endOn = contractEndOn(turn, subject);
  turn.setTimer(answer.timer?.id ?? 'review', subject, endOn === null ? on : earlier(on, endOn));
}

/** A balance with a vendor is looked at on the day on which the contract wants it back; null when there is none ahead. */
function contractEndOn({ account, today }: Turn, subject: Subject): CivilDate | null {
  const placement = subject.kind === 'placement' ? account.patient.placements.find(({ id }) => id === subject.placementId) : undefined;
  const left = placement === undefined ? null : contractDaysLeft(placement, today);
  return left === null || left <= 0 ? null : addDays(today, left);
}

/** `daysPassed` of the answer is how long ago the wait began: only what is left of it is waited for, at least until tomorrow. */
export function timerOf(turn: Turn, answer: RuleAnswer): CivilDate {
  const on = answer.timer === null ? addDays(turn.today, reviewDays) : timerDate(answer.timer, turn.today);
  const { daysPassed } = answer.params;
  return typeof daysPassed === 'number' ? later(addDays(on, -daysPassed), addDays(turn.today, 1)) : on;
}
