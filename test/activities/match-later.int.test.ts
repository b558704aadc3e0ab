import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../client/knowledge.ts';
import { readUnmatchedTask } from '../../prisma/reads/unmatched.ts';
import { registerInboundFile } from '../../prisma/writes/inbound-file.ts';
import { submitSettlement } from '../../prisma/writes/task-form.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';

const sent = fileText(claimOf('A100'), '2026-06-15');
const paid = fileText(remittanceOf('A100', { payerClaim: 'ICN1' }), '2026-07-01');
const reversed = fileText(
  remittanceOf(
    'A100',
    { payerClaim: 'ICN1', status: '22', charge: '-1480.00', paid: '-1080.00', adjust: ['CO-45 -400.00'] },
    { trace: 'TRACE2', provider: [{ code: 'FB', reference: 'F', amount: '-1080.00' }] },
  ),
  '2026-07-09',
);

let world: StoredWorld;

beforeEach(async () => {
  world = await StoredWorld.open({ knowledge: loadKnowledge() });
  world.now = instant('2026-07-10T14:00:00Z');
});

afterEach(() => world.close());

async function tasks() {
  const rows = await world.store.prisma.task.findMany({ where: { accountId: null }, orderBy: { id: 'asc' } });
  const read = await Promise.all(rows.map(({ id }) => readUnmatchedTask(world.store.prisma, id)));
  return read.flatMap((task) => (task === null ? [] : [task]));
}

async function register(name: string, text: string): Promise<string> {
  const content = Buffer.from(text, 'latin1');
  return (await registerInboundFile(world.store.prisma, { name, content, receivedAt: new Date(world.now) })).fileId;
}

/** What became of the account, its postings, what still waits, and what it was not told. */
async function standing(accountNumber: string) {
  const { lines } = await world.account(accountNumber);
  const { prisma } = world.store;
  const posted = await prisma.remittanceClaim.groupBy({ by: ['outcome'], _count: true, orderBy: { outcome: 'asc' } });
  return {
    payments: lines.flatMap(({ kind, cents }) => (kind === 'payerPayment' ? [cents] : [])),
    balance: lines.reduce((total, { cents }) => total + cents, 0),
    claims: posted.map(({ outcome, _count }) => `${_count} ${outcome}`),
    undelivered: await prisma.accountEvent.count({ where: { deliveredAt: null } }),
    awaited: await prisma.awaitedKey.count(),
  };
}

const asIfInOrder = { payments: [-108_000], balance: 0, claims: ['1 posted'], undelivered: 0, awaited: 0 };

