import { describe, expect, test } from '@jest/globals';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { contactAllowed } from '../../../rules/contacts/allowed.ts';
import { contactPolicies } from '../../../rules/contacts/read-policies.ts';
import { check, consent, contact, fact, person, proposal, refused, us } from './ledger.ts';

describe('who may not be asked', () => {
  const stop = (name: string, more = {}) => ({ facts: [fact({ kind: 'stop', stop: name }, '2026-03-01T12:00:00Z', more)] });
  check([
    ['a person with an attorney', stop('attorney'), '2026-03-16T16:00:00Z', {}, refused('reg-f-attorney', null)],
    ['before there was one', stop('attorney'), '2026-02-16T16:00:00Z', {}, 'allowed'],
    ['once it is over', stop('attorney', { until: '2026-03-15T12:00:00Z' }), '2026-03-16T16:00:00Z', {}, 'allowed'],
    [
      'with an end that is known it may be then',
      stop('attorney', { until: '2026-03-20T12:00:00Z' }),
      '2026-03-16T16:00:00Z',
      {},
      refused('reg-f-attorney', '2026-03-20T12:00:00.000Z'),
    ],
    [
      'after bankruptcy nobody writes either',
      stop('bankruptcy'),
      '2026-03-16T16:00:00Z',
      { channel: 'letter' },
      refused('bankruptcy-stay', null),
    ],
    ['we neither', stop('bankruptcy'), '2026-03-16T16:00:00Z', { ...us, channel: 'letter' }, refused('bankruptcy-stay', null)],
    ['one who asked to be left alone', stop('ceaseContact'), '2026-03-16T16:00:00Z', { channel: 'letter' }, refused('reg-f-cease', null)],
    ['but for notices', stop('ceaseContact'), '2026-03-16T16:00:00Z', { channel: 'letter', purpose: 'notice' }, 'allowed'],
    ['a person who died', stop('deceased'), '2026-03-16T16:00:00Z', {}, refused(['reg-f-who', 'house-holds'], null)],
    [
      'a stop on one account leaves the other',
      stop('estimateDispute', { accountIds: ['a'] }),
      '2026-03-16T16:00:00Z',
      { accountIds: ['b'] },
      'allowed',
    ],
    [
      'but not a contact about both',
      stop('estimateDispute', { accountIds: ['a'] }),
      '2026-03-16T16:00:00Z',
      { accountIds: ['a', 'b'] },
      refused('estimate-dispute', null),
    ],
  ]);
});

describe('consent and what became of it', () => {
  const robot = { channel: 'call', automated: true } as const;
  const given = consent('given', 'call', '2026-01-05T15:00:00Z');
  const takenBack = consent('revoked', 'call', '2026-03-02T15:00:00Z');
  const text = { channel: 'text', automated: true } as const;
  const texts = consent('given', 'text', '2026-01-05T15:00:00Z');
  check([
    ['an automated call without one', {}, '2026-03-16T16:00:00Z', robot, refused('tcpa-consent', null)],
    ['a call by hand needs none', {}, '2026-03-16T16:00:00Z', {}, 'allowed'],
    ['with one', { consents: [given] }, '2026-03-16T16:00:00Z', robot, 'allowed'],
    [
      'given for another purpose',
      { consents: [consent('given', 'call', '2026-01-05T15:00:00Z', 'statement')] },
      '2026-03-16T16:00:00Z',
      robot,
      refused('tcpa-consent', null),
    ],
    [
      'given later',
      { consents: [consent('given', 'call', '2026-03-16T16:00:01Z')] },
      '2026-03-16T16:00:00Z',
      robot,
      refused('tcpa-consent', null),
    ],
    [
      'taken back: by our own rules at once',
      { consents: [given, takenBack] },
      '2026-03-02T15:00:00Z',
      robot,
      refused(['tcpa-consent', 'reg-f-medium', 'house-revocation'], null),
    ],
    [
      'taken back: by the law after 10 business days',
      { consents: [given, takenBack] },
      '2026-03-17T15:00:00Z',
      robot,
      refused(['tcpa-consent', 'tcpa-revocation', 'reg-f-medium', 'house-revocation'], null),
    ],
    [
      'the tenth business day is still inside',
      { consents: [given, takenBack] },
      '2026-03-16T23:59:00Z',
      robot,
      refused(['tcpa-consent', 'reg-f-medium', 'house-revocation'], null),
    ],
    [
      'and given again',
      { consents: [given, takenBack, consent('given', 'call', '2026-03-20T15:00:00Z')] },
      '2026-03-23T15:00:00Z',
      robot,
      'allowed',
    ],
    [
      '“no more calls” binds calls by hand',
      { consents: [takenBack] },
      '2026-03-16T16:00:00Z',
      {},
      refused(['reg-f-medium', 'house-revocation'], null),
    ],
    [
      'and not our letters',
      { consents: [consent('revoked', 'all', '2026-03-02T15:00:00Z')] },
      '2026-03-16T16:00:00Z',
      { ...us, channel: 'letter' },
      'allowed',
    ],
    [
      'STOP to a text leaves automated calls until 2027-01-31',
      { consents: [given, texts, consent('revoked', 'text', '2026-03-02T15:00:00Z')] },
      '2026-06-01T16:00:00Z',
      robot,
      'allowed',
    ],
    [
      'from then on one STOP stops both',
      { consents: [given, texts, consent('revoked', 'text', '2027-02-01T15:00:00Z')] },
      '2027-02-17T16:00:00Z',
      robot,
      refused('tcpa-revoke-all', null),
    ],
    [
      'what was said at one moment is taken back',
      { consents: [consent('revoked', 'text', '2027-02-01T15:00:00Z'), consent('given', 'call', '2027-02-01T15:00:00Z')] },
      '2027-02-17T16:00:00Z',
      robot,
      refused('tcpa-revoke-all', null),
    ],
    [
      'but an earlier one does not grow',
      { consents: [given, texts, consent('revoked', 'text', '2026-03-02T15:00:00Z')] },
      '2027-03-01T16:00:00Z',
      robot,
      'allowed',
    ],
    ['a text by a machine without consent', {}, '2026-03-16T16:00:00Z', text, refused('tcpa-consent', null)],
    [
      'a text that does not say how to stop',
      { consents: [texts] },
      '2026-03-16T16:00:00Z',
      { ...text, offersOptOut: false },
      refused('reg-f-opt-out', null),
    ],
    [
      'our e-mail without consent and without a way out',
      {},
      '2026-03-16T16:00:00Z',
      { ...us, channel: 'email', offersOptOut: false },
      refused(['house-email-consent', 'house-opt-out'], null),
    ],
    [
      'our e-mail with both',
      { consents: [consent('given', 'email', '2026-01-05T15:00:00Z', 'statement')] },
      '2026-03-16T16:00:00Z',
      { ...us, channel: 'email', purpose: 'statement' },
      'allowed',
    ],
  ]);
});

