import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { recordContact, recordContacts, refuseContact, refuseContacts } from '../../activities/contacts.ts';
import { type RunningApi, startApi } from '../../client/api/server.ts';
import type { ContactOffice } from '../../client/contacts.ts';
import { inTransaction } from '../../prisma/client.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { fakeEngine } from '../support/fake-engine.ts';
import { type LedgerWorld, openLedgerWorld } from '../support/ledger-world.ts';
import type { StoredWorld } from '../support/stored-world.ts';

let world: StoredWorld;
let office: ContactOffice;
let guarantorId: string;
let accountId: string;
let call: LedgerWorld['call'];

beforeEach(async () => {
  ({ world, office, guarantorId, accountId, call } = await openLedgerWorld());
});

afterEach(() => world?.close());

async function recordCalls(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1)
    await office.record(guarantorId, 'pat', {
      key: `call ${n}`,
      direction: 'out',
      outcome: 'noAnswer',
      ...call(`2026-06-${10 + n}T15:00:00Z`),
    });
}

const keysOf = async () => ((await office.ledger(guarantorId, 100))?.contacts ?? []).map(({ key, outcome }) => `${key} ${outcome}`);

describe('a contact', () => {
  test('that is recorded twice is one; under a key of another it is refused', async () => {
    const made = { key: 'k', direction: 'out', outcome: 'conversation', ...call('2026-06-16T15:00:00Z') } as const;
    expect(await office.record(guarantorId, 'pat', made)).toEqual({ recorded: 'recorded', violations: 0 });
    expect(await office.record(guarantorId, 'lee', made)).toEqual({ recorded: 'alreadyRecorded', violations: 0 });
    await expect(office.record(guarantorId, 'pat', { ...made, channel: 'text' })).rejects.toThrow(/key k was used for another contact/);
    await expect(office.record(guarantorId, 'pat', { ...made, outcome: 'noAnswer' })).rejects.toThrow(/key k was used for another contact/);
    expect(await keysOf()).toEqual(['k conversation']);
  });

  test('that was begun counts, is begun again under its key, and takes its outcome once', async () => {
    await recordCalls(6);
    const last = { key: 'last', ...call('2026-06-16T15:00:00Z') };
    expect((await office.begin(guarantorId, 'pat', last)).kind).toBe('allowed');
    expect((await office.begin(guarantorId, 'pat', { ...last, at: instant('2026-06-16T15:01:00Z') })).kind).toBe('allowed');
    expect(await office.begin(guarantorId, 'pat', { ...last, key: 'one more' })).toMatchObject({
      kind: 'refused',
      refusals: [{ policyId: 'house-call-cap' }],
      mayBeAt: '2026-06-17T12:00:00.000Z',
    });
    expect(await office.complete(guarantorId, { key: 'last', outcome: 'conversation' })).toEqual({ recorded: 'completed', violations: 0 });
    expect(await office.complete(guarantorId, { key: 'last', outcome: 'conversation' })).toEqual({
      recorded: 'alreadyRecorded',
      violations: 0,
    });
    await expect(office.complete(guarantorId, { key: 'last', outcome: 'noAnswer' })).rejects.toThrow(/key last/);
    expect(await office.complete(guarantorId, { key: 'none', outcome: 'noAnswer' })).toBeNull();
    expect((await keysOf())[0]).toBe('last conversation');
  });
});

/** For a row that another transaction holds. */
async function isSomebodyWaiting(): Promise<boolean> {
  const rows = await world.store.prisma.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return rows.length > 0;
}

describe('when one contact is left', () => {
  test('and two people begin at one moment, one may', async () => {
    await recordCalls(6);
    const at = call('2026-06-16T15:00:00Z');
    const answers = await Promise.all(['pat', 'lee'].map((by) => office.begin(guarantorId, by, { key: by, ...at })));
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['allowed', 'refused']);
    expect(await keysOf()).toHaveLength(7);
  });

  test('and two senders ask at one moment and record in the same transaction, one may', async () => {
    await recordCalls(6);
    const outgoing = {
      guarantorId,
      channel: 'call',
      purpose: 'statement',
      by: 'us',
      at: instant('2026-06-16T15:00:00Z'),
      accountIds: [accountId],
    } as const;
    const { prisma } = world.store;
    const send = (key: string, asked: (refused: string | null) => Promise<void>) =>
      inTransaction(prisma, async (tx) => {
        const refused = await refuseContact(tx, outgoing);
        await asked(refused);
        if (refused === null) await recordContact(tx, { ...outgoing, key });
        return refused;
      });
    // The second asks while the first has asked and not recorded yet: it waits for it, or else it gets its answer too early.
    const answered: (string | null)[] = [];
    let second: Promise<string | null> | undefined;
    const first = await send('one', async () => {
      second = send('two', async (refused) => {
        answered.push(refused);
      });
      while (answered.length === 0 && !(await isSomebodyWaiting())) continue;
    });
    const refusals = [first, await second].filter((refused) => refused !== null);
    expect(refusals).toEqual([
      'house-call-cap: 7 contacts of this person by us and all vendors within 7 days up to 2026-06-16, of 7 that may be; it may be from 2026-06-17T12:00:00.000Z on',
    ]);
    expect(await keysOf()).toHaveLength(7);
  });
});

