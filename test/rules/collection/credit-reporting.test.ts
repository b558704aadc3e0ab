import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { creditReportingFrom, creditReportingRefusals, type CreditReportingStanding } from '../../../rules/collection/credit-reporting.ts';
import { readCreditReporting } from '../../../rules/collection/read-credit-reporting.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';

const policies = readCreditReporting(readFileSync(join(import.meta.dirname, '../../../rules/reference/credit-reporting.json'), 'utf8'));

/** S10 as it stands when it is placed on 2026-07-24. */
const s10: CreditReportingStanding = {
  firstStatementOn: civilDate('2026-03-16'),
  balanceCents: 185_000,
  state: 'OH',
  holds: [],
  applicationPeriodEndsOn: civilDate('2026-11-11'),
  isApplicationOpen: false,
};

type Row = readonly [says: string, change: Partial<CreditReportingStanding>, on: string, codes: readonly string[], from: string | null];

test.each<Row>([
  ['the day of placement', {}, '2026-07-24', ['tooYoung', 'applicationPeriod'], '2027-03-16'],
  ['day 240', {}, '2026-11-11', ['tooYoung', 'applicationPeriod'], '2027-03-16'],
  ['day 241', {}, '2026-11-12', ['tooYoung'], '2027-03-16'],
  ['a day less than a year', {}, '2027-03-15', ['tooYoung'], '2027-03-16'],
  ['a year', {}, '2027-03-16', [], null],
  ['500.00 is enough', { balanceCents: 50_000 }, '2027-03-16', [], null],
  ['499.99 never is', { balanceCents: 49_999 }, '2027-03-16', ['tooSmall'], null],
  ['paid', { balanceCents: 0 }, '2027-03-16', ['tooSmall'], null],
  ['a hold', { holds: ['bankruptcy'] }, '2027-03-16', ['hold'], null],
  ['an open application', { isApplicationOpen: true }, '2027-03-16', ['application'], null],
  ['a state that forbids it', { state: 'NY' }, '2027-03-16', ['state'], null],
  ['a state that may', { state: 'NJ' }, '2027-03-16', ['state'], null],
  ['a state that is not known', { state: null }, '2027-03-16', ['stateUnknown'], null],
  ['never billed', { firstStatementOn: null }, '2027-03-16', ['notBilled'], null],
  ['time and state together say no day', { state: 'CA' }, '2026-12-01', ['tooYoung', 'state'], null],
  ['a hospital without an application period', { applicationPeriodEndsOn: null }, '2026-07-24', ['tooYoung'], '2027-03-16'],
  ['a leap day', { firstStatementOn: civilDate('2024-02-29'), applicationPeriodEndsOn: null }, '2025-02-27', ['tooYoung'], '2025-02-28'],
  ['before any policy', {}, '2019-01-01', ['noPolicy'], null],
])('%s', (_, change, on, codes, from) => {
  const refusals = creditReportingRefusals(policies, { ...s10, ...change }, civilDate(on));
  expect({ codes: refusals.map(({ code }) => code), from: creditReportingFrom(refusals) }).toEqual({ codes, from });
});
