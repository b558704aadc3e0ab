import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createActivities } from '../../activities/create.ts';
import { fixedRules } from '../../activities/rule-library.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { listHolds } from '../../prisma/reads/holds.ts';
import { uuidv7 } from '../../prisma/ids.ts';
import { registerInboundFile } from '../../prisma/writes/inbound-file.ts';
import { submitTaskForm } from '../../prisma/writes/task-form.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import type { Instruction } from '../../rules/domain/instruction.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();
const today = '2026-07-01';
let world: StoredWorld;
let n = 0;

beforeAll(async () => {
  world = await StoredWorld.open({ knowledge });
  world.now = instant('2026-07-01T14:00:00Z');
});

afterAll(() => world.close());

interface Decided {
  readonly account: string;
  readonly accountId: string;
  readonly key: string;
}

/** The payer leaves 200.00 to the patient and the rules decide for the first statement: it is issued, and nothing left yet. */
async function statementDecided(patient?: string): Promise<Decided> {
  n += 1;
  const account = `H${n}`;
  await world.receive(`${account}.837`, fileText(claimOf(account, patient === undefined ? {} : { patient }), '2026-06-15'));
  const accountId = await world.accountId(account);
  const paid = remittanceOf(account, { paid: '880.00', adjust: ['CO-45 400.00', 'PR-1 200.00'] }, { trace: `TRACE-${account}` });
  await store(`${account}.835`, fileText(paid, today));
  const { commands } = await world.advance(accountId);
  expect(commands.map(({ kind }) => kind)).toEqual(['sendStatement']);
  return { account, accountId, key: commands[0]?.key ?? 'none' };
}

/** Read and stored; the account is not told yet. */
async function store(name: string, text: string): Promise<{ readonly status: string; readonly summary: string }> {
  const receivedAt = new Date(world.now);
  const { fileId } = await registerInboundFile(world.store.prisma, { name, content: Buffer.from(text, 'latin1'), receivedAt });
  return world.activities.readInboundFile({ fileId });
}

function notice(account: string, hold: string, says = 'placed'): string {
  return `account_number,guarantor_id,hold,says,on,reference\n${account},,${hold},${says},${today},BK-26-1\n`;
}

/** Gathered, and taken by the run of the day. */
async function send(decided: Decided): Promise<Sent> {
  await gather(decided);
  return run(decided);
}

interface Sent {
  readonly intent: string;
  readonly reason: string | null;
  readonly left: number;
}

async function gather({ accountId, key }: Decided): Promise<void> {
  await world.activities.sendStatement({ accountId, key, asOf: world.now });
}

/** Print files: a parcel of statements has one beside its index and its manifest. */
function printed(): number {
  return world.delivered.filter(({ name }) => name.endsWith('.pdf')).length;
}

async function run({ accountId, key }: Decided, activities = world.activities): Promise<Sent> {
  const before = printed();
  await activities.sendOutboundRun({ destination: 'statements', asOf: world.now, clockShiftMs: 0, accountIds: [accountId] });
  const intent = await world.store.prisma.intent.findUniqueOrThrow({ where: { accountId_key: { accountId, key } } });
  return { intent: intent.status, reason: intent.reason, left: printed() - before };
}

async function told(accountId: string, form: Instruction): Promise<string> {
  return submitTaskForm(world.store.prisma, { accountId, taskId: '', form });
}

