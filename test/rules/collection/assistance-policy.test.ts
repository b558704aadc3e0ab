import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onScale, owedAfter } from '../../../rules/collection/assistance-policy.ts';
import { readAssistancePolicies } from '../../../rules/collection/read-assistance-policies.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { RandomNumbers } from '../../support/random-numbers.ts';

const text = readFileSync(join(import.meta.dirname, '../../../rules/reference/assistance-policies.json'), 'utf8');
const reference = readAssistancePolicies(text);

describe('the sliding scale', () => {
  test.each([
    // people, state, yearly income in dollars, day, percent of the guideline, forgiven
    [1, 'OH', 0, '2026-09-14', 0, 100],
    [1, 'OH', 31_920, '2026-09-14', 200, 100],
    [1, 'OH', 31_920.01, '2026-09-14', 201, 75],
    [3, 'OH', 61_470, '2026-09-14', 225, 75],
    [1, 'OH', 39_900, '2026-09-14', 250, 75],
    [1, 'OH', 47_880, '2026-09-14', 300, 50],
    [1, 'OH', 63_840, '2026-09-14', 400, 25],
    [1, 'OH', 63_840.01, '2026-09-14', 401, 0],
    [1, 'AK', 39_900, '2026-09-14', 200, 100],
    [2, 'HI', 49_780, '2026-09-14', 200, 100],
    // The guideline of the day on which the application came.
    [1, 'OH', 31_920, '2026-01-12', 204, 75],
  ])('%s people in %s with %s dollars on %s are at %s %% and get %s %%', (size, state, income, on, percent, discount) => {
    const household = { size, state, annualIncomeCents: Math.round(income * 100) };
    expect(onScale(reference, household, civilDate(on))).toMatchObject({
      incomePercent: percent,
      discountPercent: discount,
      policyId: 'example-2020',
    });
  });

  test('without a policy or a guideline of that year nothing is guessed', () => {
    const household = { size: 1, state: 'OH', annualIncomeCents: 0 };
    expect(onScale(reference, household, civilDate('2019-12-31'))).toContain('no assistance policy holds on 2019-12-31');
    expect(onScale(reference, household, civilDate('2028-01-02'))).toContain('no poverty guideline of 2028');
  });
});

describe('what is owed after an award', () => {
  test.each([
    ['S10: a quarter of 1,850.00', { discountPercent: 75, shareCents: 185_000, chargeCents: 185_000, generallyBilledPercent: 62 }, 46_250],
    ['nothing of all of it', { discountPercent: 100, shareCents: 185_000, chargeCents: 185_000, generallyBilledPercent: 62 }, 0],
    ['a fraction of a cent is forgiven', { discountPercent: 75, shareCents: 101, chargeCents: 101, generallyBilledPercent: null }, 25],
    [
      'never more than is generally billed',
      { discountPercent: 25, shareCents: 100_000, chargeCents: 100_000, generallyBilledPercent: 62 },
      62_000,
    ],
    ['who gets nothing owes all', { discountPercent: 0, shareCents: 100_000, chargeCents: 100_000, generallyBilledPercent: 62 }, 100_000],
  ])('%s', (_, award, owed) => expect(owedAfter(award)).toBe(owed));

  test('a higher discount never leaves more to pay, and nobody owes less than nothing or more than before', () => {
    const numbers = new RandomNumbers(20_261_126);
    for (let n = 0; n < 2_000; n += 1) {
      const shareCents = numbers.next(10_000_000);
      const about = { shareCents, chargeCents: shareCents + numbers.next(1_000_000), generallyBilledPercent: numbers.next(101) };
      const owed = [0, 25, 50, 75, 100].map((discountPercent) => owedAfter({ ...about, discountPercent }));
      expect(owed.every((cents, i) => cents >= 0 && cents <= shareCents && (i === 0 || cents <= (owed[i - 1] ?? 0)))).toBe(true);
    }
  });
});

test.each([
  [
    'a band that stands out of order',
    {
      scale: [
        { upToPercent: 300, discountPercent: 50 },
        { upToPercent: 200, discountPercent: 100 },
      ],
    },
    'in order',
  ],
  [
    'a higher income with a higher discount',
    {
      scale: [
        { upToPercent: 200, discountPercent: 50 },
        { upToPercent: 300, discountPercent: 75 },
      ],
    },
    'higher discount',
  ],
  ['two versions on one day', { to: '2030-01-01' }, 'one policy holds'],
])('%s is refused with its place', (_, change, says) => {
  const file = JSON.parse(text);
  const policies =
    'to' in change ? [file.policies[0], { ...file.policies[0], id: 'other', ...change }] : [{ ...file.policies[0], ...change }];
  expect(() => readAssistancePolicies(JSON.stringify({ ...file, policies }))).toThrow(says);
});
