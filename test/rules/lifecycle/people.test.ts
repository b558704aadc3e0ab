import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadKnowledge } from '../../../client/knowledge.ts';
import type { Account } from '../../../rules/domain/account.ts';
import { addDays, civilDate } from '../../../rules/domain/civil-date.ts';
import { roles } from '../../../rules/domain/role.ts';
import { taskOutcomes } from '../../../rules/domain/task.ts';
import { approvalBy, readApprovalLimits } from '../../../rules/lifecycle/approvals.ts';
import { emptyAccount, evolve } from '../../../rules/lifecycle/evolve.ts';
import { proposalsOf } from '../../../rules/lifecycle/proposals.ts';
import { PureAccount } from '../../support/pure-account.ts';

const knowledge = loadKnowledge();
const day = (n: number): string => addDays(civilDate('2026-03-30'), n);

function denied(cents: number, carc = '197'): PureAccount {
  const account = new PureAccount(knowledge);
  account.open('2026-03-02', { payerId: 'AETNA1' });
  account.deny('2026-03-30', [{ group: 'CO', carc, cents }]);
  return account;
}

/** All that is folded, but how many events there were and what was taken back. */
function without({ eventCount: _count, undone: _undone, ...rest }: Account): unknown {
  return JSON.parse(JSON.stringify(rest));
}

function firstOpen({ account }: PureAccount): string {
  return account.tasks.find(({ status }) => status === 'open')?.id ?? '';
}

