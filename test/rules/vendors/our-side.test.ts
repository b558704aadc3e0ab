import { describe, expect, test } from '@jest/globals';
import { civilDate as on } from '../../../rules/domain/civil-date.ts';
import { cents } from '../../../rules/domain/money.ts';
import { countedPayments, ledgerTerms } from '../../../rules/vendors/ledger.ts';
import { ourBooksText, readOurBooks } from '../../../rules/vendors/our-books.ts';
import { ourSide, type StoredPayment, type StoredPlacement } from '../../../rules/vendors/our-side.ts';
import { readVendorContracts } from '../../../rules/vendors/read-vendor-contracts.ts';
import { readRulesFile } from '../../support/rule-sets.ts';

const first: StoredPlacement = {
  vendor: 'VENDOR1',
  accountId: 'a1',
  reference: 'A1-p1',
  accountNumber: 'A1',
  tier: 'badDebt1',
  status: 'returned',
  placedCents: cents(100_000),
  balanceCents: cents(80_000),
  balanceBeforeCents: cents(80_000),
  offeredOn: on('2026-03-02'),
  placedOn: on('2026-03-04'),
  recalledOn: on('2026-06-01'),
  returnedOn: on('2026-06-03'),
  firstStatementOn: on('2025-11-02'),
};
const second: StoredPlacement = {
  ...first,
  vendor: 'VENDOR2',
  reference: 'A1-p2',
  tier: 'badDebt2',
  status: 'placed',
  offeredOn: on('2026-06-10'),
  placedOn: on('2026-06-12'),
  recalledOn: null,
  returnedOn: null,
};
const paid = (paymentId: string, paidOn: string, amount: number): StoredPayment => ({
  paymentId,
  accountId: 'a1',
  paidOn: on(paidOn),
  cents: cents(amount),
  via: 'vendor',
  bouncedCents: cents(0),
});
const side = (vendor: string, payments: readonly StoredPayment[], more: { named?: string[]; refunds?: [string, number][] } = {}) => {
  const refunds = (more.refunds ?? []).map(([day, amount]) => ({ accountId: 'a1', on: on(day), cents: cents(amount) }));
  return ourSide(vendor, { placements: [second, first], payments, refunds }, new Set(more.named));
};

describe('the placement into which a payment falls', () => {
  test.each([
    ['before any', '2026-03-01', 'VENDOR1', 'A1-p1'],
    ['on the day of the offer', '2026-03-02', 'VENDOR1', 'A1-p1'],
    ['after the return of the first', '2026-06-09', 'VENDOR1', 'A1-p1'],
    ['on the day of the second offer', '2026-06-10', 'VENDOR2', 'A1-p2'],
  ])('%s', (_, day, vendor, reference) => {
    const other = vendor === 'VENDOR1' ? 'VENDOR2' : 'VENDOR1';
    expect(side(vendor, [paid('P1', day, 1_000)]).payments.map((one) => one.reference)).toEqual([reference]);
    expect(side(other, [paid('P1', day, 1_000)]).payments).toEqual([]);
  });

  test('is the vendor’s own when it remitted the payment itself', () => {
    expect(side('VENDOR1', [paid('P1', '2026-06-20', 1_000)], { named: ['P1'] }).payments.map((one) => one.reference)).toEqual(['A1-p1']);
  });
});

test('a payment for several accounts is one of each, with the number of the account behind its own', () => {
  const other = { ...first, accountId: 'a2', accountNumber: 'A2', reference: 'A2-p1' };
  const payments = [
    paid('P1', '2026-04-01', 20_000),
    { ...paid('P1', '2026-04-01', 4_000), accountId: 'a2' },
    paid('P2', '2026-04-02', 500),
  ];
  const { payments: parts } = ourSide('VENDOR1', { placements: [first, other], payments, refunds: [] }, new Set());
  expect(parts.map((one) => [one.paymentId, one.reference, one.cents])).toEqual([
    ['P1/A1', 'A1-p1', 20_000],
    ['P2', 'A1-p1', 500],
    ['P1/A2', 'A2-p1', 4_000],
  ]);
});

describe('a refund takes from the latest payments before it', () => {
  const payments = [paid('P1', '2026-04-01', 10_000), paid('P2', '2026-05-01', 5_000), paid('P3', '2026-05-20', 7_000)];
  test.each<[string, [string, number][], number[]]>([
    ['of the last one', [['2026-05-21', 7_000]], [0, 0, 7_000]],
    ['of more than that', [['2026-05-21', 13_000]], [1_000, 5_000, 7_000]],
    ['before the last one', [['2026-05-19', 6_000]], [1_000, 5_000, 0]],
    ['on the day of the last one', [['2026-05-20', 6_000]], [0, 0, 6_000]],
    [
      'twice',
      [
        ['2026-05-21', 6_000],
        ['2026-05-22', 6_000],
      ],
      [0, 5_000, 7_000],
    ],
    ['of more than was paid', [['2026-05-21', 90_000]], [10_000, 5_000, 7_000]],
    [
      'that came back uncashed',
      [
        ['2026-05-21', 13_000],
        ['2026-11-21', -9_000],
      ],
      [1_000, 3_000, 0],
    ],
  ])('%s', (_, refunds, expected) => {
    expect(side('VENDOR1', payments, { refunds }).payments.map(({ refundedCents }) => refundedCents)).toEqual(expected);
  });
});

test('the age of a placement counts from the first statement to the offer', () => {
  expect(side('VENDOR1', []).placements.map(({ reference, ageDays }) => [reference, ageDays])).toEqual([['A1-p1', 120]]);
});

test('our books say the same when they are read back', () => {
  const books = side('VENDOR1', [paid('P1', '2026-04-01', 10_000)], { refunds: [['2026-05-01', 2_500]] });
  expect(readOurBooks(Buffer.from(ourBooksText(books)))).toEqual(books);
  expect(() => readOurBooks(Buffer.from(ourBooksText(books).replace('A1-p1,A1,', ',A1,')))).toThrow(
    'row 2, column placement_id: must not be empty',
  );
});

describe('the contract of a ledger', () => {
  const shipped = readRulesFile('reference/vendor-contracts.json');
  const ended = readVendorContracts(shipped.replaceAll('"to": null', '"to": "2026-06-30"'));

  test('is the last one where none holds any longer; of a stranger there is none', () => {
    expect(ledgerTerms(ended, 'VENDOR1', on('2026-08-01'))?.current.id).toBe('agency-2020');
    expect(ledgerTerms(ended, 'NOBODY', on('2026-08-01'))).toBeNull();
  });

  test('counts what was paid inside the placement and kept', () => {
    const terms = ledgerTerms(ended, 'VENDOR1', on('2026-08-01'));
    if (terms === null) throw new Error('VENDOR1 has a contract');
    const payments = [paid('P0', '2026-03-03', 1_000), paid('P1', '2026-04-01', 10_000), paid('P2', '2026-06-02', 5_000)];
    expect(countedPayments(terms, side('VENDOR1', payments, { refunds: [['2026-05-01', 2_500]] }))).toEqual([
      { reference: 'A1-p1', paidOn: '2026-03-03', cents: 0 },
      { reference: 'A1-p1', paidOn: '2026-04-01', cents: 7_500 },
      { reference: 'A1-p1', paidOn: '2026-06-02', cents: 0 },
    ]);
  });
});
