import { expect, test } from '@jest/globals';
import { badDebtEntries } from '../../../rules/collection/bad-debt-log.ts';
import { badDebtInWords, type BadDebtStanding, medicareBadDebt } from '../../../rules/collection/medicare-bad-debt.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';

const day = civilDate;

/** Medicare left 400.00 on 2026-03-02, billed the same day; nothing paid. */
const billed: BadDebtStanding = {
  isInstitutional: true,
  medicare: { remittanceOn: day('2026-03-02'), deductibleCents: 30_000, coinsuranceCents: 10_000 },
  hasMedicareAdvantage: false,
  secondaryRemittanceOn: null,
  medicaid: null,
  firstBillOn: day('2026-03-02'),
  payments: [],
  writtenOff: null,
  indigent: null,
  agencies: [],
};
const writtenOff = (on: string, cents = 40_000) => ({ writtenOff: { on: day(on), cents } });
const paid = (...days: readonly string[]) => ({ payments: days.map((on) => ({ on: day(on), cents: 1_000 })) });
const agency = (returnedOn: string | null) => ({
  agencies: [{ vendor: 'VENDOR1', since: day('2026-07-01'), returnedOn: returnedOn === null ? null : day(returnedOn) }],
});

type Row = readonly [says: string, change: Partial<BadDebtStanding>, today: string, words: string];

test.each<Row>([
  ['day 119', {}, '2026-06-29', 'not yet: the effort of 120 days ends on 2026-06-30'],
  ['day 120 and not written off', {}, '2026-06-30', 'not yet: it is not written off'],
  [
    'written off on day 120',
    writtenOff('2026-06-30'),
    '2026-07-01',
    'allowable $400.00 (effort over on 2026-06-30), claimed with 2026-06-30',
  ],
  ['written off on day 119', writtenOff('2026-06-29'), '2026-07-01', 'never: it was written off on 2026-06-29, before the effort'],
  ['a payment on day 100 begins it anew', paid('2026-06-10'), '2026-07-15', 'ends on 2026-10-08'],
  ['the last of several counts', paid('2026-04-01', '2026-06-10', '2026-07-01'), '2026-07-15', 'ends on 2026-10-29'],
  ['a payment before the first bill does not', paid('2026-03-01'), '2026-06-30', 'it is not written off'],
  [
    'what came after the write-off is a recovery and begins nothing',
    { ...writtenOff('2026-07-01'), ...paid('2026-09-01') },
    '2026-09-02',
    'allowable $400.00 (effort over on 2026-06-30), claimed with 2026-07-01',
  ],
  ['an agency holds it', { ...writtenOff('2026-07-02'), ...agency(null) }, '2026-12-01', 'not yet: VENDOR1 has held it since 2026-07-01'],
  [
    'an agency gave it back in the next year',
    { ...writtenOff('2026-12-01'), ...agency('2027-01-15') },
    '2027-02-01',
    'allowable $400.00 (effort over on 2026-06-30), claimed with 2027-01-15',
  ],
  ['less was left than Medicare left', writtenOff('2026-07-01', 12_500), '2026-07-02', 'allowable $125.00'],
  ['more was written off than Medicare left', writtenOff('2026-07-01', 55_000), '2026-07-02', 'allowable $400.00'],
  [
    'Medicare Advantage',
    { medicare: null, hasMedicareAdvantage: true },
    '2026-12-01',
    'never: the cost share of a Medicare Advantage plan does not qualify',
  ],
  ['a professional claim', { isInstitutional: false }, '2026-12-01', 'never: a professional claim'],
  [
    'no deductible and no coinsurance',
    { medicare: { remittanceOn: day('2026-03-02'), deductibleCents: 0, coinsuranceCents: 0 } },
    '2026-12-01',
    'never: Medicare left no deductible',
  ],
  ['the first bill on day 120 after the remittance', { firstBillOn: day('2026-06-30') }, '2026-10-27', 'ends on 2026-10-28'],
  [
    'the first bill on day 121',
    { firstBillOn: day('2026-07-01') },
    '2026-12-01',
    'never: the first bill went out on 2026-07-01, after 2026-06-30',
  ],
  [
    'counted from the secondary payer',
    { firstBillOn: day('2026-07-01'), secondaryRemittanceOn: day('2026-04-01') },
    '2026-10-01',
    'ends on 2026-10-29',
  ],
  [
    'Medicaid not answered (must-bill)',
    { ...writtenOff('2026-04-01'), medicaid: { remittanceOn: null } },
    '2026-12-01',
    'not yet: Medicaid must be billed',
  ],
  [
    'the state answered: no 120 days',
    { ...writtenOff('2026-04-01'), medicaid: { remittanceOn: day('2026-04-20') } },
    '2026-05-01',
    'allowable $400.00 (the state answered), claimed with 2026-04-20',
  ],
  [
    'found indigent: no 120 days',
    { indigent: { on: day('2026-04-17'), cents: 20_000 } },
    '2026-05-01',
    'allowable $200.00 (found indigent), claimed with 2026-04-17',
  ],
  ['never billed', { firstBillOn: null }, '2026-12-01', 'not yet: the patient got no bill'],
])('%s', (_, change, today, words) => expect(badDebtInWords(medicareBadDebt({ ...billed, ...change }, day(today)))).toContain(words));

test('a claim belongs to the year in which it was written off and given back, a recovery to its own', () => {
  const standing = { ...billed, ...writtenOff('2026-07-01'), ...paid('2027-02-03') };
  const of = (year: number) =>
    badDebtEntries(standing, { from: day(`${year}-01-01`), through: day(`${year}-12-31`) }, day('2027-06-01')).entries.map(
      ({ kind, on, cents }) => ({ kind, on, cents }),
    );
  expect([of(2025), of(2026), of(2027)]).toEqual([
    [],
    [{ kind: 'claim', on: '2026-07-01', cents: 40_000 }],
    [{ kind: 'recovery', on: '2027-02-03', cents: -1_000 }],
  ]);
});

test('what is left is said to be coinsurance first', () => {
  expect(medicareBadDebt({ ...billed, ...writtenOff('2026-07-01', 12_500) }, day('2026-07-02'))).toMatchObject({
    deductibleCents: 2_500,
    coinsuranceCents: 10_000,
  });
});
