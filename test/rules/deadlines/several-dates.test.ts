import { describe, expect, test } from '@jest/globals';
import { businessDaysOf } from '../../../rules/deadlines/business-days.ts';
import { countsOn, deriveDeadline, deriveFrom } from '../../../rules/deadlines/derive.ts';
import { consider, deadlineFor } from '../../../rules/deadlines/policies.ts';
import { readReference } from '../../../rules/deadlines/read-policies.ts';
import { civilDate, instant } from '../../../rules/domain/civil-date.ts';
import type { AnchorDates, DeadlineKind, DeadlinePolicy } from '../../../rules/domain/deadline.ts';
import json from '../../../rules/reference/deadline-policies.json' with { type: 'json' };
import { dates, policies, policyNamed, policyWith, question } from './cases.ts';

const day = civilDate;
const plain = { includeAnchorDay: false, receiptPresumptionDays: 0, missingDay: 'lastOfMonth' } as const;

function derived(policy: DeadlinePolicy, anchors: AnchorDates) {
  const deadline = deriveFrom(policy, anchors);
  return deadline === null ? null : [deadline.anchor, deadline.nominalOn, deadline.safeByOn];
}

describe('a policy that counts from several dates', () => {
  test.each<[string, Parameters<typeof dates>[0], readonly string[] | null]>([
    ['the year alone, while the form was not returned', { servicedThrough: '2026-03-10' }, ['servicedThrough', '2027-03-10', '2027-03-10']],
    [
      'the 90 days after it came back, when they end later',
      { servicedThrough: '2026-03-10', returnedOn: '2027-02-01' },
      ['returnedOn', '2027-05-02', '2027-04-30'],
    ],
    [
      'the year, when the 90 days end earlier',
      { servicedThrough: '2026-03-10', returnedOn: '2026-05-01' },
      ['servicedThrough', '2027-03-10', '2027-03-10'],
    ],
    ['nothing, while no date is known', { noticeOn: '2026-05-01' }, null],
  ])('TRICARE: %s', (_says, anchors, expected) => {
    expect(derived(policyNamed('tricare-filing'), dates(anchors))).toEqual(expected);
  });

  test('CHAMPVA: 180 days after the service was authorized afterwards, when later than the year', () => {
    const anchors = dates({ servicedThrough: '2025-03-10', authorizedOn: '2026-02-02' });
    expect(derived(policyNamed('champva-filing'), anchors)).toEqual(['authorizedOn', '2026-08-01', '2026-07-31']);
  });

  /** A contract with UnitedHealthcare that gives the second step 60 days of its own. */
  const secondStep = policyWith({
    anchor: 'answeredOn',
    amount: 60,
    notLaterThan: [{ ...plain, anchor: 'remittanceOn', amount: 12, unit: 'month' }],
  });

  test.each<[string, string, readonly string[]]>([
    ['its own 60 days, while the twelve months last', '2026-09-01', ['answeredOn', '2026-10-31', '2026-10-30']],
    ['what is left of the twelve months', '2027-03-01', ['remittanceOn', '2027-04-17', '2027-04-16']],
    ['no days at all when the answer came after them', '2027-05-03', ['remittanceOn', '2027-04-17', '2027-04-16']],
  ])('UnitedHealthcare, second step: %s', (_says, answeredOn, expected) => {
    expect(derived(secondStep, dates({ remittanceOn: '2026-04-17', answeredOn }))).toEqual(expected);
  });

  test('of two counts that end on the same day its own decides', () => {
    const rule = policyWith({
      orIfLater: [{ ...plain, anchor: 'returnedOn', amount: 30, unit: 'calendar' }],
      notLaterThan: [{ ...plain, anchor: 'sentOn', amount: 30, unit: 'calendar' }],
    });
    const anchors = dates({ noticeOn: '2026-03-02', returnedOn: '2026-03-02', sentOn: '2026-03-02' });
    expect(derived(rule, anchors)).toEqual(['noticeOn', '2026-04-01', '2026-04-01']);
  });

  test('says every count in words, and which decides', () => {
    expect(deriveFrom(secondStep, dates({ remittanceOn: '2026-04-17', answeredOn: '2027-03-01' }))?.derivation.slice(0, -1)).toEqual([
      'Counting starts on Monday 2027-03-01, the date of the previous answer.',
      '60 calendar days end on Friday 2027-04-30.',
      'But not later than 12 calendar months from Friday 2026-04-17, the date of the remittance, Saturday 2027-04-17, a weekend; that decides.',
      'No rule moves the last day off a weekend or holiday.',
      'Work by Friday 2027-04-16: the last business day on or before it, and it counts when received.',
    ]);
    expect(deriveFrom(policyNamed('tricare-filing'), dates({ returnedOn: '2026-05-01' }))?.derivation.slice(0, 2)).toEqual([
      'The last date of service is not known, so what counts from it is left out.',
      'Or, if later: 90 calendar days from Friday 2026-05-01, the day the payer returned the form, Thursday 2026-07-30; it decides.',
    ]);
  });

  test('Humana: a corrected claim has what is left of the filing window of the date of service, whatever the remittance says', () => {
    const basisDates = dates({ servicedOn: '2026-03-02', remittanceOn: '2026-05-20' });
    const both = (['filing', 'correctedClaim'] as const).map((kind) => deadlineFor(policies, question('HUMANA1', kind, { basisDates })));
    expect(both).toMatchObject(both.map(() => ({ deadline: { anchor: 'servicedOn', nominalOn: '2026-05-31', safeByOn: '2026-05-29' } })));
    expect(both[1]).toMatchObject({
      deadline: { conflict: expect.stringContaining('humana-correctedClaim-180-days says Saturday 2026-08-29') },
    });
  });
});

