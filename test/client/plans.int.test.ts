import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type RunningApi, startApi } from '../../client/api/server.ts';
import { engineOn } from '../../client/engine.ts';
import { scenarioSchema } from '../../client/scenario/format.ts';
import { play } from '../../client/scenario/play.ts';
import { TemporalWorld } from '../../client/scenario/temporal-world.ts';
import { recourse } from '../support/fake-engine.ts';
import { engineForTests } from '../support/test-engine.ts';

const engine = engineForTests();
const on = new Date().toISOString().slice(0, 10);
/** What the patient owes: N1 to N3 are one guarantor's, N9 is a stranger's. */
const owed = { N1: 600, N2: 300, N3: 50, N9: 70 };
let api: RunningApi;

function own() {
  return { ...engineOn(engine().house), close: () => Promise.resolve() };
}

async function said(...parameters: string[]) {
  const { exit, out } = await recourse(['--json', ...parameters], own());
  return { exit, body: JSON.parse(out) };
}

async function post(path: string, body: object, key = 'a-key-of-the-caller') {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const answer = await fetch(`${api.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const content = z.record(z.string(), z.unknown()).parse(await answer.json());
  return { status: answer.status, body: content };
}

async function take(name: string, text: string) {
  return own().takeIn({ name, content: Buffer.from(text) });
}

async function balances(): Promise<Record<string, number>> {
  const rows = await engine().house.prisma.ledgerLine.findMany({ where: { bucket: 'patient' }, include: { account: true } });
  const sums: Record<string, number> = {};
  for (const { account, amountCents } of rows) sums[account.accountNumber] = (sums[account.accountNumber] ?? 0) + Number(amountCents);
  return sums;
}

beforeAll(async () => {
  const arrives = Object.entries(owed).flatMap(([account, charge]) => [
    { claim: { account, serviced: on, charge, payers: [{ payer: 'AETNA1', member: 'W1' }], patient: account === 'N9' ? 'N9' : 'N' } },
    { acknowledgement: { claim: account, code: 'A2', payerClaim: `P-${account}` } },
    {
      remittance: {
        payer: 'AETNA1',
        trace: `T-${account}`,
        claims: [{ claim: account, charge, paid: 0, adjust: [`PR-1 ${charge}.00`], payerClaim: `P-${account}` }],
      },
    },
  ]);
  const scenario = scenarioSchema.parse({ scenario: 'plans', title: 'four balances', days: [{ on, arrives }] });
  const { passed } = await play(scenario, new TemporalWorld(own().doors, { zone: scenario.zone, tag: '', readFile: () => '' }));
  if (!passed) throw new Error('four balances are there before the tests');
  api = await startApi({ engine: own(), host: '127.0.0.1', port: 0 });
}, 60_000);

afterAll(() => api.close());

describe('a plan over two accounts', () => {
  test('is refused with the reason, agreed at the counter, shown and quoted', async () => {
    const refusals = [
      [['N1', 'N9'], '--months', '6', 'do not belong to one guarantor'],
      [['N1', 'N2'], '--months', '13', 'plans-2020 allows 12'],
      [['N1', 'NX'], '--months', '6', 'there is no account NX'],
    ] as const;
    for (const [accounts, option, value, words] of refusals) {
      const { exit, body } = await said('plan', 'agree', ...accounts, option, value, '--by', 'casey.collections');
      expect([exit, body.error.where, body.error.what]).toEqual([1, 'plan.refused', expect.stringContaining(words)]);
    }
    const agreed = await said('plan', 'agree', 'N1', 'N2', '--instalment', '100.00', '--plan', 'PL-N', '--by', 'casey.collections');
    expect(agreed.body).toMatchObject({ planId: 'PL-N', status: 'agreed', totalCents: 90_000, leftCents: 90_000, next: { cents: 10_000 } });
    const again = await said('plan', 'agree', 'N1', 'N2', '--instalment', '100.00', '--plan', 'PL-N', '--by', 'casey.collections');
    expect(again).toEqual(agreed);
    expect((await said('plan', 'quote', 'N2')).body).toMatchObject({ totalCents: 90_000, overdueCents: 0, instalmentsLeft: 9 });
    const { out } = await recourse(['plan', 'show', 'N1'], own());
    expect(out).toContain('$900.00 left, $0.00 of it overdue');
    expect((await said('plan', 'show', 'N9')).exit).toBe(1);
  }, 30_000);

  test('a payment for it is spread to the cent, and every cent points to the byte of its row', async () => {
    const { body } = await said('pay', '100.01', '--plan', 'PL-N', '--number', 'BANK-1');
    expect(body.parts).toEqual([
      { accountNumber: 'N1', amountCents: 6_668 },
      { accountNumber: 'N2', amountCents: 3_333 },
    ]);
    const { prisma } = engine().house;
    const lines = await prisma.ledgerLine.findMany({ where: { lineId: 'payment:BANK-1#1' } });
    expect(lines.map(({ fileId, offset }) => ({ fileId, offset }))).toEqual([body.source, body.source]);
    const [chunk] = await prisma.inboundFileChunk.findMany({ where: { fileId: body.source.fileId } });
    expect(
      Buffer.from(chunk?.bytes ?? [])
        .toString()
        .slice(body.source.offset),
    ).toMatch(/^payment,BANK-1,,,PL-N,100\.01,/);
    const parts = await prisma.patientPaymentPart.findMany({ where: { paymentId: 'BANK-1' } });
    expect(parts.map(({ fileId, offset }) => ({ fileId, offset }))).toEqual([body.source, body.source]);
  }, 30_000);
});

describe('a payment', () => {
  const row = `event,payment_id,account_number,guarantor_id,plan_id,amount,on,via,of,reason\npayment,BANK-2,N9,,,20,${on},portal,,\n`;

  test('by the API, by CSV in both forms and by command with the same number is one', async () => {
    const body = { paymentId: 'BANK-2', amountCents: 2_000, on, to: { account: 'N9' } };
    expect((await post('/payments', body)).body).toMatchObject({ status: 'posted', parts: [{ accountNumber: 'N9', amountCents: 2_000 }] });
    expect((await post('/payments', body)).status).toBe(200);
    expect(await take('bank.csv', row)).toMatchObject({ outcome: 'stored', summary: '1 payments already recorded' });
    const short = `payment_id,account_number,amount,paid_on,via\nBANK-2,N9,20.00,${on},lockbox\n`;
    expect(await take('lockbox.csv', short)).toMatchObject({ outcome: 'stored', summary: '1 payments already recorded' });
    await said('pay', '20', '--account', 'N9', '--number', 'BANK-2', '--on', on);
    expect((await balances()).N9).toBe(5_000);
    const { prisma } = engine().house;
    expect(await prisma.accountEvent.count({ where: { kind: 'patientPaid', body: { path: ['paymentId'], equals: 'BANK-2' } } })).toBe(1);
  }, 30_000);

  test('of the same number that says something else is refused, whichever way it comes', async () => {
    const other = await post('/payments', { paymentId: 'BANK-2', amountCents: 2_001, on, to: { account: 'N9' } });
    expect(other).toMatchObject({ status: 409, body: { type: 'urn:recourse:problem:payment-number-reused' } });
    expect(await take('wrong.csv', row.replace('N9,,,20,', ',of:N9,,20,'))).toMatchObject({ outcome: 'refused' });
    expect((await balances()).N9).toBe(5_000);
  }, 30_000);

  test('the same Idempotency-Key is the same payment; another is another', async () => {
    const body = { amountCents: 100, to: { guarantorOf: 'N9' } };
    const [first, again, other] = [
      await post('/payments', body, 'key-one-1'),
      await post('/payments', body, 'key-one-1'),
      await post('/payments', body, 'key-two-2'),
    ];
    expect(again.body).toEqual(first.body);
    expect(other.body.paymentId).not.toBe(first.body.paymentId);
    expect((await balances()).N9).toBe(4_800);
  }, 30_000);

  test('that nobody knows waits as a task; what came back of it counts once it is known', async () => {
    const unknown = await said('pay', '7', '--account', 'NOBODY', '--number', 'BANK-3');
    expect(unknown.body).toMatchObject({ status: 'unmatched', parts: [] });
    expect((await said('pay', '3', '--returned', 'BANK-3', '--number', 'RET-3')).body.reversals).toMatchObject([{ isApplied: false }]);
    const { prisma } = engine().house;
    const task = await prisma.task.findFirstOrThrow({ where: { kind: 'matchPayment', status: 'open' } });
    const name = `unmatched/${task.id.slice(-8)}`;
    const settled = await said('task', 'settle', name, '--account', 'N9', '--by', 'pat.accounts');
    expect(settled.exit).toBe(0);
    expect((await balances()).N9).toBe(4_400);
  }, 30_000);
});

describe('a payment that came back', () => {
  test('is taken back from every part, once, and never more than is left of it', async () => {
    const before = await balances();
    const back = { reversalId: 'RET-1', amountCents: 5_001, on, reason: 'insufficient funds' };
    expect((await post('/payments/BANK-1/reversals', back)).status).toBe(200);
    expect((await post('/payments/BANK-1/reversals', back)).status).toBe(200);
    const after = await balances();
    expect([(after.N1 ?? 0) - (before.N1 ?? 0), (after.N2 ?? 0) - (before.N2 ?? 0)]).toEqual([3_334, 1_667]);
    const more = await post('/payments/BANK-1/reversals', { ...back, reversalId: 'RET-2' });
    expect(more).toMatchObject({ status: 409, body: { type: 'urn:recourse:problem:payment-reversed-too-much' } });
    expect(await balances()).toEqual(after);
  }, 30_000);

  test('a credit is moved to what the guarantor owes elsewhere, and keeps the byte of its payment', async () => {
    const paid = await said('pay', '80', '--account', 'N3', '--number', 'BANK-4');
    const before = await balances();
    expect(before.N3).toBe(-3_000);
    const moved = await said('pay', '30', '--moved', 'BANK-4', '--guarantor-of', 'N1', '--number', 'MOVE-4');
    expect(moved.exit).toBe(0);
    const after = await balances();
    expect([after.N3, (after.N1 ?? 0) + (after.N2 ?? 0)]).toEqual([0, (before.N1 ?? 0) + (before.N2 ?? 0) - 3_000]);
    const lines = await engine().house.prisma.ledgerLine.findMany({ where: { lineId: 'payment:MOVE-4#1', amountCents: { lt: 0 } } });
    expect(new Set(lines.map(({ fileId, offset }) => `${fileId} ${offset}`))).toEqual(
      new Set([`${paid.body.source.fileId} ${paid.body.source.offset}`]),
    );
    expect(lines.reduce((total, { amountCents }) => total + Number(amountCents), 0)).toBe(-3_000);
  }, 30_000);
});

test('the report of promises counts what was promised and what came', async () => {
  expect((await said('promise', 'N9', '44.00', '--due', on, '--by', 'casey.collections')).exit).toBe(0);
  expect((await said('promise', 'N9', '1.00', '--due', on, '--by', 'kim.accounts')).body.reason).toContain('open already');
  await said('pay', '44', '--account', 'N9', '--number', 'BANK-5');
  const { body } = await said('report', 'promises', '--from', on, '--to', on);
  expect(body.rows).toEqual([
    {
      of: 'casey.collections',
      made: 1,
      open: 0,
      kept: 1,
      partlyKept: 0,
      broken: 0,
      promisedCents: 4_400,
      paidCents: 4_400,
      keptRate: 10_000,
    },
  ]);
  const { out } = await recourse(['report', 'promises', '--from', on, '--to', on, '--per', 'month'], own());
  expect(out).toContain('100.0 %');
}, 30_000);
