import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { civilDate as on } from '../../../rules/domain/civil-date.ts';
import { cents, sum } from '../../../rules/domain/money.ts';
import {
  type CashQuestion,
  matchCash,
  type OurPayment,
  type PlacementForCash,
  type RemitLine,
  type RemitTotal,
} from '../../../rules/vendors/cash.ts';

const terms = { fees: [{ tier: 'badDebt1' as const, percentHundredths: 2_200, fromBalanceCents: 0, fromAgeDays: 0 }], clawsBack: true };

const placement = (reference: string): PlacementForCash => ({
  reference,
  terms,
  tier: 'badDebt1',
  placedCents: cents(185_000),
  placedOn: on('2026-07-24'),
  recalledOn: null,
  returnedOn: null,
  ageDays: 130,
});

const paid: OurPayment = {
  paymentId: 'V1',
  reference: 'A1-p1',
  paidOn: on('2026-08-10'),
  cents: cents(50_000),
  via: 'vendor',
  bouncedCents: cents(0),
  refundedCents: cents(0),
};

const line: RemitLine = {
  remitId: 'R1',
  reference: 'A1-p1',
  paymentId: 'V1',
  paidOn: on('2026-08-10'),
  paidTo: 'vendor',
  paidBy: 'patient',
  cents: cents(50_000),
  feeCents: cents(11_000),
  offset: 0,
};

const total: RemitTotal = {
  remitId: 'R1',
  remittedOn: on('2026-08-15'),
  grossCents: cents(50_000),
  feeCents: cents(11_000),
  netCents: cents(39_000),
};

const ask = (about: Partial<CashQuestion>) =>
  matchCash({
    placements: [placement('A1-p1'), placement('A2-p1')],
    payments: [paid],
    lines: [line],
    totals: [total],
    asOf: on('2026-08-31'),
    remitDays: 15,
    ...about,
  });

