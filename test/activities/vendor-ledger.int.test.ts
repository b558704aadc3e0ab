import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../client/knowledge.ts';
import { contactOfficeOn } from '../../client/contacts.ts';
import { vendorChecks } from '../../client/doctor-vendors.ts';
import { vendorLedgerOf } from '../../client/vendor-ledger.ts';
import { readDifferences, readLatestInventory } from '../../prisma/reads/vendor-ledger.ts';
import { submitSettlement } from '../../prisma/writes/task-form.ts';
import { acceptDifference } from '../../prisma/writes/vendor-differences.ts';
import { type CivilDate, civilDate as on, instant } from '../../rules/domain/civil-date.ts';
import { readOurBooks } from '../../rules/vendors/our-books.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';

/** One vendor, four accounts, in the order of the days: placed 2026-06-02 (day 120), three accepted; what it lists and remits, and what follows. */
let world: StoredWorld;

beforeAll(async () => {
  world = await StoredWorld.open({ knowledge: loadKnowledge() });
  await world.goTo(on('2026-02-02'));
  for (const [account, owed] of Object.entries(owedBy)) {
    await world.receive(`${account}.837`, fileText(claimOf(account), '2026-01-28'));
    const paid = (1080 - Number(owed)).toFixed(2);
    const more = { paid, adjust: ['CO-45 400.00', `PR-1 ${owed}`] };
    await world.receive(`${account}.835`, fileText(remittanceOf(account, more, { trace: `T-${account}` }), '2026-02-02'));
  }
  await world.goTo(on('2026-06-03'));
  for (const account of ['L1', 'L2', 'L3']) await say({ vendor: { account, event: 'ack-accepted' } }, '2026-06-03');
  await say({ vendor: { account: 'L4', event: 'ack-rejected', reason: 'no address' } }, '2026-06-03');
  await world.goTo(on('2026-07-01'));
  await say({ payment: { account: 'L2', id: 'V-L2', amount: '200.00', via: 'vendor' } }, '2026-07-01');
}, 240_000);

afterAll(() => world?.close());

const owedBy = { L1: '412.50', L2: '350.00', L3: '275.00', L4: '300.00' };

async function say(told: object, day: string): Promise<void> {
  await world.receive(`${JSON.stringify(told).length}-${day}.csv`, fileText(told, day));
}

let files = 0;
const inventoryHeader = 'vendor,as_of,placement_id,status,balance,last_worked_on';
const remitHeader = 'vendor,remit_id,remitted_on,placement_id,payment_id,paid_on,paid_to,paid_by,amount,fee';

async function inventory(asOf: string, rows: readonly string[], total: string, more = ''): Promise<unknown> {
  await world.goTo(on(asOf));
  const lines = rows.map((row) => `VENDOR1,${asOf},${row}`);
  const text = [inventoryHeader, ...lines, `TRL,VENDOR1,${asOf},${rows.length},${total}`].join('\r\n');
  return (await world.receive(`inventory-${(files += 1)}.csv`, `${text}\r\n${more}`)).summary;
}

async function remit(
  id: string,
  day: string,
  { rows, total }: { readonly rows: readonly string[]; readonly total: string },
): Promise<unknown> {
  await world.goTo(on(day));
  const lines = rows.map((row) => `VENDOR1,${id},${day},${row}`);
  const text = [remitHeader, ...lines, `TRL,VENDOR1,${id},${day},${rows.length},${total}`].join('\r\n');
  return (await world.receive(`remit-${(files += 1)}.csv`, `${text}\r\n`)).summary;
}

async function standing() {
  return (await readDifferences(world.store.prisma, { vendor: 'VENDOR1' })).map((d) => [d.kind, d.about, d.oursCents, d.theirsCents]);
}

async function tasks() {
  const rows = await world.store.prisma.task.findMany({
    where: { kind: 'settleVendorDifferences' },
    orderBy: [{ openedOn: 'asc' }, { title: 'asc' }],
  });
  return rows.map(({ title, status, amountCents }) => [title, status, Number(amountCents)]);
}

const agreed = ['L1-p1,open,412.50,2026-06-20', 'L2-p1,open,150.00,2026-06-30', 'L3-p1,open,275.00,'];

