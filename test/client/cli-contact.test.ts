import { describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contactAllowed } from '../../rules/contacts/allowed.ts';
import { contactPolicies } from '../../rules/contacts/read-policies.ts';
import type { Contact, ProposedContact } from '../../rules/domain/contact.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import { fakeEngine, recourse } from '../support/fake-engine.ts';
import { oneAccount } from '../support/one-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const guarantorId = '019aa000-0000-7000-8000-00000000000a';
const shipped = join(import.meta.dirname, '..', '..', 'rules', 'reference', 'contact-policies.json');

/** A person in Ohio of whom nothing is known, and what was told of them. */
function ledger() {
  const told: unknown[] = [];
  const standing = { place: { state: 'OH', postalCode: '43215' }, contacts: [], consents: [], facts: [], worked: [] };
  const check = async (_id: string, asked: Omit<ProposedContact, 'capacity'>) =>
    contactAllowed(standing, { capacity: 'ownName', ...asked }, contactPolicies());
  const engine = fakeEngine({
    contacts: {
      find: async (name) => (name === oneAccount.accountNumber ? guarantorId : null),
      check,
      begin: (id, by, { key, ...asked }) => {
        told.push({ by, key });
        return check(id, asked);
      },
      record: async (_id, by, contact: Omit<Contact, 'capacity'>) => {
        told.push({ by, contact });
        return { recorded: 'recorded', violations: 1 };
      },
      complete: async (_id, end) => (end.key === 'k1' ? { recorded: 'completed', violations: 0 } : null),
      consent: async (_id, by, act) => {
        told.push({ by, act });
        return true;
      },
      note: async (_id, by, fact) => {
        told.push({ by, fact });
        return true;
      },
      end: async (_id, key) => key === 'k1',
      review: async (id) => id === violation.id,
      violations: async ({ party }) => (party === 'nobody' ? [] : [violation]),
      ledger: async () => ({
        guarantorId,
        zones: ['America/New_York'],
        contacts: [{ ...contact, recordedBy: 'pat' }],
        consents: [],
        facts: [],
        validations: [
          {
            party: 'VENDOR1',
            accountId: 'a',
            firstCommunicationOn: null,
            noticeOn: civilDate('2026-06-01'),
            noticeDueOn: null,
            disputeUntil: civilDate('2026-07-08'),
            disputedOn: null,
          },
        ],
      }),
    },
  });
  return { told, ask: (...parameters: readonly string[]) => recourse(['contact', ...parameters], engine) };
}

const at = instant('2026-06-16T15:00:00Z');
const contact: Contact = {
  key: 'k1',
  party: 'us',
  capacity: 'ownName',
  direction: 'out',
  channel: 'call',
  purpose: 'collection',
  accountIds: [oneAccount.id],
  at,
  automated: false,
  place: 'unknown',
  offersOptOut: false,
  validationNotice: false,
  outcome: 'leftMessage',
};
const violation = {
  id: '019aa000-0000-7000-8000-0000000000b1',
  guarantorId,
  contactKey: 'vendor:VENDOR1:7',
  party: 'VENDOR1',
  capacity: 'agency',
  channel: 'call',
  accountNumbers: ['10023'],
  at,
  policyId: 'reg-f-hours',
  basis: 'law',
  because: '21:30 in America/New_York, outside 08:00 to 21:00',
  reviewedAt: null,
  reviewedBy: null,
  note: null,
} as const;

const call = ['--channel', 'call', '--purpose', 'collection'];

