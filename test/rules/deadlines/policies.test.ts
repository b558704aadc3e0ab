import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { isBusinessDay } from '../../../rules/deadlines/business-days.ts';
import { deriveDeadline } from '../../../rules/deadlines/derive.ts';
import { deadlineFor, type PolicyQuestion, readPolicies } from '../../../rules/deadlines/policies.ts';
import { addDays, civilDate } from '../../../rules/domain/civil-date.ts';
import type { AnchorKind, DeadlineKind, DeadlinePolicy } from '../../../rules/domain/deadline.ts';

const policies = readPolicies(JSON.parse(readFileSync('rules/reference/deadline-policies.json', 'utf8')));

const payers: Record<string, Omit<PolicyQuestion, 'kind'>> = {
  uhc: { payerId: 'UHC01', payerClass: 'commercial', state: 'OH', claimType: 'professional' },
  aetna: { payerId: 'AETNA1', payerClass: 'commercial', state: 'OH', claimType: 'professional' },
  medicareB: { payerId: 'MCARE', payerClass: 'medicare', state: 'OH', claimType: 'professional' },
  medicareA: { payerId: 'MCARE', payerClass: 'medicare', state: 'OH', claimType: 'institutional' },
  texas: { payerId: 'TXMCD', payerClass: 'medicaid', state: 'TX', claimType: 'professional' },
  unknown: { payerId: 'NEW', payerClass: 'other', state: 'OH', claimType: 'professional' },
};

