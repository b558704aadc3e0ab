import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Facts } from '../../../rules/domain/decision.ts';
import { declarationOf } from '../../../rules/engine/catalogue.ts';
import { compile } from '../../../rules/engine/compile.ts';
import { lint } from '../../../rules/engine/lint.ts';
import { proofsOf } from '../../../rules/engine/lint-proofs.ts';
import type { ReportRule } from '../../../rules/engine/rule.ts';
import { predicate } from '../../../rules/engine/predicate.ts';
import { prove } from '../../../rules/engine/prove.ts';
import { readRuleSet } from '../../../rules/engine/rule-set.ts';
import { factsNear, valuesNear } from '../../support/facts-near.ts';
import { RandomNumbers } from '../../support/random-numbers.ts';
import { ruleSetTexts } from '../../support/random-rules.ts';
import { codes, sha256, shippedFiles } from '../../support/rule-sets.ts';

type Json = Record<string, unknown>;

const leaf = (fact: string, operator: string, value: unknown): Json => ({ fact, operator, value });
const point = leaf('point', 'equal', 'denied');
const carc = (...values: string[]) => leaf('denial.carc', 'in', values);

function aRule(n: number, members: readonly Json[], over: Json = {}): Json {
  const { action = 'appeal', timer, about, ...rest } = over;
  return {
    name: `denied.n${n}`,
    priority: 300 - n,
    conditions: { all: [point, ...members] },
    event: { type: 'nextAction', params: { action, queue: 'appeals', ...(timer === undefined ? {} : { timer }) } },
    meta: {
      version: 1,
      status: 'active',
      owner: 'denials',
      payers: ['*'],
      effective: { from: '2020-01-01', to: null, basis: 'decision' },
      citation: ['42 CFR 405.942'],
      why: 'Because.',
      reviewBy: '2027-01-01',
      ...(about as Json | undefined),
    },
    tests: [
      { name: 'one', given: { point: 'denied' }, expect: { matches: true } },
      { name: 'none', given: { point: 'credit' }, expect: { matches: false } },
    ],
    ...rest,
  };
}

const fallback = {
  ...aRule(0, []),
  name: 'fallback',
  priority: 1,
  conditions: { all: [] },
  event: { type: 'nextAction', params: { action: 'routeToPerson', queue: 'gaps' } },
};

function linted(...rules: readonly Json[]) {
  const text = JSON.stringify({ ruleSet: 'trial', title: 'A trial', rules: [...rules, fallback] }, null, 2);
  return { text, ...lint([{ name: 'trial.json', text }], { hash: sha256, codes }) };
}

function checks(...rules: readonly Json[]): readonly string[] {
  const { faults, warnings } = linted(...rules);
  return [...faults, ...warnings].map(({ check, pointer }) => `${check} ${pointer}`);
}

const timer = (duration: string) => ({ action: 'wait', timer: { id: 'again', duration } });

describe('what no confirmed source carries', () => {
  const toConfirm = { fact: 'the window', who: 'the contract team' };
  const fits = (about: Json, over: Json = {}) =>
    checks(aRule(0, [carc('16')], { ...over, about })).filter((said) => said.startsWith('unconfirmed'));

  test.each([
    ['is drafted for a person who reads what to confirm', { confirmed: false, toConfirm }, {}, []],
    ['is not drafted without saying what to confirm', { confirmed: false }, {}, ['unconfirmed-unexplained /rules/0/meta']],
    ['is our own policy: the same', { citation: [], practice: 'a month' }, {}, ['unconfirmed-unexplained /rules/0/meta']],
    ['may wait a month', { citation: [], practice: 'a month' }, timer('30 days'), []],
    [
      'may not wait longer',
      { citation: [], practice: 'a month' },
      timer('31 days'),
      ['unconfirmed-acts /rules/0/event/params/timer/duration'],
    ],
    [
      'may not be billed to the patient',
      { confirmed: false, toConfirm },
      { action: 'moveToPatient' },
      ['unconfirmed-acts /rules/0/event/params/action'],
    ],
    [
      'the same by our own policy',
      { citation: [], practice: 'x' },
      { action: 'moveToPatient' },
      ['unconfirmed-acts /rules/0/event/params/action'],
    ],
    ['once confirmed it may', { confirmed: true }, { action: 'moveToPatient' }, []],
  ])('%s', (_says, about, over, expected) => expect(fits(about, over)).toEqual(expected));
});

