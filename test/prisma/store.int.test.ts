import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../client/knowledge.ts';
import { examine } from '../../prisma/reads/doctor.ts';
import { countByQueue, readQueuePage } from '../../prisma/reads/queue-page.ts';
import { rebuildAccount } from '../../prisma/reads/rebuild.ts';
import { registerInboundFile } from '../../prisma/writes/inbound-file.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();

let world: StoredWorld;
let accountId: string;

beforeEach(async () => {
  world = await StoredWorld.open({ knowledge });
  world.now = instant('2026-06-16T14:00:00Z');
  await world.receive('a.837', fileText(claimOf('A100'), '2026-06-15'));
  accountId = await world.accountId('A100');
});

afterEach(() => world.close());

test('a queue is read page by page, the most urgent first and none twice', async () => {
  const { prisma } = world.store;
  const fileId = '00000000-0000-7000-8000-0000000000ff';
  for (const [day, count] of [
    [20, 2],
    [18, 3],
    [19, 2],
  ] as const) {
    const task = { kind: 'matchClaim', title: `of day ${day}`, reason: '', payerId: '', amountCents: 0, fileId, candidates: [] } as const;
    const tasks = Array.from({ length: count }, (_, offset) => ({ ...task, item: null, awaits: [], offset }));
    await prisma.$transaction((tx) => writeUnmatched(tx, tasks, civilDate(`2026-06-${day}`)));
  }
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await readQueuePage(prisma, { queue: 'unmatched', limit: 3, ...(after === undefined ? {} : { after }) });
    seen.push(...page.tasks.map((task) => `${task.safeByOn} ${task.id}`));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toHaveLength(7);
  expect(new Set(seen).size).toBe(7);
  expect(seen).toEqual([...seen].sort());
  expect(await countByQueue(prisma)).toEqual({ unmatched: 7 });
});

test('a projection that something wrote past the events is found by folding them again', async () => {
  const { prisma } = world.store;
  const before = await rebuildAccount(prisma, accountId);
  expect(before?.stored).toEqual(before?.folded);
  await prisma.$executeRaw`UPDATE "Account" SET "projection" = jsonb_set("projection", '{eventCount}', '1') WHERE "id" = ${accountId}::uuid`;
  const after = await rebuildAccount(prisma, accountId);
  expect(after?.stored).not.toEqual(after?.folded);
  expect(await rebuildAccount(prisma, '00000000-0000-7000-8000-00000000dead')).toBeNull();
});

test('the doctor finds each thing that must not be', async () => {
  const { prisma } = world.store;
  expect(Object.values(await examine(prisma)).flat()).toEqual([]);
  await prisma.account.update({ where: { id: accountId }, data: { nextActionAt: null, balanceCents: 1 } });
  await prisma.accountEvent.updateMany({ where: { accountId, position: 1 }, data: { appliedSeq: null, deliveredAt: null } });
  const placement = { accountId, vendor: 'V', tier: 't', status: 'placed', balanceCents: 1, offeredOn: new Date(), paidCents: 0 };
  await prisma.placement.createMany({
    data: [
      { ...placement, placementId: 'p1', reference: 'A100-p1' },
      { ...placement, placementId: 'p2', reference: 'A100-p2' },
    ],
  });
  await registerInboundFile(prisma, { name: 'unread', content: new Uint8Array([1]), receivedAt: new Date() });
  const found = await examine(prisma);
  expect(found).toMatchObject({ doublyOwned: [accountId], undated: [accountId], unbalanced: [accountId] });
  expect(found.unappliedEvents).toHaveLength(1);
  expect(found.undeliveredEvents).toHaveLength(1);
  expect(found.unreadFiles).toHaveLength(1);
  await prisma.placement.deleteMany();
  expect((await examine(prisma)).unowned).toEqual([accountId]);
});

test('the same bytes are one file, under any name and from two ways in at once', async () => {
  const file = { content: new TextEncoder().encode('same'), receivedAt: new Date() };
  const both = await Promise.all([
    registerInboundFile(world.store.prisma, { ...file, name: 'one' }),
    registerInboundFile(world.store.prisma, { ...file, name: 'two' }),
  ]);
  expect(new Set(both.map(({ fileId }) => fileId)).size).toBe(1);
  expect(both.filter(({ isNew }) => isNew)).toHaveLength(1);
});

test('the sum of an account’s ledger lines is its balance, and every posted cent names its byte or its cause', async () => {
  const lines = await world.store.prisma.ledgerLine.findMany({ where: { accountId } });
  expect(lines.reduce((sum, { amountCents }) => sum + amountCents, 0n)).toBe(148_000n);
  expect(lines.filter(({ fileId, offset, cause }) => (fileId === null || offset === null) && cause === null)).toEqual([]);
});