describe('what a person takes back', () => {
  test('undo after do is the account before, apart from the two events; and the whole history folds to the same', () => {
    const carcs = fc.constantFrom('197', '16', '29', '50', '22', '96', '18');
    const said = fc.constantFrom('complete', 'override', 'hold');
    let undone = 0;
    fc.assert(
      fc.property(carcs, said, fc.nat(20), fc.integer({ min: 1, max: 100_000 }), (carc, what, pick, cents) => {
        const account = denied(cents, carc);
        const taskId = firstOpen(account);
        const task = account.account.tasks.find(({ id }) => id === taskId);
        const outcomes = task === undefined ? [] : taskOutcomes[task.kind];
        const before = account.account;
        let refusal: string | null = null;
        if (what === 'hold') refusal = account.tell(day(1), { do: 'hold', by: 'pat', hold: 'dispute', reviewOn: civilDate('2026-09-01') });
        else if (what === 'override') {
          const actions = ['writeOff', 'appeal', 'replacementClaim', 'wait', 'newClaim', 'callPayer'] as const;
          const action = actions[pick % actions.length] ?? 'wait';
          refusal = account.tell(day(1), { do: 'override', by: 'pat', taskId, action, reason: 'factsWrong' });
        } else {
          const outcome = outcomes[pick % Math.max(1, outcomes.length)];
          if (outcome === undefined) return;
          refusal = account.complete(day(1), taskId, outcome).refusals[0]?.reason ?? null;
        }
        if (refusal !== null) return expect(without(account.account)).toEqual(without(before));
        const done = account.account;
        const no = account.tell(day(1), { do: 'undo', by: 'pat', reason: 'by mistake' });
        const commands = done.commands.length > before.commands.length;
        expect([no === null, no]).toEqual([!commands, commands ? expect.stringContaining('left the house') : null]);
        if (no === null) undone += 1;
        expect(without(account.account)).toEqual(without(commands ? done : before));
        const folded = account.history.map(({ event }) => event).reduce(evolve, emptyAccount('a'));
        expect(JSON.parse(JSON.stringify(folded))).toEqual(JSON.parse(JSON.stringify(account.account)));
      }),
      { seed: 7, numRuns: 150 },
    );
    expect(undone).toBeGreaterThan(50);
  });

  test('numbers of tasks and decisions that were taken back are not given again', () => {
    const account = denied(90_000);
    const first = firstOpen(account);
    account.complete(day(1), first, 'notDisputable');
    const opened = firstOpen(account);
    expect(account.tell(day(1), { do: 'undo', by: 'pat', taskId: first, reason: 'by mistake' })).toBeNull();
    expect(account.account.tasks.map(({ id }) => id)).not.toContain(opened);
    account.complete(day(2), first, 'notDisputable');
    expect(Number(firstOpen(account).slice(1))).toBeGreaterThan(Number(opened.slice(1)));
  });

  test.each([
    [
      'a remittance that came after',
      (a: PureAccount) => void a.deny(day(2), [{ group: 'CO', carc: '50', cents: 90_000 }]),
      'later events build on it',
    ],
    ['what was worked on further', (a: PureAccount) => void a.complete(day(2), firstOpen(a), 'appeal'), 'later events build on it'],
  ])('%s keeps a step from being undone, and is named', (_, meanwhile, words) => {
    const account = denied(90_000);
    const task = firstOpen(account);
    account.complete(day(1), task, 'notDisputable');
    meanwhile(account);
    const before = without(account.account);
    expect(account.tell(day(3), { do: 'undo', by: 'pat', taskId: task, reason: 'late' })).toContain(words);
    expect(without(account.account)).toEqual(before);
  });

  test('who works another task meanwhile stays', () => {
    const account = denied(90_000);
    const task = firstOpen(account);
    account.tell(day(1), { do: 'hold', by: 'pat', hold: 'dispute', reviewOn: civilDate('2026-09-01') });
    account.tell(day(1), { do: 'take', by: 'kim', taskId: task });
    expect(account.tell(day(2), { do: 'undo', by: 'pat', reason: 'other patient' })).toBeNull();
    expect(account.account.tasks.find(({ id }) => id === task)).toMatchObject({ assignee: 'kim', status: 'open' });
    expect(account.account.holds).toEqual([]);
  });

  test('nobody else ends or overrules what somebody took, until it is given', () => {
    const account = denied(90_000);
    const task = firstOpen(account);
    account.tell(day(1), { do: 'take', by: 'kim', taskId: task });
    const said = `kim works task ${task}: it must be given to pat first`;
    expect(account.complete(day(1), task, 'notDisputable').refusals).toMatchObject([{ reason: said }]);
    expect(account.tell(day(1), { do: 'override', by: 'pat', taskId: task, action: 'wait', reason: 'payerSaid' })).toBe(said);
    account.tell(day(2), { do: 'give', by: 'kim', to: 'pat', taskId: task });
    expect(account.complete(day(2), task, 'notDisputable').refusals).toEqual([]);
  });
});

