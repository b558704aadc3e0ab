import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../rules/domain/account.ts';
import { civilDate, instantAt } from '../../../rules/domain/civil-date.ts';
import { emptyAccount, evolve } from '../../../rules/lifecycle/evolve.ts';
import { factsFor } from '../../../rules/lifecycle/facts.ts';
import { lineStandings } from '../../../rules/lifecycle/line-status.ts';
import { type AgendaRow, type ArmedTimer, compareWindow } from '../../../rules/lifecycle/proof.ts';
import { isRestored } from '../../../rules/lifecycle/restored.ts';
import { wouldDecideOtherwise } from '../../../rules/lifecycle/standing.ts';
import { Turn } from '../../../rules/lifecycle/turn.ts';
import { DeniedAccount, personDecides } from '../../support/denied-account.ts';

/** Where a small change of the core would go unseen by the stories. */

const account = () => new DeniedAccount(personDecides).sent('2026-03-02', 'AETNA1', 'commercial');
const armed = (a: DeniedAccount) => a.account.timers.filter((t) => t.status === 'armed').map((t) => t.id);
const noon = instantAt(civilDate('2026-03-25'), 12, 'America/New_York');

describe('what the payer leaves', () => {
  test('without a reason on a claim that it answered whole is a person’s', () => {
    const a = account().remitted('2026-03-20', [], { paidCents: 60_000 });
    expect(a.account.tasks.map(({ kind, queue, title }) => [kind, queue, title])).toEqual([
      ['chooseNextStep', 'denials', 'Find out why $400.00 was left without a reason'],
    ]);
    expect(armed(a)).toEqual([]);
  });

  test('to the patient with nothing is no share of the patient', () => {
    const lines = [{ number: 1, chargeCents: 100_000, paidCents: 0 }] as never;
    const share = (told: readonly string[]) => {
      const [claim] = account().remitted('2026-03-20', told, { paidCents: 0, lines }).account.claims;
      return claim === undefined ? [] : lineStandings(claim).map(({ status }) => status);
    };
    expect(share(['1 CO-45 1000', '1 PR-1 0'])).toEqual(['adjusted']);
    expect(share(['1 CO-45 900', '1 PR-1 100'])).toEqual(['patientShare']);
  });

  test('is the whole claim only where nothing was paid', () => {
    const wholeClaim = (told: readonly string[]) => {
      const a = account().remitted('2026-03-20', told);
      const turn = new Turn(a.account, noon, personDecides);
      const caseId = a.account.claims[0]?.cases[0]?.id ?? '';
      const { 'denial.wholeClaim': whole } = factsFor(turn, { key: 'k', point: 'denied', subject: { kind: 'case', sequence: 1, caseId } });
      return whole;
    };
    expect([wholeClaim(['1 CO-50 1000']), wholeClaim(['1 CO-50 999'])]).toEqual([true, false]);
  });
});

describe('a status answer', () => {
  test.each([
    ['P1', false],
    ['A1', false],
    ['A7', true],
    ['D0', true],
  ])('of category %s goes to a person: %s', (category, goes) => {
    const a = account().acknowledged('2026-03-03', 'A2');
    const said = { submissionKey: 'A1', category, status: '20', payerClaimNumber: null, fileId: 'f', offset: 0 };
    a.turn('2026-03-05', [{ kind: 'statusAnswered', ...said, on: civilDate('2026-03-05') }]);
    expect(a.openTasks.length > 0).toBe(goes);
  });
});

test('documents that go out after the claim was adjudicated wait for no payment of it', () => {
  const a = account().remitted('2026-03-20', ['1 CO-50 1000']);
  const where = { on: civilDate('2026-03-24'), dueOn: civilDate('2026-04-23'), payerClaimNumber: null, fileId: 'f', offset: 0 };
  a.turn('2026-03-24', [{ kind: 'documentsRequested', submissionKey: 'A1', attachmentControlNumber: 'X', codes: ['11504-8'], ...where }]);
  a.done('2026-04-01', 'answerRequest', 'ready');
  expect(armed(a.out('2026-04-01'))).toEqual([]);
});

test('an outcome of tomorrow is refused, one of today is taken', () => {
  const a = account().remitted('2026-03-20', ['1 CO-50 1000']);
  expect(a.done('2026-03-20', 'chooseNextStep', 'appeal', { on: civilDate('2026-03-21') })).toContain('2026-03-21 has not come yet');
  expect(a.done('2026-03-20', 'chooseNextStep', 'appeal', { on: civilDate('2026-03-20') })).toBeNull();
});

