import { describe, expect, test } from '@jest/globals';
import { decisionPoints, type Facts } from '../../../rules/domain/decision.ts';
import { checkRuleSet } from '../../../rules/engine/check.ts';
import { evaluator } from '../../../rules/engine/evaluate.ts';
import { fallbackPriority } from '../../../rules/engine/rule.ts';
import { readRuleSet } from '../../../rules/engine/rule-set.ts';
import { sha256, shippedFiles, shippedRuleSet } from '../../support/rule-sets.ts';

const ruleSet = shippedRuleSet();
const decide = evaluator(ruleSet);

describe('the shipped rules', () => {
  test('pass all their own tests', () => {
    expect(checkRuleSet(ruleSet).filter(({ failure }) => failure !== null)).toEqual([]);
  });

  test('each prove one case that they win and one that they let go', () => {
    const ordinary = ruleSet.rules.filter(({ priority }) => priority !== fallbackPriority);
    const unproved = ordinary.filter(
      ({ id, tests }) => !tests.some(({ expect: e }) => e.wins === id) || !tests.some(({ expect: e }) => e.matches === false),
    );
    expect(unproved.map(({ id }) => id)).toEqual([]);
  });

  test('speak at every decision point', () => {
    const ordinary = ruleSet.rules.filter(({ priority }) => priority !== fallbackPriority);
    expect(decisionPoints.filter((point) => !ordinary.some(({ points }) => points.includes(point)))).toEqual([]);
  });

  test('have a hash that layout and file order do not change', () => {
    const shuffled = shippedFiles()
      .map(({ name, text }) => ({ name, text: JSON.stringify(JSON.parse(text)) }))
      .toReversed();
    expect(readRuleSet(shuffled, sha256).hash).toBe(ruleSet.hash);
    expect(ruleSet.hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

const co197 = { point: 'denied', 'denial.group': 'CO', 'denial.carc': '197', 'denial.carcs': ['197'], 'denial.rarcs': [] };
const patient = { point: 'patientBalance', 'patient.balanceCents': 185000, 'patient.plan': 'none', 'patient.holds': [] };

describe('dated stories of DOMAIN §11', () => {
  const cases: readonly (readonly [string, Facts, string, string])[] = [
    [
      'S1 a rejection nine days before the limit',
      { point: 'rejected', 'rejection.level': 'claim', 'left.filingDays': 9 },
      '2026-08-28',
      'newClaim',
    ],
    [
      'S2 unprocessable',
      { ...co197, 'denial.carc': '16', 'denial.rarcs': ['MA130', 'N290'], 'payer.class': 'medicare' },
      '2026-01-16',
      'newClaim',
    ],
    [
      'S3 Aetna, the authorization exists',
      { ...co197, 'payer.id': 'AETNA1', 'evidence.authorization': true },
      '2026-04-10',
      'reconsideration',
    ],
    [
      'S3 upheld',
      { ...co197, point: 'upheld', 'payer.id': 'AETNA1', 'path.reconsiderations': 1, 'left.appealDays': 60 },
      '2026-06-12',
      'appeal',
    ],
    [
      'S4 medical necessity',
      { ...co197, 'denial.carc': '50', 'payer.class': 'medicare', 'denial.rarcs': ['N115'] },
      '2026-06-19',
      'appeal',
    ],
    [
      'S6 another payer is primary',
      { ...co197, 'denial.group': 'OA', 'denial.carc': '22', 'payer.id': 'UHC01' },
      '2026-04-17',
      'billOtherPayer',
    ],
    ['S6 crossed over', { point: 'nextPayer', 'next.payerId': 'BCBS01', 'next.crossover': true }, '2026-04-17', 'wait'],
    ['S7 the patient’s credit', { point: 'credit', 'credit.bucket': 'patient', 'credit.cents': 6000 }, '2026-08-14', 'requestRefund'],
    ['S10 before the first statement', { ...patient, 'patient.statements': 0 }, '2026-03-16', 'sendStatement'],
    [
      'S10 day 120',
      { ...patient, 'patient.statements': 3, 'patient.daysSinceFirstStatement': 120, 'patient.daysSinceLastStatement': 60 },
      '2026-07-14',
      'placeWithVendor',
    ],
    [
      'S10 an assistance application',
      { ...patient, 'patient.statements': 3, 'patient.holds': ['assistanceApplication'] },
      '2026-09-14',
      'wait',
    ],
  ];
  test.each(cases)('%s', (_name, facts, asOf, action) => {
    expect(decide(facts, asOf).answer.action).toBe(action);
  });

  test('a patient’s balance always gets an answer of its own, whatever its age', () => {
    for (let statements = 0; statements <= 4; statements += 1)
      for (const last of [0, 29, 30, 200])
        for (const plan of ['none', 'offered', 'active', 'defaulted', 'declined', 'kept']) {
          const since = statements === 0 ? null : last + 30 * (statements - 1);
          const facts = {
            ...patient,
            'patient.plan': plan,
            'patient.statements': statements,
            'patient.placements': 0,
            'patient.daysSinceFirstStatement': since,
            'patient.daysSinceLastStatement': statements === 0 ? null : last,
          };
          expect([facts, decide(facts, '2026-06-01').answer.ruleId]).not.toEqual([facts, 'fallback']);
        }
  });
});
