import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { cents } from '../../../rules/domain/money.ts';
import { languageFor } from '../../../rules/statements/language.ts';
import { readScanLine, scanLine } from '../../../rules/statements/scan-line.ts';
import { serviceWords } from '../../../rules/statements/service-words.ts';
import { type DueAccount, stateAccounts } from '../../../rules/statements/statement.ts';
import { dueAccount, line, service } from '../../support/stated-accounts.ts';

const on = civilDate('2026-06-01');
const state = (...accounts: readonly DueAccount[]) => stateAccounts({ on, payWithinDays: 25, accounts });
const day = civilDate;

describe('what a statement says', () => {
  test('charges, what was paid and taken off, and what is left, to the cent', () => {
    const [account] = state(dueAccount()).accounts;
    expect(account?.steps).toEqual([
      { kind: 'charges', cents: 100_000 },
      { kind: 'insurancePaid', cents: -60_000 },
      { kind: 'insuranceDiscount', cents: -25_000 },
    ]);
    expect(account).toMatchObject({ dueCents: 15_000, otherChargesCents: 0, statementNumber: 1, firstStatementOn: null });
  });

  test('all accounts of the guarantor that are due, the oldest care first, in one amount', () => {
    const later = dueAccount({ accountNumber: 'A-1000', servicedFrom: day('2026-04-02') });
    const statement = state(later, dueAccount());
    expect(statement.accounts.map(({ accountNumber }) => accountNumber)).toEqual(['A-1001', 'A-1000']);
    expect(statement).toMatchObject({ dueCents: 30_000, payByOn: '2026-06-26', tone: 'first', openDays: null });
  });

  test('what the insurance still has is shown, and is not the patient’s to pay', () => {
    const half = dueAccount({
      lines: [line('payer1', 'charge', 100_000), line('payer1', 'transfer', -15_000), line('patient', 'transfer', 15_000)],
    });
    expect(state(half).accounts[0]).toMatchObject({
      dueCents: 15_000,
      steps: [
        { kind: 'charges', cents: 100_000 },
        { kind: 'withInsurance', cents: -85_000 },
      ],
    });
  });

  test('payments since the last statement are thanked for; earlier ones only counted', () => {
    const { lines } = dueAccount();
    const paid = [line('patient', 'patientPayment', -2_000, '2026-04-20'), line('patient', 'patientPayment', -3_000, '2026-05-20')];
    const account = dueAccount({ lines: [...lines, ...paid], statements: [day('2026-05-01')] });
    expect(state(account).accounts[0]).toMatchObject({
      dueCents: 10_000,
      paidSince: [{ on: '2026-05-20', cents: 3_000 }],
      statementNumber: 2,
      firstStatementOn: '2026-05-01',
    });
  });

  test('charges that no service explains stand as a line of their own', () => {
    expect(state(dueAccount({ services: [service(90_000)] })).accounts[0]?.otherChargesCents).toBe(10_000);
  });

  test.each([
    [[], 'first'],
    [['2026-05-01'], 'reminder'],
    [['2026-04-01', '2026-05-01'], 'pastDue'],
  ])('after %j it is a %s', (earlier, tone) => {
    const old = dueAccount({ accountNumber: 'A-2', statements: earlier.map((one) => day(one)) });
    expect(state(dueAccount(), old).tone).toBe(tone);
  });

  test('an account on which nothing is owed has no place in it, and without any there is no statement', () => {
    const paid = dueAccount({ accountNumber: 'A-2', lines: [...dueAccount().lines, line('patient', 'patientPayment', -15_000)] });
    expect(state(dueAccount(), paid).accounts).toHaveLength(1);
    expect(() => state(paid)).toThrow(expect.objectContaining({ code: 'statement.nothing-due' }));
  });

  test('whatever was posted, the steps sum to what is owed, and the accounts to the statement', () => {
    const kind = fc.constantFrom('charge', 'payerPayment', 'contractual', 'patientPayment', 'writeOff', 'refund', 'recoupment' as const);
    const bucket = fc.constantFrom('patient', 'payer1', 'payer2' as const);
    const posted = fc.tuple(bucket, kind, fc.integer({ min: -500_000, max: 500_000 }));
    const accounts = fc.array(fc.array(posted, { maxLength: 20 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(accounts, (all) => {
        const given = all.map((lines, n) =>
          dueAccount({
            accountNumber: `A-${n}`,
            lines: [...lines.map(([where, what, amount]) => line(where, what, amount)), line('patient', 'charge', 90_000_000)],
          }),
        );
        const statement = state(...given);
        for (const { steps, dueCents } of statement.accounts) expect(steps.reduce((total, step) => total + step.cents, 0)).toBe(dueCents);
        expect(statement.accounts.reduce((total, { dueCents }) => total + dueCents, 0)).toBe(statement.dueCents);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the line at the foot of the slip', () => {
  test('is read back', () => {
    expect(scanLine('123456789', 123_456)).toBe('000123456789 000123456 9');
    expect(readScanLine('000123456789 000123456 9')).toEqual({ number: '000123456789', dueCents: 123_456 });
  });

  test('one wrong digit is seen', () => {
    const whole = scanLine('123456789', 123_456);
    for (let n = 0; n < whole.length; n += 1) {
      const digit = whole.charAt(n);
      if (digit === ' ') continue;
      const wrong = whole.slice(0, n) + ((Number(digit) + 1) % 10) + whole.slice(n + 1);
      expect(readScanLine(wrong)).toBeNull();
    }
  });

  test('an amount that does not fit is refused', () => {
    expect(() => scanLine('1', 1_000_000_000)).toThrow(expect.objectContaining({ code: 'statement.scan-line' }));
    expect(() => scanLine('1', -1)).toThrow(expect.objectContaining({ code: 'statement.scan-line' }));
  });
});

test.each([
  ['en', { written: 'en', wanted: null }],
  ['ES', { written: 'es', wanted: null }],
  ['es-MX', { written: 'es', wanted: null }],
  ['vi', { written: 'en', wanted: 'Vietnamese' }],
  ['xx', { written: 'en', wanted: 'language “xx”' }],
  ['', { written: 'en', wanted: null }],
])('a guarantor whose language is “%s” is written to in %j', (code, expected) => {
  expect(languageFor(code)).toEqual(expected);
});

test.each([
  [{ revenueCode: '0450' }, 'Emergency room', 'Sala de emergencias'],
  [{ revenueCode: '121' }, 'Room and board', 'Habitación y comidas'],
  [{ revenueCode: '0450', description: 'Visit, level 4' }, 'Visit, level 4', 'Sala de emergencias'],
  [{ revenueCode: '0999', description: 'Visit, level 4' }, 'Visit, level 4', 'Visit, level 4'],
  [{ revenueCode: '0999' }, null, null],
  [{ revenueCode: null, procedureCode: '99284' }, null, null],
])('%j is in words “%s” and “%s”', (about, english, spanish) => {
  const billed = service(cents(1), about);
  expect([serviceWords(billed, 'en'), serviceWords(billed, 'es')]).toEqual([english, spanish]);
});
