import { addDays, type CivilDate } from '../domain/civil-date.ts';
import type { RuleTimer } from '../domain/decision.ts';
import { invariant } from '../domain/failures.ts';
import { addBusinessDays } from '../deadlines/business-days.ts';

/** The date a rule's timer gives, counted from today: `14 days`, `5 business days`, `2 weeks`. */
export function timerDate(timer: RuleTimer, from: CivilDate): CivilDate {
  const match = /^(\d{1,3}) (business days?|days?|weeks?)$/.exec(timer.duration);
  invariant(match !== null, `the rule checks let through the duration of timer ${timer.id}`);
  const amount = Number(match[1]);
  if (match[2]?.startsWith('business')) return addBusinessDays(from, amount);
  return addDays(from, match[2]?.startsWith('week') ? amount * 7 : amount);
}
