import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../client/knowledge.ts';
import { registerInboundFile } from '../../prisma/writes/inbound-file.ts';
import { submitTaskForm } from '../../prisma/writes/task-form.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import type { OralAttempt } from '../../rules/domain/assistance.ts';
import type { Decide } from '../../rules/domain/decision.ts';
import type { TaskForm, TaskKind } from '../../rules/domain/task.ts';
import { holdsInForce } from '../../rules/domain/hold.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';

/** An application of a person with two accounts, and the attempt to tell of assistance, on a real database. */

const today = '2026-07-01';
let world: StoredWorld;

/** One statement, then the notice, then waiting. */
const decide: Decide = (facts, asOf) => {
  const isDue = facts['point'] === 'patientBalance';
  const action = !isDue ? 'wait' : facts['patient.statements'] === 0 ? 'sendStatement' : 'sendCollectionNotice';
  const isNoticed = facts['patient.daysSinceCollectionNotice'] !== null;
  const timer = { id: 'look', duration: '90 days' };
  const answer = {
    ruleId: 'any',
    action: action === 'sendCollectionNotice' && isNoticed ? 'wait' : action,
    queue: 'patientBalances',
    timer,
    why: 'any',
    citation: '',
    params: {},
  } as const;
  const winner = { ruleId: 'any', priority: 1, leaves: [] };
  return {
    answer,
    receipt: { ruleSetHash: '', evaluator: 'any', point: 'patientBalance', asOf, facts, winner, alsoMatched: [], nearMisses: [] },
  };
};

beforeAll(async () => {
  world = await StoredWorld.open({ knowledge: { ...loadKnowledge(), decide } });
  world.now = instant(`${today}T14:00:00Z`);
});

afterAll(() => world.close());

/** The payer leaves 200.00 to the patient; the statement is decided, and nothing left yet. */
async function owing(account: string, patient: string) {
  await world.receive(`${account}.837`, fileText(claimOf(account, { patient }), '2026-06-15'));
  const accountId = await world.accountId(account);
  const paid = remittanceOf(account, { paid: '880.00', adjust: ['CO-45 400.00', 'PR-1 200.00'] }, { trace: `TRACE-${account}` });
  await store(`${account}.835`, fileText(paid, today));
  const { commands } = await world.advance(accountId);
  return { account, accountId, key: commands[0]?.key ?? 'none' };
}

/** Read and stored; the accounts are not told yet. */
async function store(name: string, text: string): Promise<string> {
  const receivedAt = new Date(world.now);
  const { fileId } = await registerInboundFile(world.store.prisma, { name, content: Buffer.from(text, 'latin1'), receivedAt });
  return (await world.activities.readInboundFile({ fileId })).summary;
}

const applied = (...accounts: string[]) =>
  `account_number,event,on,reference\n${accounts.map((account) => `${account},applied,${today},F1\n`).join('')}`;

/** A turn with that outcome. @returns why it was refused, or null */
async function does(account: string, kind: TaskKind, form: TaskForm): Promise<string | null> {
  const accountId = await world.accountId(account);
  const task = (await world.account(account)).tasks.find((t) => t.kind === kind && t.status === 'open');
  const formId = await submitTaskForm(world.store.prisma, { accountId, taskId: task?.id ?? '', form });
  return (await world.turn(accountId, { formIds: [formId] })).refusals[0]?.reason ?? null;
}

async function stands(account: string) {
  const { assistance, holds, lines } = await world.account(account);
  const { status = 'none', elsewhere = false } = assistance?.applications.at(-1) ?? {};
  const forgivenCents = lines.filter(({ kind }) => kind === 'assistance').reduce((sum, { cents }) => sum + cents, 0);
  return { status, elsewhere, held: holdsInForce(holds).map(({ reason }) => reason), forgivenCents };
}

