import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allocate, amountText, type Cents, cents, dollars, parseAmount, sum } from '../../rules/domain/money.ts';

describe('money', () => {
  test.each([
    ['1480', 148000],
    ['1480.', 148000],
    ['.07', 7],
    ['-12.5', -1250],
    ['+3', 300],
    ['100.000', 10000],
    ['-0', 0],
  ])('reads %s', (text, expected) => {
    expect(parseAmount(text)).toBe(expected);
  });

  test.each(['', '.', '-', 'XYZ', '1.005', '1,000', '1e3', ' 1', '99999999999999'])('refuses %j', (text) => {
    expect(parseAmount(text)).toBeNull();
  });

  test('is written for X12 without padding and for people with it', () => {
    expect([148000, -1250, 7, 0].map((n) => amountText(cents(n)))).toEqual(['1480', '-12.5', '0.07', '0']);
    expect([148000, -1250, 123456789].map((n) => dollars(cents(n)))).toEqual(['$1,480.00', '-$12.50', '$1,234,567.89']);
  });

  test('read after write is identity', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (n) => {
        expect(parseAmount(amountText(cents(n)))).toBe(n === 0 ? 0 : n);
      }),
    );
  });

  test('the parts of a split sum to the whole, and none differs from its fair share by a cent or more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 12 }).filter((w) => w.some((x) => x > 0)),
        (n, weights) => {
          const parts = allocate(n as Cents, weights);
          expect(sum(parts)).toBe(n === 0 ? 0 : n);
          const total = weights.reduce((a, b) => a + b, 0);
          parts.forEach((part, i) => {
            expect(Math.abs(part - (n * (weights[i] ?? 0)) / total)).toBeLessThan(1.000001);
          });
        },
      ),
    );
  });
});
