import { describe, expect, test } from '@jest/globals';
import { addDays, civilDate, daysBetween } from '../../../rules/domain/civil-date.ts';
import type { PromiseToPay } from '../../../rules/domain/plan.ts';
import { keptRate, promiseOutcome } from '../../../rules/plans/promise.ts';
import { payOffQuote } from '../../../rules/plans/quote.ts';
import { scheduleOf } from '../../../rules/plans/schedule.ts';
import { standingOf, unpaidOf } from '../../../rules/plans/standing.ts';
import { planPolicyBy, readPlanPolicies, termsOf } from '../../../rules/plans/policy.ts';
import { readFileSync } from 'node:fs';

const policy = planPolicyBy(readPlanPolicies(readFileSync('rules/reference/plan-policies.json', 'utf8')))(civilDate('2026-01-01'));
const terms = termsOf(policy);
/** 100.00 on 2026-03-10, 04-10, 05-10. */
const instalments = scheduleOf({ totalCents: 30_000, instalmentCents: 10_000, firstDueOn: civilDate('2026-03-10') });

function at(on: string, paidCents: number, balanceCents = 30_000 - paidCents) {
  return standingOf({ instalments, terms }, { paidCents, balanceCents, on: civilDate(on) });
}

describe('where a plan stands', () => {
  test.each([
    ['before anything is due', '2026-03-09', 0, { missed: 0, overdueCents: 0, isInDefault: false, changesOn: '2026-03-16' }],
    ['on the day itself', '2026-03-10', 0, { missed: 0, overdueCents: 0, isInDefault: false, changesOn: '2026-03-16' }],
    ['on the last day of grace', '2026-03-15', 0, { missed: 0, overdueCents: 10_000, isInDefault: false, changesOn: '2026-03-16' }],
    ['a day later it is missed', '2026-03-16', 0, { missed: 1, overdueCents: 10_000, isInDefault: false, changesOn: '2026-04-16' }],
    ['more than a dollar short', '2026-03-16', 9_899, { missed: 1, overdueCents: 101, isInDefault: false, changesOn: '2026-04-16' }],
    ['a dollar short', '2026-03-16', 9_900, { missed: 0, overdueCents: 100, isInDefault: false, changesOn: '2026-04-16' }],
    ['paid', '2026-03-16', 10_000, { missed: 0, overdueCents: 0, isInDefault: false, changesOn: '2026-04-16' }],
    ['a second is missed: default', '2026-04-16', 9_000, { missed: 2, overdueCents: 11_000, isInDefault: true, changesOn: null }],
    ['the day before it is not', '2026-04-15', 0, { missed: 1, overdueCents: 20_000, isInDefault: false, changesOn: '2026-04-16' }],
    ['paid ahead', '2026-04-16', 25_000, { missed: 0, overdueCents: 0, isInDefault: false, changesOn: '2026-05-16' }],
    ['the last one missed', '2026-05-16', 20_000, { missed: 1, overdueCents: 10_000, isInDefault: false, changesOn: '2026-06-16' }],
    [
      'the last one missed by a month: default',
      '2026-06-16',
      20_000,
      { missed: 1, overdueCents: 10_000, isInDefault: true, changesOn: null },
    ],
    [
      'all but a dollar, while there is time',
      '2026-05-15',
      29_900,
      { missed: 0, overdueCents: 100, isPaid: false, isInDefault: false, changesOn: '2026-05-16' },
    ],
    ['all but a dollar', '2026-05-16', 29_900, { missed: 0, isPaid: true, isInDefault: false, changesOn: null }],
    ['all paid', '2026-05-16', 30_000, { missed: 0, overdueCents: 0, isPaid: true, isInDefault: false, changesOn: null }],
  ])('%s', (_, on, paid, expected) => {
    expect(at(on, paid)).toMatchObject(expected);
  });

  test('an insurer paid after all: the last instalments fall away', () => {
    expect(unpaidOf(instalments, 10_000, 12_000).map((i) => i.cents)).toEqual([10_000, 2_000]);
    expect(at('2026-04-16', 10_000, 0)).toMatchObject({ unpaid: [], missed: 0, changesOn: null });
  });

  test('money that came back is unpaid again', () => {
    expect(unpaidOf(instalments, -500, 30_000).map((i) => i.cents)).toEqual([10_000, 10_000, 10_000]);
  });

  test('law: looked at on every day of its life, it changes only on the day it says', () => {
    for (const paid of [0, 5_000, 10_000, 15_000, 20_000, 29_899]) {
      let before = at('2026-03-01', paid);
      for (let on = civilDate('2026-03-02'); !before.isInDefault && on <= '2026-08-01'; on = addDays(on, 1)) {
        const now = at(on, paid);
        const hasChanged = now.missed !== before.missed || now.isPaid !== before.isPaid || now.isInDefault !== before.isInDefault;
        expect([paid, on, hasChanged && before.changesOn !== on]).toEqual([paid, on, false]);
        before = now;
      }
      expect(before.isInDefault).toBe(true);
    }
  });
});

