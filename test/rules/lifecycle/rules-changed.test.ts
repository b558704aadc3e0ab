import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadKnowledge, shippedFiles } from '../../../client/knowledge.ts';
import { instant } from '../../../rules/domain/civil-date.ts';
import type { Knowledge } from '../../../rules/lifecycle/contract.ts';
import { deadlinesBy } from '../../../rules/lifecycle/knowledge.ts';
import { wouldDecideOtherwise } from '../../../rules/lifecycle/standing.ts';
import { answering, changedKnowledge, changedPolicies, within } from '../../support/changed-rules.ts';
import { PureAccount } from '../../support/pure-account.ts';

let shipped: Knowledge;
let account: PureAccount;

beforeAll(() => {
  shipped = loadKnowledge();
});

/** CO-197 of $1,000 by a payer without rules of its own: a reconsideration within 60 days. */
function denied(carc = '197'): void {
  account.open('2026-03-02', { payerId: 'PAYX' });
  account.deny('2026-04-01', [{ group: 'CO', carc, cents: 100_000 }]);
}

beforeEach(() => {
  account = new PureAccount(shipped);
});

function concerned(knowledge: Knowledge, asksAgain = true): boolean {
  const asOf = instant('2026-04-10T16:00:00Z');
  return wouldDecideOtherwise({ account: account.account, standing: account.standing, asOf, paused: [] }, knowledge, {
    asksAgain,
    movesDates: true,
  });
}

const appealAtOnce = () => changedKnowledge({ rules: { 'denied.authorization': answering({ action: 'appeal', queue: 'appeals' }) } });

describe('other rules for an account that runs', () => {
  test('the task of the old rule is withdrawn, its path never was, and the new rule answers the same question', () => {
    denied();
    expect(account.openTasks).toEqual(['prepareReconsideration [denials] 2026-05-31']);
    const { account: after } = account.publish('2026-04-10', appealAtOnce());
    expect(account.openTasks).toEqual(['prepareAppeal [appeals] 2026-05-31']);
    expect(after.claims[0]?.cases[0]?.paths.map(({ kind, takenOn }) => [kind, takenOn])).toEqual([['appeal', '2026-04-10']]);
    expect(after.decided.map(({ key, action, reopenedOn }) => [key, action, reopenedOn])).toEqual([
      ['denied:c1#0', 'reconsideration', '2026-04-10'],
      ['denied:c1#0', 'appeal', undefined],
    ]);
    expect(after.tasks.map(({ id, status }) => [id, status])).toEqual([
      ['t1', 'withdrawn'],
      ['t2', 'open'],
    ]);
    expect(account.story).toContain('Decision q1 is asked again: the rules changed (publication 2)');
  });

  test('told twice is asked once', () => {
    denied();
    account.publish('2026-04-10', appealAtOnce());
    const before = account.account;
    const again = account.publish('2026-04-11', appealAtOnce());
    expect(again.events).toEqual([]);
    expect(account.account.tasks).toBe(before.tasks);
  });

  test('rules that answer the same move nothing, and nobody has to be told', () => {
    denied();
    const sameAnswer = changedKnowledge({ rules: { 'denied.authorization': (rule) => void (rule.meta.why = 'Said better.') } });
    expect({ same: concerned(sameAnswer), other: concerned(appealAtOnce()) }).toEqual({ same: false, other: true });
    expect(account.publish('2026-04-10', sameAnswer).events).toEqual([]);
  });

  test('at the next decision nothing is asked again', () => {
    denied();
    expect(concerned(appealAtOnce(), false)).toBe(false);
    expect(account.publish('2026-04-10', appealAtOnce(), false).events).toEqual([]);
  });

  test('a step that a person took is not taken back', () => {
    denied();
    account.complete('2026-04-06', 't1', 'ready');
    account.carryOut('2026-04-06', 'fileReconsideration:1');
    const tasks = account.openTasks;
    expect(concerned(appealAtOnce())).toBe(false);
    account.publish('2026-04-10', appealAtOnce());
    expect(account.openTasks).toEqual(tasks);
  });

  test('what a person chose instead of the rule stays, though its task names the rule', () => {
    denied('183');
    expect(account.openTasks).toEqual(['chooseNextStep [denials]']);
    account.complete('2026-04-06', 't1', 'appeal');
    const rules = { 'denied.enrollment': answering({ action: 'reconsideration' }) };
    expect(concerned(changedKnowledge({ rules }))).toBe(false);
    account.publish('2026-04-10', changedKnowledge({ rules }));
    expect(account.openTasks).toEqual(['prepareAppeal [appeals] 2026-05-31'.replace('appeals', 'denials')]);
  });

  test('a wait ends at once when the new rule acts', () => {
    denied('133');
    expect(account.openTasks).toEqual([]);
    const rules = { 'denied.pending': answering({ action: 'callPayer', timer: undefined }) };
    const { account: after } = account.publish('2026-04-10', changedKnowledge({ rules }));
    expect(account.openTasks).toEqual(['callPayer [followUp]']);
    expect(after.timers.map(({ id, status }) => [id, status])).toEqual([['pendingReview:c1', 'cancelled']]);
  });

  test('a statement that went out stands; only the date of the next one moves, counted from the day it went', () => {
    account.open('2026-03-02', { payerId: 'PAYX' });
    account.deny('2026-04-01', [{ group: 'PR', carc: '1', cents: 50_000 }]);
    account.carryOut('2026-04-01', 'sendStatement:1');
    const timers = () => account.account.timers.filter((t) => t.status === 'armed').map(({ on }) => on);
    expect(timers()).toEqual(['2026-05-01']);
    const rules = { 'patientBalance.firstStatement': answering({ timer: { id: 'nextStatement', duration: '21 days' } }) };
    account.publish('2026-04-10', changedKnowledge({ rules }));
    expect({ timers: timers(), statements: account.account.commands.length }).toEqual({ timers: ['2026-04-22'], statements: 1 });
    expect(concerned(changedKnowledge({ rules }))).toBe(false);
  });
});