describe('a hold that comes between the decision and the sending', () => {
  test('by a file stops the statement, though the account has not heard of it', async () => {
    const decided = await statementDecided();
    await gather(decided);
    expect((await store('court.csv', notice(decided.account, 'bankruptcy'))).status).toBe('stored');
    const { intent, reason, left } = await run(decided);
    expect([intent, left]).toEqual(['refused', 0]);
    expect(reason).toContain('hold.stops: the hold "bankruptcy" stops it');
    await world.advance(decided.accountId);
    const account = await world.account(decided.account);
    expect(account.patient.statements).toEqual([]);
    expect(account.tasks.filter((task) => task.status === 'open')).toEqual([]);
    expect(await listHolds(world.store.prisma, { accountId: decided.accountId, limit: 10 })).toMatchObject([
      { hold: 'bankruptcy', since: today, reviewOn: '2026-09-29', source: 'file', reference: 'BK-26-1', owner: 'supervisor' },
    ]);
  });

  test('by a person stops it too, and once released it goes out once', async () => {
    const decided = await statementDecided();
    await gather(decided);
    const formId = await told(decided.accountId, { do: 'hold', by: 'pat', hold: 'dispute' });
    expect(await run(decided)).toMatchObject({ intent: 'refused', left: 0 });
    await world.advance(decided.accountId, { formIds: [formId] });
    const freed = await told(decided.accountId, { do: 'release', by: 'pat', hold: 'dispute' });
    const { commands } = await world.advance(decided.accountId, { formIds: [freed] });
    const again = { ...decided, key: commands[0]?.key ?? 'none' };
    expect(await send(again)).toEqual({ intent: 'sent', reason: null, left: 1 });
    expect(await send(again)).toEqual({ intent: 'sent', reason: null, left: 0 });
  });

  test.each(['scra', 'minor'])('%s does not stop a statement', async (hold) => {
    const decided = await statementDecided();
    await store(`${hold}.csv`, notice(decided.account, hold));
    expect(await send(decided)).toMatchObject({ intent: 'sent', left: 1 });
  });

  test('after a run that failed without sending takes the statement out of it, though its bytes are kept', async () => {
    const decided = await statementDecided();
    await gather(decided);
    const failing = createActivities({
      prisma: world.store.prisma,
      rules: fixedRules(knowledge),
      messenger: { deliver: () => Promise.resolve() },
      gateway: { deliver: () => Promise.reject(new Error('the line is down')), find: async () => ({ kind: 'absent' }) },
    });
    await expect(run(decided, failing)).rejects.toThrow('the line is down');
    await store('court-2.csv', notice(decided.account, 'bankruptcy'));
    expect(await run(decided)).toMatchObject({ intent: 'refused', left: 0 });
  });

  test('stops an offer of a plan, which is sent alone', async () => {
    const { account, accountId } = await statementDecided();
    const key = `offer-${account}`;
    const about = { kind: 'offerPaymentPlan', subject: { kind: 'patient' }, params: { instalmentCents: 1_000, months: 20 } };
    const data = { id: uuidv7(), accountId, key, ...about, status: 'issued', issuedAt: new Date(world.now) };
    await world.store.prisma.intent.create({ data });
    await store('offer.csv', notice(account, 'ceaseContact'));
    await world.activities.offerPaymentPlan({ accountId, key, asOf: world.now });
    const intent = await world.store.prisma.intent.findUniqueOrThrow({ where: { accountId_key: { accountId, key } } });
    expect(intent).toMatchObject({ status: 'refused', reason: expect.stringContaining('hold.stops') });
  });
});

