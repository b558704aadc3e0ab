import type { Client } from '@temporalio/client';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { vendorContactColumns } from '../../activities/feeds/vendor-contacts.ts';
import { examine } from '../../client/doctor.ts';
import { countContactViolations } from '../../prisma/reads/contacts.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import type { ContactOffice } from '../../client/contacts.ts';
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
    const doctor = await examine({ prisma: world.store.prisma, client: {} as Client, accounts: { state: async () => null } });
    expect(doctor.find(({ name }) => name.startsWith('contacts against'))).toMatchObject({
      ok: false,
      found: expect.stringContaining('VENDOR1 2026-05-21 reg-f-hours'),
      next: expect.stringContaining('recourse contact violations'),
    });
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
