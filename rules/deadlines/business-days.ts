import { addDays, type CivilDate, civilDate, dayOfWeek } from '../domain/civil-date.ts';

/**
 * Federal holidays by rule (5 U.S.C. 6103): a holiday on a Saturday is observed on the Friday before, on a Sunday on the Monday after.
 * New Year's Day of the next year may therefore be observed on December 31.
 */
export function isFederalHoliday(date: CivilDate): boolean {
  const year = Number(date.slice(0, 4));
  return federalHolidays(year).includes(date) || federalHolidays(year + 1).includes(date);
}

export function isBusinessDay(date: CivilDate): boolean {
  return dayOfWeek(date) <= 5 && !isFederalHoliday(date);
}

/** The n-th business day after the date; the date itself is not counted. `n` may be 0: the date is returned as it is. */
export function addBusinessDays(date: CivilDate, n: number): CivilDate {
  let result = date;
  for (let left = n; left > 0; ) {
    result = addDays(result, 1);
    if (isBusinessDay(result)) left -= 1;
  }
  return result;
}

export function lastBusinessDayOnOrBefore(date: CivilDate): CivilDate {
  let result = date;
  while (!isBusinessDay(result)) result = addDays(result, -1);
  return result;
}

export function nextBusinessDayOnOrAfter(date: CivilDate): CivilDate {
  let result = date;
  while (!isBusinessDay(result)) result = addDays(result, 1);
  return result;
}

/** The business day `n` business days before a business day. */
export function subtractBusinessDays(date: CivilDate, n: number): CivilDate {
  let result = date;
  for (let left = n; left > 0; ) {
    result = addDays(result, -1);
    if (isBusinessDay(result)) left -= 1;
  }
  return result;
}

const known = new Map<number, readonly CivilDate[]>();

function federalHolidays(year: number): readonly CivilDate[] {
  const cached = known.get(year);
  if (cached !== undefined) return cached;
  const holidays = [
    observed(on(year, 1, 1)),
    nthWeekday({ year, month: 1, weekday: 1, n: 3 }),
    nthWeekday({ year, month: 2, weekday: 1, n: 3 }),
    lastMondayOfMay(year),
    ...(year >= 2021 ? [observed(on(year, 6, 19))] : []),
    observed(on(year, 7, 4)),
    nthWeekday({ year, month: 9, weekday: 1, n: 1 }),
    nthWeekday({ year, month: 10, weekday: 1, n: 2 }),
    observed(on(year, 11, 11)),
    nthWeekday({ year, month: 11, weekday: 4, n: 4 }),
    observed(on(year, 12, 25)),
  ];
  known.set(year, holidays);
  return holidays;
}

function on(year: number, month: number, day: number): CivilDate {
  return civilDate(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}

function observed(date: CivilDate): CivilDate {
  const weekday = dayOfWeek(date);
  return weekday === 6 ? addDays(date, -1) : weekday === 7 ? addDays(date, 1) : date;
}

function nthWeekday({ year, month, weekday, n }: { year: number; month: number; weekday: number; n: number }): CivilDate {
  const first = on(year, month, 1);
  return addDays(first, ((weekday - dayOfWeek(first) + 7) % 7) + (n - 1) * 7);
}

function lastMondayOfMay(year: number): CivilDate {
  const last = on(year, 5, 31);
  return addDays(last, -(dayOfWeek(last) - 1));
}
