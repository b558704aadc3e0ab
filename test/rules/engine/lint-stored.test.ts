import { describe, expect, test } from '@jest/globals';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { lint } from '../../../rules/engine/lint.ts';
import type { LintEvidence, UncaughtDenials } from '../../../rules/engine/lint-stored.ts';
import { denialFile, type SmallRule } from '../administration/small-sets.ts';
import { sha256 } from '../../support/rule-sets.ts';

const rule: SmallRule = { name: 'one', priority: 200, carc: '197', action: 'appeal' };
const nothing: LintEvidence = {
  today: civilDate('2026-11-25'),
  liveBefore: new Set(['one', 'fallback']),
  lastMatchedOn: new Map(),
  onlyFallback: [],
};

function said(rules: readonly SmallRule[], stored: LintEvidence | null) {
  const { warnings, notLookedAt } = lint([denialFile(...rules)], { hash: sha256, stored });
  const found = warnings.filter(({ check }) => check === 'unmatched-rule' || check === 'only-fallback');
  return { found: found.map(({ check, pointer, message }) => `${check} ${pointer} ${message}`), notLookedAt };
}

describe('a rule that matched nothing for ninety days', () => {
  const matched = (on: string): LintEvidence => ({ ...nothing, lastMatchedOn: new Map([['one', civilDate(on)]]) });
  const cases: readonly (readonly [string, SmallRule, LintEvidence, string | null])[] = [
    ['never', rule, nothing, 'it never did'],
    ['ninety days ago', rule, matched('2026-08-27'), 'it last did on 2026-08-27'],
    ['eighty-nine days ago', rule, matched('2026-08-28'), null],
    ['never, but it was not live ninety days ago', rule, { ...nothing, liveBefore: new Set() }, null],
    ['never, but it stands since eighty-nine days', { ...rule, from: '2026-08-28' }, nothing, null],
    ['never, and it stands since ninety', { ...rule, from: '2026-08-27' }, nothing, 'it never did'],
    ['never, but it has ended', { ...rule, to: '2026-11-24' }, nothing, null],
    ['never, and this is its last day', { ...rule, to: '2026-11-25' }, nothing, 'it never did'],
  ];
  test.each(cases)('last matched %s', (_name, given, stored, expected) => {
    expect(said([given], stored)).toEqual({
      found:
        expected === null
          ? []
          : [expect.stringContaining(`unmatched-rule /rules/0 no decision of the last 90 days met its conditions (${expected})`)],
      notLookedAt: [],
    });
  });
});

test('what only the fallback catches stands at the fallback, twenty combinations and the sum of the others', () => {
  const gap = (n: number): UncaughtDenials => ({
    payerId: 'P1',
    group: 'CO',
    carc: String(n),
    service: 'imaging',
    denials: n === 1 ? 1 : 2,
    cents: 100_000 - n,
    accountId: `id${n}`,
  });
  const { found } = said([rule], { ...nothing, liveBefore: new Set(), onlyFallback: Array.from({ length: 22 }, (_, n) => gap(n + 1)) });
  expect(found).toHaveLength(21);
  expect(found[0]).toBe(
    'only-fallback /rules/1/conditions 1. CO-1 of payer P1, imaging: 1 denial, $999.99 in a year, and no rule answers; see account id1, and write one',
  );
  expect(found[20]).toBe('only-fallback /rules/1/conditions and 2 combinations more ($1,999.57); recourse rules coverage has them all');
});

test('without stored decisions lint says what it did not look at', () => {
  expect(said([rule], null)).toEqual({ found: [], notLookedAt: ['unmatched-rule', 'only-fallback'] });
});
