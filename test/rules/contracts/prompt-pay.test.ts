import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { latePayment, type LateQuestion } from '../../../rules/contracts/prompt-pay.ts';
import { readPromptPay } from '../../../rules/contracts/read-prompt-pay.ts';
import { addDays, civilDate } from '../../../rules/domain/civil-date.ts';
import { cents } from '../../../rules/domain/money.ts';
import { readRulesFile } from '../../support/rule-sets.ts';

const laws = readPromptPay(readRulesFile('reference/prompt-pay.json'));

function ask(about: Partial<LateQuestion> & { readonly late: number; readonly free?: number }): ReturnType<typeof latePayment> {
  const { late, free = 30, ...rest } = about;
  const receivedOn = rest.receivedOn ?? civilDate('2026-03-02');
  const money = { paidCents: cents(62_500), chargeCents: cents(100_000), contractedCents: cents(62_500), interestPaidCents: cents(0) };
  const question = {
    payerClass: 'commercial',
    state: 'CA',
    funding: 'insured',
    receivedOn,
    paidOn: addDays(receivedOn, free + late),
    ...money,
  } as const;
  return latePayment(laws, { ...question, ...rest });
}

function owed(answer: ReturnType<typeof latePayment>) {
  return answer.kind === 'late' ? [answer.law.id, answer.daysLate, answer.owedCents, answer.confirmed] : answer.kind;
}

const medicare = { payerClass: 'medicare', state: 'OH', funding: null, paidCents: cents(1_000_000) } as const;

describe('what a late payment costs (DOMAIN §5.6)', () => {
  test('Medicare: $10,000, 10 days, 4.625% is $12.67', () => {
    const answer = ask({ ...medicare, late: 10, receivedOn: civilDate('2025-02-03') });
    expect(owed(answer)).toEqual(['medicare-ppir', 10, 1_267, 'confirmed']);
    expect(answer.kind === 'late' && answer.words).toEqual([
      'Received 2025-02-03, payable by 2025-03-05 (30 days), paid 2025-03-15: 10 days late.',
      '$10,000.00 × 4.625% × 10 / 365 = $12.67.',
      'Clean claims are paid within 30 days; interest from day 31 at the Treasury rate of the half-year, days / 365.',
    ]);
  });

  test.each([
    ['on the last free day nothing', { late: 0 }, 'notLate'],
    ['self-funded: state law does not bind', { late: 30, funding: 'selfFunded' as const }, 'notApplicable'],
    ['funding unknown: nothing is claimed', { late: 30, funding: null }, 'notApplicable'],
    ['a state without a law stored', { late: 30, state: 'OH' }, 'notApplicable'],
    ['Medicare Advantage is not Medicare', { ...medicare, late: 30, payerClass: 'medicareAdvantage' as const }, 'notApplicable'],
    ['California, left out: 7.71 and 15.00', { late: 30 }, ['ca-ab3275', 30, 2_271, 'secondary']],
    [
      'California, left out: 10% of the interest is more',
      { late: 365, paidCents: cents(200_000) },
      ['ca-ab3275', 365, 33_000, 'secondary'],
    ],
    ['California, paid by itself in full', { late: 30, interestPaidCents: cents(771) }, ['ca-ab3275', 30, 0, 'secondary']],
    ['California, paid in part', { late: 30, interestPaidCents: cents(700) }, ['ca-ab3275', 30, 71, 'secondary']],
    ['New York: 12%', { late: 10, state: 'NY' }, ['ny-3224a', 10, 205, 'secondary']],
    ['Texas, 45 days: half of what lies between', { late: 45, state: 'TX' }, ['tx-21-2815', 45, 18_750, 'confirmed']],
    ['Texas, 46 days: all of it', { late: 46, state: 'TX' }, ['tx-21-2815', 46, 37_500, 'confirmed']],
    [
      'Texas, 90 days, at most 200,000',
      { late: 90, state: 'TX', chargeCents: cents(90_000_000) },
      ['tx-21-2815', 90, 20_000_000, 'confirmed'],
    ],
    [
      'Texas, 45 days, at most 100,000',
      { late: 45, state: 'TX', chargeCents: cents(90_000_000) },
      ['tx-21-2815', 45, 10_000_000, 'confirmed'],
    ],
    ['Texas, 100 days: 18% a year for the 10 days beyond 90', { late: 100, state: 'TX' }, ['tx-21-2815', 100, 37_685, 'confirmed']],
    ['Texas without a contract: a person', { late: 10, state: 'TX', contractedCents: null }, ['tx-21-2815', 10, null, 'unconfirmed']],
    ['Georgia: 15 days, an old table', { late: 45, free: 15, state: 'GA' }, ['ga-prompt-pay', 45, 925, 'unconfirmed']],
    ['Medicare in a half-year whose rate is not stored: a person', { ...medicare, late: 10 }, ['medicare-ppir', 10, null, 'unconfirmed']],
  ])('%s', (_, about, expected) => {
    expect(owed(ask(about))).toEqual(expected);
  });

  test('never shrinks with a day more, and never goes below zero', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('CA', 'NY', 'TX', 'IL', 'FL'),
        fc.integer({ min: 1, max: 400 }),
        fc.nat(5_000_000),
        (state, late, paid) => {
          const at = (days: number) => {
            const answer = ask({ state, late: days, paidCents: cents(paid) });
            return answer.kind === 'late' ? (answer.owedCents ?? -1) : -1;
          };
          return at(late) >= 0 && at(late + 1) >= at(late);
        },
      ),
      { seed: 11, numRuns: 500 },
    );
  });
});
