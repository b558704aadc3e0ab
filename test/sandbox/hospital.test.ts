import { beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadKnowledge } from '../../client/knowledge.ts';
import { parseStories } from '../../client/sandbox/relative.ts';
import type { Scenario } from '../../client/scenario/format.ts';
import { play, type ScenarioResult } from '../../client/scenario/play.ts';
import { PureWorld } from '../../client/scenario/pure-world.ts';
import type { Account } from '../../rules/domain/account.ts';
import { type CivilDate, civilDate, daysBetween } from '../../rules/domain/civil-date.ts';
import { accountBalance, buckets, bucketBalance } from '../../rules/lifecycle/balances.ts';
import { nextDate } from '../../rules/lifecycle/dates.ts';
import { isSettled, openTasks, ownerOf, phaseOf } from '../../rules/lifecycle/phase.ts';
import { subjectKey } from '../../rules/lifecycle/turn.ts';
import { shown } from './shown.ts';

const folder = join(import.meta.dirname, '../../client/sandbox/hospital');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const knowledge = loadKnowledge();

/** The loader merges what arrives on one day over all stories, so days are few (in days before the load day). */
const grid = new Set([
  170, 165, 150, 149, 135, 120, 119, 118, 105, 95, 90, 89, 88, 75, 60, 59, 58, 45, 44, 43, 30, 29, 28, 21, 14, 13, 12, 7, 5, 3, 2, 1, 0,
]);

const loadDays: readonly (readonly [string, string])[] = [
  ['2026-11-25', 'the day before Thanksgiving'],
  ['2027-01-04', 'a Monday after two holidays'],
  ['2026-07-06', 'a Monday after the Fourth of July'],
  ['2026-08-15', 'a Saturday'],
  ['2028-02-29', 'a leap day'],
];

function stories(today: CivilDate): readonly Scenario[] {
  return files.map((name) => parseStories(readFileSync(join(folder, name), 'utf8'), name, today));
}

function told(scenario: Scenario): Promise<ScenarioResult> {
  const readFile = (name: string) => readFileSync(join(folder, name), 'latin1');
  return play(scenario, new PureWorld({ knowledge, zone: scenario.zone, readFile }));
}

describe.each(loadDays)('the hospital loaded on %s (%s)', (day, _what) => {
  const today = civilDate(day);
  const results: ScenarioResult[] = [];
  let accounts: readonly Account[] = [];

  beforeAll(async () => {
    for (const scenario of stories(today)) results.push(await told(scenario));
    accounts = results.flatMap((result) => result.accounts);
  });

  test('holds in every expectation', () => {
    const failures = results.flatMap(({ scenario, days, never }) => [
      ...days.flatMap((d) => d.failures.map((f) => ({ scenario, day: `D-${daysBetween(d.on, today)}`, ...f }))),
      ...never.map((f) => ({ scenario, day: 'never', ...f })),
    ]);
    expect(failures).toEqual([]);
  });

  test('has about forty accounts with numbers of their own', () => {
    const numbers = accounts.map((a) => a.id);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((number) => !/^HB\d{4}$/.test(number))).toEqual([]);
    expect(numbers.length).toBeGreaterThanOrEqual(40);
    expect(numbers.length).toBeLessThanOrEqual(60);
  });

  test('balances to the cent on every account', () => {
    for (const account of accounts) expect({ id: account.id, ...money(account) }).toEqual({ id: account.id, ...balanced(account) });
  });

  test('leaves every account settled, or with one owner and a next step', () => {
    const lost = accounts.filter((account) => {
      const owner = ownerOf(account, today);
      if (isSettled(account)) return owner.kind !== 'closed' || phaseOf(account) !== 'closed';
      return owner.kind === 'closed' || (nextDate(account, today) === null && openTasks(account).length === 0);
    });
    expect(lost.map((a) => a.id)).toEqual([]);
  });

  test('asks nobody the same thing twice', () => {
    for (const account of accounts) {
      const open = openTasks(account).map((t) => `${account.id} ${t.kind} ${subjectKey(t.subject)}`);
      expect(open).toEqual([...new Set(open)]);
    }
  });

  test('shows everything that a follow-up office meets', () => {
    const table = shown.map(([what, shows]) => ({ what, accounts: accounts.filter(shows).map((a) => a.id) }));
    const missing = table.filter((row) => row.accounts.length === 0).map((row) => row.what);
    const lines = table.map((row) => `${row.accounts.length === 0 ? 'MISSING' : row.accounts.join(' ')}  ${row.what}`);
    expect({ missing, table: missing.length === 0 ? '' : lines.join('\n') }).toEqual({ missing: [], table: '' });
  });
});

/** The sums of an account's ledger, by what they are. */
function money(account: Account) {
  const of = (kind: string) => account.lines.filter((l) => l.kind === kind).reduce((total, l) => total + l.cents, 0);
  const adjusted = of('payerPayment') + of('patientPayment') + of('contractual') + of('writeOff') + of('refund');
  return { charge: of('charge'), moved: of('transfer'), left: of('charge') + adjusted };
}

/** Charge = payments + adjustments + what is left; transfers only move money between buckets. */
function balanced(account: Account) {
  const left = accountBalance(account);
  expect(left).toBe(buckets.reduce((total, bucket) => total + bucketBalance(account, bucket), 0));
  return { charge: account.opened?.chargeCents, moved: 0, left };
}

describe('the files', () => {
  const today = civilDate('2026-11-25');
  const days = stories(today).flatMap((s) => s.days.map((day) => ({ scenario: s.scenario, ago: daysBetween(day.on, today), day })));

  test('keep to the grid of days', () => {
    expect(days.filter(({ ago }) => !grid.has(ago)).map(({ scenario, ago }) => `${scenario} D-${ago}`)).toEqual([]);
  });

  test('run forward in time', () => {
    for (const { days: own, scenario } of stories(today))
      expect({ scenario, days: own.map((d) => d.on) }).toEqual({ scenario, days: own.map((d) => d.on).sort() });
  });

  test('use each payment id and each payer claim number for one thing', () => {
    const arrivals = days.flatMap(({ day }) => day.arrives);
    const payments = arrivals.flatMap((a) => ('payment' in a ? [a.payment.id] : []));
    expect(payments).toEqual([...new Set(payments)]);
    const owners = new Map<string, Set<string>>();
    const own = (number: string, key: string) => owners.set(number, (owners.get(number) ?? new Set()).add(key.replace(/\..*/, '')));
    for (const a of arrivals) {
      if ('acknowledgement' in a && a.acknowledgement.payerClaim !== undefined) own(a.acknowledgement.payerClaim, a.acknowledgement.claim);
      if ('remittance' in a) for (const c of a.remittance.claims) own(c.payerClaim, c.claim);
    }
    expect([...owners].filter(([, accounts]) => accounts.size > 1)).toEqual([]);
  });
});