describe('one payment on both sides', () => {
  const bounced = { bouncedCents: cents(50_000) };
  const back = { cents: cents(-50_000), feeCents: cents(-11_000), remitId: 'R2' };
  const direct = { paymentId: 'PAY7', via: 'direct' as const };
  const client = { paymentId: 'THEIRS-9', paidTo: 'client' as const };
  test.each<[string, Partial<OurPayment> | null, Partial<RemitLine>[], string, (string | number)[][]]>([
    ['agree', {}, [{}], 'matched', []],
    ['not due yet', { paidOn: on('2026-08-16') }, [], 'inFlight', []],
    ['not remitted for 16 days', { paidOn: on('2026-08-15') }, [], 'differs', [['notRemitted', 50_000, 0]]],
    ['never reported', null, [{}], 'differs', [['unreported', 0, 50_000]]],
    [
      'in two parts, and not all of it',
      {},
      [{ cents: cents(20_000) }, { cents: cents(20_000), feeCents: cents(0) }],
      'differs',
      [['amount', 50_000, 40_000]],
    ],
    ['another amount', {}, [{ cents: cents(45_000) }], 'differs', [['amount', 50_000, 45_000]]],
    [
      'twice',
      {},
      [{}, { remitId: 'R2' }],
      'differs',
      [
        ['remittedTwice', 50_000, 100_000],
        ['fee', 11_000, 22_000],
      ],
    ],
    ['another placement', {}, [{ reference: 'A2-p1' }], 'differs', [['placement', 50_000, 50_000]]],
    ['a fee too high', {}, [{ feeCents: cents(12_500) }], 'differs', [['fee', 11_000, 12_500]]],
    ['a fee too low', {}, [{ feeCents: cents(10_000) }], 'differs', [['fee', 11_000, 10_000]]],
    ['a fee before the placement', { paidOn: on('2026-07-23') }, [{ paidOn: on('2026-07-23') }], 'differs', [['fee', 0, 11_000]]],
    ['a refund of ours', { refundedCents: cents(3_750) }, [{}], 'differs', [['clawBack', 10_175, 11_000]]],
    [
      'a refund whose fee came back',
      { refundedCents: cents(3_750) },
      [{}, { remitId: 'R2', cents: cents(0), feeCents: cents(-825) }],
      'matched',
      [],
    ],
    ['bounced, and the vendor keeps its fee', bounced, [{}, { ...back, feeCents: cents(0) }], 'differs', [['clawBack', 0, 11_000]]],
    ['bounced and taken back', bounced, [{}, back], 'matched', []],
    ['bounced before it was remitted', bounced, [], 'matched', []],
    ['a payer’s money without a fee', null, [{ paidBy: 'payer', paidTo: 'client', feeCents: cents(0) }], 'matched', []],
    ['a payer’s money with a fee', null, [{ paidBy: 'payer', paidTo: 'client' }], 'differs', [['fee', 0, 11_000]]],
    ['paid to us, by our number', direct, [{ ...client, paymentId: 'PAY7' }], 'matched', []],
    ['paid to us, by placement, day and amount', direct, [client], 'matched', []],
    ['said to be paid to us, and was not', null, [client], 'differs', [['unreported', 0, 50_000]]],
  ])('%s', (_, ours, theirs, is, differences) => {
    const { pairs } = ask({ payments: ours === null ? [] : [{ ...paid, ...ours }], lines: theirs.map((more) => ({ ...line, ...more })) });
    expect(pairs).toHaveLength(1);
    expect([pairs[0]?.is, pairs[0]?.differences.map((d) => [d.kind, d.oursCents, d.theirsCents])]).toEqual([is, differences]);
  });

  test('what was paid to us and no remit names is no business of a remit', () => {
    expect(ask({ payments: [{ ...paid, via: 'direct' }], lines: [] }).pairs).toEqual([]);
  });

  test('two payments of one day and amount to us are named one after another', () => {
    const payments = ['PAY7', 'PAY8'].map((paymentId) => ({ ...paid, paymentId, via: 'direct' as const }));
    const lines = ['T1', 'T2', 'T3'].map((paymentId) => ({ ...line, paymentId, paidTo: 'client' as const }));
    expect(ask({ payments, lines }).pairs.map(({ paymentId, is }) => [paymentId, is])).toEqual([
      ['PAY7', 'matched'],
      ['PAY8', 'matched'],
      ['T3', 'differs'],
    ]);
  });
});

test('a payment to us that a line names by our number is not named by another line', () => {
  const payments = ['PAY7', 'PAY8'].map((paymentId) => ({ ...paid, paymentId, via: 'direct' as const }));
  const lines = ['T1', 'PAY7'].map((paymentId) => ({ ...line, paymentId, paidTo: 'client' as const }));
  expect(ask({ payments, lines }).pairs.map(({ paymentId, is }) => [paymentId, is])).toEqual([
    ['PAY7', 'matched'],
    ['PAY8', 'matched'],
  ]);
});

describe('gross less fee is what was remitted', () => {
  test.each<[string, Partial<RemitTotal>, Partial<RemitLine>[], (string | number)[][]]>([
    ['it is', {}, [{}], []],
    [
      'short',
      { netCents: cents(38_000) },
      [{}],
      [['total', 39_000, 38_000, 'what was transferred is not what its payments and fees come to']],
    ],
    [
      'another gross',
      { grossCents: cents(51_000) },
      [{}],
      [['total', 50_000, 51_000, 'what was collected is not what its payments and fees come to']],
    ],
    [
      'the fee on what was paid to us is kept from the rest',
      { feeCents: cents(15_400), netCents: cents(34_600) },
      [{}, { paymentId: 'PAY7', paidTo: 'client', cents: cents(20_000), feeCents: cents(4_400) }],
      [],
    ],
  ])('%s', (_, more, lines, found) => {
    const { totals } = ask({ totals: [{ ...total, ...more }], lines: lines.map((one) => ({ ...line, ...one })) });
    expect(totals.map((d) => [d.kind, d.oursCents, d.theirsCents, d.words])).toEqual(found);
  });
});