describe('lint proves', () => {
  const cases: readonly (readonly [string, readonly Json[], readonly string[]])[] = [
    ['nothing against rules that are well', [aRule(0, [carc('16')]), aRule(1, [carc('50')])], []],
    ['a contradiction', [aRule(0, [carc('16'), carc('50')])], ['dead-condition /rules/0/conditions']],
    [
      'a contradiction of numbers',
      [aRule(0, [leaf('path.attempts', 'lessThan', 3), leaf('path.attempts', 'greaterThan', 2)])],
      ['dead-condition /rules/0/conditions'],
    ],
    ['that a count is never below nothing', [aRule(0, [leaf('path.attempts', 'lessThan', 0)])], ['dead-condition /rules/0/conditions']],
    [
      'a contradiction of lists',
      [aRule(0, [leaf('denial.rarcs', 'isEmpty', true), leaf('denial.rarcs', 'contains', 'MA130')])],
      ['dead-condition /rules/0/conditions'],
    ],
    [
      'an alternative that never holds',
      [aRule(0, [carc('16'), { any: [leaf('denial.group', 'equal', 'CO'), carc('50')] }])],
      ['dead-condition /rules/0/conditions/all/2/any/1'],
    ],
    [
      'a rule beneath one that matches all of it',
      [aRule(0, [carc('16', '50')]), aRule(1, [carc('16')])],
      ['unreachable-rule /rules/1/conditions'],
    ],
    [
      'a rule beneath two that share it between them',
      [
        aRule(0, [leaf('denial.ageDays', 'lessThan', 30)]),
        aRule(1, [{ any: [leaf('denial.ageDays', 'greaterThanInclusive', 30), leaf('denial.ageDays', 'isAbsent', true)] }]),
        aRule(2, [carc('16')]),
      ],
      ['unreachable-rule /rules/2/conditions'],
    ],
    [
      'that a day between two rules is left',
      [
        aRule(0, [leaf('denial.ageDays', 'lessThan', 30)]),
        aRule(1, [leaf('denial.ageDays', 'greaterThan', 30)]),
        aRule(2, [], { action: 'callPayer' }),
      ],
      [],
    ],
    ['a rule that changes no answer', [aRule(0, [carc('16')]), aRule(1, [carc('16', '50')])], ['redundant-rule /rules/0']],
    [
      'a timer longer than the days it asks for',
      [aRule(0, [leaf('left.appealDays', 'greaterThan', 10)], timer('2 weeks'))],
      ['timer-beyond-deadline /rules/0/event/params/timer/duration'],
    ],
    ['a timer that fits', [aRule(0, [leaf('left.appealDays', 'greaterThan', 14)], timer('2 weeks'))], []],
    [
      'amounts that look like dollars',
      [aRule(0, [leaf('denial.amountCents', 'lessThan', 25)])],
      ['dollars-or-cents /rules/0/conditions/all/1/value'],
    ],
    [
      'a negative comparison of what may be unknown',
      [aRule(0, [leaf('denial.group', 'notEqual', 'CO')])],
      ['negative-over-unknown /rules/0/conditions/all/1/operator'],
    ],
    ['a fact nobody gives yet', [aRule(0, [leaf('evidence.records', 'equal', true)])], ['not-given-yet /rules/0/conditions/all/1/fact']],
    [
      'no example of what it lets go',
      [aRule(0, [carc('16')], { tests: [{ name: 'one', given: { point: 'denied' }, expect: { matches: true } }] })],
      ['no-negative-test /rules/0/tests'],
    ],
  ];
  test.each(cases)('%s', (_name, rules, expected) => {
    expect(checks(...rules)).toEqual(expected);
  });

  test('with line and column of the place', () => {
    const { text, faults } = linted(aRule(0, [carc('16'), { any: [leaf('denial.group', 'equal', 'CO'), carc('50')] }]));
    const lines = text.split('\n');
    const [fault] = faults;
    const line = lines[(fault?.line ?? 0) - 1] ?? '';
    expect([line.slice((fault?.column ?? 0) - 1).startsWith('{'), lines[fault?.line ?? 0]?.includes('denial.carc')]).toEqual([true, true]);
  });

  test('and gives no verdict beyond its budget', () => {
    const many = Array.from({ length: 12 }, (_, n) => leaf('denial.amountCents', 'between', [n * 10, n * 10 + 5]));
    const goals = [{ condition: readCondition({ all: [point, { not: { any: many } }] }), wanted: true }];
    expect(prove(goals, 'denied', { of: 1 }).kind).toBe('undecided');
    expect(prove(goals, 'denied').kind).toBe('witness');
  });
});

