import { describe, expect, test } from '@jest/globals';
import { type AskedDecision, comparer, differenceOf } from '../../../rules/administration/compare.ts';
import { exampleOf, reportOf, type WhatIfReport } from '../../../rules/administration/report.ts';
import { chosenExamples, countAccount, countDecision, emptyTally } from '../../../rules/administration/tally.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import type { Facts } from '../../../rules/domain/decision.ts';
import type { RuleSet } from '../../../rules/engine/rule.ts';
import { denial, denialRules } from './small-sets.ts';

const today = civilDate('2026-11-25');
const authorization = { name: 'authorization', priority: 200, carc: '197', action: 'reconsideration' } as const;
const timely = { name: 'timely', priority: 201, carc: '29', action: 'writeOff' } as const;
const live = denialRules(authorization, timely);

function weigh(
  draft: RuleSet,
  decided: readonly { readonly asOf?: string; readonly facts: Facts }[],
  askedOn: string | null = null,
): WhatIfReport {
  const options = { publishedOn: today, askedOn: askedOn === null ? null : civilDate(askedOn) };
  const compare = comparer(live, draft, options);
  const asked = decided.map(({ asOf = '2026-11-01', facts }, n): AskedDecision => ({ id: `a${n + 1}:q1`, asOf, facts }));
  const tally = emptyTally();
  for (const one of asked) countDecision(tally, one, { pair: compare(one), today });
  for (const one of asked) {
    const pair = compare(one);
    const difference = pair === null ? null : differenceOf(pair, one);
    const standing = [{ asked: one, taskId: 't1', difference }];
    countAccount(tally, { account: one.id.slice(0, 2), tasks: [{ id: 't1', queue: 'denials' }], standing, dates: [] });
  }
  const context = { contentHash: 'draft', baseNumber: 1, live, draft, ...options };
  const examples = chosenExamples(tally).flatMap(({ decisionId }) => {
    const found = asked.find(({ id }) => id === decisionId);
    return found === undefined ? [] : [exampleOf(found, decisionId.slice(0, 2), context)];
  });
  return reportOf(tally, context, examples);
}

test('a rule that goes by the date of service is known late for what was decided before it was published, never for older services', () => {
  const served = { ...authorization, action: 'appeal', from: '2026-06-01', basis: 'serviceDate' } as const;
  const about = (on: string | null, cents: number) => ({ facts: denial('197', cents, { 'claim.servicedOn': on }) });
  const report = weigh(denialRules(served, timely), [about('2026-06-01', 100_00), about('2026-05-31', 30_00), about(null, 7_00)]);
  expect(report.flows).toMatchObject([
    { fromRule: 'authorization', toRule: 'authorization', count: 1, cents: 100_00 },
    { fromRule: 'authorization', toRule: 'fallback', count: 2, cents: 37_00 },
  ]);
  expect(report.late.list).toMatchObject([{ decisionId: 'a1:q1', ruleId: 'authorization', amountCents: 100_00 }]);
  const others = report.examples.map(({ decisionId, draft }) => [decisionId, draft.other]);
  expect(Object.fromEntries(others)).toMatchObject({
    'a2:q1': 'authorization is not in force by the first day of service 2026-05-31, from 2026-06-01',
    'a3:q1': 'authorization is not in force by the first day of service, which is not known, from 2026-06-01',
  });
});

describe('decisions of the past', () => {
  const decided = [
    { facts: denial('197', 100_00) },
    { facts: denial('197', 250_00) },
    { facts: denial('29', 40_00) },
    { facts: denial('45', 7_00) },
  ];

  test('the same rules in other words, or with another reason, change nothing', () => {
    expect(weigh(denialRules(timely, authorization), decided)).toMatchObject({
      decisions: 4,
      changed: { count: 0, cents: 0 },
      rules: { changed: [], removed: [] },
      flows: [],
      examples: [],
    });
  });

  test('an answer that changes counts its decisions and dollars, from and to', () => {
    const report = weigh(denialRules({ ...authorization, action: 'appeal' }, timely), decided);
    expect(report).toMatchObject({ decisions: 4, changed: { count: 2, cents: 350_00 }, answered: { count: 2, cents: 350_00 } });
    expect(report.flows).toMatchObject([
      { fromRule: 'authorization', fromAction: 'reconsideration', toRule: 'authorization', toAction: 'appeal', count: 2, cents: 350_00 },
    ]);
    // Both are pursued with the payer: no dollar changes its direction.
    expect(report.directions).toEqual([]);
  });

  test('a rule that goes leaves its cases to the fallback; a new one takes what the fallback had', () => {
    const other = { name: 'contractual', priority: 300, carc: '45', action: 'writeOff' } as const;
    const report = weigh(denialRules(timely, other), decided);
    expect(report.rules).toEqual({ changed: ['contractual'], removed: ['authorization'], notYetInForce: [] });
    expect(report.flows).toMatchObject([
      { fromRule: 'authorization', toRule: 'fallback', count: 2, cents: 350_00 },
      { fromRule: 'fallback', toRule: 'contractual', count: 1, cents: 7_00 },
    ]);
    expect(report.directions).toEqual([
      { from: 'payer', to: 'person', count: 2, cents: 350_00 },
      { from: 'person', to: 'writtenOff', count: 1, cents: 7_00 },
    ]);
  });

  test('another rule with the same answer changes the winner and no answer', () => {
    const report = weigh(denialRules(authorization, timely, { ...authorization, name: 'twin', priority: 250 }), decided);
    expect(report).toMatchObject({ changed: { count: 2 }, answered: { count: 0 }, open: { moved: { accounts: 0 } } });
  });

  test('a rule not in force yet is named, and wins when asked as of its day', () => {
    const draft = denialRules(authorization, timely, { name: 'soon', priority: 300, carc: '197', action: 'appeal', from: '2027-01-01' });
    expect(weigh(draft, decided)).toMatchObject({ changed: { count: 0 }, rules: { notYetInForce: ['soon'] } });
    expect(weigh(draft, decided, '2027-01-01')).toMatchObject({
      changed: { count: 2 },
      rules: { notYetInForce: [] },
      late: { inTime: { count: 0 } },
    });
  });

  test('examples show each kind of change first, the largest of each, with both traces', () => {
    const report = weigh(denialRules(timely), [...decided, { facts: denial('197', 9_00) }]);
    expect(report.examples.map(({ account, amountCents }) => [account, amountCents])).toEqual([
      ['a2', 250_00],
      ['a1', 100_00],
      ['a5', 9_00],
    ]);
    expect(report.examples[0]).toMatchObject({
      live: {
        answer: { ruleId: 'authorization' },
        leaves: [{ fact: 'point' }, { fact: 'denial.carc', expected: '197', actual: '197', held: true }],
      },
      draft: { answer: { ruleId: 'fallback' }, leaves: [], other: 'authorization is not in this set' },
    });
  });
});