describe('deadlines under other policies', () => {
  test('an earlier one takes the place of the later at once, its work gets the date, and a supervisor is told of both', () => {
    denied();
    account.publish('2026-04-10', changedKnowledge({ policies: { 'default-reconsideration': within(30) } }), false);
    expect(account.running['reconsideration:c1']).toBe('2026-05-01');
    expect(account.openTasks).toEqual(['prepareReconsideration [denials] 2026-05-01', 'heedEarlierDate [supervisor] 2026-05-01']);
    expect(account.account.tasks.at(-1)?.reason).toBe(
      'It was 2026-05-31 (default-reconsideration); with publication 2 it is 2026-05-01 (default-reconsideration).',
    );
    account.complete('2026-04-11', 't2', 'noted');
    account.complete('2026-04-12', 't1', 'ready');
    expect(account.account.commands.map((c) => c.command.kind)).toEqual(['fileReconsideration']);
  });

  test('a later one never does', () => {
    denied();
    const later = changedKnowledge({ policies: { 'default-reconsideration': within(90), 'default-filing': within(365) } });
    expect(concerned(later)).toBe(false);
    const running = account.running;
    account.publish('2026-04-10', later);
    expect(account.running).toEqual(running);
  });

  test('one that has passed already is a supervisor’s the same day', () => {
    denied();
    account.publish('2026-04-20', changedKnowledge({ policies: { 'default-reconsideration': within(10) } }), false);
    expect(account.openTasks).toEqual(['heedEarlierDate [supervisor] 2026-04-11', 'chooseNextStep [supervisor]']);
  });

  test('no publication ever makes a running external deadline later, whatever happened before', () => {
    const days = fc.integer({ min: 5, max: 400 });
    const amounts = fc.record({ filing: days, correctedClaim: days, reconsideration: days, appeal1: days });
    const carc = fc.constantFrom('197', '16', '50', '252', '29', '133', '11');
    const publication = fc.record({
      amounts,
      after: fc.integer({ min: 0, max: 40 }),
      asksAgain: fc.boolean(),
      action: fc.constantFrom('appeal' as const, 'reconsideration' as const, 'callPayer' as const, 'routeToPerson' as const),
    });
    const seed = 20_261_125;
    const policiesText = shippedFiles().policies;
    fc.assert(
      fc.property(
        carc,
        fc.constantFrom('PAYX', 'UHC01'),
        fc.array(publication, { minLength: 1, maxLength: 4 }),
        (code, payerId, publications) => {
          account = new PureAccount(shipped);
          account.open('2026-03-02', { payerId });
          account.deny('2026-04-01', [{ group: 'CO', carc: code, cents: 100_000 }]);
          let day = 10;
          for (const { amounts: given, after, asksAgain, action } of publications) {
            day += after;
            const policies = Object.fromEntries(Object.entries(given).map(([kind, amount]) => [`default-${kind}`, within(amount)]));
            const decide: Knowledge['decide'] = (facts, asOf) => {
              const decision = shipped.decide(facts, asOf);
              return facts.point === 'denied' ? { ...decision, answer: { ...decision.answer, action } } : decision;
            };
            const deadline = deadlinesBy(changedPolicies(policiesText, policies));
            const before = account.running;
            account.publish(dayAfter(day), { ...shipped, decide, deadline }, asksAgain);
            for (const [id, on] of Object.entries(account.running)) expect(on <= (before[id] ?? on)).toBe(true);
          }
        },
      ),
      { seed, numRuns: 40, endOnFailure: true },
    );
  });
});

function dayAfter(days: number): string {
  return new Date(Date.UTC(2026, 3, 1 + days)).toISOString().slice(0, 10);
}

describe('a rule that its circuit breaker stopped', () => {
  test('acts no more: a supervisor has the account, told why; the receipt still names the rule', () => {
    account.paused = ['denied.authorization'];
    account.open('2026-03-02', { payerId: 'PAYX' });
    const { decisions } = account.deny('2026-04-01', [{ group: 'CO', carc: '197', cents: 100_000 }]);
    expect(decisions).toMatchObject([{ effect: 'held', amountCents: 100_000, decision: { answer: { ruleId: 'denied.authorization' } } }]);
    expect(account.openTasks).toEqual(['chooseNextStep [supervisor]']);
    expect(account.account.tasks[0]?.reason).toMatch(/Not possible: the circuit breaker stopped rule denied\.authorization/);
  });

  test('once resumed, the accounts it held ask again; while it is paused they do not', () => {
    account.paused = ['denied.authorization'];
    denied();
    expect(account.publish('2026-04-10', shipped).events).toEqual([]);
    account.paused = [];
    account.publish('2026-04-11', shipped);
    expect(account.openTasks).toEqual(['prepareReconsideration [denials] 2026-05-31']);
  });

  test('rules that wait or ask a person are never counted', () => {
    denied('133');
    expect(account.standing.map(({ effect }) => effect)).toEqual(['none']);
  });
});