describe('a hold of the person', () => {
  test('stored on one account stops what is about to leave from another, and goes there once it is taken', async () => {
    const one = await statementDecided('TWIN');
    const two = await statementDecided('TWIN');
    await gather(two);
    const formId = await told(one.accountId, { do: 'hold', by: 'pat', hold: 'attorney', reference: 'LTR-9' });
    expect(await run(two)).toMatchObject({ intent: 'refused', reason: expect.stringContaining('"attorney"'), left: 0 });
    const before = world.messages.length;
    await world.advance(one.accountId, { formIds: [formId] });
    const news = world.messages.slice(before);
    expect(news.map(({ accountId }) => accountId)).toEqual([two.accountId]);
    await world.advance(two.accountId, { eventIds: news[0]?.eventIds ?? [] });
    expect((await world.account(two.account)).holds).toMatchObject([{ reason: 'attorney', source: 'otherAccount', reference: 'LTR-9' }]);
    const freed = await told(two.accountId, { do: 'release', by: 'pat', hold: 'attorney' });
    await world.advance(two.accountId, { formIds: [freed] });
    await world.advance(one.accountId);
    expect((await world.account(one.account)).holds[0]?.releasedOn).toBe(today);
  });

  test('released on one account frees what leaves from it, though an ended account has not taken its own release', async () => {
    const one = await statementDecided('LAST');
    const two = await statementDecided('LAST');
    const placed = await told(one.accountId, { do: 'hold', by: 'pat', hold: 'deceased' });
    await world.advance(one.accountId, { formIds: [placed] });
    await world.store.prisma.account.update({ where: { id: one.accountId }, data: { terminal: true } });
    expect(await send(two)).toMatchObject({ intent: 'refused' });
    await world.advance(two.accountId);
    const freed = await told(two.accountId, { do: 'release', by: 'pat', hold: 'deceased' });
    const { commands } = await world.advance(two.accountId, { formIds: [freed] });
    expect(await send({ ...two, key: commands[0]?.key ?? 'none' })).toMatchObject({ intent: 'sent', left: 1 });
    await world.advance(one.accountId);
    expect((await world.account(one.account)).holds[0]?.releasedOn).toBe(today);
  });

  test('named by guarantor comes to every account of theirs', async () => {
    const one = await statementDecided('PAIR');
    const two = await statementDecided('PAIR');
    const { guarantorId } = await world.store.prisma.account.findUniqueOrThrow({ where: { id: one.accountId } });
    const row = `account_number,guarantor_id,hold,says,on,reference\n,${guarantorId ?? ''},deceased,placed,${today},DC-1\n`;
    expect((await store('deaths.csv', row)).summary).toBe('2 holds');
    await world.advance(one.accountId);
    await world.advance(two.accountId);
    const holds = [await world.account(one.account), await world.account(two.account)].map((a) => a.holds.map(({ reason }) => reason));
    expect(holds).toEqual([['deceased'], ['deceased']]);
  });

  test('of an account only stays there', async () => {
    const one = await statementDecided('MATE');
    const two = await statementDecided('MATE');
    await store('mate.csv', notice(one.account, 'dispute'));
    await world.advance(one.accountId);
    expect(await send(two)).toMatchObject({ intent: 'sent', left: 1 });
  });
});

test('a notice said twice is one hold; one for nobody known is a person’s; an unknown hold refuses the file', async () => {
  const { account, accountId } = await statementDecided();
  expect((await store('n1.csv', notice(account, 'attorney'))).summary).toBe('1 holds');
  expect((await store('n2.csv', `${notice(account, 'attorney')}\n`)).summary).toBe('1 holds already recorded');
  expect((await store('n3.csv', notice('NOBODY', 'deceased'))).summary).toBe('1 holds unmatched');
  expect((await store('n4.csv', notice(account, 'bankrupcy'))).summary).toContain('row 2, column hold: must be one of');
  const strays = await world.store.prisma.task.findMany({ where: { kind: 'matchHold' } });
  expect(strays.map(({ title }) => title)).toEqual(['Find the account of a hold: deceased placed']);
  await world.advance(accountId);
  expect((await world.account(account)).holds.map(({ reason }) => reason)).toEqual(['attorney']);
});

test('reviews that are due are found by their day', async () => {
  const { accountId } = await statementDecided();
  const formId = await told(accountId, { do: 'hold', by: 'pat', hold: 'complaint', reviewOn: civilDate('2026-07-03') });
  await world.advance(accountId, { formIds: [formId] });
  const due = await listHolds(world.store.prisma, { reviewBy: civilDate('2026-07-10'), limit: 10 });
  expect(due).toMatchObject([{ accountId, hold: 'complaint', owner: 'pat' }]);
});
