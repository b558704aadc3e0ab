import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createActivities } from '../../activities/create.ts';
import { fixedRules } from '../../activities/rule-library.ts';
import { envelope } from '../../client/scenario/to-x12.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { readsOf } from '../../client/reads.ts';
import { createPrisma, type PrismaClient } from '../../prisma/client.ts';
import { registerInboundFile } from '../../prisma/writes/inbound-file.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import { readX12File } from '../../rules/x12/read-file.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { freshDatabase } from '../support/database.ts';
import { largeRemittance } from '../support/large-remittance.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();
const worlds: StoredWorld[] = [];
const never = (): never => {
  throw new Error('nothing is sent here');
};

afterAll(async () => {
  for (const world of worlds) await world.close();
});

/** Claims of known and unknown accounts in one remittance of several batches, a small one, a held one, an unknown transaction, and a tail cut off. */
function everything(): Buffer {
  const [transaction] = readX12File(Buffer.from(fileText(claimOf('K0'), '2026-06-15'), 'latin1'));
  const [claim] = transaction?.kind === 'claims' ? transaction.claims : [];
  if (claim === undefined) throw new Error('one claim was written');
  const claims = Array.from({ length: 20 }, (_, n) => ({ ...claim, submissionKey: `K${n}` }));
  const from = envelope(civilDate('2026-06-15'), { from: 'HIS', to: 'UHC01', about: 'everything' });
  const keyOf = (n: number) => (n % 60 === 0 ? `K${n / 60}` : `STRANGER${n}`);
  const remittances = [
    { claims: 1_100, trace: 'BIG', keyOf },
    { claims: 3, trace: 'SMALL' },
    { claims: 2, trace: 'HELD', offByCents: 1 },
    { claims: 3, trace: 'SMALL', keyOf: (n: number) => `OTHER${n}` },
  ];
  const unknown = Buffer.from(fileText(claimOf('U1'), '2026-06-15').replaceAll('005010X222A1', '005010X999A1'));
  const cut = Buffer.from(fileText(claimOf('CUT'), '2026-06-15').replace(/\nSE\*[\s\S]*$/, '\n'));
  return Buffer.concat([
    Buffer.from(write837(from, claims), 'latin1'),
    ...remittances.flatMap((r) => [...largeRemittance(r)]),
    unknown,
    cut,
  ]);
}

const content = everything();

async function worldWith(file: Buffer): Promise<{ readonly world: StoredWorld; readonly fileId: string }> {
  const world = await StoredWorld.open({ knowledge });
  worlds.push(world);
  world.now = instant('2026-07-02T14:00:00Z');
  const { fileId } = await registerInboundFile(world.store.prisma, { name: 'all.edi', content: file, receivedAt: new Date(world.now) });
  return { world, fileId };
}

type Death = 'before-commit' | 'after-commit';

