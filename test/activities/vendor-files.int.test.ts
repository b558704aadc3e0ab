import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createActivities } from '../../activities/create.ts';
import type { Gateway } from '../../activities/dependencies.ts';
import type { Activities } from '../../activities/index.ts';
import { fixedRules } from '../../activities/rule-library.ts';
import { contentHash } from '../../activities/vendors/content-hash.ts';
import { contactOfficeOn } from '../../client/contacts.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import type { PrismaClient } from '../../prisma/client.ts';
import { uuidv7 } from '../../prisma/ids.ts';
import { civilDate, instant, instantAt } from '../../rules/domain/civil-date.ts';
import { readRecords } from '../../rules/vendors/read-records.ts';
import { shippedContracts } from '../../rules/vendors/shipped-contracts.ts';
import { layoutFor } from '../../rules/vendors/vendor-files.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { Killed, Mortality, Receiver } from '../support/mortal.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();
const owed = { F1: '400.00', F2: '350.00', F3: '275.00' } as const;
let world: StoredWorld;
let fileName = '';

beforeAll(async () => {
  world = await StoredWorld.open({ knowledge });
  await world.goTo(civilDate('2026-03-16'));
  for (const [account, cents] of Object.entries(owed)) {
    await world.receive(`${account}.837`, fileText(claimOf(account), '2026-03-02'));
    const paid = { paid: (1080 - Number(cents)).toFixed(2), adjust: ['CO-45 400.00', `PR-1 ${cents}`] };
    await world.receive(`${account}.835`, fileText(remittanceOf(account, paid, { trace: `TRACE-${account}` }), '2026-03-16'));
  }
  await world.goTo(civilDate('2026-07-13'));
}, 120_000);

afterAll(() => world.close());

/** What each of them decides that day waits for one run. */
async function gatherAll(on: string): Promise<void> {
  world.now = instantAt(civilDate(on), 12, world.zone);
  for (const account of Object.keys(owed)) {
    const accountId = await world.accountId(account);
    for (const { key, kind } of (await world.advance(accountId)).commands)
      expect(await world.activities[kind]({ accountId, key, asOf: world.now })).toEqual({ eventId: null });
  }
}

async function stands(): Promise<readonly string[]> {
  const accounts = await Promise.all(Object.keys(owed).map((account) => world.account(account)));
  return accounts.map(({ patient }) => patient.placements.at(-1)?.status ?? 'none');
}

function tasksOf(kind: string) {
  return world.store.prisma.task.findMany({ where: { kind }, select: { status: true, outcome: true, amountCents: true } });
}

function acknowledgement(count: number, total: string, ...rejected: readonly string[]): string {
  return acknowledgementOf('2026-07-15', count, total, rejected);
}

function acknowledgementOf(on: string, count: number, total: string, rejected: readonly string[]): string {
  const rows = [
    `${fileName},received,${on},${count},${total},,`,
    ...rejected.map((one) => `${fileName},rejected,${on},,,${one},no address`),
  ];
  return `file,verdict,on,count,total,placement_id,reason\n${rows.join('\n')}\n`;
}

