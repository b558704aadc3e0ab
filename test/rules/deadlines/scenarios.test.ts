import { describe, expect, test } from '@jest/globals';
import { lastBusinessDayOnOrBefore } from '../../../rules/deadlines/business-days.ts';
import { daysLeft, deriveDeadline, receivedOn } from '../../../rules/deadlines/derive.ts';
import { named } from '../../../rules/deadlines/explain.ts';
import { addDays, civilDate, daysBetween, instant } from '../../../rules/domain/civil-date.ts';
import { policies, policyNamed, policyWith } from './cases.ts';
import { datedFacts } from './dated-facts.ts';

/** Weekdays as the notes give them in scenarios S1 to S10. */
const weekdays = {
  Monday:
    '2026-06-08 2026-08-31 2026-09-07 2026-06-15 2026-08-17 2027-04-12 2027-02-01 2027-03-15 2026-03-16 2026-06-22 2026-08-10 2026-09-14',
  Tuesday: '2026-09-08 2026-09-01 2026-09-15 2026-08-11 2026-10-20 2026-09-22 2026-12-01 2026-07-14',
  Wednesday: '2025-12-03 2026-10-07 2026-06-24 2026-10-14 2027-01-27 2026-09-30 2026-07-22 2026-11-11 2026-09-16',
  Thursday: '2026-08-27 2026-10-01 2026-12-03 2026-10-22 2026-08-20 2026-07-23',
  Friday:
    '2026-05-08 2026-08-14 2026-08-28 2026-09-04 2026-01-16 2026-04-10 2026-05-01 2026-06-12 2026-07-24 2026-06-19 2026-10-16 2026-10-09 2027-04-02 2026-04-17 2026-05-22',
  Saturday: '2026-10-17 2027-01-30 2027-02-13',
  Sunday: '2026-09-06 2027-06-13 2026-10-11',
};

describe('dated facts', () => {
  test.each(datedFacts)('%s: %s from %s is %s, safe by %s', (_, policy, anchorOn, nominalOn, safeByOn, change) => {
    const deadline = deriveDeadline({ ...policyNamed(policy), ...change }, civilDate(anchorOn));
    expect([deadline.nominalOn, deadline.legalOn, deadline.safeByOn]).toEqual([nominalOn, nominalOn, safeByOn]);
  });

  test('are there for every policy we ship', () => {
    const dated = new Set(datedFacts.map(([, policy]) => policy));
    expect(policies.filter(({ id }) => !dated.has(id)).map(({ id }) => id)).toEqual([]);
  });

  test.each(Object.entries(weekdays))('%s: the notes name these days rightly', (name, said) => {
    expect(said.split(' ').map((date) => named(civilDate(date)))).toEqual(said.split(' ').map((date) => `${name} ${date}`));
  });

  test.each([
    ['medicare-appeal1', '2026-06-19', 'Wednesday 2026-06-24'],
    ['medicare-appeal2', '2026-10-09', 'Wednesday 2026-10-14'],
    ['medicare-appeal3', '2027-01-27', 'Monday 2027-02-01'],
  ])('S4: receipt of the notice before %s, dated %s, is presumed on %s', (policy, noticeOn, receipt) => {
    expect(deriveDeadline(policyNamed(policy), civilDate(noticeOn)).derivation).toContain(
      `Receipt is presumed 5 calendar days later, on ${receipt}.`,
    );
  });

  test('5.1 Regulation F: the day of the conversation is day 1 of 7 without a call', () => {
    const rule = policyWith({ amount: 7, includeAnchorDay: true });
    expect(deriveDeadline(rule, civilDate('2026-03-02')).nominalOn).toBe('2026-03-08');
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