describe('inventories', () => {
  test('a first list: what differs is found both ways, and one task stands for each kind', async () => {
    const rows = ['L1-p1,open,412.50,2026-06-20', 'L2-p1,open,350.00,2026-06-30', 'X9-p1,open,80.00,'];
    expect(await inventory('2026-07-06', rows, '842.50')).toBe('1 placements matched, 3 differences found');
    expect(await standing()).toEqual([
      ['balance', 'L2-p1', 15_000, 35_000],
      ['extra', 'X9-p1', 0, 8_000],
      ['missing', 'L3-p1', 27_500, 0],
    ]);
    expect(await tasks()).toEqual([
      ['Settle 1 difference with vendor VENDOR1 (balance)', 'open', 20_000],
      ['Settle 1 difference with vendor VENDOR1 (extra)', 'open', 8_000],
      ['Settle 1 difference with vendor VENDOR1 (missing)', 'open', 27_500],
    ]);
  });

  test('the same list again, even in other bytes, changes nothing', async () => {
    const before = [await standing(), await tasks()];
    const rows = ['L1-p1,open,412.50,2026-06-20', 'L2-p1,open,350.00,2026-06-30', 'X9-p1,open,80.00,'];
    expect(await inventory('2026-07-06', rows, '842.50')).toBe('1 placements matched, 3 differences found');
    expect(await inventory('2026-07-06', rows, '842.50', '\r\n')).toBe('1 placements matched, 3 differences that still stand');
    expect([await standing(), await tasks()]).toEqual(before);
    expect(await world.store.prisma.vendorDifference.count()).toBe(3);
  });

  test('what a person accepts is asked no longer, and speaks again with another amount', async () => {
    const { prisma } = world.store;
    const extra = (await readDifferences(prisma, { vendor: 'VENDOR1', kinds: ['extra'] }))[0];
    const accepted = { by: 'sam', on: on('2026-07-06'), note: 'of another client' };
    expect(await acceptDifference(prisma, extra?.id ?? '', accepted)).toBe(true);
    expect((await tasks()).map(([, status]) => status)).toEqual(['open', 'done', 'open']);
    expect(await acceptDifference(prisma, randomUUID(), accepted)).toBe(false);
    expect(await inventory('2026-07-07', [...agreed, 'X9-p1,open,80.00,'], '917.50')).toBe(
      '3 placements matched, 1 differences that still stand, 2 differences settled',
    );
    expect((await readDifferences(prisma, { vendor: 'VENDOR1' }))[0]).toMatchObject({
      kind: 'extra',
      accepted,
      firstFoundOn: '2026-07-06',
    });
    expect((await tasks()).map(([, status]) => status)).toEqual(['done', 'done', 'done']);
    await inventory('2026-07-08', [...agreed, 'X9-p1,open,90.00,'], '927.50');
    expect((await readDifferences(prisma, { vendor: 'VENDOR1' }))[0]).toMatchObject({ theirsCents: 9_000, accepted: null });
    expect((await tasks()).filter(([, status]) => status === 'open')).toHaveLength(1);
  });

  test('a list without differences settles the rest; an older one changes nothing', async () => {
    expect(await inventory('2026-07-09', agreed, '837.50')).toBe('3 placements matched, 1 differences settled');
    expect(await standing()).toEqual([]);
    const old = [inventoryHeader, 'TRL,VENDOR1,2026-07-08,0,0'].join('\n');
    expect((await world.receive('old.csv', old)).summary).toBe('1 inventories older than the last');
    expect(await standing()).toEqual([]);
    expect(await readLatestInventory(world.store.prisma, 'VENDOR1')).toMatchObject({
      asOf: '2026-07-09',
      ours: 3,
      theirs: 3,
      differing: 0,
    });
  });

  test.each([
    ['cut short', (text: string) => text.replace(/TRL.*/, ''), 'the file must end with its TRL record: it is not whole'],
    [
      'of a vendor without a contract',
      (text: string) => text.replaceAll('VENDOR1', 'NOBODY'),
      'column vendor names nobody with a contract (rules/reference/vendor-contracts.json)',
    ],
  ])('a list %s is refused', async (_, change, reason) => {
    const text = [inventoryHeader, 'VENDOR1,2026-07-10,L1-p1,open,1.00,', 'TRL,VENDOR1,2026-07-10,1,1.00'].join('\n');
    expect(await world.receive('bad.csv', change(text))).toMatchObject({ status: 'refused', summary: reason });
    expect(await standing()).toEqual([]);
  });
});

