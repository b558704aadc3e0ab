import { describe, expect, test } from '@jest/globals';
import { RuleSetFault } from '../../../rules/engine/fault.ts';
import { readRuleSet } from '../../../rules/engine/rule-set.ts';
import { codes, sha256 } from '../../support/rule-sets.ts';

type Json = Record<string, unknown>;

const point = { fact: 'point', operator: 'equal', value: 'denied' };
const meta: Json = {
  version: 1,
  status: 'active',
  owner: 'denials',
  payers: ['*'],
  effective: { from: '2020-01-01', to: null, basis: 'decision' },
  citation: ['42 CFR 405.942'],
  why: 'Because.',
  reviewBy: '2027-01-01',
};
const event = (params: Json = {}): Json => ({ type: 'nextAction', params: { action: 'appeal', queue: 'appeals', ...params } });
const tests = [{ name: 'a case', given: { point: 'denied' }, expect: { matches: true } }];

const aRule = (over: Json = {}): Json => ({
  name: 'denied.a',
  priority: 200,
  conditions: { all: [point] },
  event: event(),
  meta,
  tests,
  ...over,
});
const where = (...members: unknown[]): Json => aRule({ conditions: { all: [point, ...members] } });
const leaf = (fact: string, operator: string, value: unknown): Json => ({ fact, operator, value });
const fallback = aRule({
  name: 'fallback',
  priority: 1,
  conditions: { all: [] },
  event: { type: 'nextAction', params: { action: 'routeToPerson', queue: 'gaps' } },
});

function read(...rules: Json[]): readonly string[] {
  return faultsOf(JSON.stringify({ ruleSet: 'trial', title: 'A trial', rules: [...rules, fallback] }));
}

function faultsOf(text: string): readonly string[] {
  try {
    readRuleSet([{ name: 'trial.json', text }], sha256, codes);
    return [];
  } catch (error) {
    if (!(error instanceof RuleSetFault)) throw error;
    for (const { file, message } of error.faults) expect([file, message.length > 10]).toEqual(['trial.json', true]);
    return error.faults.map(({ pointer, check }) => `${pointer} ${check}`);
  }
}

function nested(depth: number): unknown {
  return depth === 0 ? leaf('denial.carc', 'equal', '50') : { not: nested(depth - 1) };
}

const at = '/rules/0/conditions/all/1';
const carc = leaf('denial.carc', 'equal', '50');
const many = (length: number) => Array.from({ length }, () => carc);

const faulty: readonly (readonly [string, Json, readonly string[]])[] = [
  ['an unknown fact', where(leaf('denial.carcc', 'equal', '50')), [`${at}/fact unknown-fact`]],
  ['a fact of another object', where(leaf('__proto__x', 'equal', '50')), [`${at}/fact unknown-fact`]],
  ['an unknown operator', where(leaf('denial.carc', 'matches', '50')), [`${at}/operator unknown-operator`]],
  ['an operator every object has', where(leaf('denial.carc', 'toString', '50')), [`${at}/operator unknown-operator`]],
  ['an unknown action', aRule({ event: event({ action: 'pay' }) }), ['/rules/0/event/params/action unknown-action']],
  ['an unknown queue', aRule({ event: event({ queue: 'nobody' }) }), ['/rules/0/event/params/queue unknown-queue']],
  ['a code that is in no list', where(leaf('denial.carc', 'in', ['50', '999'])), [`${at}/value unknown-code`]],
  ['a number where the fact is a text', where(leaf('denial.carc', 'equal', 50)), [`${at}/value wrong-type`]],
  ['dollars and cents', where(leaf('denial.amountCents', 'lessThan', 9.99)), [`${at}/value wrong-type`]],
  ['a number as text', where(leaf('path.attempts', 'lessThan', '3')), [`${at}/value wrong-type`]],
  ['a value that never occurs', where(leaf('payer.class', 'equal', 'medcare')), [`${at}/value wrong-type`]],
  ['null as a value', where(leaf('denial.carc', 'equal', null)), [`${at}/value wrong-type`]],
  ['"less than" over a text', where(leaf('denial.carc', 'lessThan', '50')), [`${at}/operator wrong-type`]],
  ['"contains" over a text', where(leaf('denial.carc', 'contains', '5')), [`${at}/operator wrong-type`]],
  ['a date operator over what is no date', where(leaf('denial.carc', 'before', '2026-01-01')), [`${at}/operator wrong-type`]],
  ['a date that is none', where(leaf('claim.servicedOn', 'equal', '2026-02-30')), [`${at}/value wrong-type`]],
  ['a range the wrong way round', where(leaf('denial.ageDays', 'between', [30, 1])), [`${at}/value wrong-type`]],
  ['a value for "is absent"', where(leaf('left.appealDays', 'isAbsent', false)), [`${at}/value wrong-type`]],
  ['a fact compared with a fact', where(leaf('denial.carc', 'equal', { fact: 'payer.id' })), [`${at}/value wrong-type`]],
  ['a path', where({ ...carc, path: '$.x' }), [`${at}/path path-present`]],
  ['a parameter for a fact', where({ ...carc, params: {} }), [`${at}/params shape`]],
  ['an empty any', where({ any: [] }), [`${at}/any empty-group`]],
  ['an empty all inside', where({ all: [] }), [`${at}/all empty-group`]],
  ['two groups in one', where({ all: [carc], any: [carc] }), [`${at} shape`]],
  ['a named condition', where({ condition: 'other' }), [`${at}/condition named-condition`]],
  ['"in" with a text', where(leaf('denial.carc', 'in', '50')), [`${at}/value in-without-list`]],
  [
    'a nested fact reference',
    aRule({ event: event({ letter: { amount: { fact: 'denial.amountCents' } } }) }),
    ['/rules/0/event/params/letter nested-fact-reference'],
  ],
  [
    'a reference to no fact',
    aRule({ event: event({ amount: { fact: 'denial.cents' } }) }),
    ['/rules/0/event/params/amount/fact unknown-fact'],
  ],
  ['a list as parameter', aRule({ event: event({ amounts: [1] }) }), ['/rules/0/event/params/amounts shape']],
  ['months', aRule({ event: event({ timer: { id: 'review', duration: '2 months' } }) }), ['/rules/0/event/params/timer/duration duration']],
  ['hours', aRule({ event: event({ timer: { id: 'review', duration: '48 hours' } }) }), ['/rules/0/event/params/timer/duration duration']],
  ['a wait without end', aRule({ event: event({ action: 'wait' }) }), ['/rules/0/event/params wait-without-timer']],
  ['no decision point', aRule({ conditions: { all: [carc] } }), ['/rules/0/conditions no-point']],
  ['a fact never known there', where(leaf('credit.cents', 'greaterThan', 0)), [`${at} fact-not-known-at-point`]],
  [
    'a payer in the band of any payer',
    where(leaf('payer.id', 'equal', 'UHC01')),
    ['/rules/0/priority priority-band', '/rules/0/meta/payers payers-differ'],
  ],
  ['no citation', aRule({ meta: { ...meta, citation: [] } }), ['/rules/0/meta/citation no-citation']],
  ['no test', aRule({ tests: [] }), ['/rules/0/tests no-test']],
  [
    'a test about no fact',
    aRule({ tests: [{ name: 'x', given: { pont: 'denied' }, expect: { matches: true } }] }),
    ['/rules/0/tests/0/given/pont unknown-fact'],
  ],
  [
    'an inverted range',
    aRule({ meta: { ...meta, effective: { from: '2026-02-01', to: '2026-01-31', basis: 'decision' } } }),
    ['/rules/0/meta/effective effective-range'],
  ],
  ['a date that does not exist', aRule({ meta: { ...meta, reviewBy: '2026-02-30' } }), ['/rules/0/meta/reviewBy shape']],
  ['a key nobody knows', aRule({ meta: { ...meta, note: 'x' } }), ['/rules/0/meta shape']],
  ['too deep', where(nested(40)), [`/rules/0/conditions/all/1${'/not'.repeat(31)} bounds`]],
  ['too many members', aRule({ conditions: { all: [point, ...many(40)] } }), ['/rules/0/conditions/all bounds']],
  ['too many comparisons', where(...Array.from({ length: 6 }, () => ({ any: many(40) }))), ['/rules/0/conditions/all/5/any/39 bounds']],
];

