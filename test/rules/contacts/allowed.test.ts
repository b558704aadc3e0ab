import { describe, expect, test } from '@jest/globals';
import { contactAllowed } from '../../../rules/contacts/allowed.ts';
import { contactPolicies } from '../../../rules/contacts/read-policies.ts';
import { answer, check, contact, daily, fact, person, proposal, refused, us } from './ledger.ts';

describe('7 calls in 7 days about a debt, by an agency', () => {
  check([
    ['the seventh may be', { contacts: daily(10, 6) }, '2026-03-16T16:00:00Z', {}, 'allowed'],
    [
      'the eighth may not, until the first day is out',
      { contacts: daily(10, 7) },
      '2026-03-16T16:00:00Z',
      {},
      refused('reg-f-call-cap', '2026-03-17T12:00:00.000Z'),
    ],
    ['a week after the first it may be', { contacts: daily(10, 7) }, '2026-03-17T16:00:00Z', {}, 'allowed'],
    ['another debt has its own seven', { contacts: daily(10, 7) }, '2026-03-16T16:00:00Z', { accountIds: ['b'] }, 'allowed'],
    [
      'a call about both is a call about each',
      { contacts: daily(10, 7) },
      '2026-03-16T16:00:00Z',
      { accountIds: ['b', 'a'] },
      refused('reg-f-call-cap', '2026-03-17T12:00:00.000Z'),
    ],
    [
      'a call that named no account counts for every one',
      { contacts: daily(10, 7, { accountIds: [] }) },
      '2026-03-16T16:00:00Z',
      { accountIds: ['b'] },
      refused('reg-f-call-cap', '2026-03-17T12:00:00.000Z'),
    ],
    [
      'another agency’s calls are not counted by the law',
      { contacts: daily(10, 7, { party: 'other' }) },
      '2026-03-16T16:00:00Z',
      {},
      'allowed',
    ],
    [
      'a number that did not connect is not counted',
      { contacts: daily(10, 7, { outcome: 'notConnected' }) },
      '2026-03-16T16:00:00Z',
      {},
      'allowed',
    ],
    ['nor are letters', { contacts: daily(10, 7, { channel: 'letter' }) }, '2026-03-16T16:00:00Z', {}, 'allowed'],
    ['nor what the person asked for', { contacts: daily(10, 7, { purpose: 'answer' }) }, '2026-03-16T16:00:00Z', {}, 'allowed'],
    ['and what they asked for may be', { contacts: daily(10, 7) }, '2026-03-16T16:00:00Z', { purpose: 'answer' }, 'allowed'],
    ['what comes later is not known yet', { contacts: daily(10, 7) }, '2026-03-12T14:00:00Z', {}, 'allowed'],
    [
      'of 7 calls on two days, the day after the second is full too',
      { contacts: [...daily(10, 3), ...daily(11, 1), ...daily(11, 1), ...daily(11, 1), ...daily(11, 1)] },
      '2026-03-12T16:00:00Z',
      {},
      refused('reg-f-call-cap', '2026-03-17T12:00:00.000Z'),
    ],
  ]);
});

describe('7 days after a conversation', () => {
  const spoke = daily(10, 1, { outcome: 'conversation' });
  check([
    [
      'the day of it is day 1: day 7 is refused',
      { contacts: spoke },
      '2026-03-16T16:00:00Z',
      {},
      refused('reg-f-conversation', '2026-03-17T12:00:00.000Z'),
    ],
    ['day 8 may be', { contacts: spoke }, '2026-03-17T12:00:00Z', {}, 'allowed'],
    [
      'one that the person began counts',
      { contacts: daily(10, 1, { outcome: 'conversation', direction: 'in' }) },
      '2026-03-16T16:00:00Z',
      {},
      refused('reg-f-conversation', '2026-03-17T12:00:00.000Z'),
    ],
    ['about another debt it does not', { contacts: spoke }, '2026-03-11T16:00:00Z', { accountIds: ['b'] }, 'allowed'],
    ['a message is none', { contacts: daily(10, 1, { outcome: 'leftMessage' }) }, '2026-03-11T16:00:00Z', {}, 'allowed'],
    ['a letter may still go', { contacts: spoke }, '2026-03-11T16:00:00Z', { channel: 'letter' }, 'allowed'],
    [
      'late in the evening the day is the person’s, not that of Greenwich',
      { contacts: [contact('2026-03-11T00:30:00Z', { outcome: 'conversation' })] },
      '2026-03-17T12:00:00Z',
      {},
      'allowed',
    ],
  ]);
});

