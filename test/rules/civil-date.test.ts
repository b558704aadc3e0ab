import { expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { addDays, civilDate, dayOfWeek, daysBetween } from '../../rules/domain/civil-date.ts';
import { RandomNumbers } from '../support/random-numbers.ts';

const seed = 7;

test(`days are counted as Temporal counts them, leap years and centuries included (seed ${seed})`, () => {
  const numbers = new RandomNumbers(seed);
  const start = Temporal.PlainDate.from('1890-01-01');
  for (let n = 0; n < 3_000; n += 1) {
    const from = start.add({ days: numbers.next(120_000) });
    const days = numbers.next(4_000) - 2_000;
    const to = from.add({ days });
    const date = civilDate(from.toString());
    expect([addDays(date, days), daysBetween(date, civilDate(to.toString())), dayOfWeek(date)]).toEqual([
      to.toString(),
      days,
      from.dayOfWeek,
    ]);
  }
  expect(addDays(civilDate('2000-02-28'), 1)).toBe('2000-02-29');
  expect(addDays(civilDate('2100-02-28'), 1)).toBe('2100-03-01');
});
