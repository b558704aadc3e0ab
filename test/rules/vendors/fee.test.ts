import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type CivilDate, civilDate as on } from '../../../rules/domain/civil-date.ts';
import { cents, sum } from '../../../rules/domain/money.ts';
import { type FeePayment, type FeePlacement, feesOf, termFor } from '../../../rules/vendors/fee.ts';
import type { FeeTerm } from '../../../rules/vendors/vendor-contract.ts';

const term = (tier: FeeTerm['tier'], percent: number, fromAgeDays = 0, fromBalanceCents = 0): FeeTerm => ({
  tier,
  percentHundredths: percent * 100,
  fromBalanceCents,
  fromAgeDays,
});

const terms = {
  fees: [
    term('earlyOut', 8),
    term('badDebt1', 22),
    term('badDebt1', 18, 0, 500_000),
    term('badDebt1', 28, 181),
    term('badDebt2', 40, 0, 50_000),
  ],
  clawsBack: true,
};

/** S10: 1,850.00 placed 2026-07-24, day 130 after the first statement. */
const s10: FeePlacement = {
  tier: 'badDebt1',
  placedCents: cents(185_000),
  placedOn: on('2026-07-24'),
  recalledOn: null,
  returnedOn: null,
  ageDays: 130,
};

const paid = (paidOn: string, amount: number, more: Partial<FeePayment> = {}): FeePayment => ({
  paymentId: `P-${paidOn}`,
  paidOn: on(paidOn),
  cents: cents(amount),
  by: 'patient',
  returnedCents: cents(0),
  ...more,
});

describe('the term of a placement', () => {
  test.each([
    ['badDebt1', 0, 100_000, 22],
    ['badDebt1', 180, 499_999, 22],
    ['badDebt1', 181, 499_999, 28],
    ['badDebt1', 180, 500_000, 18],
    ['badDebt1', 181, 500_000, 28],
    ['badDebt1', null, 100_000, 22],
    ['earlyOut', 400, 900_000, 8],
    ['badDebt2', 400, 50_000, 40],
    ['badDebt2', 400, 49_999, null],
    ['legal', 400, 50_000, null],
  ])('%s, %p days old, %d cents placed: %p percent', (tier, ageDays, placed, percent) => {
    const found = termFor(terms.fees, { ...s10, tier, ageDays, placedCents: cents(placed) });
    expect(found?.percentHundredths ?? null).toBe(percent === null ? null : percent * 100);
  });
});

describe('the fee of a payment', () => {
  const back = { recalledOn: on('2026-10-07'), returnedOn: on('2026-10-12') };
  test.each<[string, Partial<FeePlacement>, FeePayment, number, string]>([
    ['inside', {}, paid('2026-08-10', 50_000), 11_000, '22% of $500.00 = $110.00'],
    ['on the day of the acknowledgement', {}, paid('2026-07-24', 50_000), 11_000, '22% of $500.00 = $110.00'],
    ['the day before it', {}, paid('2026-07-23', 50_000), 0, 'no fee: paid 2026-07-23, placed 2026-07-24'],
    ['on the day of the recall', back, paid('2026-10-07', 50_000), 11_000, '22% of $500.00 = $110.00'],
    ['the day after it', back, paid('2026-10-08', 50_000), 0, 'no fee: paid 2026-10-08, recalled 2026-10-07'],
    ['on the day of a return', { returnedOn: on('2026-10-12') }, paid('2026-10-12', 50_000), 11_000, '22% of $500.00 = $110.00'],
    ['the day after it', { returnedOn: on('2026-10-12') }, paid('2026-10-13', 50_000), 0, 'no fee: paid 2026-10-13, returned 2026-10-12'],
    ['of a payer', {}, paid('2026-08-10', 50_000, { by: 'payer' }), 0, 'no fee: a payer paid it'],
    ['never acknowledged', { placedOn: null }, paid('2026-08-10', 50_000), 0, 'no fee: the vendor never acknowledged the placement'],
    [
      'above what was placed',
      {},
      paid('2026-08-10', 200_000),
      40_700,
      '22% of $1,850.00 = $407.00, the rest is above the $1,850.00 placed',
    ],
    ['given back in part', {}, paid('2026-08-10', 50_000, { returnedCents: cents(3_750) }), 10_175, '22% of $462.50 = $101.75'],
    ['bounced', {}, paid('2026-08-10', 50_000, { returnedCents: cents(50_000) }), 0, '22% of $0.00 = $0.00'],
    ['half a cent', {}, paid('2026-08-10', 25), 6, '22% of $0.25 = $0.06'],
    [
      'in a tier without a term',
      { tier: 'legal' },
      paid('2026-08-10', 50_000),
      0,
      'no fee: the contract has no term for tier legal, this age and this balance',
    ],
  ])('%s', (_, placement, payment, feeCents, words) => {
    expect(feesOf(terms, { ...s10, ...placement }, [payment])).toMatchObject([{ feeCents, words }]);
  });

  test('S10: of a refund of 37.50 the vendor gives 8.25 back', () => {
    const [fee] = feesOf(terms, s10, [paid('2026-08-10', 50_000, { returnedCents: cents(3_750) })]);
    expect(fee).toMatchObject({ feeBeforeReturnsCents: 11_000, feeCents: 10_175, outside: 'returned' });
  });

  test('stays, by a contract that claws nothing back', () => {
    const [fee] = feesOf({ ...terms, clawsBack: false }, s10, [paid('2026-08-10', 50_000, { returnedCents: cents(3_750) })]);
    expect(fee).toMatchObject({ feeBeforeReturnsCents: 11_000, feeCents: 11_000, outside: null });
  });

  test('the placed balance bears fees once, in the order of the days', () => {
    const fees = feesOf(terms, s10, [paid('2026-09-10', 100_000), paid('2026-08-10', 100_000)]);
    expect(fees.map(({ paymentId, baseCents, outside }) => [paymentId, baseCents, outside])).toEqual([
      ['P-2026-08-10', 100_000, null],
      ['P-2026-09-10', 85_000, 'abovePlaced'],
    ]);
  });
});

