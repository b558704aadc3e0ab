import { describe, expect, test } from '@jest/globals';
import type { EffectiveBasis, Facts } from '../../../rules/domain/decision.ts';
import { checkRuleSet } from '../../../rules/engine/check.ts';
import { evaluator } from '../../../rules/engine/evaluate.ts';
import { explain, matchedLeafWords } from '../../../rules/engine/explain.ts';
import { lint } from '../../../rules/engine/lint.ts';
import { oracleOf } from '../../../rules/engine/oracle.ts';
import { sha256 } from '../../support/rule-sets.ts';
import { denial, denialFile, denialRules, type SmallRule } from '../administration/small-sets.ts';

const factOf = { decision: null, serviceDate: 'claim.servicedOn', receivedDate: 'denial.receivedOn' } as const;
const dated = (basis: EffectiveBasis, from: string, to?: string): SmallRule => ({
  name: 'dated',
  priority: 200,
  carc: '197',
  action: 'appeal',
  basis,
  from,
  ...(to === undefined ? {} : { to }),
});

describe('a rule applies by the date that its basis names', () => {
  const cases: readonly (readonly [EffectiveBasis, string | null, string, boolean])[] = [
    ['decision', null, '2026-03-01', true],
    ['decision', null, '2026-02-28', false],
    ['decision', null, '2026-07-01', false],
    ['serviceDate', '2026-03-01', '2027-01-01', true],
    ['serviceDate', '2026-06-30', '2027-01-01', true],
    ['serviceDate', '2026-02-28', '2026-03-01', false],
    ['serviceDate', '2026-07-01', '2026-07-01', false],
    ['serviceDate', null, '2026-03-01', false],
    ['receivedDate', '2026-03-01', '2027-01-01', true],
    ['receivedDate', '2026-07-01', '2027-01-01', false],
    ['receivedDate', null, '2026-03-01', false],
  ];
  test.each(cases)('%s, of the case %s, decided on %s: %s', async (basis, on, asOf, applies) => {
    const fact = factOf[basis];
    const ruleSet = denialRules(dated(basis, '2026-03-01', '2026-06-30'));
    const facts = denial('197', 100_00, fact === null ? {} : { [fact]: on });
    const { receipt } = evaluator(ruleSet)(facts, asOf);
    const range = { basis, on: basis === 'decision' ? asOf : on, from: '2026-03-01', to: '2026-06-30' };
    expect(await oracleOf(ruleSet)(facts, asOf)).toBe(receipt.winner.ruleId);
    if (applies) expect(receipt).toMatchObject({ winner: { ruleId: 'dated', inForce: range }, notInForce: [] });
    else expect(receipt).toMatchObject({ winner: { ruleId: 'fallback' }, notInForce: [{ ruleId: 'dated', ...range }] });
  });

  test('and the receipt says so in words', () => {
    const decide = evaluator(denialRules(dated('serviceDate', '2026-03-01')));
    expect(explain(decide(denial('197', 1_00, { 'claim.servicedOn': '2026-03-02' }), '2026-05-01'))).toContain(
      'In force: by the first day of service 2026-03-02, from 2026-03-01',
    );
    expect(explain(decide(denial('197', 1_00), '2026-05-01'))).toContain(
      'Would match, but not in force:\n  dated: by the first day of service, which is not known, from 2026-03-01',
    );
  });

  test('and an example that gives no such date is told why it fails', () => {
    const example = {
      name: 'a day too early',
      given: denial('197', 1_00, { 'claim.servicedOn': '2026-02-28' }),
      expect: { wins: 'dated' },
    };
    const failed = checkRuleSet(denialRules({ ...dated('serviceDate', '2026-03-01'), tests: [example] })).flatMap(
      (one) => one.failure ?? [],
    );
    expect(failed).toEqual([
      '"fallback" won, "dated" was expected; its conditions hold, but it is not in force by the first day of service 2026-02-28, from 2026-03-01',
    ]);
  });
});

