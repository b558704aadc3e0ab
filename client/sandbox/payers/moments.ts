import {
  addDays,
  type CivilDate,
  dayOfWeek,
  daysBetween,
  civilDate,
  type Instant,
  instant,
  instantAt,
  type Zone,
} from '../../../rules/domain/civil-date.ts';
import { nextBusinessDayOnOrAfter } from '../../../rules/deadlines/business-days.ts';
import type { PayerManners } from './manners.ts';

export function minutesAfter(at: Instant, minutes: number): Instant {
  return instant(new Date(Date.parse(at) + minutes * 60_000).toISOString());
}

/** That hour on that date, or a minute after `at` when it would be earlier. */
export function hourOn(on: CivilDate, hour: number, { at, zone }: { readonly at: Instant; readonly zone: Zone }): Instant {
  const moment = instantAt(on, hour, zone);
  return moment > at ? moment : minutesAfter(at, 1);
}

/** A Monday from which fortnights are counted. */
const fortnightStart = civilDate('2024-01-01');

/** The first day on or after `on` on which the payer pays. */
export function payDayFrom(on: CivilDate, { every, on: weekday }: PayerManners['pays']): CivilDate {
  if (every === 'day') return dayOfWeek(on) > 5 ? addDays(on, 8 - dayOfWeek(on)) : on;
  const next = addDays(on, (weekday - dayOfWeek(on) + 7) % 7);
  const isOffWeek = every === 'twoWeeks' && Math.floor(daysBetween(fortnightStart, next) / 7) % 2 !== 0;
  return isOffWeek ? addDays(next, 7) : next;
}

/** A Wednesday, from which its lists and remits are counted. */
const firstListOn = civilDate('2024-01-03');

/** Working days, every so many. */
export function daysEvery(days: number, from: CivilDate, until: CivilDate): readonly CivilDate[] {
  const found: CivilDate[] = [];
  const skipped = Math.max(0, Math.ceil(daysBetween(firstListOn, from) / days));
  for (let on = addDays(firstListOn, skipped * days); on <= until; on = addDays(on, days)) found.push(nextBusinessDayOnOrAfter(on));
  return found;
}