describe('we ourselves count the person, and everybody’s contacts', () => {
  check([
    [
      'seven calls of the agency leave none to us',
      { contacts: daily(10, 7) },
      '2026-03-16T16:00:00Z',
      us,
      refused('house-call-cap', '2026-03-17T12:00:00.000Z'),
    ],
    [
      'nor does a conversation with it',
      { contacts: daily(10, 1, { outcome: 'conversation' }) },
      '2026-03-16T16:00:00Z',
      us,
      refused('house-conversation', '2026-03-17T12:00:00.000Z'),
    ],
    [
      'a notice that a law makes us send is not held up',
      { contacts: daily(10, 7) },
      '2026-03-16T16:00:00Z',
      { ...us, purpose: 'notice' },
      'allowed',
    ],
    [
      'an early-out vendor in our name is bound like us',
      { contacts: daily(10, 7, { accountIds: ['b'] }) },
      '2026-03-16T16:00:00Z',
      { capacity: 'earlyOut' },
      refused('house-call-cap', '2026-03-17T12:00:00.000Z'),
    ],
    [
      'of 14 calls of all, the agency may make no more',
      { contacts: [...daily(10, 7, us), ...daily(10, 7, { party: 'other' })] },
      '2026-03-16T16:00:00Z',
      {},
      refused('person-call-cap', '2026-03-17T12:00:00.000Z'),
    ],
    [
      'three texts and e-mails in a week are enough',
      { contacts: [...daily(10, 2, { channel: 'text', ...us }), ...daily(12, 1, { channel: 'email' })] },
      '2026-03-14T16:00:00Z',
      { channel: 'text' },
      refused('electronic-cap', '2026-03-17T12:00:00.000Z'),
    ],
  ]);
});

describe('hours where the person is', () => {
  const california = { place: { state: 'CA', postalCode: '90001' } };
  const either = { place: { state: 'KY', postalCode: '42701' } };
  check([
    ['7:59 in Ohio is too early', {}, '2026-03-16T11:59:00Z', {}, refused('reg-f-hours', '2026-03-16T12:00:00.000Z')],
    ['8:00 is not', {}, '2026-03-16T12:00:00Z', {}, 'allowed'],
    ['20:59 may be', {}, '2026-03-17T00:59:00Z', {}, 'allowed'],
    ['21:00 is too late, until the morning', {}, '2026-03-17T01:00:00Z', {}, refused('reg-f-hours', '2026-03-17T12:00:00.000Z')],
    ['the evening before the clocks go forward ends an hour earlier for us', {}, '2026-03-08T01:30:00Z', {}, 'allowed'],
    ['and the morning after begins an hour earlier', {}, '2026-03-08T12:00:00Z', {}, 'allowed'],
    [
      'while the day before it began at 13:00 of Greenwich',
      {},
      '2026-03-07T12:30:00Z',
      {},
      refused('reg-f-hours', '2026-03-07T13:00:00.000Z'),
    ],
    [
      'refused in the night in which the clocks go back, it may be after 8 of the new time',
      {},
      '2026-11-01T03:00:00Z',
      {},
      refused('reg-f-hours', '2026-11-01T13:00:00.000Z'),
    ],
    [
      'Arizona leaves its clocks',
      { place: { state: 'AZ', postalCode: '85001' } },
      '2026-07-01T14:59:00Z',
      {},
      refused('reg-f-hours', '2026-07-01T15:00:00.000Z'),
    ],
    ['8:30 in New York is 5:30 in Los Angeles', california, '2026-07-01T12:30:00Z', {}, refused('reg-f-hours', '2026-07-01T15:00:00.000Z')],
    ['of two zones the later morning counts', either, '2026-07-01T12:30:00Z', {}, refused('reg-f-hours', '2026-07-01T13:00:00.000Z')],
    ['and the earlier evening', either, '2026-07-02T01:30:00Z', {}, refused('reg-f-hours', '2026-07-02T13:00:00.000Z')],
    [
      'a second place counts while they may be there',
      { facts: [fact({ kind: 'otherPlace', state: 'CA', postalCode: '90001' }, '2026-01-01T00:00:00Z')] },
      '2026-07-01T14:00:00Z',
      {},
      refused('reg-f-hours', '2026-07-01T15:00:00.000Z'),
    ],
    [
      'from its very moment',
      { facts: [fact({ kind: 'otherPlace', state: 'CA', postalCode: '90001' }, '2026-07-01T14:00:00Z')] },
      '2026-07-01T14:00:00Z',
      {},
      refused('reg-f-hours', '2026-07-01T15:00:00.000Z'),
    ],
    [
      'and no longer',
      {
        facts: [fact({ kind: 'otherPlace', state: 'CA', postalCode: '90001' }, '2026-01-01T00:00:00Z', { until: '2026-06-01T00:00:00Z' })],
      },
      '2026-07-01T14:00:00Z',
      {},
      'allowed',
    ],
    [
      'of a state that is not known both coasts count',
      { place: { state: '', postalCode: '' } },
      '2026-07-01T14:59:00Z',
      {},
      refused('reg-f-hours', '2026-07-01T15:00:00.000Z'),
    ],
    ['a letter has no hours', {}, '2026-03-16T07:00:00Z', { channel: 'letter' }, 'allowed'],
    ['our own calls keep them too', {}, '2026-03-16T11:59:00Z', us, refused('house-hours', '2026-03-16T12:00:00.000Z')],
  ]);
});