describe('lint knows what the dates mean:', () => {
  const other = (over: Partial<SmallRule>): SmallRule => ({ ...dated('serviceDate', '2026-03-01'), action: 'callPayer', ...over });
  const servedOn = (operator: string, value: string) => ({ fact: 'claim.servicedOn', operator, value });
  const cases: readonly (readonly [string, readonly SmallRule[], readonly string[]])[] = [
    ['nothing is wrong with a range of each', [dated('serviceDate', '2026-03-01'), dated2('receivedDate')], []],
    [
      'a range that ends before it begins',
      [dated('serviceDate', '2026-03-01', '2026-02-01')],
      ['effective-range by the first day of service'],
    ],
    [
      'two versions of one rule by the same date, both for one day',
      [dated('serviceDate', '2025-01-01', '2026-03-01'), other({ priority: 201 })],
      [
        'equal-names there is a rule',
        'effective-range it overlaps the other "dated", from 2025-01-01 to 2026-03-01 by the first day of service',
      ],
    ],
    [
      'two versions by different dates',
      [dated('decision', '2025-01-01', '2025-12-31'), other({ priority: 201 })],
      ['equal-names there is a rule', 'effective-range the other "dated" goes by the day of the decision'],
    ],
    [
      'equal priorities are allowed where no day of service is in both',
      [dated('serviceDate', '2025-01-01', '2026-02-28'), other({ name: 'later' })],
      [],
    ],
    [
      'and are not where one is',
      [dated('serviceDate', '2025-01-01', '2026-03-01'), other({ name: 'later' })],
      ['equal-priorities "dated" has priority 200'],
    ],
    [
      'nor where their dates are different ones',
      [dated('receivedDate', '2025-01-01', '2025-03-01'), other({ name: 'later' })],
      ['equal-priorities "dated" has priority 200'],
    ],
    [
      'a condition that contradicts the range',
      [other({ and: [servedOn('before', '2026-03-01')] })],
      ['dead-condition the conditions contradict each other or the dates'],
    ],
    [
      'a rule beneath one that stands whenever it does',
      [other({ name: 'above', priority: 300, from: '2026-01-01' }), dated('serviceDate', '2026-03-01')],
      ['unreachable-rule rules above match whatever this one would (above)'],
    ],
    [
      'a rule that is left the services before',
      [other({ name: 'above', priority: 300, from: '2026-06-01' }), dated('serviceDate', '2026-03-01')],
      [],
    ],
    [
      'a rule beneath one that goes by the day of the decision, and stands since before those services',
      [other({ name: 'above', priority: 300, from: '2026-01-01', basis: 'decision' }), dated('serviceDate', '2026-03-01')],
      ['unreachable-rule rules above match whatever this one would (above)'],
    ],
  ];
  test.each(cases)('%s', (_name, rules, expected) => {
    const { faults } = lint([denialFile(...rules)], { hash: sha256 });
    const found = faults.map(({ check, message }) => `${check} ${message}`);
    expect(found.map((one, n) => one.slice(0, expected[n]?.length ?? 0))).toEqual(expected);
  });

  function dated2(basis: EffectiveBasis): SmallRule {
    return { ...dated(basis, '2026-03-01'), name: 'other', priority: 201, carc: '29' };
  }
});

test('a date that is never known where the rule is asked is a fault', () => {
  const text = denialFile(dated('receivedDate', '2026-03-01'))
    .text.replaceAll('"value":"denied"', '"value":"credit"')
    .replaceAll('denial.carc', 'payer.id');
  const { faults } = lint([{ name: 'small.json', text }], { hash: sha256 });
  expect(faults.map(({ check, pointer }) => `${check} ${pointer}`)).toContain('fact-not-known-at-point /rules/0/meta/effective/basis');
});

describe('a comparison of a rule that matched is marked by what it says for the rule', () => {
  const facts: Facts = { 'denial.group': 'CO', 'denial.ageDays': 10 };
  const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
    [
      'what must not hold and does not',
      { not: { fact: 'denial.group', operator: 'equal', value: 'PR' } },
      ['✓ not denial.group equal PR (was CO)'],
    ],
    [
      'twice denied is meant',
      { not: { not: { fact: 'denial.group', operator: 'equal', value: 'CO' } } },
      ['✓ denial.group equal CO (was CO)'],
    ],
    [
      'of a denied group one that fails is enough',
      {
        not: {
          all: [
            { fact: 'denial.group', operator: 'equal', value: 'CO' },
            { fact: 'denial.ageDays', operator: 'greaterThan', value: 30 },
          ],
        },
      },
      ['· not denial.group equal CO (was CO), not needed', '✓ not denial.ageDays greaterThan 30 (was 10)'],
    ],
    [
      'of alternatives one is enough',
      {
        any: [
          { fact: 'denial.group', operator: 'equal', value: 'PR' },
          { fact: 'denial.ageDays', operator: 'lessThan', value: 30 },
        ],
      },
      ['· denial.group equal PR (was CO), not needed', '✓ denial.ageDays lessThan 30 (was 10)'],
    ],
  ];
  test.each(cases)('%s', (_name, condition, expected) => {
    const ruleSet = denialRules({ name: 'one', priority: 200, carc: '197', action: 'appeal', and: [condition] });
    const { receipt } = evaluator(ruleSet)(denial('197', 1_00, facts), '2026-05-01');
    expect(receipt.winner.ruleId).toBe('one');
    expect(receipt.winner.leaves.slice(2).map(matchedLeafWords)).toEqual(expected);
  });
});
