import { addDays, type CivilDate, civilDate, dayOfWeek } from '../domain/civil-date.ts';
import type { BusinessCalendar } from '../domain/deadline.ts';
import { invariant } from '../domain/failures.ts';

const monday = 1;
const thursday = 4;

export const federalCalendar: BusinessCalendar = { id: 'federal', title: 'the federal government', daysOff: null };

export type DayTest = (date: CivilDate) => boolean;

/** Not a weekend and not a federal holiday. Closures by executive order are not holidays and are not known here. */
export function isBusinessDay(date: CivilDate): boolean {
  return dayOfWeek(date) < 6 && !holidaysIn(date.slice(0, 4)).has(date);
}

/** The business days of a calendar. In a year whose list is not known only weekends are off, which makes every count the earliest possible. */
export function businessDaysOf({ daysOff }: BusinessCalendar): DayTest {
  if (daysOff === null) return isBusinessDay;
  return (date) => dayOfWeek(date) < 6 && daysOff[date.slice(0, 4)]?.includes(date) !== true;
}

/** The `count`-th business day after the date (before it when negative), which itself is never counted; 0 gives the date back. */
export function addBusinessDays(date: CivilDate, count: number, isOpen: DayTest = isBusinessDay): CivilDate {
  invariant(Number.isSafeInteger(count), 'business days are counted in whole numbers');
  const step = Math.sign(count);
  let day = date;
  for (let left = Math.abs(count); left > 0; ) {
    day = addDays(day, step);
    if (isOpen(day)) left -= 1;
  }
  return day;
}

export function lastBusinessDayOnOrBefore(date: CivilDate, isOpen: DayTest = isBusinessDay): CivilDate {
  return isOpen(date) ? date : addBusinessDays(date, -1, isOpen);
}

export function nextBusinessDayOnOrAfter(date: CivilDate, isOpen: DayTest = isBusinessDay): CivilDate {
  return isOpen(date) ? date : addBusinessDays(date, 1, isOpen);
}

/**
 * The days off in a year by 5 U.S.C. 6103, in order: a holiday on Saturday is observed on Friday, on Sunday on Monday.
 * New Year's Day of the next year can be observed on December 31 of this one.
 */
export function federalHolidays(year: number): readonly CivilDate[] {
  const days = [...statutory(year), fixed(year + 1, 1, 1)].map(observed);
  return days.filter((day) => Number(day.slice(0, 4)) === year).sort();
}

function statutory(year: number): CivilDate[] {
  return [
    fixed(year, 1, 1),
    nth(3, monday, fixed(year, 1, 1)),
    nth(3, monday, fixed(year, 2, 1)),
    // The last Monday of May is a week before the first of June.
    addDays(nth(1, monday, fixed(year, 6, 1)), -7),
    ...(year >= 2021 ? [fixed(year, 6, 19)] : []),
    fixed(year, 7, 4),
    nth(1, monday, fixed(year, 9, 1)),
    nth(2, monday, fixed(year, 10, 1)),
    fixed(year, 11, 11),
    nth(4, thursday, fixed(year, 11, 1)),
    fixed(year, 12, 25),
  ];
}

function fixed(year: number, month: number, day: number): CivilDate {
  return civilDate(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}

/** The n-th such weekday of the month that begins on `first`. */
function nth(count: number, weekday: number, first: CivilDate): CivilDate {
  return addDays(first, ((weekday - dayOfWeek(first) + 7) % 7) + 7 * (count - 1));
}

function observed(holiday: CivilDate): CivilDate {
  const weekday = dayOfWeek(holiday);
  if (weekday === 6) return addDays(holiday, -1);
  return weekday === 7 ? addDays(holiday, 1) : holiday;
}

const holidaysByYear = new Map<string, ReadonlySet<string>>();

function holidaysIn(year: string): ReadonlySet<string> {
  const known = holidaysByYear.get(year);
  if (known !== undefined) return known;
  const holidays = new Set<string>(federalHolidays(Number(year)));
  holidaysByYear.set(year, holidays);
  return holidays;
}
