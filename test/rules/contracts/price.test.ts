import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contractFor, type PayerContract } from '../../../rules/contracts/contract.ts';
import { priceOf, priceOfAll } from '../../../rules/contracts/price.ts';
import { readContracts } from '../../../rules/contracts/read-contracts.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { cents } from '../../../rules/domain/money.ts';
import { readRulesFile } from '../../support/rule-sets.ts';

const text = readRulesFile('reference/contracts.json');
const contracts = readContracts(text);
const about = (payerId: string, servicedOn: string, lineOfBusiness = 'commercial') =>
  contractFor(contracts, { payerId, lineOfBusiness, state: 'OH', servicedOn: civilDate(servicedOn) });

function contract2026(): PayerContract {
  const found = about('CONTRACT1', '2026-02-23');
  if (found === null) throw new Error('the example has a contract for 2026');
  return found;
}

describe('the contract of a claim', () => {
  test.each([
    ['CONTRACT1', '2025-12-31', 'sandbox-2025'],
    ['CONTRACT1', '2026-01-01', 'sandbox-2026'],
    ['CONTRACT1', '2024-12-31', null],
    ['CONTRACT2', '2026-05-01', 'sandbox-self-funded'],
    ['AETNA1', '2026-05-01', null],
  ])('%s for services of %s is %s', (payerId, on, id) => {
    expect(about(payerId, on)?.id ?? null).toBe(id);
  });

  test('is not that of another line of business', () => {
    expect(about('CONTRACT1', '2026-02-23', 'medicareAdvantage')).toBeNull();
  });
});

describe('the price of a line', () => {
  test.each([
    ['99213', [], 1, 20_000, 9_150, 'Line 1, 99213: 1 × $91.50 = $91.50'],
    ['97110', [], 3, 21_000, 10_275, 'Line 1, 97110: 3 × $34.25 = $102.75'],
    ['73721', ['26'], 1, 30_000, 11_200, 'Line 1, 73721-26: 1 × $112.00 = $112.00'],
    ['73721', ['26', 'LT'], 1, 30_000, 11_200, 'Line 1, 73721-26-LT: 1 × $112.00 = $112.00'],
    ['73721', ['LT'], 1, 90_000, 64_000, 'Line 1, 73721-LT: 1 × $640.00 = $640.00'],
    ['99213', [], 1, 8_000, 8_000, 'Line 1, 99213: 1 × $91.50 = $91.50, but not more than the charge of $80.00'],
    ['20610', [], 1, 40_000, 25_000, 'Line 1, 20610: 62.5% of $400.00 = $250.00'],
    [null, [], 1, 33_333, 20_833, 'Line 1: 62.5% of $333.33 = $208.33'],
    ['97110', [], 1.5, 21_000, 5_138, 'Line 1, 97110: 1.5 × $34.25 = $51.38'],
  ])('%s %j, %d units, charge %d is %d', (code, modifiers, units, charge, expectedCents, words) => {
    const price = priceOf(contract2026(), { number: 1, code, modifiers, units, chargeCents: cents(charge) });
    expect(price).toEqual({ expectedCents, words });
  });

  test('is unknown, and so is that of the claim, where the contract names none', () => {
    const { percentOfChargeBasisPoints: _, ...rest } = contract2026();
    const feesOnly = { ...rest, percentOfChargeBasisPoints: null };
    const line = { number: 1, modifiers: [], units: 1, chargeCents: cents(10_000) };
    expect(priceOf(feesOnly, { ...line, code: '20610' })).toBeNull();
    expect(
      priceOfAll(feesOnly, [
        { ...line, code: '99213' },
        { ...line, code: '20610' },
      ]),
    ).toBeNull();
    expect(priceOfAll(feesOnly, [])).toBeNull();
  });

  test('with lesser-of is never more than the charge', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('99213', '73721', '97110', '20610'),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(2_000_000),
        (code, units, charge) => {
          const price = priceOf(contract2026(), { number: 1, code, modifiers: [], units, chargeCents: cents(charge) });
          return price !== null && price.expectedCents <= charge && price.expectedCents >= 0;
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });
});

describe('a contract file', () => {
  const one = (change: object) => JSON.stringify({ contracts: [{ ...JSON.parse(text).contracts[1], ...change }] });
  test.each([
    ['a fee as a number', one({ fees: [{ code: '99213', amount: 91.5 }] }), 'contracts.0.fees.0.amount: '],
    [
      'a third decimal',
      one({ fees: [{ code: '99213', amount: '91.505' }] }),
      'contracts.0.fees.0.amount: expected dollars as text with at most two decimals',
    ],
    [
      'the same fee twice',
      one({
        fees: [
          { code: '99213', amount: '1.00' },
          { code: '99213', amount: '2.00' },
        ],
      }),
      'contracts.0.fees.1: 99213 has a fee already at fees[0]',
    ],
    ['no price at all', one({ fees: [], percentOfCharge: undefined }), 'contracts.0: has no price'],
    [
      'an end before its beginning',
      one({ effective: { from: '2026-01-01', to: '2025-01-01' } }),
      'contracts.0.effective: must not end before it begins',
    ],
    ['a day that does not exist', one({ seenOn: '2026-02-30' }), 'contracts.0.seenOn: expected a date that exists'],
    ['a word it does not know', one({ percent: '60' }), 'Unrecognized key: "percent"'],
    ['no JSON', '{', 'the file is not JSON'],
  ])('with %s is refused at its place', (_, file, fault) => {
    expect(() => readContracts(file)).toThrow(fault);
  });

  test('with two contracts for the same services is refused', () => {
    const [, second] = JSON.parse(text).contracts;
    const twice = JSON.stringify({ contracts: [second, { ...second, id: 'again', effective: { from: '2026-06-01', to: null } }] });
    expect(() => readContracts(twice)).toThrow('again and sandbox-2026 are for the same services of the same payer on the same days');
  });
});