describe('a remittance claim whose 837 comes later', () => {
  test('is posted by itself, ends its task with the reason, and teaches the payer’s number', async () => {
    expect(await world.receive('early.835', paid)).toMatchObject({ summary: '1 remittance claims unmatched' });
    expect(await tasks()).toMatchObject([{ status: 'open' }]);
    expect(await world.receive('one.837', sent)).toMatchObject({
      summary: '1 new accounts, 1 remittance claims that waited for them',
    });
    expect(await standing('A100')).toEqual(asIfInOrder);
    expect(await tasks()).toMatchObject([
      {
        status: 'done',
        outcome: 'matched',
        closedBy: 'intake',
        reason: 'Neither CLP01 nor CLP07 is known here. Matched by itself: its own claim, with exactly that key, came later with one.837.',
      },
    ]);
    expect(await world.store.prisma.payerClaimNumber.findMany({ select: { number: true } })).toEqual([{ number: 'ICN1' }]);
    expect((await world.account('A100')).lines.at(-1)?.source).toMatchObject({ fileId: await register('early.835', paid) });
  });

  test('comes to the same in the usual order, and changes nothing when either file comes again', async () => {
    await world.receive('one.837', sent);
    await world.receive('one.835', paid);
    const usual = (await world.account('A100')).lines.map(({ kind, cents }) => [kind, cents]);
    await world.close();
    world = await StoredWorld.open({ knowledge: loadKnowledge() });
    world.now = instant('2026-07-10T14:00:00Z');
    for (const [name, text] of [
      ['early.835', paid],
      ['early-again.835', `${paid}\n`],
      ['one.837', sent],
      ['one-again.837', `${sent}\n`],
      ['early-once-more.835', `${paid}\n\n`],
    ] as const)
      await world.receive(name, text);
    expect((await world.account('A100')).lines.map(({ kind, cents }) => [kind, cents])).toEqual(usual);
    expect(await standing('A100')).toEqual(asIfInOrder);
    expect(await tasks()).toHaveLength(1);
  });

  test('is posted before what took it back, in the order in which they came', async () => {
    await world.receive('early.835', paid);
    await world.receive('reversal.835', reversed);
    await world.receive('one.837', sent);
    expect(await standing('A100')).toEqual({ ...asIfInOrder, payments: [-108_000, 108_000], balance: 148_000, claims: ['2 posted'] });
  });

  test('is posted once when the process dies before the account was told', async () => {
    await world.receive('early.835', paid);
    world.beforeMessage = () => Promise.reject(new Error('the process is gone'));
    await expect(world.receive('one.837', sent)).rejects.toThrow('the process is gone');
    expect(await world.store.prisma.accountEvent.count({ where: { kind: 'remittancePosted', deliveredAt: null } })).toBe(1);
    world.beforeMessage = () => Promise.resolve();
    await world.receive('one.837', sent);
    expect(await standing('A100')).toEqual(asIfInOrder);
  });

  test('is posted once when the process dies before the 837 was settled: its transaction is done with or not begun', async () => {
    await world.receive('early.835', paid);
    const { prisma } = world.store;
    await prisma.$executeRaw`
      CREATE FUNCTION die() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'the process is gone'; END $$ LANGUAGE plpgsql`;
    await prisma.$executeRaw`CREATE TRIGGER dies BEFORE UPDATE OF "status" ON "Task" FOR EACH ROW EXECUTE FUNCTION die()`;
    await expect(world.receive('one.837', sent)).rejects.toThrow('the process is gone');
    expect(await prisma.account.count()).toBe(0);
    await prisma.$executeRaw`DROP TRIGGER dies ON "Task"`;
    await world.receive('one.837', sent);
    expect(await standing('A100')).toEqual(asIfInOrder);
  });

  test('is found however both files are read at the same time', async () => {
    for (let round = 0; round < 8; round += 1) {
      const account = `R${round}`;
      const early = await register('a.835', fileText(remittanceOf(account, {}, { trace: `T${round}` }), '2026-07-01'));
      const late = await register('a.837', fileText(claimOf(account), '2026-06-15'));
      await Promise.all([early, late].map((fileId) => world.activities.readInboundFile({ fileId })));
    }
    const left = await world.store.prisma.remittanceClaim.count({ where: { outcome: { not: 'posted' } } });
    expect({ left, open: (await tasks()).filter(({ status }) => status === 'open') }).toEqual({ left: 0, open: [] });
    expect(await world.store.prisma.accountEvent.count({ where: { kind: 'remittancePosted' } })).toBe(8);
  });

  test('is posted once when a person settles it at that moment, and that person hears how it ended', async () => {
    await world.receive('other.837', fileText(claimOf('B200'), '2026-06-15'));
    await world.receive('early.835', paid);
    const [task] = await tasks();
    const taskId = task?.id ?? '';
    const formId = randomUUID();
    const settlement = { outcome: 'matched', by: 'pat', accountId: await world.accountId('B200') } as const;
    await submitSettlement(world.store.prisma, { taskId, settlement, formId });
    const fileId = await register('one.837', sent);
    const [settled] = await Promise.all([
      world.activities.settleUnmatched({ taskId, formId, asOf: world.now }),
      world.activities.readInboundFile({ fileId }),
    ]);
    expect(await world.store.prisma.accountEvent.count({ where: { kind: 'remittancePosted' } })).toBe(1);
    const { accountId } = await world.store.prisma.remittanceClaim.findFirstOrThrow({ select: { accountId: true } });
    expect(settled).toMatchObject({ kind: 'settled', outcome: 'matched', accountId });
  });
});

describe('weaker evidence', () => {
  test('a key on a claim that is somebody else’s stays with a person, and so does the payer’s number', async () => {
    const foreign = fileText(remittanceOf('OTHER', { charge: '900.00', paid: '900.00', adjust: [], payerClaim: 'ICN1' }), '2026-07-01');
    await world.receive('collision.835', foreign.replace('CLP*OTHER*', 'CLP*A100*'));
    await world.receive('number.835', fileText(remittanceOf('LOST', { payerClaim: 'ICN7' }, { trace: 'T7' }), '2026-07-01'));
    await world.receive('one.837', sent);
    await world.receive('ack.277', fileText({ acknowledgement: { claim: 'A100', code: 'A2', payerClaim: 'ICN7' } }, '2026-07-02'));
    expect((await tasks()).map(({ status }) => status)).toEqual(['open', 'open']);
    expect((await world.account('A100')).claims[0]?.remittances).toEqual([]);
  });
});

describe('many claims of one remittance', () => {
  const accounts = Array.from({ length: 26 }, (_, n) => `M${String(n).padStart(2, '0')}`);
  const claims = accounts.map((claim) => ({
    claim,
    charge: '1480.00',
    paid: '1080.00',
    adjust: ['CO-45 400.00'],
    payerClaim: `I-${claim}`,
  }));
  const many = fileText({ remittance: { payer: 'UHC01', trace: 'MANY', claims } }, '2026-07-01');

  test('leave their one task one by one, and it ends with the last', async () => {
    await world.receive('many.835', many);
    for (const account of accounts.slice(0, 25)) await world.receive(`${account}.837`, fileText(claimOf(account), '2026-06-15'));
    const [before, ...others] = await tasks();
    expect(others).toEqual([]);
    expect(before).toMatchObject({ status: 'open', title: 'Find the account of a claim of one remittance', amountCents: 108_000 });
    await world.receive('last.837', fileText(claimOf('M25'), '2026-06-15'));
    expect(await tasks()).toMatchObject([
      { status: 'done', outcome: 'handled', closedBy: 'intake', reason: expect.stringContaining('last.837') },
    ]);
    expect(await standing('M25')).toEqual({ ...asIfInOrder, claims: ['26 posted'] });
  });
});