describe('remits', () => {
  const paid = 'L2-p1,V-L2,2026-07-01,vendor,patient,200.00';

  test('a fee above the contract: 22.5 % of 200.00 is 45.00', async () => {
    const said = await remit('R1', '2026-07-10', { rows: [`${paid},50.00`], total: '200.00,50.00,150.00' });
    expect(said).toBe('1 payments remitted, 1 differences found');
    expect(await standing()).toEqual([['fee', 'V-L2', 4_500, 5_000]]);
  });

  test('the same remit again changes nothing; its number with other money is refused', async () => {
    const same = [remitHeader, `VENDOR1,R1,2026-07-10,${paid},50.00`, 'TRL,VENDOR1,R1,2026-07-10,1,200.00,50.00,150.00'];
    expect((await world.receive('again.csv', same.join('\n'))).summary).toBe('1 remits already recorded');
    const other = same.map((line) => line.replaceAll('50.00', '40.00'));
    expect(await world.receive('other.csv', other.join('\n'))).toMatchObject({
      status: 'refused',
      summary: 'column remit_id names a remit of VENDOR1 that is stored already and said something else',
    });
    expect(await world.store.prisma.vendorRemit.count()).toBe(1);
    expect(await standing()).toEqual([['fee', 'V-L2', 4_500, 5_000]]);
  });

  test('corrected in the next remit it is settled', async () => {
    const said = await remit('R2', '2026-07-17', { rows: ['L2-p1,V-L2,2026-07-01,vendor,patient,0,-5.00'], total: '0,-5.00,5.00' });
    expect(said).toBe('1 payments remitted, 1 differences settled');
    expect(await standing()).toEqual([]);
  });

  test('money that does not come is found with the next list after its 15 days, and settled by the remit that brings it', async () => {
    await world.goTo(on('2026-07-20'));
    await say({ payment: { account: 'L1', id: 'V-L1', amount: '100.00', via: 'vendor' } }, '2026-07-20');
    const list = ['L1-p1,open,312.50,2026-07-20', ...agreed.slice(1)];
    expect(await inventory('2026-08-04', list, '737.50')).toBe('3 placements matched');
    expect(await inventory('2026-08-05', list, '737.50')).toBe('3 placements matched, 1 differences found');
    expect(await standing()).toEqual([['notRemitted', 'V-L1', 10_000, 0]]);
    const rows = ['L1-p1,V-L1,2026-07-20,vendor,patient,100.00,22.50'];
    expect(await remit('R3', '2026-08-07', { rows, total: '100.00,22.50,77.00' })).toBe(
      '1 payments remitted, 1 differences found, 1 differences settled',
    );
    expect(await standing()).toEqual([['total', 'R3', 7_750, 7_700]]);
  });

  test('of what was found nothing is forgotten', async () => {
    const rows = await world.store.prisma.vendorDifference.findMany({ orderBy: [{ firstFoundOn: 'asc' }, { kind: 'asc' }] });
    const days = (date: Date | null): CivilDate | null => (date === null ? null : on(date.toISOString().slice(0, 10)));
    expect(rows.map((row) => [row.kind, days(row.firstFoundOn), days(row.settledOn)])).toEqual([
      ['balance', '2026-07-06', '2026-07-07'],
      ['extra', '2026-07-06', '2026-07-09'],
      ['missing', '2026-07-06', '2026-07-07'],
      ['fee', '2026-07-10', '2026-07-17'],
      ['notRemitted', '2026-08-05', '2026-08-07'],
      ['total', '2026-08-07', null],
    ]);
  });
});