test('when all proofs together have cost too much, lint says which rules it did not prove', () => {
  const rules = [aRule(0, [carc('16')]), aRule(1, [carc('50')]), aRule(2, [carc('16')])];
  const ruleSet = readRuleSet(
    [{ name: 'trial.json', text: JSON.stringify({ ruleSet: 'trial', title: 'A trial', rules: [...rules, fallback] }) }],
    sha256,
  );
  const proved = (left: number) => {
    const found: string[] = [];
    const report: ReportRule = ({ id }, pointer, check, message) => found.push(`${id}${pointer} ${check} ${message.split(';')[0]}`);
    proofsOf(ruleSet, { fault: report, warn: report }, { left });
    return found;
  };
  expect(proved(1_000).slice(1)).toEqual([expect.stringMatching(/^denied\.n2\/conditions unreachable-rule/)]);
  const unproved = 'not-decided what all proofs together may cost is spent: of 3 rules the';
  expect(proved(0)).toEqual([expect.stringContaining(`denied.n0 ${unproved} 3 of lowest priority`)]);
  const cuts = Array.from({ length: 100 }, (_, left) => proved(left).at(-1) ?? '');
  for (const left of [1, 2, 3])
    expect(cuts.some((one) => one.startsWith(`denied.n${3 - left} ${unproved} ${left} of lowest priority`))).toBe(true);
});

function readCondition(conditions: Json) {
  const rule = { ...aRule(0, []), conditions };
  const text = JSON.stringify({ ruleSet: 'trial', title: 'A trial', rules: [rule, fallback] });
  const [first] = readRuleSet([{ name: 'trial.json', text }], sha256).rules;
  if (first === undefined) throw new Error('a rule was written');
  return first.condition;
}

describe('what is proved is true of random rules:', () => {
  const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);
  test(`a witness meets its goals, and no facts meet goals that were proved impossible (seed ${seed})`, () => {
    const kinds = new Map<string, number>();
    fc.assert(
      fc.property(ruleSetTexts, fc.integer(), (text, factsSeed) => {
        const ruleSet = readRuleSet([{ name: 'random.json', text }], sha256);
        const values = valuesNear(ruleSet);
        const random = new RandomNumbers(factsSeed);
        for (const [n, { condition, points }] of ruleSet.rules.entries()) {
          const other = ruleSet.rules[n + 1]?.condition ?? condition;
          const at = points[0] ?? 'denied';
          const goals = [
            { condition, wanted: true },
            { condition: other, wanted: other === condition },
          ];
          const proof = prove(goals, at);
          kinds.set(proof.kind, (kinds.get(proof.kind) ?? 0) + 1);
          const meets = (facts: Facts) => goals.every((goal) => predicate(goal.condition)(facts) === goal.wanted);
          if (proof.kind === 'witness') expect(meets(proof.facts)).toBe(true);
          if (proof.kind === 'none')
            for (let i = 0; i < 200; i += 1) {
              const facts = { ...factsNear(values, random), point: at };
              expect([meets(facts) && isPossible(facts), facts]).toEqual([false, facts]);
            }
        }
      }),
      { numRuns: 150, seed },
    );
    expect([(kinds.get('witness') ?? 0) > 100, (kinds.get('none') ?? 0) > 20, (kinds.get('undecided') ?? 0) < 5]).toEqual([
      true,
      true,
      true,
    ]);
  });

  /** Counts and shares are never below zero, and a fact has only the values it is declared with: others never come. */
  function isPossible(facts: Facts): boolean {
    return Object.entries(facts).every(([id, value]) => {
      const values = declarationOf(id)?.values ?? null;
      const members = Array.isArray(value) ? value : [value];
      return members.every((v) => (typeof v === 'number' ? v >= 0 : typeof v !== 'string' || values === null || values.includes(v)));
    });
  }
});

test('the shipped rules have no fault', () => {
  const { faults, ruleSet } = lint(shippedFiles(), { hash: sha256, codes });
  expect(faults).toEqual([]);
  if (ruleSet === null) throw new Error('it was read');
  expect(compile(ruleSet).winner({ point: 'denied' }, '2026-11-25').id).toBe('fallback');
});
