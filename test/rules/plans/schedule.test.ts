import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { addMonths, civilDate } from '../../../rules/domain/civil-date.ts';
import { mostMonths, planPolicyBy, readPlanPolicies } from '../../../rules/plans/policy.ts';
import { instalmentFor, offeredInstalment, scheduleOf, sharesOf, termsRefusal } from '../../../rules/plans/schedule.ts';
import { RandomNumbers } from '../../support/random-numbers.ts';

const file = readFileSync('rules/reference/plan-policies.json', 'utf8');
const policyOn = planPolicyBy(readPlanPolicies(file));
const policy = policyOn(civilDate('2026-06-01'));

function schedule(totalCents: number, instalmentCents: number, first: string): string[] {
  return scheduleOf({ totalCents, instalmentCents, firstDueOn: civilDate(first) }).map(({ dueOn, cents }) => `${dueOn} ${cents}`);
}

describe('a schedule', () => {
  test.each([
    ['divides evenly', 60_000, 20_000, '2026-03-16', ['2026-03-16 20000', '2026-04-16 20000', '2026-05-16 20000']],
    ['has its rest last', 10_000, 3_334, '2026-01-15', ['2026-01-15 3334', '2026-02-15 3334', '2026-03-15 3332']],
    ['is one payment when the instalment is more than is owed', 5_000, 9_000, '2026-01-15', ['2026-01-15 5000']],
    [
      'keeps the 31st where there is one',
      4_000,
      1_000,
      '2026-01-31',
      ['2026-01-31 1000', '2026-02-28 1000', '2026-03-31 1000', '2026-04-30 1000'],
    ],
    ['knows a leap year', 2_000, 1_000, '2028-01-30', ['2028-01-30 1000', '2028-02-29 1000']],
    ['crosses a year', 3_000, 1_000, '2026-11-05', ['2026-11-05 1000', '2026-12-05 1000', '2027-01-05 1000']],
  ])('%s', (_, total, instalment, first, expected) => {
    expect(schedule(total, instalment, first)).toEqual(expected);
  });
});

describe('the policy', () => {
  test.each([
    ['up to 999.99', 99_999, 12],
    ['from 1,000.00', 100_000, 24],
    ['from 3,000.00', 300_000, 36],
    ['from 10,000.00', 1_000_000, 60],
  ])('%s: %i cents may take %i months', (_, cents, months) => {
    expect(mostMonths(policy, cents)).toBe(months);
  });

  const asked = (totalCents: number, instalmentCents: number, first = '2026-07-01') =>
    termsRefusal({ totalCents, instalmentCents, firstDueOn: civilDate(first), on: civilDate('2026-06-01') }, policy);
  test.each([
    ['what it allows', 60_000, 5_000, '2026-07-01', null],
    ['a month too many', 60_000, 4_999, '2026-07-01', 'at least $50.00 a month'],
    ['too small an instalment', 5_000, 999, '2026-07-01', 'the smallest instalment is $10.00'],
    ['all at once, though it is small', 500, 500, '2026-07-01', null],
    ['nothing owed', 0, 5_000, '2026-07-01', 'nothing is owed'],
    ['a first day before today', 60_000, 5_000, '2026-05-31', 'before the plan begins'],
    ['today', 60_000, 5_000, '2026-06-01', null],
    ['two months ahead', 60_000, 5_000, '2026-08-01', null],
    ['a day more', 60_000, 5_000, '2026-08-02', 'within two months'],
  ])('answers %s', (_, total, instalment, first, words) => {
    const refusal = asked(total, instalment, first);
    if (words === null) expect(refusal).toBeNull();
    else expect(refusal).toContain(words);
  });

  test.each([
    [126_000, 6, 21_000],
    [90_000, 24, 7_500],
    [7_000, 12, 1_000],
    [600, 12, 600],
  ])('offers for %i in %i months an instalment of %i', (total, months, instalment) => {
    expect(offeredInstalment(total, months, policy)).toBe(instalment);
  });

  test('of several the one that began last by that day counts', () => {
    const [first] = readPlanPolicies(file);
    if (first === undefined) throw new Error('a policy is shipped');
    const later = { ...first, id: 'later', from: civilDate('2027-01-01') };
    const by = planPolicyBy([later, first]);
    expect(['2019-01-01', '2026-12-31', '2027-01-01'].map((on) => by(civilDate(on)).id)).toEqual([first.id, first.id, 'later']);
  });

  test('a broken file is refused with the place of its fault', () => {
    const broken = file.replace('"fromCents": 0,', '"fromCents": 5,');
    expect(() => readPlanPolicies(broken)).toThrow('policies.0.bands: bands begin at 0 and ascend');
  });
});

test('shares sum to the instalment in every month, and to the balance on every account', () => {
  const seed = 20_261_126;
  const random = new RandomNumbers(seed);
  for (let n = 0; n < 150; n += 1) {
    const balances = Array.from({ length: 1 + random.next(6) }, () => 1 + random.next(400_000));
    const totalCents = balances.reduce((a, b) => a + b, 0);
    const instalmentCents = instalmentFor(totalCents, 1 + random.next(60));
    const firstDueOn = civilDate('2026-01-31');
    const whole = scheduleOf({ totalCents, instalmentCents, firstDueOn });
    const shares = sharesOf(whole, balances);
    const said = `seed ${seed}, case ${n}: ${balances.join(' ')} by ${instalmentCents}`;
    expect([said, shares.map((s) => s.reduce((a, i) => a + i.cents, 0))]).toEqual([said, balances]);
    for (const { dueOn, cents } of whole) {
      const thatMonth = shares.flatMap((s) => s.filter((i) => i.dueOn === dueOn)).reduce((a, i) => a + i.cents, 0);
      expect([said, thatMonth]).toEqual([said, cents]);
    }
    expect(whole.every((i, m) => i.cents > 0 && i.dueOn === addMonths(firstDueOn, m))).toBe(true);
    expect(shares.flat().every((i) => i.cents > 0)).toBe(true);
  }
});