test('a task that a person ended comes again with the next file while something stands', async () => {
  const { prisma } = world.store;
  const open = async () => prisma.task.findMany({ where: { kind: 'settleVendorDifferences', status: 'open' } });
  const [task, ...others] = await open();
  expect([task?.title, others]).toEqual(['Settle 1 difference with vendor VENDOR1 (total)', []]);
  const settlement = { outcome: 'handled', by: 'sam', note: 'asked by phone' } as const;
  const formId = randomUUID();
  await submitSettlement(prisma, { taskId: task?.id ?? '', settlement, formId });
  expect(await world.activities.settleUnmatched({ taskId: task?.id ?? '', formId, asOf: world.now })).toMatchObject({ kind: 'settled' });
  expect(await open()).toEqual([]);
  await inventory('2026-08-10', ['L1-p1,open,312.50,2026-07-20', ...agreed.slice(1)], '737.50');
  expect((await open()).map(({ title }) => title)).toEqual(['Settle 1 difference with vendor VENDOR1 (total)']);
});

describe('what people see of it', () => {
  const noon = () => Date.parse('2026-09-10T16:00:00Z');
  const ledger = () => vendorLedgerOf(world.store.prisma, noon);

  test('the vendor, with its money and its differences by age', async () => {
    expect((await ledger().list()).map(({ vendor, placed, refused, differences }) => [vendor, placed, refused, differences])).toEqual([
      ['EARLYOUT1', 0, 0, 0],
      ['VENDOR1', 3, 1, 1],
      ['VENDOR2', 0, 0, 0],
    ]);
    const shown = await ledger().show('VENDOR1');
    expect(shown?.ageing.filter(({ count }) => count > 0)).toEqual([{ name: '31-60', count: 1, cents: 50 }]);
    expect(shown?.cash).toEqual({
      matched: 2,
      inFlight: 0,
      differing: 0,
      grossCents: 30_000,
      chargedFeeCents: 6_750,
      expectedFeeCents: 6_750,
    });
    expect(await ledger().show('NOBODY')).toBeNull();
  });

  test('what it never worked, and how it does', async () => {
    expect((await ledger().neverWorked('VENDOR1'))?.map(({ reference, days }) => [reference, days])).toEqual([['L3-p1', 68]]);
    const card = await ledger().scorecard('VENDOR1');
    expect(card?.batches.map(({ month, placements, collectedCents }) => [month, placements, collectedCents])).toEqual([
      ['2026-06', 3, 30_000],
    ]);
    expect([card?.placements, card?.refused, card?.liquidationBasisPoints, card?.acknowledgement.median]).toEqual([3, 1, 2_892, 1]);
  });

  test('how often it reached people as it should not have', async () => {
    const contacts = contactOfficeOn(world.store.prisma);
    const atNight = { key: 'night', party: 'VENDOR1', channel: 'call', at: instant('2026-07-02T07:00:00Z'), accountIds: [] } as const;
    const made = { ...atNight, purpose: 'collection', direction: 'out', outcome: 'noAnswer', place: 'unknown' } as const;
    const asked = { ...made, automated: false, offersOptOut: false, validationNotice: false };
    const { violations } = await contacts.record((await contacts.find('L1')) ?? '', 'pat', asked);
    const { law = 0, practice = 0 } = (await ledger().scorecard('VENDOR1'))?.contactViolations ?? {};
    expect([law > 0, law + practice]).toEqual([true, violations]);
  });

  test('our books, read back, match as the database does', async () => {
    const { placements, payments } = readOurBooks(Buffer.from(await ledger().books('VENDOR1', on('2026-08-05'))));
    expect(placements.map((one) => [one.reference, one.status, one.balanceCents, one.ageDays])).toEqual([
      ['L1-p1', 'placed', 31_250, 120],
      ['L2-p1', 'placed', 15_000, 120],
      ['L3-p1', 'placed', 27_500, 120],
      ['L4-p1', 'refused', 30_000, 120],
    ]);
    expect(payments.map(({ paymentId, reference }) => [paymentId, reference])).toEqual([
      ['V-L1', 'L1-p1'],
      ['V-L2', 'L2-p1'],
    ]);
  });

  test('the doctor names what stands for more than 30 days', async () => {
    const found = (days: string) => vendorChecks(world.store.prisma, () => Date.parse(`${days}T16:00:00Z`));
    const failing = (checks: Awaited<ReturnType<typeof found>>) => checks.filter(({ ok }) => !ok).map((check) => check.found);
    expect(failing(await found('2026-09-06'))).toEqual([]);
    expect(failing(await found('2026-09-07'))).toEqual(['1: VENDOR1 total R3 $0.50']);
  });
});