describe('the validation notice', () => {
  const worked = [{ party: 'acme', accountId: 'n', from: civilDate('2026-03-01'), to: null }];
  const about = { accountIds: ['n'] };
  const spoke = contact('2026-03-02T15:00:00Z', { ...about, channel: 'letter', outcome: 'sent' });
  const notice = contact('2026-03-04T15:00:00Z', {
    ...about,
    channel: 'letter',
    outcome: 'sent',
    purpose: 'notice',
    validationNotice: true,
  });
  const dispute = (since: string, until?: string) => [
    fact({ kind: 'dispute', party: 'acme' }, since, { accountIds: ['n'], ...(until === undefined ? {} : { until }) }),
  ];
  check([
    [
      'is due on the fifth day after the first communication: that day may be',
      { worked, contacts: [spoke] },
      '2026-03-07T16:00:00Z',
      about,
      'allowed',
    ],
    ['the sixth may not', { worked, contacts: [spoke] }, '2026-03-08T16:00:00Z', about, refused('reg-f-validation', null)],
    [
      'unless it is the notice',
      { worked, contacts: [spoke] },
      '2026-03-08T16:00:00Z',
      { ...about, channel: 'letter', validationNotice: true },
      'allowed',
    ],
    [
      'an attempt is no communication',
      { worked, contacts: [contact('2026-03-02T15:00:00Z', about)] },
      '2026-03-08T16:00:00Z',
      about,
      'allowed',
    ],
    ['with the notice out it goes on', { worked, contacts: [spoke, notice] }, '2026-03-20T16:00:00Z', about, 'allowed'],
    [
      'disputed in writing it stops',
      { worked, contacts: [spoke, notice], facts: dispute('2026-03-20T12:00:00Z') },
      '2026-03-20T16:00:00Z',
      about,
      refused('reg-f-validation', null),
    ],
    [
      'until it is verified',
      { worked, contacts: [spoke, notice], facts: dispute('2026-03-20T12:00:00Z', '2026-03-25T12:00:00Z') },
      '2026-03-25T16:00:00Z',
      about,
      'allowed',
    ],
    [
      'on the last day of the period: 5 business days and 30',
      { worked, contacts: [spoke, notice], facts: dispute('2026-04-10T12:00:00Z') },
      '2026-04-20T16:00:00Z',
      about,
      refused('reg-f-validation', null),
    ],
    [
      'after it, it does not stop',
      { worked, contacts: [spoke, notice], facts: dispute('2026-04-11T12:00:00Z') },
      '2026-04-20T16:00:00Z',
      about,
      'allowed',
    ],
  ]);

  test('is a duty of the first communication, with its day', () => {
    const said = contactAllowed(person({ worked }), proposal('2026-03-02T16:00:00Z', about), contactPolicies());
    expect(said).toEqual({
      kind: 'allowed',
      duties: [{ policyId: 'reg-f-validation', what: 'send the validation notice', by: '2026-03-07' }],
    });
  });
});

describe('one party speaks', () => {
  const worked = [{ party: 'acme', accountId: 'a', from: civilDate('2026-03-10'), to: civilDate('2026-03-20') }];
  check([
    ['we do not about what the agency works', { worked }, '2026-03-10T16:00:00Z', { ...us, accountIds: ['a'] }, refused('one-party', null)],
    ['we may about the rest', { worked }, '2026-03-10T16:00:00Z', us, 'allowed'],
    ['it does not before', { worked }, '2026-03-09T16:00:00Z', {}, refused('one-party', null)],
    ['on the day of the recall it may still have', { worked }, '2026-03-20T16:00:00Z', {}, 'allowed'],
    ['the day after it may not', { worked }, '2026-03-21T16:00:00Z', {}, refused('one-party', null)],
  ]);
});
