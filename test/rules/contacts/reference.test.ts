import { describe, expect, test } from '@jest/globals';
import { civilDate, instant } from '../../../rules/domain/civil-date.ts';
import { capacityOf } from '../../../rules/contacts/capacity.ts';
import { contactPolicies } from '../../../rules/contacts/read-policies.ts';
import { violationsOf } from '../../../rules/contacts/violations.ts';
import { contactZones, zonesOfPlace } from '../../../rules/contacts/zones.ts';
import { contact, fact, person } from './ledger.ts';

describe('the zones of an address', () => {
  test('are known for every state, the district and the territories', () => {
    const states =
      `AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI
      SC SD TN TX UT VA VI VT WA WI WV WY`.split(/\s+/);
    expect(contactZones().states.map(({ state }) => state)).toEqual(states);
  });

  test.each([
    ['TX', '79936', ['America/Denver']],
    ['TX', '75201', ['America/Chicago']],
    ['TX', '79855', ['America/Chicago', 'America/Denver']],
    ['TX', '', ['America/Chicago', 'America/Denver']],
    ['FL', '32501', ['America/Chicago']],
    ['FL', '32456', ['America/New_York', 'America/Chicago']],
    ['FL', '33101', ['America/New_York']],
    ['IN', '46402', ['America/Chicago']],
    ['IN', '46534', ['America/Indiana/Indianapolis', 'America/Chicago']],
    ['AZ', '85001', ['America/Phoenix']],
    ['AZ', '86515', ['America/Phoenix', 'America/Denver']],
    ['OR', '97914', ['America/Los_Angeles', 'America/Boise']],
    ['ny', '10001', ['America/New_York']],
    ['', '43215', ['America/New_York', 'America/Los_Angeles']],
    ['ON', '', ['America/New_York', 'America/Los_Angeles']],
  ])('%s %s: %j', (state, postalCode, zones) => {
    expect(zonesOfPlace({ state, postalCode }, contactZones())).toEqual(zones);
  });
});

describe('the rules', () => {
  test('each names its source and the day it was seen, and says when its text was not', () => {
    const faults = contactPolicies().flatMap(({ id, source, citation, confirmed, seenOn }) => [
      ...(/^DOMAIN §\d/.test(source) ? [] : [`${id}: source`]),
      ...(seenOn <= '2026-11-26' ? [] : [`${id}: seen`]),
      ...(confirmed === 'unconfirmed' && !citation.includes('(text not seen)') ? [`${id}: text not seen`] : []),
    ]);
    expect(faults).toEqual([]);
  });

  test('of practice say so, and rest on no law of their own', () => {
    const practice = contactPolicies().filter(({ basis }) => basis === 'practice');
    expect(practice.filter(({ id }) => /^(reg-f|tcpa)/.test(id))).toEqual([]);
    expect(practice.length).toBeGreaterThan(5);
  });
});

test.each([
  ['us', '2026-06-16T12:00:00Z', 'ownName'],
  ['EARLYOUT1', '2026-06-16T12:00:00Z', 'earlyOut'],
  ['EARLYOUT1', '2019-12-31T12:00:00Z', 'agency'],
  ['VENDOR1', '2026-06-16T12:00:00Z', 'agency'],
  ['NOBODY', '2026-06-16T12:00:00Z', 'agency'],
])('%s at %s speaks as %s', (party, at, capacity) => {
  expect(capacityOf(party, instant(at))).toBe(capacity);
});

describe('what should not have been', () => {
  const asOf = instant('2026-12-01T12:00:00Z');
  const found = (contacts: readonly ReturnType<typeof contact>[], other = {}) =>
    violationsOf(person({ contacts, ...other }), contactPolicies(), asOf).map(({ at, policyId }) => `${at.slice(0, 16)} ${policyId}`);
  const calls = Array.from({ length: 8 }, (_, n) => contact(`2026-03-1${n % 5}T1${5 + Math.floor(n / 5)}:00:00Z`));

  test('is found whatever the order in which it was told', () => {
    expect(found(calls)).toEqual(['2026-03-14T15:00 reg-f-call-cap']);
    expect(found(calls.toReversed())).toEqual(found(calls));
  });

  test('is not the person’s own call, nor one that did not connect', () => {
    const last = '2026-03-14T18:00:00Z';
    expect(found([...calls.slice(0, 7), contact(last, { direction: 'in', outcome: 'conversation' })])).toEqual([]);
    expect(found([...calls.slice(0, 7), contact(last, { outcome: 'notConnected' })])).toEqual([]);
    expect(found([...calls.slice(0, 7), contact(last)])).toEqual(['2026-03-14T18:00 reg-f-call-cap']);
    expect(found([contact('2026-03-14T03:00:00Z', { outcome: 'notConnected' })])).toEqual(['2026-03-14T03:00 reg-f-hours']);
  });

  test('is a first communication that no notice followed in time', () => {
    const worked = [{ party: 'acme', accountId: 'n', from: civilDate('2026-03-01'), to: null }];
    const about = { accountIds: ['n'], channel: 'letter', outcome: 'sent' } as const;
    const first = contact('2026-03-02T15:00:00Z', about);
    const notice = (day: string) => contact(`2026-03-${day}T15:00:00Z`, { ...about, purpose: 'notice', validationNotice: true });
    expect(found([first], { worked })).toEqual(['2026-03-02T15:00 reg-f-validation']);
    expect(found([first, notice('07')], { worked })).toEqual([]);
    expect(found([first, notice('08')], { worked })).toEqual(['2026-03-02T15:00 reg-f-validation']);
    expect(violationsOf(person({ contacts: [first], worked }), contactPolicies(), instant('2026-03-07T15:00:00Z'))).toEqual([]);
  });

  test('is judged by what was known of the person at its moment', () => {
    const facts = [fact({ kind: 'stop', stop: 'attorney' }, '2026-03-12T12:00:00Z', { until: '2026-03-14T12:00:00Z' })];
    expect(found(calls.slice(0, 5), { facts })).toEqual(['2026-03-12T15:00 reg-f-attorney', '2026-03-13T15:00 reg-f-attorney']);
  });
});
