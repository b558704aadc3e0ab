import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { recordContact, recordContacts, refuseContact, refuseContacts } from '../../activities/contacts.ts';
import { vendorContactColumns } from '../../activities/feeds/vendor-contacts.ts';
import { type RunningApi, startApi } from '../../client/api/server.ts';
import { type AskedContact, type ContactOffice, contactOfficeOn } from '../../client/contacts.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { inTransaction } from '../../prisma/client.ts';
import { countContactViolations } from '../../prisma/reads/contacts.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { fakeEngine } from '../support/fake-engine.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();

let world: StoredWorld;
let office: ContactOffice;
let guarantorId: string;
let accountId: string;

beforeEach(async () => {
  world = await StoredWorld.open({ knowledge });
  world.now = instant('2026-06-16T14:00:00Z');
  await world.receive('a.837', fileText(claimOf('A100'), '2026-06-15'));
  office = contactOfficeOn(world.store.prisma);
  accountId = await world.accountId('A100');
  const found = await office.find('A100');
  if (found === null) throw new Error('an account that was opened has a guarantor');
  guarantorId = found;
  // In Ohio, so that eleven in the morning there is 15:00 of Greenwich.
  await world.store.prisma.guarantor.update({ where: { id: found }, data: { state: 'OH', postalCode: '43215' } });
});

afterEach(() => world.close());

/** At that moment of Greenwich a call of ours about the account. */
function call(at: string, other: Partial<AskedContact> = {}): AskedContact {
  return {
    party: 'us',
    channel: 'call',
    purpose: 'collection',
    accountIds: [accountId],
    at: instant(at),
    automated: false,
    place: 'unknown',
    offersOptOut: true,
    validationNotice: false,
    ...other,
  };
}

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

/** A row of a vendor's log; what matters is said. */
function row(id: string, at: string, other: Partial<Record<(typeof vendorContactColumns)[number], string>> = {}): string {
  const usual = {
    direction: 'out',
    channel: 'call',
    purpose: 'collection',
    outcome: 'noAnswer',
    automated: 'no',
    place: 'unknown',
    opt_out: 'no',
    said: '',
  };
  const told: Readonly<Record<string, string>> = {
    ...usual,
    contact_id: id,
    placement_id: 'A100-p1',
    at,
    validation_notice: 'no',
    ...other,
  };
  return vendorContactColumns.map((column) => told[column] ?? '').join(',');
}

function log(...rows: readonly string[]): string {
  return `${[vendorContactColumns.join(','), ...rows].join('\n')}\n`;
}