describe('fees of any payments', () => {
  const day = fc.integer({ min: -40, max: 200 }).map((days): CivilDate => addDays(on('2026-07-24'), days));
  const amount = fc.integer({ min: 1, max: 150_000 });
  const payment = fc.record({
    paidOn: day,
    amount,
    by: fc.constantFrom('patient' as const, 'payer' as const),
    back: fc.integer({ min: 0, max: 100 }),
  });
  const placement = fc.record({
    placedCents: amount,
    recalledAfter: fc.option(fc.integer({ min: 0, max: 150 })),
    returnedAfter: fc.option(fc.integer({ min: 0, max: 150 })),
    tier: fc.constantFrom('earlyOut', 'badDebt1', 'badDebt2', 'legal'),
  });

  test('are never on money outside the placement, never above what was placed or kept, and never grow by a return', () => {
    const property = fc.property(placement, fc.array(payment, { maxLength: 8 }), (placed, all) => {
      const { recalledAfter, returnedAfter } = placed;
      const after = (days: number | null) => (days === null ? null : addDays(on('2026-07-24'), days));
      const about: FeePlacement = {
        ...s10,
        tier: placed.tier,
        placedCents: cents(placed.placedCents),
        recalledOn: after(recalledAfter),
        returnedOn: after(returnedAfter),
      };
      const payments = all.map(({ paidOn, amount: given, by, back }, n): FeePayment => {
        return { paymentId: `P${n}`, paidOn, cents: cents(given), by, returnedCents: cents(Math.floor((given * back) / 100)) };
      });
      const fees = feesOf(terms, about, payments);
      expect(fees.map(({ paymentId }) => paymentId).sort()).toEqual(payments.map(({ paymentId }) => paymentId).sort());
      expect(sum(fees.map(({ baseCents }) => baseCents))).toBeLessThanOrEqual(about.placedCents);
      for (const { paymentId, baseCents, feeCents } of fees) {
        const of = payments.find((one) => one.paymentId === paymentId);
        if (of === undefined) throw new Error('a fee is of a payment');
        expect(baseCents).toBeLessThanOrEqual(of.cents - of.returnedCents);
        expect(feeCents).toBeLessThanOrEqual(baseCents);
        const isOutside =
          of.by === 'payer' ||
          of.paidOn < '2026-07-24' ||
          (about.recalledOn !== null && of.paidOn > about.recalledOn) ||
          (about.returnedOn !== null && of.paidOn > about.returnedOn);
        if (isOutside) expect(feeCents).toBe(0);
      }
      const total = (some: typeof fees) => sum(some.map(({ feeCents }) => feeCents));
      const kept = feesOf(
        terms,
        about,
        payments.map((one) => ({ ...one, returnedCents: cents(0) })),
      );
      // Each fee rounds on its own: a base that moves to another payment may move half a cent with it.
      expect(total(fees)).toBeLessThanOrEqual(total(kept) + payments.length);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