/** Lets one transaction through; the next is killed before or after its commit. */
function mortal(prisma: PrismaClient, death: Death): PrismaClient {
  let calls = 0;
  const transaction = async (work: (tx: never) => Promise<unknown>, options: object): Promise<unknown> => {
    calls += 1;
    const isLast = death === 'before-commit' ? calls === 2 : calls === 1;
    if (!isLast) return prisma.$transaction(work as never, options);
    if (death === 'after-commit') await prisma.$transaction(work as never, options);
    else
      await prisma.$transaction(async (tx) => {
        await work(tx as never);
        throw new Error('killed');
      }, options);
    throw new Error('killed');
  };
  return new Proxy(prisma, {
    get: (target, key) => {
      if (key === '$transaction') return transaction;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** @returns how often it was killed */
async function readWithDeaths({ world, fileId }: Awaited<ReturnType<typeof worldWith>>, death: Death): Promise<number> {
  for (let deaths = 0; ; deaths += 1) {
    const doors = { rules: fixedRules(knowledge), messenger: { deliver: never }, gateway: { deliver: never, find: never } };
    const { readInboundFile } = createActivities({ prisma: mortal(world.store.prisma, death), ...doors });
    try {
      await readInboundFile({ fileId });
      return deaths;
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('killed')) throw error;
    }
  }
}

/** Everything a file may leave, without what differs by chance: ids and moments. */
async function endState({ store: { prisma } }: StoredWorld): Promise<unknown> {
  const rows = {
    files: await prisma.inboundFile.findMany(),
    transactions: await prisma.inboundTransaction.findMany({ orderBy: { offset: 'asc' } }),
    remittances: await prisma.remittance.findMany({ orderBy: { offset: 'asc' }, include: { providerAdjustments: true } }),
    claims: await prisma.remittanceClaim.findMany({
      orderBy: { offset: 'asc' },
      include: { account: { select: { accountNumber: true } } },
    }),
    events: await prisma.accountEvent.findMany({ orderBy: [{ ordinal: 'asc' }] }),
    tasks: await prisma.task.findMany({ orderBy: [{ offset: 'asc' }, { kind: 'asc' }] }),
    numbers: await prisma.payerClaimNumber.findMany({ orderBy: { number: 'asc' } }),
    submissions: await prisma.submission.findMany({ orderBy: { offset: 'asc' } }),
    accounts: await prisma.account.findMany({ orderBy: { accountNumber: 'asc' } }),
  };
  const chance = new Set(['recordedAt', 'readAt', 'startedAt', 'ordinal']);
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  const text = JSON.stringify(rows, (key, value: unknown) => (chance.has(key) ? null : typeof value === 'bigint' ? Number(value) : value));
  return JSON.parse(text.replaceAll(uuid, 'ID'));
}

let undisturbed: unknown;
let outcome: unknown;

beforeAll(async () => {
  const { world, fileId } = await worldWith(content);
  outcome = await world.activities.readInboundFile({ fileId });
  undisturbed = await endState(world);
});

test('a file of many kinds is stored as far as it can be', () => {
  expect(outcome).toEqual({
    status: 'partlyStored',
    summary:
      '20 new accounts, 19 remittance claims posted, 1084 remittance claims unmatched, 1 remittances held, 1 remittances refused (remittance.trace-reused), 1 unknown transactions',
    undelivered: 40 + 19,
  });
});

describe('a file whose reader is killed between any two steps', () => {
  test.each(['before-commit', 'after-commit'] as const)(
    '(%s) ends as if nothing had happened',
    async (death) => {
      const killed = await worldWith(content);
      expect(await readWithDeaths(killed, death)).toBeGreaterThan(12);
      expect(await endState(killed.world)).toEqual(undisturbed);
    },
    120_000,
  );
});

test('a process killed with -9 in the middle of a remittance leaves no duplicate and no gap', async () => {
  const claims = 6_000;
  const databaseUrl = await freshDatabase();
  const { prisma, close } = createPrisma(databaseUrl, 2);
  const whole = Buffer.concat([...largeRemittance({ claims, trace: 'KILL' })]);
  const { fileId } = await registerInboundFile(prisma, { name: 'k.835', content: whole, receivedAt: new Date() });
  const script = join(import.meta.dirname, '../support/reading-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, databaseUrl, fileId], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  while ((await prisma.remittanceClaim.count()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  await ended;
  const { status } = await prisma.inboundFile.findUniqueOrThrow({ where: { id: fileId } });
  const left = await prisma.remittanceClaim.count();
  expect([status, left > 0 && left < claims, await prisma.task.count()]).toEqual(['registered', true, 0]);

  const { readInboundFile } = createActivities({
    prisma,
    rules: fixedRules(knowledge),
    messenger: { deliver: never },
    gateway: { deliver: never, find: never },
  });
  expect(await readInboundFile({ fileId })).toMatchObject({ status: 'stored', summary: '6000 remittance claims unmatched' });
  const stored = await prisma.remittanceClaim.findMany({ select: { submissionKey: true }, orderBy: { offset: 'asc' } });
  expect(stored.map(({ submissionKey }) => submissionKey)).toEqual(Array.from({ length: claims }, (_, n) => `LARGE${n}`));
  await close();
});

describe('what a person is asked', () => {
  test('about many unmatched claims is one question with their number and dollars; about a few, one each', async () => {
    const { world, fileId } = await worldWith(content);
    await world.activities.readInboundFile({ fileId });
    const tasks = await world.store.prisma.task.findMany({ where: { status: 'open' }, orderBy: { offset: 'asc' } });
    expect(tasks.map(({ kind, title, amountCents }) => [kind, title, Number(amountCents)])).toEqual([
      ['matchRemittances', 'Find the accounts of 1,081 claims of one remittance', 1_081 * 24_000],
      ...Array.from({ length: 3 }, () => ['matchRemittance', 'Find the account of a remittance claim', 24_000]),
      ['resolveImbalance', 'Ask the payer for a remittance that balances', 2 * 24_000 + 1],
      ['resolveReusedTrace', 'Ask the payer why a trace number came twice with different content', 3 * 24_000],
      ['readUnknown', expect.any(String), 0],
      ['repairFile', 'Ask for the part of a file that could not be read', 0],
    ]);
    const { unmatchedOfFile } = readsOf(world.store.prisma);
    const first = await unmatchedOfFile(fileId, { after: -1, limit: 3 });
    expect(first.claims.map(({ submissionKey, paidCents, candidates }) => [submissionKey, paidCents, candidates])).toEqual(
      [1, 2, 3].map((n) => [`STRANGER${n}`, 24_000, []]),
    );
    const last = await unmatchedOfFile(fileId, { after: (first.next ?? 0) + 1, limit: 10_000 });
    expect([last.claims.length, last.next]).toEqual([1_081 + 3 - 3, null]);
  });

  test('is nothing before the last segment of a remittance has come', async () => {
    const whole = Buffer.concat([...largeRemittance({ claims: 1_200, trace: 'CUT' })]);
    const { world, fileId } = await worldWith(whole.subarray(0, whole.length - 60));
    expect(await world.activities.readInboundFile({ fileId })).toMatchObject({ status: 'refused', undelivered: 0 });
    const { prisma } = world.store;
    expect([await prisma.remittance.count(), await prisma.remittanceClaim.count(), await prisma.task.count()]).toEqual([0, 0, 0]);
  });
});