describe('a rule set is refused for', () => {
  test.each(faulty)('%s', (_name, rule, faults) => {
    expect(read(rule)).toEqual(faults);
  });

  test('equal priorities at one point, and equal names', () => {
    expect(read(aRule(), aRule())).toEqual(['/rules/1/name equal-names', '/rules/1/meta/effective effective-range']);
  });

  test('equal priorities only where both can match', () => {
    const other = (over: Json) => aRule({ name: 'denied.b', ...over });
    expect(read(aRule(), other({}))).toEqual(['/rules/1/priority equal-priorities']);
    expect(read(where(carc), other({ conditions: { all: [point, { not: carc }] } }))).toEqual([]);
    expect(read(aRule(), other({ meta: { ...meta, status: 'paused' } }))).toEqual([]);
    const ended = { ...meta, effective: { from: '2020-01-01', to: '2025-12-31', basis: 'decision' } };
    const begun = { ...meta, effective: { from: '2026-01-01', to: null, basis: 'decision' } };
    expect(read(aRule({ meta: ended }), other({ meta: begun }))).toEqual([]);
  });

  test('no fallback, several, or one with conditions', () => {
    const file = (...rules: Json[]) => faultsOf(JSON.stringify({ ruleSet: 'trial', title: 'A trial', rules }));
    expect(file(aRule())).toEqual(['/rules fallback']);
    expect(file(fallback, { ...fallback, name: 'second' })).toEqual(['/rules/1/priority fallback']);
    expect(file(aRule({ priority: 1 }))).toEqual(['/rules/0/conditions fallback', '/rules/0/event/params/action fallback']);
  });

  test('what is not JSON, not a rule set, or reaches for the prototype', () => {
    expect(faultsOf('{')).toEqual([' json']);
    expect(faultsOf('{"rules": []}')).toEqual(['/ruleSet shape', '/title shape']);
    expect(faultsOf('{"ruleSet":"a","title":"A","rules":[{"meta":{"__proto__":{}}}]}')).toEqual(['/rules/0/meta/__proto__ unsafe-key']);
  });

  test('all faults of all its rules at once', () => {
    expect(read(where(leaf('x', 'equal', 1)), aRule({ name: 'denied.b', tests: [] }))).toEqual([
      `${at}/fact unknown-fact`,
      '/rules/1/tests no-test',
    ]);
  });
});

test('a rule set without faults is read', () => {
  expect(read(where({ any: [carc, { not: leaf('left.appealDays', 'lessThan', 0) }] }))).toEqual([]);
});
