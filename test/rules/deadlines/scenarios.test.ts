import { describe, expect, test } from '@jest/globals';
import { lastBusinessDayOnOrBefore } from '../../../rules/deadlines/business-days.ts';
import { daysLeft, deriveDeadline, receivedOn } from '../../../rules/deadlines/derive.ts';
import { named } from '../../../rules/deadlines/explain.ts';
import { addDays, civilDate, daysBetween, instant } from '../../../rules/domain/civil-date.ts';
import type { DeadlinePolicy } from '../../../rules/domain/deadline.ts';
import { policyNamed, policyWith } from './cases.ts';

type Row = [says: string, policy: string, anchorOn: string, nominalOn: string, safeByOn: string, change: Partial<DeadlinePolicy>];

/** Policy, anchor, nominal and safe date of every dated fact in the acceptance scenarios of the domain notes. */
const rows: Row[] = [
  ['S1 filing limit', 'uhc-filing', '2026-06-08', '2026-09-06', '2026-09-04', {}],
  ['S1 999 after the file of Thursday', 'default-functionalAcknowledgement', '2026-08-27', '2026-08-28', '2026-08-28', {}],
  ['S1 277CA after the file of Monday', 'default-claimAcknowledgement', '2026-08-31', '2026-09-02', '2026-09-02', {}],
  ['S1 276 after acceptance', 'default-statusInquiry', '2026-09-01', '2026-09-15', '2026-09-15', {}],
  ['S1 call after acceptance', 'default-payerCall', '2026-09-01', '2026-10-01', '2026-10-01', {}],
  ['S2 filing limit', 'medicare-filing-professional', '2025-12-03', '2026-12-03', '2026-12-03', {}],
  ['S2 what a naive engine would show', 'medicare-appeal1', '2026-01-16', '2026-05-21', '2026-05-15', {}],
  ['S3 reconsideration', 'aetna-reconsideration', '2026-04-10', '2026-10-07', '2026-10-07', {}],
  ['S3 answer, 5 days', 'aetna-reconsiderationAnswer', '2026-05-01', '2026-05-08', '2026-05-08', { amount: 5 }],
  ['S3 answer, 30 days', 'aetna-reconsiderationAnswer', '2026-05-01', '2026-06-15', '2026-06-15', {}],
  ['S3 appeal', 'aetna-appeal1', '2026-06-12', '2026-08-11', '2026-08-11', {}],
  ['S3 appeal answer, business', 'aetna-appeal1Answer', '2026-07-24', '2026-10-20', '2026-10-20', {}],
  ['S3 appeal answer, calendar', 'aetna-appeal1Answer', '2026-07-24', '2026-09-22', '2026-09-22', { unit: 'calendar' }],
  ['S4 level 1', 'medicare-appeal1', '2026-06-19', '2026-10-22', '2026-10-16', {}],
  ['S4 level 1 without presumption', 'medicare-appeal1', '2026-06-19', '2026-10-17', '2026-10-16', { receiptPresumptionDays: 0 }],
  ['S4 level 1 answer', 'medicare-appeal1Answer', '2026-08-17', '2026-10-16', '2026-10-16', {}],
  ['S4 level 2', 'medicare-appeal2', '2026-10-09', '2027-04-12', '2027-04-07', {}],
  ['S4 level 2 answer', 'medicare-appeal2Answer', '2026-12-01', '2027-01-30', '2027-01-29', {}],
  ['S4 level 3', 'medicare-appeal3', '2027-01-27', '2027-04-02', '2027-03-26', {}],
  ['S4 level 3 answer', 'medicare-appeal3Answer', '2027-03-15', '2027-06-13', '2027-06-11', {}],
  ['S6 original clock', 'uhc-filing', '2026-03-10', '2026-06-08', '2026-06-08', {}],
  ['S6 secondary rule', 'uhc-secondaryFiling', '2026-05-22', '2026-08-20', '2026-08-20', {}],
  ['S7b return', 'medicare-refund', '2026-08-17', '2026-10-16', '2026-10-16', {}],
  ['S7b end of a suspension', 'medicare-refundInvestigation', '2026-08-17', '2027-02-13', '2027-02-12', {}],
  ['S7b rebuttal', 'medicare-overpaymentRebuttal', '2026-09-01', '2026-09-15', '2026-09-15', {}],
  ['S7b pay or appeal', 'medicare-overpaymentAnswer', '2026-09-01', '2026-09-30', '2026-09-30', {}],
  ['S7b interest', 'medicare-overpaymentAnswer', '2026-09-01', '2026-10-01', '2026-10-01', { amount: 31 }],
  ['S7b recoupment', 'medicare-overpaymentAnswer', '2026-09-01', '2026-10-11', '2026-10-09', { amount: 41 }],
  [
    'S7b interest, letter + n',
    'medicare-overpaymentAnswer',
    '2026-09-01',
    '2026-10-02',
    '2026-10-02',
    { amount: 31, includeAnchorDay: false },
  ],
  [
    'S7b recoupment, letter + n',
    'medicare-overpaymentAnswer',
    '2026-09-01',
    '2026-10-12',
    '2026-10-09',
    { amount: 41, includeAnchorDay: false },
  ],
  ['S10 120 days end', 'default-earliestExtraordinaryAction-statement', '2026-03-16', '2026-07-14', '2026-07-14', { amount: 120 }],
  ['S10 30 days of notice end', 'default-earliestExtraordinaryAction-notice', '2026-06-22', '2026-07-22', '2026-07-22', { amount: 30 }],
  ['S10 after 120 days', 'default-earliestExtraordinaryAction-statement', '2026-03-16', '2026-07-15', '2026-07-15', {}],
  ['S10 after the notice', 'default-earliestExtraordinaryAction-notice', '2026-06-22', '2026-07-23', '2026-07-23', {}],
  ['S10 application period', 'default-applicationPeriod', '2026-03-16', '2026-11-11', '2026-11-12', {}],
  [
    'S10 a bureau takes it',
    'default-earliestExtraordinaryAction-statement',
    '2026-03-16',
    '2027-03-16',
    '2027-03-16',
    { amount: 1, unit: 'year' },
  ],
  ['5.1 leap day', 'medicare-filing-professional', '2028-02-29', '2029-02-28', '2029-02-28', {}],
  ['5.1 TRICARE, same date next year', 'tricare-filing', '2026-03-10', '2027-03-10', '2027-03-10', {}],
  ['5.1 overpayment, day 41 is letter + 40', 'medicare-overpaymentAnswer', '2026-03-02', '2026-04-11', '2026-04-10', { amount: 41 }],
  ['5.2 without contract, 60 + 5 presumed', 'medicareAdvantage-appeal1-noContract', '2026-03-02', '2026-05-06', '2026-05-01', {}],
  ['5.2 Texas Medicaid, 95 days', 'txmcd-filing', '2026-03-02', '2026-06-05', '2026-06-05', {}],
  ['5.2 Texas Medicaid, 120 days from the report', 'txmcd-appeal1', '2026-03-02', '2026-06-30', '2026-06-30', {}],
  ['5.2 Medi-Cal, six months', 'medicaid-filing-ca-6-months', '2026-08-31', '2027-02-28', '2027-02-26', {}],
  ['5.2 Medi-Cal replacement', 'medicaid-correctedClaim-ca', '2026-03-02', '2026-09-02', '2026-09-02', {}],
  ['5.2 Cigna appeal', 'cigna-appeal1', '2026-03-02', '2026-08-29', '2026-08-28', {}],
  ['5.2 Cigna arbitration', 'cigna-appeal2', '2026-03-02', '2027-03-02', '2027-03-02', {}],
  ['5.2 Anthem New York', 'anthem-filing-ny', '2026-03-02', '2026-06-30', '2026-06-30', {}],
  ['5.2 Anthem reconsideration', 'anthem-reconsideration', '2026-03-02', '2027-03-02', '2027-03-02', {}],
  ['5.2 Anthem claim payment appeal', 'anthem-appeal1', '2026-03-02', '2026-05-31', '2026-05-29', {}],
  ['5.2 Humana level 2', 'humana-appeal2', '2026-03-02', '2026-05-01', '2026-05-01', {}],
  ['5.2 UnitedHealthcare, both steps', 'uhc-appeal1', '2026-03-02', '2027-03-02', '2027-03-02', {}],
  ['5.4 Medicaid plan appeal', 'medicaid-appeal1', '2026-03-02', '2026-05-01', '2026-05-01', {}],
  ['5.4 Medicaid plan answer', 'medicaid-appeal1Answer', '2026-03-02', '2026-04-01', '2026-04-01', {}],
  ['5.4 independent entity', 'medicareAdvantage-appeal2Answer-noContract', '2026-03-02', '2026-05-01', '2026-05-01', {}],
  ['5.4 external review, a day before the regulation', 'default-externalReview', '2025-10-30', '2026-02-28', '2026-02-27', {}],
  ['5.1 California, 45 working days', 'california-reconsiderationAnswer', '2026-03-02', '2026-05-04', '2026-05-04', {}],
  ['5.1 payment ceiling', 'default-reconsiderationAnswer', '2026-03-01', '2026-03-31', '2026-03-31', {}],
];