describe('placements', () => {
  test('of one vendor and run are one file, with no more than a vendor needs, and a last record that proves it whole', async () => {
    const contacts = contactOfficeOn(world.store.prisma);
    const said = { channel: 'email', purpose: 'all', how: 'on the web' } as const;
    const consent = async (account: string, act: 'given' | 'revoked', at: string) =>
      contacts.consent((await contacts.find(account)) ?? '', 'pat', { key: `${account} ${act}`, act, at: instant(at), ...said });
    await consent('F1', 'given', '2026-07-01T12:00:00Z');
    await consent('F2', 'given', '2026-07-01T12:00:00Z');
    await consent('F2', 'revoked', '2026-07-02T12:00:00Z');
    await gatherAll('2026-07-14');
    const before = world.delivered.length;
    await world.run();
    const [file, ...others] = world.delivered.slice(before);
    expect(others).toEqual([]);
    fileName = file?.name ?? '';
    expect(file?.folder).toBe('vendors/VENDOR1');
    const layout = layoutFor(shippedContracts, { vendor: 'VENDOR1', on: civilDate('2026-07-14') }, 'placement');
    if (layout === null) throw new Error('VENDOR1 has a layout');
    const records = readRecords(file?.content ?? '', layout, contentHash);
    expect(
      records
        .map((one) => [
          one.text('placementId'),
          one.cents('balanceCents'),
          one.date('firstStatementOn'),
          one.text('mayReportCredit'),
          one.text('consents'),
        ])
        .toSorted(([a], [b]) => String(a).localeCompare(String(b))),
    ).toEqual([
      ['F1-p1', 40_000, '2026-03-16', 'N', 'email:all'],
      ['F2-p1', 35_000, '2026-03-16', 'N', ''],
      ['F3-p1', 27_500, '2026-03-16', 'N', ''],
    ]);
    expect(records[0]?.cents('chargesCents')).toBe(148_000);
    expect(await world.store.prisma.vendorFile.findMany({ select: { name: true, count: true, totalCents: true, status: true } })).toEqual([
      { name: fileName, count: 3, totalCents: 102_500n, status: 'sent' },
    ]);
    expect(await stands()).toEqual(['offered', 'offered', 'offered']);
  });

  test.each([
    ['another count', 2, '1025.00', []],
    ['another total', 3, '1025.01', []],
    ['a refusal of what was not in it', 3, '1025.00', ['F9-p1']],
  ] as const)('are not placed when the vendor says %s, and one task asks why', async (_, count, total, rejected) => {
    await world.receive('ack.csv', acknowledgement(count, total, ...rejected));
    expect(await stands()).toEqual(['offered', 'offered', 'offered']);
    expect(await tasksOf('checkPlacementFile')).toEqual([{ status: 'open', outcome: null, amountCents: 102_500n }]);
  });

  test('are placed when both say the same, but for those refused; said again it changes nothing', async () => {
    await world.receive('ack.csv', acknowledgement(3, '1025.00', 'F2-p1'));
    expect(await stands()).toEqual(['placed', 'refused', 'placed']);
    expect(await tasksOf('checkPlacementFile')).toEqual([{ status: 'done', outcome: 'handled', amountCents: 102_500n }]);
    const again = await world.receive('again.csv', `${acknowledgement(3, '1025.00', 'F2-p1')}\n`);
    expect(again.summary).toContain('3 vendor events already recorded');
  });

  test('stay placed when a wrong count comes late that was put right before; one that is newer is asked about', async () => {
    const late = await world.receive('late.csv', acknowledgementOf('2026-07-14', 2, '1025.00', []));
    expect(late.summary).toContain('1 acknowledgements older than the one that agreed');
    const files = () => world.store.prisma.vendorFile.findMany({ select: { status: true, saidCount: true } });
    expect([(await tasksOf('checkPlacementFile')).length, await files()]).toEqual([1, [{ status: 'agreed', saidCount: 3 }]]);
    await world.receive('newer.csv', acknowledgementOf('2026-07-16', 2, '1025.00', []));
    expect((await tasksOf('checkPlacementFile')).map(({ status }) => status).toSorted()).toEqual(['done', 'open']);
    await world.receive('right.csv', acknowledgementOf('2026-07-17', 3, '1025.00', ['F2-p1']));
    expect((await tasksOf('checkPlacementFile')).map(({ status }) => status)).toEqual(['done', 'done']);
    expect(await stands()).toEqual(['placed', 'refused', 'placed']);
  });

  test('are not put in one file with what the layout cannot hold, or what changed meanwhile', async () => {
    const accountId = await world.accountId('F1');
    const long = { placementId: `p${'9'.repeat(40)}`, vendor: 'VENDOR2', tier: 'badDebt2', balanceCents: 40_000 };
    const changed = { ...long, placementId: 'p8', balanceCents: 1 };
    const inputs = [await issued(accountId, 'placeWithVendor', long), await issued(accountId, 'placeWithVendor', changed)];
    for (const input of inputs) await world.activities.placeWithVendor(input);
    expect(await send(world.activities, 'VENDOR2')).toMatchObject({ halted: null });
    expect((await reasonsOf(inputs)).toSorted()).toEqual([
      'layout.value: record 1, column placement (placementId): at most 25 characters, 44 came',
      'placement.balance-changed: the balance changed after it was decided to place it; it is decided again',
    ]);
  });
});

