import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addBusinessDays,
  isBusinessDay,
  isFederalHoliday,
  lastBusinessDayOnOrBefore,
  nextBusinessDayOnOrAfter,
  subtractBusinessDays,
} from '../../../rules/deadlines/business-days.ts';
import { addDays, type CivilDate, civilDate } from '../../../rules/domain/civil-date.ts';

const anyDate = fc.integer({ min: 0, max: 11_000 }).map((n) => addDays(civilDate('2020-01-01'), n));

function holidaysOf(year: number): CivilDate[] {
  const days: CivilDate[] = [];
  for (let day = civilDate(`${year}-01-01`); day < `${year + 1}-01-01`; day = addDays(day, 1)) if (isFederalHoliday(day)) days.push(day);
  return days;
}

describe('business days', () => {
  test('the federal holidays of 2026 and 2027, observed days included', () => {
    expect(holidaysOf(2026)).toEqual(
      ['01-01', '01-19', '02-16', '05-25', '06-19', '07-03', '09-07', '10-12', '11-11', '11-26', '12-25'].map((d) => `2026-${d}`),
    );
    expect(holidaysOf(2027)).toEqual(
      ['01-01', '01-18', '02-15', '05-31', '06-18', '07-05', '09-06', '10-11', '11-11', '11-25', '12-24', '12-31'].map((d) => `2027-${d}`),
    );
  });

  test('Juneteenth is one only since 2021', () => {
    expect([isFederalHoliday(civilDate('2020-06-19')), isFederalHoliday(civilDate('2021-06-18'))]).toEqual([false, true]);
  });

  test('adding and subtracting from a business day undo each other', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 200 }), (day, n) => {
        const start = nextBusinessDayOnOrAfter(day);
        expect(subtractBusinessDays(addBusinessDays(start, n), n)).toBe(start);
      }),
    );
  });

  test('the nearest business days embrace the date and are business days', () => {
    fc.assert(
      fc.property(anyDate, (day) => {
        const before = lastBusinessDayOnOrBefore(day);
        const after = nextBusinessDayOnOrAfter(day);
        expect(before <= day && day <= after && isBusinessDay(before) && isBusinessDay(after)).toBe(true);
      }),
    );
  });
});