test('a step that is undone counts its own tasks, and their numbers are not given again', () => {
  const a = account().remitted('2026-03-20', ['1 CO-50 1000']);
  const first = a.account.tasks[0]?.id ?? '';
  a.done('2026-03-20', 'chooseNextStep', 'appeal');
  const made = a.account.tasks.length - 1;
  expect(a.tell('2026-03-21', { do: 'undo', by: 'pat', taskId: first, reason: 'by mistake' })).toBeNull();
  expect(a.account.undone?.map(({ tasks }) => tasks)).toEqual([made]);
  a.done('2026-03-22', 'chooseNextStep', 'appeal');
  expect(a.account.tasks.at(-1)?.id).toBe(`t${1 + made + made}`);
});

test('the second path that is given up leaves the first as it was answered', () => {
  const path = { kind: 'appeal', level: 1, takenOn: civilDate('2026-03-21'), filedOn: null, answeredOn: null, answer: null } as const;
  const upheld = { ...path, kind: 'reconsideration', answer: 'upheld' } as const;
  const { account: built } = account().remitted('2026-03-20', ['1 CO-50 1000']);
  const claims = built.claims.map((claim) => ({ ...claim, cases: claim.cases.map((c) => ({ ...c, paths: [upheld, path] })) }));
  const caseId = built.claims[0]?.cases[0]?.id ?? '';
  const ended = {
    id: 'x',
    occurredAt: noon,
    kind: 'decisionReopened',
    decisionId: 'none',
    caseId,
    on: civilDate('2026-03-25'),
    reason: 'r',
  } as const;
  const [c] = evolve({ ...built, claims }, ended).claims[0]?.cases ?? [];
  expect(c).toMatchObject({ status: 'upheld', paths: [upheld] });
});

test('a date that moves closer moves the work that had both of its dates, and no other', () => {
  const { account: built } = account().remitted('2026-03-20', ['1 CO-50 1000']);
  const [deadline] = built.deadlines;
  const [task] = built.tasks;
  if (deadline === undefined || task === undefined) throw new Error('a denial has a deadline and a task');
  const { legalOn, safeByOn } = deadline.deadline;
  const with_ = (more: Partial<Account['tasks'][number]>) => ({ ...task, legalOn, safeByOn, ...more });
  const tasks = [with_({ id: 'both' }), with_({ id: 'other', safeByOn: civilDate('2026-03-24') }), with_({ id: 'done', status: 'done' })];
  const earlier = { ...deadline.deadline, legalOn: civilDate('2026-04-02'), safeByOn: civilDate('2026-04-01') };
  const event = { id: 'x', occurredAt: noon, kind: 'deadlineShortened', deadlineId: deadline.id, deadline: earlier } as const;
  const after = evolve(
    { ...built, deadlines: [{ ...deadline, status: 'open' }], tasks },
    { ...event, on: civilDate('2026-03-25'), reason: 'r' },
  );
  expect(after.tasks.map(({ id, safeByOn: by }) => [id, by])).toEqual([
    ['both', '2026-04-01'],
    ['other', '2026-03-24'],
    ['done', safeByOn],
  ]);
});

test.each([
  [{ id: 'a' }, false],
  [{ eventCount: 3 }, false],
  [{ undone: [] }, false],
  [{ tasks: [] }, true],
])('%j is restored by an undo: %s', (parts, expected) => {
  expect(isRestored(parts)).toBe(expected);
});

test('every timer of a workflow that the database does not know is looked at', () => {
  const agenda = { seq: 1, terminal: false, nextActionAtMs: 5, deadlinesHash: '' };
  const row: AgendaRow = { accountId: 'd', ...agenda, open: 0, lookOn: null, isAsTurned: true };
  const timers: readonly ArmedTimer[] = ['a', 'b', 'c', 'd', 'e'].map((accountId) => ({ accountId, atMs: 5, seq: 1 }));
  const sum = { accounts: 0, open: 0, armed: 0, earliestMs: null };
  expect(compareWindow([row], timers, { clock: { nowMs: 0, workMs: () => 9 }, sum })).toEqual(['a', 'b', 'c', 'e']);
});

test('an account that was never opened need not hear of other rules', () => {
  const running = { account: emptyAccount('a'), standing: [], asOf: noon, paused: [] };
  expect(wouldDecideOtherwise(running, personDecides, { asksAgain: true, movesDates: true })).toBe(false);
});
