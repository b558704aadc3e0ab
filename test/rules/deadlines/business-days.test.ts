import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addBusinessDays,
  federalHolidays,
  isBusinessDay,
  lastBusinessDayOnOrBefore,
  nextBusinessDayOnOrAfter,
} from '../../../rules/deadlines/business-days.ts';
import { addDays, type CivilDate, civilDate } from '../../../rules/domain/civil-date.ts';

const day = fc.integer({ min: 0, max: 20_000 }).map((offset) => addDays(civilDate('1995-01-01'), offset));
const businessDay = day.map(nextBusinessDayOnOrAfter);

describe('federal holidays', () => {
  test.each<[number, string]>([
    [2026, '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25'],
    [2027, '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31'],
    [2028, '01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25'],
    [2021, '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31'],
    [2020, '01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25'],
  ])('of %i are those observed, the next New Year and no Juneteenth before 2021 included', (year, expected) => {
    expect(federalHolidays(year)).toEqual(expected.split(' ').map((text) => `${year}-${text}`));
  });

  test.each<[string, boolean]>([
    ['2026-07-03', false],
    ['2026-07-04', false],
    ['2026-07-06', true],
    ['2027-12-31', false],
    ['2028-01-03', true],
    ['2026-11-27', true],
    ['2026-09-07', false],
  ])('%s is a business day: %s', (date, expected) => {
    expect(isBusinessDay(civilDate(date))).toBe(expected);
  });
});

describe('counting business days', () => {
  test.each<[string, number, string]>([
    ['2026-05-01', 5, '2026-05-08'],
    ['2026-05-01', 30, '2026-06-15'],
    ['2026-07-24', 60, '2026-10-20'],
    ['2026-09-05', 1, '2026-09-08'],
    ['2026-09-05', -1, '2026-09-04'],
    ['2026-09-05', 0, '2026-09-05'],
    ['2027-12-30', 1, '2028-01-03'],
  ])('from %s by %i is %s', (from, count, expected) => {
    expect(addBusinessDays(civilDate(from), count)).toBe(expected);
  });

  test('going and coming back by as many ends where it began', () => {
    fc.assert(
      fc.property(businessDay, fc.integer({ min: -90, max: 90 }), (from, count) => {
        expect(addBusinessDays(addBusinessDays(from, count), -count)).toBe(from);
      }),
    );
  });

  test('a distance counts as many business days as it was asked', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (from, count) => {
        const to = addBusinessDays(from, count);
        expect(isBusinessDay(to)).toBe(true);
        expect(daysAfter(from, to).filter(isBusinessDay)).toHaveLength(count);
      }),
    );
  });

  test('the nearest business day on either side is one, and nothing between is', () => {
    fc.assert(
      fc.property(day, (date) => {
        const [last, next] = [lastBusinessDayOnOrBefore(date), nextBusinessDayOnOrAfter(date)];
        expect([isBusinessDay(last), isBusinessDay(next), last <= date, date <= next]).toEqual([true, true, true, true]);
        expect(daysAfter(last, addDays(next, -1)).some(isBusinessDay)).toBe(false);
      }),
    );
  });
});

function daysAfter(from: CivilDate, to: CivilDate): CivilDate[] {
  const days: CivilDate[] = [];
  for (let next = addDays(from, 1); next <= to; next = addDays(next, 1)) days.push(next);
  return days;
}
