import { expect, test } from '@jest/globals';
import { civilDate, instant } from '../../../rules/domain/civil-date.ts';
import { mayReportCredit } from '../../../rules/lifecycle/extraordinary.ts';
import { Turn } from '../../../rules/lifecycle/turn.ts';
import { knowledge, Person, place } from '../../support/person-accounts.ts';

/** What a placement record says: the first statement is of 2025-03-03, in Ohio. */

interface Case {
  readonly on?: string;
  readonly cents?: number;
  readonly hold?: string;
  readonly applies?: boolean;
  readonly taxExempt?: boolean;
  readonly contract?: boolean;
}

test.each<[string, Case, boolean]>([
  ['a year after the first statement', {}, true],
  ['a day before that', { on: '2026-03-02' }, false],
  ['of 500 dollars', { cents: 50_000 }, true],
  ['of a cent less', { cents: 49_999 }, false],
  ['under a hold', { hold: 'dispute' }, false],
  ['while an application for assistance is open', { applies: true }, false],
  ['of a hospital that 501(r) binds, without a notice', { taxExempt: true }, false],
  ['with a vendor whose contract forbids it', { contract: false }, false],
])('a balance %s may be on a credit report: %j is %s', (_, { on = '2026-03-03', cents = 120_000, ...told }, expected) => {
  const person = new Person();
  person.today = civilDate('2025-03-03');
  person.owes('A', cents);
  person.today = civilDate('2025-06-02');
  const { hold, applies = false, taxExempt = false, contract: mayReport = true } = told;
  if (hold !== undefined) person.turn('A', [{ kind: 'holdReported', hold, says: 'placed', on: person.today, ...place }]);
  if (applies) person.applies('A');
  const turn = new Turn(person.get('A'), instant(`${on}T17:00:00Z`), { ...knowledge, facility: { taxExempt } });
  expect(mayReportCredit(turn, { mayReportCredit: mayReport })).toBe(expected);
  expect(mayReportCredit(turn, null)).toBe(false);
});