/** Weekdays as the notes give them in scenarios S1 to S10. */
const weekdays = {
  Monday:
    '2026-06-08 2026-08-31 2026-09-07 2026-06-15 2026-08-17 2027-04-12 2027-02-01 2027-03-15 2026-03-16 2026-06-22 2026-08-10 2026-09-14',
  Tuesday: '2026-09-08 2026-09-01 2026-09-15 2026-08-11 2026-10-20 2026-09-22 2026-12-01 2026-07-14',
  Wednesday: '2025-12-03 2026-10-07 2026-06-24 2026-10-14 2027-01-27 2026-09-30 2026-07-22 2026-11-11 2026-09-16',
  Thursday: '2026-08-27 2026-10-01 2026-12-03 2026-10-22 2026-08-20 2026-07-23',
  Friday:
    '2026-08-28 2026-09-04 2026-01-16 2026-04-10 2026-05-01 2026-05-08 2026-06-12 2026-07-24 2026-06-19 2026-10-16 2026-10-09 2027-04-02 2026-04-17 2026-05-22',
  Saturday: '2026-10-17 2027-01-30 2027-02-13',
  Sunday: '2026-09-06 2027-06-13 2026-10-11',
};

describe('dated facts', () => {
  test.each(rows)('%s: %s from %s is %s, safe by %s', (_, policy, anchorOn, nominalOn, safeByOn, change) => {
    const deadline = deriveDeadline({ ...policyNamed(policy), ...change }, civilDate(anchorOn));
    expect([deadline.nominalOn, deadline.legalOn, deadline.safeByOn]).toEqual([nominalOn, nominalOn, safeByOn]);
  });

  test.each(Object.entries(weekdays))('%s: the notes name these days rightly', (name, said) => {
    expect(said.split(' ').map((date) => named(civilDate(date)))).toEqual(said.split(' ').map((date) => `${name} ${date}`));
  });

  test('S10: the application of September 14 came on day 182', () => {
    expect(daysBetween(civilDate('2026-03-16'), civilDate('2026-09-14'))).toBe(182);
  });

  test('S1: a confirmed roll moves only the legal date, past Labor Day; nine days were left at the rejection', () => {
    const policy = { ...policyNamed('uhc-filing'), roll: 'nextBusinessDay' as const, rollConfirmed: true };
    const deadline = deriveDeadline(policy, civilDate('2026-06-08'));
    expect([deadline.nominalOn, deadline.legalOn, deadline.safeByOn]).toEqual(['2026-09-06', '2026-09-08', '2026-09-04']);
    expect(daysLeft(deadline, civilDate('2026-08-28'))).toBe(9);
  });

  test.each(['txmcd-filing', 'txmcd-appeal1', 'medicare-filing-professional'])(
    '%s has a roll that nobody confirmed, so it does not roll',
    (id) => {
      const policy = policyNamed(id);
      const anchorOn = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05', '2026-01-06', '2026-01-07'].map(civilDate);
      for (const date of anchorOn) {
        const deadline = deriveDeadline(policy, date);
        expect(deadline.legalOn).toBe(deadline.nominalOn);
        expect(deadline.safeByOn).toBe(lastBusinessDayOnOrBefore(deadline.nominalOn));
      }
    },
  );

  test('Texas Medicaid rolls once its roll is confirmed: 95 days to Sunday is Monday', () => {
    const deadline = deriveDeadline({ ...policyNamed('txmcd-filing'), rollConfirmed: true }, addDays(civilDate('2026-08-23'), -95));
    expect([deadline.nominalOn, deadline.legalOn, deadline.safeByOn]).toEqual(['2026-08-23', '2026-08-24', '2026-08-21']);
  });

  test('4 months from October 30 is taken as the last of February, a day before the external-review rule and never after it', () => {
    const deadline = deriveDeadline(policyWith({ amount: 4, unit: 'month' }), civilDate('2025-10-30'));
    expect(deadline.nominalOn).toBe('2026-02-28');
  });

  test('a buffer is taken in business days from the safe date, across Labor Day', () => {
    const deadline = deriveDeadline(policyWith({ bufferBusinessDays: 2 }), civilDate('2026-08-09'));
    expect([deadline.nominalOn, deadline.safeByOn]).toEqual(['2026-09-08', '2026-09-03']);
  });

  test.each<[string, string]>([
    ['2026-12-03T23:00:00Z', '2026-12-03'],
    ['2026-12-03T23:00:01Z', '2026-12-04'],
    ['2026-12-04T23:30:00Z', '2026-12-07'],
    ['2026-09-05T15:00:00Z', '2026-09-08'],
    ['2026-09-04T22:00:00Z', '2026-09-04'],
  ])('an electronic claim that arrives at %s is received on %s', (at, expected) => {
    expect(receivedOn(instant(at), { time: '18:00', zone: 'America/New_York' })).toBe(expected);
  });
});