describe('a promise to pay', () => {
  const promise: PromiseToPay = {
    id: 'promise1',
    cents: 20_000,
    madeOn: civilDate('2026-03-01'),
    dueOn: civilDate('2026-03-10'),
    by: 'casey.collections',
    status: 'open',
    paidCents: 0,
    settledOn: null,
  };
  const paid = (...amounts: readonly [string, number][]) => amounts.map(([on, cents]) => ({ on: civilDate(on), cents }));
  test.each([
    ['nothing yet', '2026-03-13', [], null],
    ['nothing, and the grace has passed', '2026-03-14', [], { status: 'broken', paidCents: 0 }],
    ['all of it at once', '2026-03-05', [['2026-03-05', 20_000]], { status: 'kept', paidCents: 20_000 }],
    [
      'all of it in two',
      '2026-03-14',
      [
        ['2026-03-05', 5_000],
        ['2026-03-13', 15_000],
      ],
      { status: 'kept', paidCents: 20_000 },
    ],
    ['a cent short', '2026-03-14', [['2026-03-13', 19_999]], { status: 'partlyKept', paidCents: 19_999 }],
    ['a day too late', '2026-03-14', [['2026-03-14', 20_000]], { status: 'broken', paidCents: 0 }],
    ['before it was made', '2026-03-14', [['2026-02-28', 20_000]], { status: 'broken', paidCents: 0 }],
    [
      'it came back',
      '2026-03-14',
      [
        ['2026-03-05', 20_000],
        ['2026-03-09', -20_000],
      ],
      { status: 'broken', paidCents: 0 },
    ],
    ['more than promised', '2026-03-05', [['2026-03-05', 90_000]], { status: 'kept', paidCents: 20_000 }],
  ] as const)('%s', (_, on, amounts, expected) => {
    expect(
      promiseOutcome(promise, paid(...amounts.map(([d, c]) => [d, c] as [string, number])), { graceDays: 3, on: civilDate(on) }),
    ).toEqual(expected);
  });

  test.each([
    [{ kept: 0, partlyKept: 0, broken: 0 }, null],
    [{ kept: 2, partlyKept: 0, broken: 1 }, 6_666],
    [{ kept: 1, partlyKept: 1, broken: 0 }, 5_000],
    [{ kept: 3, partlyKept: 0, broken: 0 }, 10_000],
  ])('the rate of %j is %s', (counts, rate) => {
    expect(keptRate({ made: 9, open: 1, promisedCents: 0, paidCents: 0, ...counts })).toBe(rate);
  });
});

test('a pay-off quote is what is owed, with no fee, and says how long it holds', () => {
  const owes = { servicedThrough: civilDate('2026-01-01'), isWithVendor: false };
  const accounts = [
    { accountId: 'a', balanceCents: 20_000, unpaid: unpaidOf(instalments, 10_000, 20_000), ...owes },
    { accountId: 'b', balanceCents: 0, unpaid: [], ...owes },
    { accountId: 'c', balanceCents: 7_001, unpaid: [], ...owes },
  ];
  const quote = payOffQuote(accounts, civilDate('2026-04-11'), policy);
  expect(quote).toEqual({
    quotedOn: '2026-04-11',
    goodThrough: '2026-04-21',
    totalCents: 27_001,
    overdueCents: 10_000,
    instalmentsLeft: 2,
    lastDueOn: '2026-05-10',
    accounts: [
      { accountId: 'a', cents: 20_000 },
      { accountId: 'c', cents: 7_001 },
    ],
  });
  expect(daysBetween(quote.quotedOn, quote.goodThrough)).toBe(policy.quoteDays);
});