describe('the contact log of a vendor', () => {
  const notice = row('n1', '2026-05-02T15:00:00Z', { channel: 'letter', purpose: 'notice', outcome: 'sent', validation_notice: 'yes' });
  const calls = Array.from({ length: 8 }, (_, n) => row(`c${n}`, `2026-05-${10 + (n % 4)}T1${5 + Math.floor(n / 4)}:00:00-04:00`));

  beforeEach(async () => {
    const placed = { reference: 'A100-p1', vendor: 'VENDOR1', tier: 'badDebt1', status: 'placed', balanceCents: 148_000n, paidCents: 0n };
    const days = { offeredOn: new Date('2026-05-01'), placedOn: new Date('2026-05-01'), recallSentOn: new Date('2026-06-01') };
    await world.store.prisma.placement.create({ data: { accountId, placementId: 'p1', ...placed, ...days } });
  });

  const found = async (all = false) =>
    (await office.violations({ all, limit: 100 })).map(({ contactKey, policyId, basis }) => `${contactKey} ${policyId} ${basis}`);

  test('is one ledger with ours: what was against the rules is found, and listed once', async () => {
    const night = row('night', '2026-05-20T21:30:00-04:00');
    const late = row('late', '2026-06-02T15:00:00Z');
    const first = await world.receive('contacts.csv', log(notice, ...calls, night));
    expect(first).toMatchObject({ status: 'stored', summary: '10 contacts recorded, 2 contacts against the rules' });
    const second = await world.receive('more.csv', log(late, ...calls));
    expect(second.summary).toBe('1 contacts recorded, 8 contacts already recorded, 1 contacts against the rules');
    expect(await found()).toEqual([
      'vendor:VENDOR1:late one-party practice',
      'vendor:VENDOR1:night reg-f-hours law',
      'vendor:VENDOR1:c7 reg-f-call-cap law',
    ]);
    expect(await countContactViolations(world.store.prisma, civilDate('2026-05-01'), civilDate('2026-05-31'))).toEqual([
      { party: 'VENDOR1', law: 2, practice: 0 },
    ]);
  });

  test('told in another order it is the same', async () => {
    await world.receive('last.csv', log(...calls.slice(4).toReversed()));
    expect(await found()).toEqual([]);
    await world.receive('first.csv', log(notice, ...calls.slice(0, 4)));
    expect(await found()).toEqual(['vendor:VENDOR1:c7 reg-f-call-cap law']);
  });

  test('what the person told the vendor binds us too', async () => {
    await world.receive(
      'contacts.csv',
      log(notice, row('stop', '2026-05-10T15:00:00Z', { direction: 'in', outcome: 'conversation', said: 'stop' })),
    );
    const answer = await office.check(guarantorId, call('2026-06-16T15:00:00Z'));
    expect(answer).toMatchObject({ refusals: [{ policyId: 'house-revocation' }] });
    expect((await office.ledger(guarantorId, 9))?.consents).toMatchObject([{ act: 'revoked', channel: 'call', how: 'told VENDOR1' }]);
  });

  test('a dispute stops the vendor until it says that it verified', async () => {
    const said = (id: string, at: string, word: string) =>
      row(id, at, { direction: 'in', channel: 'letter', purpose: 'answer', outcome: 'sent', said: word });
    await world.receive('contacts.csv', log(notice, said('d', '2026-05-10T15:00:00Z', 'dispute'), row('too soon', '2026-05-12T15:00:00Z')));
    expect(await found()).toEqual(['vendor:VENDOR1:too soon reg-f-validation law']);
    const validation = {
      party: 'VENDOR1',
      accountId,
      firstCommunicationOn: '2026-05-02',
      noticeOn: '2026-05-02',
      disputedOn: '2026-05-10',
    };
    expect((await office.ledger(guarantorId, 9))?.validations).toEqual([
      { ...validation, noticeDueOn: '2026-05-07', disputeUntil: '2026-06-07' },
    ]);
    await world.receive('more.csv', log(said('v', '2026-05-14T15:00:00Z', 'verified'), row('then', '2026-05-15T15:00:00Z')));
    expect(await found()).toEqual(['vendor:VENDOR1:too soon reg-f-validation law']);
  });

  test('what is known later clears a violation, but not one that was reviewed', async () => {
    const robots = ['r1', 'r2'].map((id, n) => row(id, `2026-05-1${n}T15:00:00Z`, { automated: 'yes' }));
    await world.receive('contacts.csv', log(notice, ...robots));
    expect(await found()).toEqual(['vendor:VENDOR1:r2 tcpa-consent law', 'vendor:VENDOR1:r1 tcpa-consent law']);
    const [one] = await office.violations({ all: false, limit: 1 });
    expect(await office.review(one?.id ?? '', { by: 'kim', note: 'asked the vendor' })).toBe(true);
    expect(await office.review(one?.id ?? '', { by: 'kim', note: 'again' })).toBe(false);
    const consent = {
      key: 'form',
      act: 'given',
      channel: 'call',
      purpose: 'all',
      at: instant('2026-05-01T12:00:00Z'),
      how: 'form',
    } as const;
    expect(await office.consent(guarantorId, 'pat', consent)).toBe(true);
    expect(await office.consent(guarantorId, 'pat', consent)).toBe(false);
    expect(await found()).toEqual([]);
    expect(await found(true)).toEqual(['vendor:VENDOR1:r2 tcpa-consent law']);
  });

  test('a placement that is not known goes to a person; a number used twice refuses the file', async () => {
    const outcome = await world.receive('stray.csv', log(notice, row('x', '2026-05-10T15:00:00Z', { placement_id: 'B200-p1' })));
    expect(outcome.summary).toBe('1 contacts recorded, 1 contacts unmatched');
    expect(await world.store.prisma.task.findFirst({ where: { status: 'open', accountId: null } })).toMatchObject({ kind: 'readUnknown' });
    const reused = await world.receive('reused.csv', log(row('n1', '2026-05-11T15:00:00Z')));
    expect(reused).toMatchObject({
      status: 'refused',
      summary: 'column contact_id names a contact that is stored already and said something else',
    });
    const broken = await world.receive('broken.csv', log(row('b', '2026-05-11 15:00')));
    expect(broken).toMatchObject({
      status: 'refused',
      summary: 'row 2, column at: must be a moment with its offset, such as 2026-03-16T15:00:00-05:00',
    });
  });
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