describe('what the person called inconvenient', () => {
  const mondays = { facts: [fact({ kind: 'inconvenientTime', days: [1], from: '09:00', to: '17:00' }, '2026-01-01T00:00:00Z')] };
  check([
    ['Monday at noon', mondays, '2026-03-16T16:00:00Z', {}, refused('reg-f-inconvenient', '2026-03-16T21:00:00.000Z')],
    ['Monday at 17:00', mondays, '2026-03-16T21:00:00Z', {}, 'allowed'],
    ['Tuesday', mondays, '2026-03-17T16:00:00Z', {}, 'allowed'],
    [
      'all of Monday and the hours: Tuesday at 8',
      { facts: [fact({ kind: 'inconvenientTime', days: [1], from: '00:00', to: '24:00' }, '2026-01-01T00:00:00Z')] },
      '2026-03-16T16:00:00Z',
      {},
      refused('reg-f-inconvenient', '2026-03-17T12:00:00.000Z'),
    ],
    [
      'at home',
      { facts: [fact({ kind: 'inconvenientPlace', place: 'home' }, '2026-01-01T00:00:00Z')] },
      '2026-03-16T16:00:00Z',
      { place: 'home' },
      refused('reg-f-inconvenient', null),
    ],
    ['at work, always', {}, '2026-03-16T16:00:00Z', { place: 'work' }, refused('house-work', null)],
  ]);
});

test('several rules refuse together, and it may be when the last of them would not', () => {
  const spoke = contact('2026-03-10T15:00:00Z', { outcome: 'conversation' });
  const facts = [fact({ kind: 'inconvenientTime', days: [2], from: '06:00', to: '18:30' }, '2026-01-01T00:00:00Z')];
  expect(answer(person({ contacts: [spoke], facts }), proposal('2026-03-16T11:00:00Z'))).toEqual({
    by: ['reg-f-conversation', 'reg-f-hours'],
    mayBeAt: '2026-03-17T22:30:00.000Z',
  });
});

test('each rule that refuses says from when it would not', () => {
  const said = contactAllowed(person({ contacts: daily(10, 7) }), proposal('2026-03-17T02:00:00Z'), contactPolicies());
  const untils = said.kind === 'refused' ? said.refusals.map(({ policyId, until }) => [policyId, until]) : [];
  expect(untils).toEqual([
    ['reg-f-call-cap', '2026-03-17T04:00:00.000Z'],
    ['reg-f-hours', '2026-03-17T12:00:00.000Z'],
  ]);
});
