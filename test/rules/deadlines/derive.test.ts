import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { businessDaysOf, federalCalendar, isBusinessDay, nextBusinessDayOnOrAfter } from '../../../rules/deadlines/business-days.ts';
import { deriveDeadline, deriveFrom } from '../../../rules/deadlines/derive.ts';
import { readReference } from '../../../rules/deadlines/read-policies.ts';
import { addDays, civilDate, earlier, later } from '../../../rules/domain/civil-date.ts';
import { type AnchorDates, type Count, type DeadlinePolicy, deadlineKinds, isNotBefore } from '../../../rules/domain/deadline.ts';
import json from '../../../rules/reference/deadline-policies.json' with { type: 'json' };
import { policyNamed, policyWith } from './cases.ts';

const day = fc.integer({ min: 0, max: 8_000 }).map((offset) => addDays(civilDate('2015-01-01'), offset));
const count = fc
  .record({
    anchor: fc.constantFrom('noticeOn', 'answeredOn', 'remittanceOn'),
    amount: fc.integer({ min: 1, max: 60 }),
    unit: fc.constantFrom('calendar', 'business', 'month', 'year', 'yearEnd'),
    includeAnchorDay: fc.boolean(),
    receiptPresumptionDays: fc.constantFrom(0, 3, 5),
    missingDay: fc.constantFrom('lastOfMonth', 'firstOfNext'),
  } as const)
  .map((one): Count => ({ ...one, amount: one.unit === 'year' || one.unit === 'yearEnd' ? 1 : one.amount }));
const calendar = fc.constantFrom(federalCalendar, ...readReference(json).calendars);
const policy: fc.Arbitrary<DeadlinePolicy> = fc
  .tuple(
    count,
    fc.record({
      kind: fc.constantFrom(...deadlineKinds),
      orIfLater: fc.array(count, { maxLength: 2 }),
      notLaterThan: fc.array(count, { maxLength: 2 }),
      roll: fc.constantFrom('none', 'nextBusinessDay'),
      rollConfirmed: fc.boolean(),
      calendar,
      bufferBusinessDays: fc.integer({ min: 0, max: 10 }),
    } as const),
  )
  .map(([own, change]) => policyWith({ ...own, ...change }));
const anchors = fc.record({ noticeOn: day, answeredOn: day, remittanceOn: day });

function derived(rule: DeadlinePolicy, on: AnchorDates) {
  const deadline = deriveFrom(rule, on);
  if (deadline === null) throw new Error('every anchor is given');
  return deadline;
}

describe('a derived deadline', () => {
  test('is safe, then nominal, then legal; or the other way round where acting early is the fault; and safe on a business day', () => {
    fc.assert(
      fc.property(policy, anchors, (rule, on) => {
        const { nominalOn, legalOn, safeByOn } = derived(rule, on);
        const inOrder = isNotBefore(rule.kind) ? [nominalOn, legalOn, safeByOn] : [safeByOn, nominalOn, legalOn];
        expect([...inOrder].sort()).toEqual(inOrder);
        expect(isBusinessDay(safeByOn) && businessDaysOf(rule.calendar)(safeByOn)).toBe(true);
      }),
    );
  });

  test('never moves back when an anchor moves on', () => {
    const moved = fc.constantFrom('noticeOn', 'answeredOn', 'remittanceOn');
    fc.assert(
      fc.property(policy, anchors, moved, fc.integer({ min: 1, max: 40 }), (rule, on, anchor, days) => {
        const [before, after] = [derived(rule, on), derived(rule, { ...on, [anchor]: addDays(on[anchor], days) })];
        expect(before.nominalOn <= after.nominalOn && before.legalOn <= after.legalOn && before.safeByOn <= after.safeByOn).toBe(true);
      }),
    );
  });

  test('is not moved by a roll that nobody confirmed, and a confirmed roll ends on a business day from which it moves no more', () => {
    fc.assert(
      fc.property(policy, anchors, (rule, on) => {
        const unconfirmed = derived({ ...rule, roll: 'nextBusinessDay', rollConfirmed: false }, on);
        expect(unconfirmed.legalOn).toBe(unconfirmed.nominalOn);
        const isOpen = businessDaysOf(rule.calendar);
        const { legalOn } = derived({ ...rule, roll: 'nextBusinessDay', rollConfirmed: true }, on);
        expect([isOpen(legalOn), nextBusinessDayOnOrAfter(legalOn, isOpen)]).toEqual([true, legalOn]);
      }),
    );
  });

  test('counts business days as somebody with a calendar and a pencil does', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), fc.boolean(), calendar, (anchorOn, amount, includeAnchorDay, kept) => {
        const isOpen = businessDaysOf(kept);
        let left = amount;
        let on = includeAnchorDay ? anchorOn : addDays(anchorOn, 1);
        for (; ; on = addDays(on, 1)) {
          if (isOpen(on)) left -= 1;
          if (left === 0) break;
        }
        expect(derived(policyWith({ amount, unit: 'business', includeAnchorDay, calendar: kept }), { noticeOn: anchorOn }).nominalOn).toBe(
          on,
        );
      }),
    );
  });

  test('takes the latest of its counts, but none later than its ends', () => {
    fc.assert(
      fc.property(policy, anchors, (rule, on) => {
        const alone = (one: Count) => derived({ ...rule, ...one, orIfLater: [], notLaterThan: [] }, on).nominalOn;
        const latest = [rule, ...rule.orIfLater].map(alone).reduce(later);
        expect(derived(rule, on).nominalOn).toBe(rule.notLaterThan.map(alone).reduce(earlier, latest));
      }),
    );
  });

  test('ends its derivation with the citation and names its dates', () => {
    fc.assert(
      fc.property(policy, anchors, (rule, on) => {
        const { derivation, anchorOn, nominalOn, safeByOn } = derived(rule, on);
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