describe('No Surprises Act: both ways of counting, and we act where they agree', () => {
  const ask = (kind: DeadlineKind, basisDates: AnchorDates) => deadlineFor(policies, question('BCBS01', kind, { basisDates }));

  test('open negotiation begins by the earlier last day', () => {
    expect(ask('openNegotiation', dates({ remittanceOn: '2026-05-04' }))).toMatchObject({
      deadline: {
        nominalOn: '2026-06-15',
        conflict: expect.stringContaining('nsa-openNegotiation-dayAfter says Tuesday 2026-06-16'),
      },
    });
  });

  test('dispute resolution opens on the later first day and closes on the earlier last day: 3 days instead of 4', () => {
    const negotiationOn = dates({ negotiationOn: '2026-03-02' });
    const window = [ask('idrEarliest', negotiationOn), ask('idrInitiation', negotiationOn)];
    expect(window).toMatchObject([{ deadline: { safeByOn: '2026-04-14' } }, { deadline: { safeByOn: '2026-04-16' } }]);
  });

  test('is not for Medicare, Medicaid or TRICARE', () => {
    for (const payerClass of ['medicare', 'medicaid', 'tricare', 'medicareAdvantage'] as const)
      expect(
        deadlineFor(policies, question('BCBS01', 'openNegotiation', { payerClass, basisDates: dates({ remittanceOn: '2026-05-04' }) })),
      ).toEqual({ kind: 'noPolicy' });
  });
});

describe('calendars', () => {
  const texas = policyNamed('txmcd-filing').calendar;
  const isOpen = businessDaysOf(texas);

  test.each<[string, string, boolean]>([
    ['a federal holiday that Texas does not keep', '2026-10-12', true],
    ['Juneteenth: some staff is on duty', '2026-06-19', true],
    ['the Friday after Thanksgiving', '2026-11-27', false],
    ['Christmas Eve', '2026-12-24', false],
    ['Independence Day on a Saturday is not moved to Friday', '2026-07-03', true],
    ['a weekend', '2026-11-28', false],
    ['in a year without a list only weekends', '2031-12-25', true],
  ])('Texas: %s, %s, is a business day: %s', (_says, date, expected) => {
    expect(isOpen(day(date))).toBe(expected);
  });

  test('5.1 Texas Medicaid: a confirmed roll goes over Thanksgiving Friday and the weekend; unconfirmed it moves nothing', () => {
    const rolling = deriveDeadline({ ...policyNamed('txmcd-filing'), rollConfirmed: true }, day('2026-08-23'));
    expect([rolling.nominalOn, rolling.legalOn, rolling.safeByOn]).toEqual(['2026-11-26', '2026-11-30', '2026-11-25']);
    expect(rolling.derivation).toContain('Business days are those of the state of Texas.');
    const { nominalOn, legalOn, safeByOn, derivation } = deriveDeadline(policyNamed('txmcd-filing'), day('2026-08-23'));
    expect([nominalOn, legalOn, safeByOn]).toEqual(['2026-11-26', '2026-11-26', '2026-11-25']);
    expect(derivation).toContain('A roll to the next business day is reported but not confirmed, so the last day stays.');
  });

  test('the safe date is a day on which both we and Texas work', () => {
    const { nominalOn, safeByOn } = deriveDeadline(policyNamed('txmcd-filing'), day('2026-07-09'));
    expect([nominalOn, safeByOn]).toEqual(['2026-10-12', '2026-10-09']);
  });

  test('a payer’s own days off lengthen its answer; a year without a list is said so', () => {
    const calendar = { id: 'payer:acme', title: 'Acme', daysOff: { '2026': [day('2026-05-22'), day('2026-05-25')] } };
    const rule = policyWith({ amount: 5, unit: 'business', calendar });
    expect(deriveDeadline(rule, day('2026-05-20')).nominalOn).toBe('2026-05-29');
    expect(deriveDeadline(rule, day('2027-05-20')).derivation).toContain(
      'Business days are those of Acme. No list for 2027 is kept: only its weekends count as days off.',
    );
  });

  test('carry a source each', () => {
    expect(readReference(json).calendars.map(({ id }) => id)).toEqual(['TX']);
  });
});