describe('recourse contact', () => {
  test('check says which rule refuses, by which citation, and from when it may be', async () => {
    const { ask } = ledger();
    expect(await ask('check', '10023', ...call, '--at', '2026-06-16T11:00:00-04:00')).toMatchObject({ exit: 0, out: '✓ allowed\n' });
    const { exit, out } = await ask('check', '10023', ...call, '--at', '2026-06-16T07:00:00-04:00', '--place', 'work');
    expect(exit).toBe(1);
    expect(out.split('\n')).toEqual([
      '✗ refused',
      '  house-hours (practice): Our name: between 8 in the morning and 9 in the evening where the person is',
      '    07:00 in America/New_York, outside 08:00 to 21:00',
      '    Our policy: the hours of Regulation F',
      '  house-work (practice): Nobody is reached at work',
      '    nobody is reached at: work',
      expect.stringContaining('12 CFR 1006.6(b)(3)'),
      '  Waiting does not help.',
      '',
    ]);
    expect((await ask('check', 'nobody', ...call)).err).toContain('There is no such person.');
    expect((await ask('check', '10023', '--channel', 'fax', '--purpose', 'collection')).exit).toBe(2);
  });

  test('begin says under which key its outcome follows, and a text is automated', async () => {
    const { ask, told } = ledger();
    const begun = await ask('begin', '10023', ...call, '--at', '2026-06-16T11:00:00-04:00', '--by', 'pat', '--key', 'k1');
    expect(begun.out).toBe('✓ allowed\n  Then: recourse contact outcome 10023 k1 OUTCOME\n');
    expect(told).toEqual([{ by: 'pat', key: 'k1' }]);
    const text = await ask(
      'begin',
      '10023',
      '--channel',
      'text',
      '--purpose',
      'statement',
      '--opt-out',
      '--at',
      '2026-06-16T11:00:00-04:00',
      '--by',
      'pat',
    );
    expect(text).toMatchObject({ exit: 1, out: expect.stringContaining('tcpa-consent (law)') });
    expect((await ask('outcome', '10023', 'k1', 'conversation')).out).toBe('its outcome is recorded\n');
    expect((await ask('outcome', '10023', 'k2', 'conversation')).exit).toBe(1);
    expect((await ask('outcome', '10023', 'k1', 'begun')).exit).toBe(2);
  });

  test('add records what was, and says when it should not have been', async () => {
    const { ask, told } = ledger();
    const added = await ask(
      'add',
      '10023',
      ...call,
      '--account',
      '10023',
      '--at',
      '2026-06-16T15:00:00Z',
      '--outcome',
      'leftMessage',
      '--by',
      'pat',
      '--key',
      'k1',
    );
    expect(added.out).toBe('recorded\n! 1 against the rules: recourse contact violations\n');
    const { capacity: _capacity, ...expected } = contact;
    expect(told).toEqual([{ by: 'pat', contact: expected }]);
    const listed = (await ask('list', '10023')).out;
    expect(listed).toContain('VENDOR1 about a: sent 2026-06-01, may be disputed until 2026-07-08');
    expect(listed).toMatch(/1 contacts, the latest first\n.*\n2026-06-16T15:00:00.000Z {2}us {5}call {5}collection {2}left message {2}k1/);
  });

  test('what the person said is told in their words', async () => {
    const { ask, told } = ledger();
    const said = ['--by', 'pat', '--at', '2026-06-16T15:00:00Z', '--key', 'k'];
    await ask('consent', '10023', '--channel', 'email', '--purpose', 'statement', '--how', 'form', ...said);
    await ask('revoke', '10023', '--channel', 'all', '--how', 'said so', ...said);
    await ask('note', '10023', '--stop', 'attorney', ...said);
    await ask('note', '10023', '--not-during', '1-3 09:00-24:00', ...said);
    await ask('note', '10023', '--not-at', 'home', ...said);
    await ask('note', '10023', '--also-in', 'CA/90001', ...said);
    await ask('note', '10023', '--disputes', 'VENDOR1', '--account', '10023', ...said);
    const fact = { key: 'k', since: at, until: null, accountIds: [] };
    expect(told).toEqual([
      { by: 'pat', act: { key: 'k', act: 'given', channel: 'email', purpose: 'statement', at, how: 'form' } },
      { by: 'pat', act: { key: 'k', act: 'revoked', channel: 'all', purpose: 'all', at, how: 'said so' } },
      { by: 'pat', fact: { ...fact, kind: 'stop', stop: 'attorney' } },
      { by: 'pat', fact: { ...fact, kind: 'inconvenientTime', days: [1, 2, 3], from: '09:00', to: '24:00' } },
      { by: 'pat', fact: { ...fact, kind: 'inconvenientPlace', place: 'home' } },
      { by: 'pat', fact: { ...fact, kind: 'otherPlace', state: 'CA', postalCode: '90001' } },
      { by: 'pat', fact: { ...fact, kind: 'dispute', party: 'VENDOR1', accountIds: [oneAccount.id] } },
    ]);
    expect((await ask('note', '10023', ...said)).err).toContain('Say one thing.');
    expect((await ask('note', '10023', '--not-during', '3-1 09:00-10:00', ...said)).exit).toBe(2);
    expect((await ask('note', '10023', '--not-during', '1 10:00-09:00', ...said)).exit).toBe(2);
    expect((await ask('note', '10023', '--also-in', 'Ohio', ...said)).exit).toBe(2);
    expect([(await ask('end', '10023', 'k1')).exit, (await ask('end', '10023', 'k2')).exit]).toEqual([0, 1]);
  });

  test('violations are listed with their rule, and end with 1 until somebody reviewed them', async () => {
    const { ask } = ledger();
    const { exit, out } = await ask('violations');
    expect(exit).toBe(1);
    expect(out).toContain('2026-06-16T15:00:00.000Z  VENDOR1, call about 10023: reg-f-hours (law)');
    expect((await ask('violations', '--party', 'nobody')).exit).toBe(0);
    expect((await ask('review', violation.id, '--by', 'kim', '--note', 'told them')).exit).toBe(0);
    expect((await ask('review', guarantorId, '--by', 'kim', '--note', 'told them')).exit).toBe(1);
  });

  test('policies shows the dated rules, and checks a file that was corrected', async () => {
    const { out } = await recourse(['contact', 'policies', '--on', '2026-12-31', '--json']);
    const ids: readonly string[] = JSON.parse(out).policies.map(({ id }: { readonly id: string }) => id);
    expect(ids).toContain('reg-f-call-cap');
    expect(ids).not.toContain('tcpa-revoke-all');
    expect((await recourse(['contact', 'policies', '--on', '2027-01-31'])).out).toContain(
      'tcpa-revoke-all (law, secondary; 2027-01-31 to open)',
    );
    const path = join(temporaryFolder(), 'policies.json');
    writeFileSync(path, readFileSync(shipped, 'utf8').replace('"most": 7', '"most": 0').replace('"2021-11-30"', '"2021-11-31"'));
    expect(await recourse(['contact', 'policies', '--file', path])).toMatchObject({
      exit: 1,
      out: '✗ policies.0.effective.from: expected a date that exists, written YYYY-MM-DD\n✗ policies.0.rule.most: Too small: expected number to be >=1\n',
    });
    writeFileSync(path, readFileSync(shipped, 'utf8').replace('"house-call-cap"', '"reg-f-call-cap"'));
    expect((await recourse(['contact', 'policies', '--file', path])).out).toBe('✗ policies.2.id: the id reg-f-call-cap is already used\n');
  });
});
