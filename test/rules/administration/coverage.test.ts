import { expect, test } from '@jest/globals';
import { coverageOf, type DenialSeen, serviceFamily } from '../../../rules/administration/coverage.ts';
import { denial, denialRules } from './small-sets.ts';

const rules = denialRules(
  { name: 'authorization', priority: 200, carc: '197', action: 'reconsideration', from: '2026-06-01' },
  { name: 'coding', priority: 210, carc: '16', action: 'replacementClaim' },
  { name: 'codingAgain', priority: 220, carc: '16', action: 'newClaim' },
  {
    name: 'codingThird',
    priority: 1230,
    carc: '4',
    action: 'newClaim',
    and: [{ fact: 'payer.class', operator: 'equal', value: 'commercial' }],
  },
  { name: 'codingFourth', priority: 230, carc: '4', action: 'appeal' },
);

function seen(account: string, carc: string, amountCents: number, more: Partial<DenialSeen> = {}): DenialSeen {
  const about = {
    accountId: `id of ${account}`,
    account,
    payerId: 'P1',
    group: 'CO',
    carc,
    amountCents,
    asOf: '2026-11-01',
    isDecided: true,
  };
  return { ...about, facts: denial(carc, amountCents), ...more };
}

test('what one rule answers is covered; the rest is ranked by dollars, each with its largest account', () => {
  const coverage = coverageOf(rules);
  coverage.count(seen('A1', '197', 100_00));
  coverage.count(seen('A2', '50', 10_00));
  coverage.count(seen('A3', '50', 30_00, { isDecided: false }));
  coverage.count(seen('A4', '16', 500_00));
  coverage.count(seen('A5', '197', 5_00, { asOf: '2026-05-31' }));
  // A class rule before a rule for any payer: the narrower one wins by its band, which is no doubt.
  coverage.count(seen('A6', '4', 60_00, { facts: denial('4', 60_00, { 'payer.class': 'commercial' }) }));
  expect(coverage.map()).toMatchObject({ denials: 6, cents: 705_00, covered: { denials: 2, cents: 160_00 } });
  expect(coverage.map().gaps).toMatchObject([
    { fault: 'equalRules', carc: '16', denials: 1, cents: 500_00, witness: 'A4', detail: 'codingAgain (220), coding (210)' },
    { fault: 'noRule', carc: '50', denials: 2, cents: 40_00, undecided: 1, witness: 'A3', witnessCents: 30_00 },
    { fault: 'noRule', carc: '197', cents: 5_00, witness: 'A5' },
  ]);
});

test('where rules name the code and none matches, the nearest is told with what failed', () => {
  const first = { fact: 'path.attempts', operator: 'equal', value: 0 };
  const coverage = coverageOf(denialRules({ name: 'authorization', priority: 200, carc: '197', action: 'reconsideration', and: [first] }));
  coverage.count(seen('B1', '197', 1_00, { facts: denial('197', 1_00, { 'path.attempts': 2 }) }));
  expect(coverage.map().gaps).toMatchObject([{ fault: 'onlyFallback', detail: 'nearest authorization: path.attempts equal 0 (was 2)' }]);
});

test.each([
  [{ 'denial.serviceCategories': ['surgery', 'drug'] }, 'drug + surgery'],
  [{ 'denial.serviceCategories': ['other'], 'denial.revenueCodes': ['0458', '0450'] }, 'revenue 045x'],
  [{}, 'other'],
])('the service of %j is %s', (facts, family) => {
  expect(serviceFamily(facts)).toBe(family);
});
