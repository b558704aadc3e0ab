import { describe, expect, test } from '@jest/globals';
import { civilDate, instant } from '../../../rules/domain/civil-date.ts';
import { type AgendaRow, type ArmedTimer, type Compared, compareWindow } from '../../../rules/lifecycle/proof.ts';
import { type Needed, type Standing, workflowFindings } from '../../../rules/lifecycle/proof-findings.ts';
import { proofLine, statementText } from '../../../rules/lifecycle/proof-statement.ts';

const day = 86_400_000;
const now = 1_000 * day;

function row(accountId: string, more: Partial<AgendaRow> = {}): AgendaRow {
  const agenda = { seq: 3, terminal: false, nextActionAtMs: now + day, deadlinesHash: '' };
  return { accountId, ...agenda, open: 2, lookOn: civilDate('2026-01-02'), isAsTurned: true, ...more };
}

function timer(accountId: string, more: Partial<ArmedTimer> = {}): ArmedTimer {
  return { accountId, atMs: now + day, seq: 3, ...more };
}

function compare(rows: readonly AgendaRow[], timers: readonly ArmedTimer[], sum = nothing()) {
  const suspects = compareWindow(rows, timers, { clock: { nowMs: now, workMs: () => now + 2 * day }, sum });
  return { suspects, sum };
}

function nothing(): Compared {
  return { accounts: 0, open: 0, armed: 0, earliestMs: null };
}

describe('a window of accounts', () => {
  test('that agrees is counted, timers in any order', () => {
    const { suspects, sum } = compare([row('a'), row('b', { open: 0, lookOn: null }), row('c')], [timer('c'), timer('a'), timer('b')]);
    expect({ suspects, sum }).toEqual({ suspects: [], sum: { accounts: 3, open: 4, armed: 4, earliestMs: now + day } });
  });

  test.each<[string, Partial<AgendaRow>, Partial<ArmedTimer> | null]>([
    ['a row or column is not what the last turn wrote', { isAsTurned: false }, {}],
    ['no workflow runs', {}, null],
    ['the workflow waits for a later moment', {}, { atMs: now + 3 * day }],
    ['the workflow waits for an earlier moment, which may be right', {}, { atMs: now + 1 }],
    ['the workflow waits for nothing', {}, { atMs: null }],
    ['the workflow knows a later turn', {}, { seq: 4 }],
    ['the account is closed, and the workflow knows a later turn', { terminal: true }, { seq: 4 }],
    ['the date is after the first deadline', { nextActionAtMs: now + 3 * day }, { atMs: now + 3 * day }],
    ['there is no date for an open deadline', { nextActionAtMs: null }, { atMs: null }],
    ['the date is long past', { nextActionAtMs: now - day }, { atMs: now - day }],
  ])('is looked at closely where %s', (_, rowMore, timerMore) => {
    const timers = timerMore === null ? [] : [timer('b', timerMore)];
    const { suspects, sum } = compare([row('a'), row('b', rowMore), row('c')], [timer('a'), ...timers, timer('c')]);
    expect({ suspects, open: sum.open, armed: sum.armed }).toEqual({ suspects: ['b'], open: 4, armed: 4 });
  });

  test('needs no timer of a closed account, and none before the first turn', () => {
    const fresh = row('b', { seq: 0, open: 0, nextActionAtMs: null, lookOn: null });
    expect(compare([row('a', { terminal: true }), fresh], []).suspects).toEqual([]);
    expect(compare([row('a', { terminal: true })], []).sum).toEqual(nothing());
  });

  test('names workflows without an account before, between and after the accounts', () => {
    expect(
      compare(
        [row('b'), row('d')],
        ['a', 'b', 'c', 'd', 'e'].map((id) => timer(id)),
      ).suspects,
    ).toEqual(['a', 'c', 'e']);
    expect(compare([], [timer('a')]).suspects).toEqual(['a']);
  });
});