describe('whose yes it needs', () => {
  const limits = readApprovalLimits(
    JSON.stringify({
      title: 't',
      source: 's',
      seenOn: '2026-01-01',
      confirmed: 'unconfirmed',
      limits: [
        { action: 'writeOff', from: '2026-01-01', overCents: 0, role: 'supervisor', secondPerson: true, queue: 'supervisor' },
        { action: 'writeOff', from: '2026-01-01', overCents: 500_000, role: 'director', secondPerson: true, queue: 'director' },
        { action: 'writeOff', from: '2026-07-01', overCents: 25_000, role: 'supervisor', secondPerson: false, queue: null },
      ],
    }),
  );
  test.each([
    ['2025-12-31', 999_999, null],
    ['2026-01-01', 500_000, 'supervisor'],
    ['2026-06-30', 500_001, 'director'],
    ['2026-07-01', 25_000, null],
    ['2026-07-01', 999_999, 'supervisor'],
  ])('on %s a write-off of %i cents needs %s', (on, cents, role) => {
    expect(approvalBy(limits)('writeOff', cents, civilDate(on))?.role ?? null).toBe(role);
    expect(approvalBy(limits)('refund', cents, civilDate(on))).toBeNull();
  });

  test.each([
    ['pat', 'director', 'another person must approve it'],
    ['sam', undefined, 'stated was no role'],
    ['sam', 'specialist', 'needs the yes of a supervisor'],
    ['sam', 'supervisor', null],
    ['dana', 'director', null],
  ] as const)('a write-off that pat proposed, approved by %s as %s: %s', (by, role, words) => {
    const account = denied(90_000);
    account.tell(day(1), { do: 'override', by: 'pat', taskId: firstOpen(account), action: 'writeOff', reason: 'notWorthIt' });
    const form = { outcome: 'approved', by, ...(role === undefined ? {} : { role }) } as const;
    const { refusals, commands } = account.turn(day(2), [], [{ formId: 'f', taskId: firstOpen(account), form }]);
    expect(refusals.map(({ reason }) => reason)).toEqual(words === null ? [] : [expect.stringContaining(words)]);
    expect(commands.map(({ kind }) => kind)).toEqual(words === null ? ['postWriteOff'] : []);
    const proposal = proposalsOf(account.account).at(-1);
    expect(proposal).toMatchObject({ kind: 'writeOff', composedBy: 'pat', state: words === null ? 'accepted' : 'composed' });
    if (words === null) expect(proposal).toMatchObject({ reviewedBy: by, reviewedAs: role, commandKey: 'postWriteOff:1' });
  });

  test('a large appeal goes out only after a second person read it; a declined one goes back', () => {
    const strict = { ...knowledge, approval: () => ({ role: roles[2], secondPerson: true, queue: null, overCents: 0 }) } as const;
    const account = denied(90_000);
    account.knowledge = strict;
    const prepare = firstOpen(account);
    expect(account.complete(day(1), prepare, 'ready').commands).toEqual([]);
    const review = firstOpen(account);
    expect(account.account.tasks.find(({ id }) => id === review)).toMatchObject({ kind: 'approveSending', proposedBy: 'pat', of: prepare });
    const sam = { by: 'sam', role: 'supervisor' } as const;
    const yes = { formId: 'f', taskId: review, form: { outcome: 'approved', ...sam } } as const;
    expect(account.turn(day(2), [], [{ ...yes, form: { ...yes.form, by: 'pat' } }]).refusals).toHaveLength(1);
    expect(account.turn(day(2), [], [yes]).commands).toMatchObject([{ kind: 'fileReconsideration', params: { formTask: prepare } }]);
    account.carryOut(day(2), 'fileReconsideration:1');
    expect(proposalsOf(account.account).map(({ kind, state }) => `${kind} ${state}`)).toEqual(['letter carriedOut', 'sending carriedOut']);
  });
});

describe('otherwise than the rule', () => {
  test('the choice is checked, recorded with its reason, and known to the next decision', () => {
    const account = denied(90_000);
    const taskId = firstOpen(account);
    const rule = account.account.decided.at(-1);
    const refused = account.tell(day(1), { do: 'override', by: 'pat', taskId, action: 'moveToPatient', reason: 'ruleWrong' });
    expect(refused).toContain('only an amount under group PR');
    expect(account.account.overrides).toBeUndefined();
    expect(account.tell(day(1), { do: 'override', by: 'pat', taskId, action: 'wait', reason: 'payerSaid' })).toBeNull();
    expect(account.account.overrides).toMatchObject([
      { ruleId: rule?.ruleId, ruleAction: rule?.action, action: 'wait', reason: 'payerSaid', by: 'pat' },
    ]);
    expect(account.openTasks).toEqual([]);
    account.goTo(day(60));
    expect(account.standing.at(-1)?.facts).toMatchObject({
      'override.action': 'wait',
      'override.reason': 'payerSaid',
      'override.rule': rule?.ruleId,
      'override.on': day(1),
      'override.by': 'pat',
    });
  });

  test('what no rule decided is not overruled', () => {
    const account = denied(90_000);
    account.complete(day(1), firstOpen(account), 'notDisputable');
    const told = account.tell(day(1), { do: 'override', by: 'pat', taskId: firstOpen(account), action: 'wait', reason: 'payerSaid' });
    expect(told).toContain('no rule decided');
  });
});