describe('what is known late', () => {
  const backdated = denialRules(authorization, timely, { name: 'waiver', priority: 300, carc: '29', action: 'appeal', from: '2026-10-01' });

  test('decisions before its day are not concerned; the others by the days left today', () => {
    const { late } = weigh(backdated, [
      { asOf: '2026-09-30', facts: denial('29', 1_00) },
      { asOf: '2026-10-01', facts: denial('29', 20_00, { 'left.appealDays': 60 }) },
      { asOf: '2026-10-01', facts: denial('29', 300_00, { 'left.appealDays': 54 }) },
      { asOf: '2026-11-20', facts: denial('29', 4000_00, { 'left.appealDays': null }) },
      { asOf: '2026-11-25', facts: denial('29', 5_00) },
    ]);
    expect(late).toEqual({
      inTime: { count: 1, cents: 20_00 },
      tooLate: { count: 1, cents: 300_00 },
      noWindow: { count: 1, cents: 4000_00 },
      list: [
        {
          decisionId: 'a2:q1',
          decidedOn: '2026-10-01',
          ruleId: 'waiver',
          action: 'appeal',
          amountCents: 20_00,
          windowEndsOn: '2026-11-30',
          daysLeft: 5,
        },
      ],
    });
  });

  test('a rule in force from the day of publication on is not late', () => {
    const draft = denialRules(authorization, timely, { name: 'waiver', priority: 300, carc: '29', action: 'appeal', from: '2026-11-25' });
    expect(weigh(draft, [{ asOf: '2026-11-25', facts: denial('29', 1_00) }])).toMatchObject({
      changed: { count: 1 },
      late: { inTime: { count: 0 } },
    });
  });
});

describe('open accounts', () => {
  test('action, owner and date move; a task leaves one queue and joins another', () => {
    const draft = denialRules(
      { ...authorization, action: 'appeal', queue: 'appeals' },
      { ...timely, action: 'routeToPerson', queue: 'denials' },
    );
    const { open } = weigh(draft, [{ facts: denial('197', 100_00) }, { facts: denial('29', 40_00) }, { facts: denial('45', 7_00) }]);
    expect(open).toMatchObject({
      accounts: 3,
      standing: 3,
      // 29: from a supervisor's write-off to the denials team; 197: from the reconsideration's window to the appeal's.
      moved: { accounts: 2, action: 2, owner: 2, date: 1, cents: 140_00 },
      queues: [
        { queue: 'appeals', before: 0, after: 1 },
        { queue: 'denials', before: 3, after: 2 },
      ],
    });
    expect(open.movedList[0]).toMatchObject({
      account: 'a1',
      from: { dueOn: '2027-01-30' },
      to: { dueOn: '2026-12-31', taskQueue: 'appeals' },
    });
  });

  test('waiting longer than a window stays open puts its date at risk, unless the live rules do too', () => {
    const waiting = (timer: string) => denialRules({ ...authorization, action: 'wait', timer }, timely);
    const risk = { account: 'a1', what: 'left.appealDays', why: 'outwaited', draftOn: '2026-12-31', amountCents: 100_00 };
    expect(weigh(waiting('61 days'), [{ facts: denial('197', 100_00) }]).open).toMatchObject({
      atRisk: { count: 1, cents: 100_00 },
      atRiskList: [risk],
    });
    expect(weigh(waiting('60 days'), [{ facts: denial('197', 100_00) }]).open.atRisk.count).toBe(0);
  });
});
