import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isBusinessDay } from '../../../rules/deadlines/business-days.ts';
import { deriveDeadline } from '../../../rules/deadlines/derive.ts';
import { addDays, civilDate } from '../../../rules/domain/civil-date.ts';
import { type DeadlinePolicy, deadlineKinds, isNotBefore } from '../../../rules/domain/deadline.ts';
import { policyNamed, policyWith } from './cases.ts';

const day = fc.integer({ min: 0, max: 8_000 }).map((offset) => addDays(civilDate('2015-01-01'), offset));
const policy: fc.Arbitrary<DeadlinePolicy> = fc
  .record({
    kind: fc.constantFrom(...deadlineKinds),
    amount: fc.integer({ min: 1, max: 120 }),
    unit: fc.constantFrom('calendar', 'business', 'month', 'year'),
    includeAnchorDay: fc.boolean(),
    receiptPresumptionDays: fc.constantFrom(0, 3, 5),
    roll: fc.constantFrom('none', 'nextBusinessDay'),
    rollConfirmed: fc.boolean(),
    bufferBusinessDays: fc.integer({ min: 0, max: 10 }),
  } as const)
  .map((change) => policyWith({ ...change, amount: change.unit === 'year' ? 1 : change.amount }));

describe('a derived deadline', () => {
  test('is safe, then nominal, then legal; or the other way round where acting early is the fault; and safe on a business day', () => {
    fc.assert(
      fc.property(policy, day, (rule, anchorOn) => {
        const { nominalOn, legalOn, safeByOn } = deriveDeadline(rule, anchorOn);
        const inOrder = isNotBefore(rule.kind) ? [nominalOn, legalOn, safeByOn] : [safeByOn, nominalOn, legalOn];
        expect([...inOrder].sort()).toEqual(inOrder);
        expect(isBusinessDay(safeByOn)).toBe(true);
      }),
    );
  });

  test('never moves back when its anchor moves on', () => {
    fc.assert(
      fc.property(policy, day, fc.integer({ min: 1, max: 40 }), (rule, anchorOn, days) => {
        const [before, after] = [deriveDeadline(rule, anchorOn), deriveDeadline(rule, addDays(anchorOn, days))];
        expect(before.nominalOn <= after.nominalOn && before.legalOn <= after.legalOn && before.safeByOn <= after.safeByOn).toBe(true);
      }),
    );
  });

  test('ends its derivation with the citation and names its dates', () => {
    fc.assert(
      fc.property(policy, day, (rule, anchorOn) => {
        const { derivation, nominalOn, safeByOn } = deriveDeadline(rule, anchorOn);
        expect(derivation.at(-1)).toContain(rule.citation);
        for (const date of [anchorOn, nominalOn, safeByOn]) expect(derivation.join(' ')).toContain(date);
      }),
    );
  });

  test('can be followed by hand: Medicare level 1 after a remittance on a holiday', () => {
    expect(deriveDeadline(policyNamed('medicare-appeal1'), civilDate('2026-06-19'))).toEqual({
      policyId: 'medicare-appeal1',
      kind: 'appeal1',
      anchor: 'remittanceOn',
      anchorOn: '2026-06-19',
      nominalOn: '2026-10-22',
      legalOn: '2026-10-22',
      safeByOn: '2026-10-16',
      derivation: [
        'Counting starts on Friday 2026-06-19, the date of the remittance.',
        'Receipt is presumed 5 calendar days later, on Wednesday 2026-06-24.',
        '120 calendar days end on Thursday 2026-10-22.',
        'Without the presumption the last day would be Saturday 2026-10-17, a weekend; the safe date uses it.',
        'Work by Friday 2026-10-16: the last business day on or before it, and it counts when received.',
        '42 CFR 405.942: redetermination request within 120 days of receipt of the initial determination, received by the contractor; the remittance is the notice (405.921) (law.lawstack.com/cfr/42/405.942, govregs.com 42 CFR 405.921, seen 2026-11-23; confirmed in its source).',
      ],
      conflict: null,
    });
  });

  test('says that a day is a holiday, that day 1 is the anchor, that a roll is unconfirmed and when the cut-off is', () => {
    const rule = policyWith({
      includeAnchorDay: true,
      roll: 'nextBusinessDay',
      cutoff: { time: '18:00', zone: 'America/New_York' },
      bufferBusinessDays: 1,
    });
    expect(deriveDeadline(rule, civilDate('2026-08-09')).derivation.slice(0, -1)).toEqual([
      'Counting starts on Sunday 2026-08-09, the date of the notice, which is day 1.',
      '30 calendar days end on Monday 2026-09-07, a federal holiday.',
      'A roll to the next business day is reported but not confirmed, so the last day stays.',
      'Work by Thursday 2026-09-03, by 18:00 America/New_York: 1 business day before the last business day on or before it, and it counts when received.',
    ]);
  });
});