describe('deadlines', () => {
  /** Story, who, what, counted from, on, nominal, legal, safe by. Dates are those of the worked scenarios. */
  test.each<[string, string, DeadlineKind, AnchorKind, string, string, string, string]>([
    ['S1 filing limit over Labor Day', 'uhc', 'filing', 'servicedThrough', '2026-06-08', '2026-09-06', '2026-09-06', '2026-09-04'],
    ['S2 one calendar year', 'medicareB', 'filing', 'servicedOn', '2025-12-03', '2026-12-03', '2026-12-03', '2026-12-03'],
    ['Feb 29 gives Feb 28 of the next year', 'medicareB', 'filing', 'servicedOn', '2024-02-29', '2025-02-28', '2025-02-28', '2025-02-28'],
    [
      'Part A counts from the through date',
      'medicareA',
      'filing',
      'servicedThrough',
      '2026-03-02',
      '2027-03-02',
      '2027-03-02',
      '2027-03-02',
    ],
    ['S3 reconsideration', 'aetna', 'reconsideration', 'remittanceOn', '2026-04-10', '2026-10-07', '2026-10-07', '2026-10-07'],
    ['S3 answer in 30 business days', 'aetna', 'reconsiderationAnswer', 'filedOn', '2026-05-01', '2026-06-15', '2026-06-15', '2026-06-15'],
    ['S3 appeal', 'aetna', 'appeal1', 'answeredOn', '2026-06-12', '2026-08-11', '2026-08-11', '2026-08-11'],
    ['S3 answer in 60 business days', 'aetna', 'appeal1Answer', 'filedOn', '2026-07-24', '2026-10-20', '2026-10-20', '2026-10-20'],
    [
      'S4 redetermination, presumption not relied on',
      'medicareB',
      'appeal1',
      'remittanceOn',
      '2026-06-19',
      '2026-10-22',
      '2026-10-22',
      '2026-10-16',
    ],
    ['S4 decision of level 1', 'medicareB', 'appeal1Answer', 'filedOn', '2026-08-17', '2026-10-16', '2026-10-16', '2026-10-16'],
    ['S4 level 2', 'medicareB', 'appeal2', 'answeredOn', '2026-10-09', '2027-04-12', '2027-04-12', '2027-04-07'],
    ['S4 decision of level 2', 'medicareB', 'appeal2Answer', 'filedOn', '2026-12-01', '2027-01-30', '2027-01-30', '2027-01-29'],
    ['S4 hearing', 'medicareB', 'appeal3', 'answeredOn', '2027-01-27', '2027-04-02', '2027-04-02', '2027-03-26'],
    ['S4 hearing decision', 'medicareB', 'appeal3Answer', 'filedOn', '2027-03-15', '2027-06-13', '2027-06-13', '2027-06-11'],
    [
      'S6 secondary from the primary remittance',
      'uhc',
      'secondaryFiling',
      'remittanceOn',
      '2026-05-22',
      '2026-08-20',
      '2026-08-20',
      '2026-08-20',
    ],
    ['Texas rolls a Sunday to Monday', 'texas', 'filing', 'servicedThrough', '2026-06-03', '2026-09-06', '2026-09-08', '2026-09-04'],
    ['276 on day 14', 'uhc', 'statusInquiry', 'acceptedOn', '2026-09-01', '2026-09-15', '2026-09-15', '2026-09-15'],
    ['call on day 30', 'uhc', 'payerCall', 'acceptedOn', '2026-09-01', '2026-10-01', '2026-10-01', '2026-10-01'],
    [
      'a payer without a contract gets the shortest limit',
      'unknown',
      'filing',
      'servicedThrough',
      '2026-01-02',
      '2026-04-02',
      '2026-04-02',
      '2026-04-02',
    ],
    ['S10 application period', 'unknown', 'applicationPeriod', 'firstStatementOn', '2026-03-16', '2026-11-11', '2026-11-11', '2026-11-10'],
  ])('%s', (_story, who, kind, anchor, anchorOn, nominal, legal, safeBy) => {
    const about = payers[who];
    if (about === undefined) throw new Error(`no payer ${who}`);
    const derived = deadlineFor(policies, { ...about, kind }, { [anchor]: civilDate(anchorOn) });
    expect(derived).toMatchObject({ nominalOn: nominal, legalOn: legal, safeByOn: safeBy, conflict: null });
  });

  test('a deadline explains itself, the citation last', () => {
    const derived = deadlineFor(policies, { ...payers.medicareB, kind: 'appeal1' } as PolicyQuestion, {
      remittanceOn: civilDate('2026-06-19'),
    });
    expect(derived?.derivation).toEqual([
      'Counted from remittance date, 2026-06-19.',
      'Receipt is presumed 5 days later, 2026-06-24.',
      '120 calendar days end on 2026-10-22.',
      'Without the presumption it would end on 2026-10-17.',
      'Safe by 2026-10-16; it counts when received.',
      '42 CFR 405.942: 120 calendar days of receipt, presumed 5 days after the notice; filed when received (confirmed).',
    ]);
  });

  test('without its anchor there is no deadline', () => {
    expect(deadlineFor(policies, { ...payers.uhc, kind: 'filing' } as PolicyQuestion, {})).toBeNull();
  });

  test('policies of one rank that disagree give the earliest and say so', () => {
    const uhc = policies.find((p) => p.id === 'uhc-filing') as DeadlinePolicy;
    const other = { ...uhc, id: 'uhc-filing-2', amount: 60 };
    const derived = deadlineFor([uhc, other], { ...payers.uhc, kind: 'filing' } as PolicyQuestion, {
      servicedThrough: civilDate('2026-06-08'),
    });
    expect(derived).toMatchObject({
      policyId: 'uhc-filing-2',
      nominalOn: '2026-08-07',
      conflict: 'uhc-filing says 2026-09-06; the earliest is used',
    });
  });

  test('a broken document names the place', () => {
    expect(() => readPolicies({ title: 'x', gathered: 'y', policies: [{ id: 'a' }] })).toThrow(/\/policies\/0\/kind/);
    const twice = JSON.parse(readFileSync('rules/reference/deadline-policies.json', 'utf8')) as { policies: unknown[] };
    expect(() => readPolicies({ ...twice, policies: [twice.policies[0], twice.policies[0]] })).toThrow(/used twice/);
  });

  test('for every policy: safe by ≤ nominal ≤ legal, safe by is a business day, and a later anchor never gives an earlier date', () => {
    fc.assert(
      fc.property(fc.constantFrom(...policies), fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 40 }), (policy, n, more) => {
        const anchorOn = addDays(civilDate('2022-01-01'), n);
        const first = deriveDeadline(policy, anchorOn);
        const second = deriveDeadline(policy, addDays(anchorOn, more));
        expect(first.safeByOn <= first.nominalOn && first.nominalOn <= first.legalOn && isBusinessDay(first.safeByOn)).toBe(true);
        expect(first.nominalOn <= second.nominalOn && first.safeByOn <= second.safeByOn).toBe(true);
      }),
    );
  });
});