describe('what a vendor reports', () => {
  const payments =
    'placement_id,payment_id,paid,paid_on,basis,fee\nF1-p1,VP1,100.00,2026-07-20,direct,22.50\nF3-p1,VP2,25.00,2026-07-20,toClient,5.63\n';

  test('as paid to it is posted, as paid to us is looked for, and each once', async () => {
    await world.goTo(civilDate('2026-07-21'));
    await world.receive('paid.csv', payments);
    await world.receive('paid-again.csv', `${payments}\n`);
    const [one, three] = [await world.account('F1'), await world.account('F3')];
    expect(one.patient.placements.at(-1)).toMatchObject({ paidCents: 10_000, toldCents: 30_000, paymentIds: ['VP1'] });
    expect(three.patient.placements.at(-1)?.paidCents).toBe(0);
    expect(three.tasks.filter((t) => t.kind === 'checkVendor').map((t) => t.amountCents)).toEqual([2_500]);
    const stored = await world.store.prisma.vendorPayment.findMany({
      orderBy: { paymentId: 'asc' },
      select: { basis: true, feeCents: true },
    });
    expect(stored).toEqual([
      { basis: 'direct', feeCents: 2_250n },
      { basis: 'toClient', feeCents: 563n },
    ]);
  });

  test('in its own codes stops our side too, and calls the balance back', async () => {
    await world.receive('status.txt', 'PLACEMENT|STATUS|DATE|REFERENCE\nF3-p1|BKY|20260722|24-1234\n');
    expect((await world.account('F3')).holds.map((h) => h.reason)).toEqual(['bankruptcy']);
    expect(await stands()).toEqual(['placed', 'refused', 'recallSent']);
  });

  test('of a placement that nobody knows is a task, never lost', async () => {
    await world.receive('stray.csv', 'placement_id,returned_on,reason\nNOBODY-p1,2026-07-22,uncollectible\n');
    expect(await tasksOf('matchVendorEvent')).toMatchObject([{ status: 'open' }]);
  });

  test.each([
    [
      'whose last record tells another total',
      'PLACEMENT|PAYMENT|AMOUNT|DATE|BASIS|FEE\nF1-p1|VP9|5000|20260722|D|0\nTRL|1|4999\n',
      'it is not whole',
    ],
    [
      'with a status that nobody knows',
      'placement_id,status,on,reference\nF1-p1,gone,2026-07-22,\n',
      'line 2, column status: must be one of plan',
    ],
  ])('in a file %s is refused whole', async (_, text, message) => {
    const outcome = await world.receive('broken.csv', text);
    expect(outcome.status).toBe('refused');
    expect(outcome.summary).toContain(message.replace('it is not whole', 'the file is not whole'));
  });
});

let commands = 0;

/** A command that an account has just issued. */
async function issued(accountId: string, kind: 'placeWithVendor' | 'recallFromVendor' | 'updateVendor', params: object) {
  commands += 1;
  const key = `test${commands}`;
  const about = { kind, subject: { kind: 'patient' }, params, status: 'issued', issuedAt: new Date(world.now) };
  await world.store.prisma.intent.create({ data: { id: uuidv7(), accountId, key, ...about } });
  return { accountId, key, asOf: world.now };
}

function send(on: Activities, vendor: string) {
  return on.sendOutboundRun({ destination: `vendor:${vendor}`, asOf: world.now, clockShiftMs: 0, accountIds: null });
}

async function reasonsOf(inputs: readonly { readonly key: string }[]): Promise<readonly string[]> {
  const rows = await world.store.prisma.intent.findMany({ where: { key: { in: inputs.map(({ key }) => key) } }, select: { reason: true } });
  return rows.map(({ reason }) => reason ?? '');
}

function activitiesOn(prisma: PrismaClient, gateway: Gateway): Activities {
  return createActivities({ prisma, gateway, messenger: { deliver: () => Promise.resolve() }, rules: fixedRules(knowledge) });
}

test.each(['the commit', 'before the delivery', 'after the delivery', 'the next step after a commit'])(
  'a run of all three kinds that is killed at %s is one parcel of three files, and one file is remembered',
  async (point) => {
    const accountId = await world.accountId('F2');
    const placementId = `p${point.length}`;
    const about = { placementId, vendor: 'VENDOR2' };
    const place = await issued(accountId, 'placeWithVendor', { ...about, tier: 'badDebt2', balanceCents: 35_000 });
    const recall = await issued(accountId, 'recallFromVendor', { ...about, placementId: `r${point.length}`, reason: 'paid in full' });
    const update = await issued(accountId, 'updateVendor', {
      ...about,
      what: 'payment',
      on: '2026-07-22',
      cents: -100,
      balanceCents: 34_900,
      reference: null,
    });
    await world.activities.placeWithVendor(place);
    await world.activities.recallFromVendor(recall);
    await world.activities.updateVendor(update);
    const filesBefore = await world.store.prisma.vendorFile.count();
    const receiver = new Receiver(true);
    const mortality = new Mortality(point);
    await expect(send(activitiesOn(mortality.database(world.store.prisma), mortality.gateway(receiver)), 'VENDOR2')).rejects.toThrow(
      Killed,
    );
    await send(activitiesOn(world.store.prisma, receiver), 'VENDOR2');
    expect(receiver.taken).toHaveLength(1);
    expect(await world.store.prisma.vendorFile.count()).toBe(filesBefore + 1);
    const run = await world.store.prisma.outboundRun.findFirstOrThrow({
      where: { parcel: receiver.taken[0] ?? '' },
      include: { files: true },
    });
    expect(run.files.map(({ name }) => name.replace(/-\d+/, '')).toSorted()).toEqual(['placement.txt', 'recall.txt', 'update.txt']);
    const offered = await world.store.prisma.placement.findMany({ where: { accountId, placementId }, include: { vendorFile: true } });
    expect(offered.map(({ status, vendorFile }) => [status, vendorFile?.count])).toEqual([['offered', 1]]);
  },
  60_000,
);