describe('months', () => {
  test.each<[string, string, 'lastOfMonth' | 'firstOfNext', string]>([
    ['October 30 to March 1', '2025-10-30', 'firstOfNext', '2026-03-01'],
    ['October 31 to March 1', '2025-10-31', 'firstOfNext', '2026-03-01'],
    ['October 29 before a leap day stays in February', '2027-10-29', 'firstOfNext', '2028-02-29'],
    ['October 30 to the last of February', '2025-10-30', 'lastOfMonth', '2026-02-28'],
    ['October 28 has its day', '2025-10-28', 'firstOfNext', '2026-02-28'],
  ])('%s', (_says, anchorOn, missingDay, expected) => {
    expect(deriveDeadline(policyWith({ amount: 4, unit: 'month', missingDay }), day(anchorOn)).nominalOn).toBe(expected);
  });

  test('external review: the roll off Sunday is not confirmed, so the legal date stays and the safe date is the Friday before', () => {
    const { nominalOn, legalOn, safeByOn, derivation } = deriveDeadline(policyNamed('default-externalReview'), day('2025-10-30'));
    expect([nominalOn, legalOn, safeByOn]).toEqual(['2026-03-01', '2026-03-01', '2026-02-27']);
    expect(derivation[1]).toBe(
      '4 calendar months end on Sunday 2026-03-01, a weekend: the month has no day 30, so the first of the next one counts.',
    );
  });
});

describe('the day on which a filing counts', () => {
  const medicare = policyNamed('medicare-filing-professional');

  test.each<[string, DeadlinePolicy, Parameters<typeof countsOn>[1], string | null]>([
    ['after 6 pm Eastern: the next business day', medicare, { received: instant('2026-12-03T18:00:01-05:00') }, '2026-12-04'],
    ['at 6 pm: the same day', medicare, { received: instant('2026-12-03T18:00:00-05:00') }, '2026-12-03'],
    ['in another zone before 6 pm Eastern', medicare, { received: instant('2026-12-03T14:59:00-08:00') }, '2026-12-03'],
    ['a date without a time', medicare, { received: day('2026-12-03') }, '2026-12-03'],
    ['received decides, not sent', medicare, { sentOn: day('2026-12-01') }, null],
    ['a moment means nothing without a zone', policyWith({}), { received: instant('2026-12-03T18:00:00Z') }, null],
    [
      'QIO cases: postmarked',
      policyWith({ filedWhen: 'postmarked' }),
      { postmarkedOn: day('2026-12-01'), received: day('2026-12-05') },
      '2026-12-01',
    ],
    ['an inquiry: sent', policyNamed('default-statusInquiry'), { sentOn: day('2026-12-01') }, '2026-12-01'],
  ])('%s', (_says, policy, filing, expected) => {
    expect(countsOn(policy, filing)).toBe(expected);
  });
});

describe('what was considered', () => {
  test('the winner first, then what agrees, disagrees or is outranked, then what is for others', () => {
    const asked = question('HUMANA1', 'filing', { basisDates: dates({ servicedOn: '2026-03-02' }) });
    const considered = consider(policies, asked).map(({ policy, rank, verdict }) => `${policy.id} (${rank}): ${verdict}`);
    expect(considered.slice(0, 3)).toEqual([
      'humana-filing-commercial (payer HUMANA1, 61101; commercial): wins',
      'humana-filing-180-days (payer HUMANA1, 61101; commercial, medicareAdvantage): says another date',
      'default-filing (default): outranked',
    ]);
    expect(new Set(considered.slice(3).map((line) => line.replace(/.*: /, '')))).toEqual(new Set(['for others']));
    expect(considered).toHaveLength(policies.filter(({ kind }) => kind === 'filing').length);
  });
});
