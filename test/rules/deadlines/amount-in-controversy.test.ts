import { describe, expect, test } from '@jest/globals';
import { amountInControversy, readAmounts } from '../../../rules/deadlines/amount-in-controversy.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';

function verdict(level: number, filedOn: string, amountCents: number): string {
  return amountInControversy({ level, filedOn: civilDate(filedOn), amountCents }).verdict;
}

describe('the amount in controversy of a Medicare appeal (42 CFR 405.1006)', () => {
  test.each<[number, string, number, string]>([
    [3, '2025-12-31', 19_000, 'met'],
    [3, '2025-12-31', 18_999, 'notMet'],
    [3, '2026-01-01', 19_000, 'notMet'],
    [3, '2026-01-01', 20_000, 'met'],
    [5, '2025-06-01', 190_000, 'met'],
    [5, '2026-06-01', 195_999, 'notMet'],
    [5, '2026-06-01', 196_000, 'met'],
    [1, '2026-06-01', 1, 'notNeeded'],
    [2, '2027-06-01', 1, 'notNeeded'],
    [4, '2027-06-01', 1, 'notNeeded'],
  ])('level %i filed %s about %i cents: %s', (level, filedOn, amountCents, expected) => {
    expect(verdict(level, filedOn, amountCents)).toBe(expected);
  });

  test('S4: $9,600 filed on 2027-03-15 is not guessed from last year’s table; a person looks the year up', () => {
    expect(amountInControversy({ level: 3, filedOn: civilDate('2027-03-15'), amountCents: 960_000 })).toEqual({
      verdict: 'unknown',
      why: 'The amount in controversy of level 3 for requests filed in 2027 is not in rules/reference/amounts-in-controversy.json: look it up and add it.',
    });
  });

  test('says what was compared', () => {
    expect(amountInControversy({ level: 3, filedOn: civilDate('2026-03-15'), amountCents: 19_999 }).why).toBe(
      '$199.99 is below the $200.00 of level 3 in 2026 (Hearing by an administrative law judge: $200 for 2026 (90 FR 55869)).',
    );
  });

  test('refuses a table with an amount twice, or of a level that asks for none', () => {
    const row = { filedIn: 2026, level: 3, cents: 20_000, citation: 'c', source: 's' };
    expect(() => readAmounts({ amounts: [row, row] })).toThrow('amounts[1]: the amount of level 3 in 2026 is listed already');
    expect(() => readAmounts({ amounts: [{ ...row, level: 4 }] })).toThrow(/^amounts\[0\]\.level: .*; came 4$/);
  });
});