describe('an application for one of two accounts', () => {
  test('stops what is about to leave from the other before any turn; named with both numbers it is one', async () => {
    const one = await owing('PA1', 'CARO');
    const two = await owing('PA2', 'CARO');
    await owing('PA9', 'DORA');
    await world.activities.sendStatement({ accountId: two.accountId, key: two.key, asOf: world.now });
    expect(await store('applied.csv', applied('PA1', 'PA2'))).toBe('1 assistance events, 1 assistance events already recorded');
    expect(await store('again.csv', `${applied('PA2')}\n`)).toBe('1 assistance events already recorded');
    await world.activities.sendOutboundRun({ destination: 'statements', asOf: world.now, clockShiftMs: 0, accountIds: [two.accountId] });
    const intent = await world.store.prisma.intent.findUniqueOrThrow({
      where: { accountId_key: { accountId: two.accountId, key: two.key } },
    });
    expect(intent).toMatchObject({ status: 'refused', reason: expect.stringContaining('"assistanceApplication"') });
    expect(one.accountId).not.toBe(two.accountId);
  });

  test('reaches the other though the worker dies after the turn; once, however often it is tried', async () => {
    const [one, two] = [await world.accountId('PA1'), await world.accountId('PA2')];
    const { seq } = await world.activities.resumeAccount({ accountId: one });
    const turn = { accountId: one, seq: seq + 1, asOf: world.now, eventIds: [], formIds: [] };
    const before = world.messages.length;
    world.beforeMessage = () => Promise.reject(new Error('the worker dies'));
    await expect(world.activities.advance(turn)).rejects.toThrow('the worker dies');
    world.beforeMessage = () => Promise.resolve();
    await world.activities.advance(turn);
    await world.activities.advance(turn);
    const news = world.messages.slice(before);
    expect(news.map(({ accountId }) => accountId)).toEqual([two]);
    await world.turn(two, { eventIds: news[0]?.eventIds ?? [] });
    await world.turn(two, { eventIds: news[0]?.eventIds ?? [] });
    const held = ['assistanceApplication'];
    expect([await stands('PA1'), await stands('PA2'), await stands('PA9')]).toEqual([
      { status: 'received', elsewhere: false, held, forgivenCents: 0 },
      { status: 'received', elsewhere: true, held, forgivenCents: 0 },
      { status: 'none', elsewhere: false, held: [], forgivenCents: 0 },
    ]);
  });

  test('is decided for both, and the person gets one letter that names both', async () => {
    const before = world.delivered.length;
    expect(await does('PA1', 'checkApplication', { outcome: 'complete', by: 'pat' })).toBeNull();
    const household = { size: 1, annualIncomeCents: 39_900_00 };
    expect(await does('PA1', 'decideAssistance', { outcome: 'decided', by: 'pat', assistance: { household } })).toBeNull();
    expect([await stands('PA1'), await stands('PA2'), await stands('PA9')]).toMatchObject([
      { status: 'approved', held: [], forgivenCents: -15_000 },
      { status: 'approved', held: [], forgivenCents: -15_000 },
      { status: 'none', forgivenCents: 0 },
    ]);
    const letters = world.delivered.slice(before).filter(({ name }) => /^assistance-award.*manifest/.test(name));
    expect(letters.map(({ content }) => JSON.parse(content).about.fields)).toEqual([
      {
        percent: 75,
        awardCents: 30_000,
        oweCents: 10_000,
        accounts: [
          { number: 'PA1', awardCents: 15_000, oweCents: 5_000, refundCents: 0 },
          { number: 'PA2', awardCents: 15_000, oweCents: 5_000, refundCents: 0 },
        ],
      },
    ]);
  });
});

describe('the attempt to tell of assistance', () => {
  const told = (at: string, outcome: OralAttempt['outcome'] = 'noAnswer'): TaskForm => ({
    outcome: outcome === 'conversation' ? 'told' : 'attempted',
    by: 'pat',
    assistance: { attempt: { channel: 'call', outcome, at: instant(at) } },
  });
  const ledger = async (account: string) => {
    const { guarantorId } = await world.store.prisma.account.findFirstOrThrow({ where: { accountNumber: account } });
    return world.store.prisma.contact.findMany({
      where: { guarantorId: guarantorId ?? '', channel: { not: 'letter' } },
      select: { channel: true, purpose: true, outcome: true, at: true, accountIds: true, key: true },
    });
  };

  test('is refused with the rule of the ledger that refuses it, and stands there once when it is taken', async () => {
    const { account, accountId, key } = await owing('PA5', 'EVAN');
    await world.activities.sendStatement({ accountId, key, asOf: world.now });
    await world.run();
    await world.goTo(civilDate('2026-10-01'));
    const atNight = await does(account, 'attemptOralNotice', told('2026-10-01T10:00:00Z'));
    expect(atNight).toMatch(/hours/);
    expect(await ledger(account)).toEqual([]);
    expect(await does(account, 'attemptOralNotice', told('2026-10-01T15:30:00Z'))).toBeNull();
    const task = await world.store.prisma.taskForm.findFirstOrThrow({ where: { accountId, status: 'accepted' } });
    const contact = {
      channel: 'call',
      purpose: 'notice',
      outcome: 'noAnswer',
      at: new Date('2026-10-01T15:30:00Z'),
      accountIds: [accountId],
      key: `form:${task.id}`,
    };
    expect(await ledger(account)).toEqual([contact]);
    const { seq } = await world.activities.resumeAccount({ accountId });
    for (const n of [seq - 1, seq])
      await world.activities.advance({ accountId, seq: n, asOf: world.now, eventIds: [], formIds: [task.id] });
    expect(await ledger(account)).toEqual([contact]);
  });
});
