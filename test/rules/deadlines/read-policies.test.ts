import { describe, expect, test } from '@jest/globals';
import { readPolicies } from '../../../rules/deadlines/read-policies.ts';
import { policyWith } from './cases.ts';

const plain = {
  id: 'test-policy',
  kind: 'appeal1',
  anchor: 'noticeOn',
  amount: 30,
  unit: 'calendar',
  citation: 'A rule made for this test',
  source: 'test',
  seenOn: '2026-11-23',
  confirmed: 'confirmed',
};

function faults(...read: object[]): string {
  try {
    readPolicies({ policies: read });
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'none';
}

describe('reading policies', () => {
  test('fills in the plain case', () => {
    expect(readPolicies({ policies: [plain] })).toEqual([policyWith({})]);
  });

  test('keeps what it is given', () => {
    const full = policyWith({
      cutoff: { time: '17:30', zone: 'America/Chicago' },
      applies: { states: ['TX'], claimTypes: ['professional'] },
    });
    const written = { ...full, calendar: full.calendar.id };
    expect(readPolicies(JSON.parse(JSON.stringify({ policies: [written] })))).toEqual([full]);
  });

  test.each<[object, RegExp]>([
    [{ amount: 1.5 }, /^policies\[1\]\.amount: /],
    [{ amount: 0 }, /^policies\[1\]\.amount: /],
    [{ kind: 'apeal1' }, /^policies\[1\]\.kind: /],
    [{ seenOn: '2026-02-30' }, /^policies\[1\]\.seenOn: a date that exists/],
    [
      { effective: { from: '2026-02-02', to: '2026-02-01', basis: 'servicedOn' } },
      /^policies\[1\]\.effective: must not end before it begins/,
    ],
    [{ effective: { from: 'soon', to: null, basis: 'servicedOn' } }, /^policies\[1\]\.effective\.from: a date/],
    [{ rollConfirmed: true }, /^policies\[1\]\.rollConfirmed: there is no roll/],
    [{ cutoff: { time: '24:00', zone: 'America/New_York' } }, /^policies\[1\]\.cutoff\.time: /],
    [{ cutoff: { time: '18:00', zone: 'Eastern' } }, /^policies\[1\]\.cutoff\.zone: an IANA/],
    [{ applies: { payerIds: [] } }, /^policies\[1\]\.applies\.payerIds: /],
    [{ applies: { state: ['TX'] } }, /^policies\[1\]\.applies: .*state/],
    [{ ammount: 3 }, /^policies\[1\]: .*ammount/],
    [{ unit: 'fortnight' }, /^policies\[1\]\.unit: .*expected one of .*; came "fortnight"$/],
    [{ orIfLater: [{ anchor: 'returnedOn', amount: 90 }] }, /^policies\[1\]\.orIfLater\[0\]\.unit: /],
    [{ missingDay: 'none' }, /^policies\[1\]\.missingDay: /],
    [{ applies: { fundings: ['self'] } }, /^policies\[1\]\.applies\.fundings\[0\]: .*; came "self"$/],
    [{ calendar: 'NY' }, /^policies\[1\]\.calendar: no list of this calendar is kept: expected federal; came "NY"$/],
    [{ calendar: 'Texas' }, /^policies\[1\]\.calendar: federal, a state such as TX, or payer: and a name; came "Texas"/],
  ])('refuses %j by its path', (change, expected) => {
    expect(faults(plain, { ...plain, id: 'other-policy', ...change })).toMatch(expected);
  });

  test('takes a calendar with its source, and refuses days of another year and lists given twice', () => {
    const list = (id: string, day: string) => ({
      id,
      title: 'Acme',
      daysOff: { 2026: [day] },
      citation: 'c',
      source: 's',
      seenOn: '2026-11-26',
      confirmed: 'secondary',
    });
    const read = (...calendars: readonly object[]) => readPolicies({ calendars, policies: [{ ...plain, calendar: 'payer:acme' }] });
    expect(read(list('payer:acme', '2026-12-24'))[0]?.calendar).toEqual({
      id: 'payer:acme',
      title: 'Acme',
      daysOff: { 2026: ['2026-12-24'] },
    });
    expect(() => read(list('payer:acme', '2027-12-24'))).toThrow('calendars[0].daysOff.2026[0]: a day of 2026; came "2027-12-24"');
    expect(() => read(list('payer:acme', '2026-12-24'), list('payer:acme', '2026-12-24'))).toThrow(
      'calendars[1].id: this calendar is listed already',
    );
    expect(() => read(list('federal', '2026-12-24'))).toThrow('calendars[0].id: the federal calendar is computed');
  });

  test('refuses an id used twice and a file of another shape', () => {
    expect(faults(plain, plain)).toBe('policies[1].id: id test-policy is already used at policies[0]');
    expect(() => readPolicies([])).toThrow(/^file: /);
    expect(() => readPolicies(null)).toThrow(expect.objectContaining({ code: 'deadline.unreadable-policies' }));
  });
});