test('a run asks for many people at once: what it may counts for what comes after it, and it is recorded once', async () => {
  await recordCalls(5);
  await world.receive('b.837', fileText(claimOf('B200'), '2026-06-15'));
  const other = (await office.find('B200')) ?? '';
  expect(other).not.toBe(guarantorId);
  const at = instant('2026-06-15T15:00:00Z');
  const outgoing = [guarantorId, other, guarantorId, guarantorId, other].map((id) => {
    return { guarantorId: id, channel: 'call', purpose: 'statement', by: 'us', at } as const;
  });
  const run = () =>
    inTransaction(world.store.prisma, async (tx) => {
      const refused = await refuseContacts(tx, outgoing);
      const made = outgoing.flatMap((one, n) => (refused[n] === null ? [{ ...one, key: `run 1 ${n}` }] : []));
      return { refused: refused.map((one) => one?.split(':')[0] ?? null), recorded: await recordContacts(tx, made) };
    });
  expect(await run()).toEqual({ refused: [null, null, null, 'house-call-cap', null], recorded: 4 });
  expect(
    await inTransaction(world.store.prisma, (tx) =>
      recordContacts(tx, outgoing.map((one, n) => ({ ...one, key: `run 1 ${n}` })).slice(0, 3)),
    ),
  ).toBe(0);
  expect(await keysOf()).toHaveLength(7);
});

test('a hold on an account of the person stops by its name, and until it goes', async () => {
  const outgoing = { guarantorId, channel: 'letter', purpose: 'statement', by: 'us', at: instant('2026-06-17T15:00:00Z') } as const;
  const asked = () => inTransaction(world.store.prisma, (tx) => refuseContact(tx, outgoing));
  expect(await asked()).toBeNull();
  expect(
    await world.complete('A100', { task: 'hold', outcome: '', do: 'hold', by: 'pat', hold: 'bankruptcy', review: civilDate('2026-09-01') }),
  ).toBeNull();
  expect(await asked()).toBe('bankruptcy-stay: bankruptcy since 2026-06-16; waiting does not help');
});

describe('over the API', () => {
  let api: RunningApi;
  beforeEach(async () => {
    api = await startApi({ engine: fakeEngine({ contacts: office }), host: '127.0.0.1', port: 0 });
  });
  afterEach(() => api?.close());

  async function post(path: string, body: object, key = 'a-key-of-the-caller') {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const response = await fetch(`${api.url}/contacts/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: JSON.parse(await response.text()) };
  }

  test('a person is asked after, reached and heard', async () => {
    const asked = { channel: 'call', purpose: 'collection', at: '2026-06-16T11:00:00-04:00' };
    expect(await post('A100/check', asked)).toEqual({ status: 200, body: { kind: 'allowed', duties: [] } });
    expect((await post('A100/begin', { ...asked, by: 'pat' })).body.kind).toBe('allowed');
    expect(await post('A100/outcome', { outcome: 'conversation' })).toEqual({
      status: 200,
      body: { recorded: 'completed', violations: 0 },
    });
    expect((await post('A100/outcome', { outcome: 'noAnswer' })).status).toBe(422);
    const soon = { ...asked, at: '2026-06-18T06:00:00-04:00' };
    expect((await post('A100/check', soon)).body).toMatchObject({
      kind: 'refused',
      refusals: [{ policyId: 'house-conversation' }, { policyId: 'house-hours' }],
      mayBeAt: '2026-06-23T12:00:00.000Z',
    });
    const made = await post('A100', { ...soon, by: 'pat', outcome: 'noAnswer' }, 'another-key');
    expect(made).toEqual({ status: 200, body: { recorded: 'recorded', violations: 2 } });
    const revoked = { act: 'revoked', channel: 'text', how: 'STOP by text', by: 'pat', at: '2026-06-16T12:00:00Z' };
    expect((await post('A100/consents', revoked)).body).toEqual({ recorded: true });
    expect((await post('A100/consents', revoked)).body).toEqual({ recorded: false });
    expect((await post('A100/facts', { kind: 'stop', stop: 'attorney', since: '2026-06-17T12:00:00Z', by: 'pat' })).body).toEqual({
      recorded: true,
    });
    const ledger = JSON.parse(await (await fetch(`${api.url}/contacts/A100`)).text());
    expect(ledger).toMatchObject({
      guarantorId,
      contacts: [{ outcome: 'noAnswer' }, { outcome: 'conversation' }],
      consents: [{ act: 'revoked' }],
      facts: [{ stop: 'attorney' }],
    });
    const ended = await post(`A100/facts/${encodeURIComponent(ledger.facts[0].key)}/end`, { at: '2026-07-01T12:00:00Z' });
    expect(ended).toEqual({ status: 200, body: { ended: true } });
    expect((await post('nobody/check', asked)).status).toBe(404);
  });

  test('violations are listed and reviewed', async () => {
    await office.record(guarantorId, 'pat', { key: 'early', direction: 'out', outcome: 'noAnswer', ...call('2026-06-16T11:00:00Z') });
    const list = async () => JSON.parse(await (await fetch(`${api.url}/contact-violations?party=us`)).text()).violations;
    const [violation] = await list();
    expect(violation).toMatchObject({
      policyId: 'house-hours',
      accountNumbers: ['A100'],
      because: '07:00 in America/New_York, outside 08:00 to 21:00',
    });
    const review = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ by: 'kim', note: 'spoke with pat' }),
    };
    expect((await fetch(`${api.url}/contact-violations/${violation.id}/review`, review)).status).toBe(200);
    expect(await list()).toEqual([]);
  });
});