describe('a remit makes another good', () => {
  const remits = (...excess: readonly number[]) =>
    excess.map((more, n) => ({ ...total, remitId: `R${n + 1}`, netCents: cents(39_000 + more) }));
  const lines = ['R1', 'R2', 'R3', 'R4'].map((remitId) => ({ ...line, remitId }));
  const open = (totals: readonly RemitTotal[]) => ask({ totals, lines }).totals.map(({ about }) => about);
  test.each<[string, readonly number[], readonly string[]]>([
    ['by what was short, to the cent', [-50, 50], []],
    ['by what was too much', [50, -50], []],
    ['not by another amount', [-50, 49], ['R1', 'R2']],
    ['once', [-50, 50, 50], ['R3']],
    ['each its own', [-50, -70, 70, 50], []],
    ['the earliest of the same amount', [-50, -50, 50], ['R2']],
  ])('%s', (_, excess, left) => expect(open(remits(...excess))).toEqual(left));

  test('where only the transfer is wrong', () => {
    expect(open(remits(-50, 50).map((one) => ({ ...one, grossCents: cents(50_050) })))).toEqual(['R1', 'R2']);
  });

  test('what is left open is what was transferred too little or too much in all', () => {
    const property = fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 12 }), (excess) => {
      const totals = remits(...excess);
      const all = totals.map(({ remitId }) => ({ ...line, remitId }));
      const { totals: left } = ask({ totals, lines: all });
      expect(sum(left.map(({ oursCents, theirsCents }) => cents(theirsCents - oursCents)))).toBe(excess.reduce((a, b) => a + b, 0));
    });
    fc.assert(property, { numRuns: 200 });
  });
});

const id = fc.integer({ min: 1, max: 8 }).map((n) => `V${n}`);
const amount = fc.integer({ min: 1, max: 3 }).map((n) => cents(n * 1_000));
const ours = fc.uniqueArray(fc.record({ paymentId: id, cents: amount, bounces: fc.boolean(), day: fc.integer({ min: 10, max: 30 }) }), {
  selector: ({ paymentId }) => paymentId,
  maxLength: 8,
});
const theirs = fc.array(
  fc.record({ paymentId: id, cents: amount, back: fc.boolean(), paidTo: fc.constantFrom('vendor' as const, 'client' as const) }),
  { maxLength: 10 },
);

test('what is matched, on its way and different is every reported payment and every line of a remit, once', () => {
  const property = fc.property(ours, theirs, (mine, yours) => {
    const payments = mine.map(({ bounces, day, ...one }): OurPayment => {
      return { ...paid, ...one, paidOn: on(`2026-08-${day}`), bouncedCents: bounces ? one.cents : cents(0) };
    });
    const lines = yours.map(({ back, ...one }, offset): RemitLine => {
      return { ...line, ...one, cents: cents(back ? -one.cents : one.cents), offset };
    });
    const { pairs } = ask({ payments, lines });
    expect(pairs.flatMap((pair) => (pair.ours === null ? [] : [pair.ours.paymentId]))).toEqual(
      payments.map(({ paymentId }) => paymentId).toSorted(),
    );
    const offsets = pairs.flatMap((pair) => pair.lines.map(({ offset }) => offset));
    expect(offsets.toSorted((a, b) => a - b)).toEqual(lines.map(({ offset }) => offset));
    const matched = pairs.filter(({ is }) => is === 'matched');
    const theirMoney = sum(matched.filter(({ ours: of }) => of !== null).flatMap((pair) => pair.lines.map((one) => one.cents)));
    const ourMoney = sum(matched.flatMap(({ ours: of }) => (of === null ? [] : [cents(of.cents - of.bouncedCents)])));
    expect(theirMoney).toBe(ourMoney);
    for (const { chargedFeeCents, expectedFee, lines: of, is } of matched)
      if (of.length > 0) expect([is, chargedFeeCents]).toEqual(['matched', expectedFee?.feeCents ?? 0]);
  });
  fc.assert(property, { numRuns: 500 });
});