describe('an account asked itself', () => {
  const at = instant('2026-03-02T13:00:00Z');
  const needed: Needed = { seq: 5, terminal: false, nextActionAt: at };
  const running: Standing = { kind: 'running', seq: 5, nextActionAt: at, clockShiftMs: 0, isSettled: true };
  const early = instant('2026-03-01T00:00:00Z');

  test.each<[string, Partial<Needed>, Standing, string | null]>([
    ['agrees', {}, running, null],
    ['waits for an earlier moment', {}, { ...running, nextActionAt: instant('2026-03-01T13:00:00Z') }, null],
    ['is about to take the turn that the database has', {}, { ...running, seq: 4, nextActionAt: null, isSettled: false }, null],
    ['rests and has not heard of the last turn', {}, { ...running, seq: 4, nextActionAt: null }, null],
    ['has not heard of it though asked several times', {}, { ...running, seq: 4, nextActionAt: null, isStuck: true }, 'late'],
    ['waits for a later moment', {}, { ...running, nextActionAt: instant('2026-03-02T13:00:00.001Z') }, 'late'],
    ['waits for nothing', {}, { ...running, nextActionAt: null }, 'late'],
    ['needs no date', { nextActionAt: null }, { ...running, nextActionAt: null }, null],
    ['slept over its date by its own clock', {}, { ...running, clockShiftMs: 2 * day }, 'overdue'],
    ['lives in the past', {}, { ...running, clockShiftMs: -100 * day }, null],
    ['knows later turns', {}, { ...running, seq: 6 }, 'databaseBehind'],
    ['knows later turns and is closed here', { terminal: true }, { ...running, seq: 6 }, 'databaseBehind'],
    ['has ended', {}, { kind: 'ended', how: 'terminated', last: null }, 'notRunning'],
    ['has ended and is closed', { terminal: true }, { kind: 'ended', how: 'completed', last: null }, null],
    ['never turned', { seq: 0 }, { kind: 'ended', how: 'missing', last: null }, null],
    ['does not answer', {}, { kind: 'silent', why: 'x' }, 'silent'],
  ])('%s', (_, more, standing, kind) => {
    expect(workflowFindings({ ...needed, ...more }, standing, early).map((finding) => finding.kind)).toEqual(kind === null ? [] : [kind]);
  });

  test('has ended and knows later turns: both are said', () => {
    const standing: Standing = { kind: 'ended', how: 'failed', last: { seq: 9, clockShiftMs: 0 } };
    expect(workflowFindings(needed, standing, early).map(({ kind }) => kind)).toEqual(['databaseBehind', 'notRunning']);
  });
});

test('a statement says what was found and which accounts an older database holds', () => {
  const at = instant('2026-03-02T13:00:00Z');
  const facts = {
    number: 7,
    proofId: 'p',
    by: 'schedule',
    on: civilDate('2026-03-02'),
    zone: 'America/New_York',
    startedAt: at,
    finishedAt: at,
  };
  const counts = { accounts: 2, open: 5, armed: 4, earliestAt: at, folded: 2 };
  expect(statementText({ ...facts, ...counts, kinds: [['databaseBehind', 2, 1]], restored: ['x', 'y'] }).split('\n')).toEqual([
    'Deadline statement 7 of 2026-03-02 (America/New_York)',
    '5 open, 4 armed, 1 unarmed, earliest fires at 2026-03-02T13:00:00.000Z',
    'Compared 2 open accounts from 2026-03-02T13:00:00.000Z to 2026-03-02T13:00:00.000Z; 2 projections folded again from their events',
    'Found databaseBehind: 2, healed 1',
    'AN OLDER DATABASE WAS RESTORED. Accounts: x y',
    'Proof p by schedule',
  ]);
  expect(statementText({ ...facts, ...counts, kinds: [], restored: [] })).toContain('\nNothing disagreed\n');
  expect(proofLine({ open: 0, armed: 0, earliestAt: null })).toBe('0 open, 0 armed, 0 unarmed, nothing fires');
});
