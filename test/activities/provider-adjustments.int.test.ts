import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../client/knowledge.ts';
import { play } from '../../client/scenario/play.ts';
import { parseScenario } from '../../client/scenario/read.ts';
import { readForwardedBalances } from '../../prisma/reads/provider-adjustments.ts';
import { submitSettlement } from '../../prisma/writes/task-form.ts';
import { bucketBalance } from '../../rules/lifecycle/balances.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();
let world: StoredWorld;

beforeEach(async () => {
  world = await StoredWorld.open({ knowledge });
});

afterEach(() => world.close());

const paid = `
  - on: 2026-03-02
    arrives:
      - claim: { account: PLB1, serviced: 2026-02-23, charge: 500.00, payers: [{ payer: BCBS01, filing: BL }] }
      - claim: { account: PLB2, serviced: 2026-02-23, charge: 900.00, payers: [{ payer: BCBS01, filing: BL }] }
  - on: 2026-03-20
    arrives:
      - remittance:
          payer: BCBS01
          claims: [{ claim: PLB1, charge: 500.00, paid: 300.00, adjust: [CO-45 200.00], payerClaim: BCBSICNPLB1 }]
          provider: [{ code: FB, reference: T1, amount: -300.00 }]`;

async function tell(days: string): Promise<void> {
  const story = parseScenario(`scenario: x\ntitle: x\ndays:${paid}${days}`, 'inline');
  const { days: played } = await play(story, world);
  expect(played.flatMap(({ failures }) => failures)).toEqual([]);
}

const takenBack = (reference: string) => `
  - on: 2026-06-12
    arrives:
      - remittance:
          payer: BCBS01
          claims: [{ claim: PLB2, charge: 900.00, paid: 700.00, adjust: [CO-45 200.00], payerClaim: BCBSICNPLB2 }]
          provider: [{ code: WO, reference: ${reference}, amount: 300.00 }, { code: FB, reference: T1, amount: 300.00 }]`;

test('money that a payer took from a claim it names by number, account or key is known on that account', async () => {
  await tell(takenBack('BCBSICNPLB1-20260223'));
  const account = await world.account('PLB1');
  expect([bucketBalance(account, 'payer1'), bucketBalance(account, 'patient')]).toEqual([30_000, 0]);
  const rows = await world.store.prisma.providerAdjustment.findMany({ orderBy: { id: 'asc' } });
  expect(rows.map(({ code, accountId, sequence }) => [code, accountId === account.id, sequence])).toEqual([
    ['FB', false, null],
    ['WO', true, 1],
    ['FB', false, null],
  ]);
});

test('what names no claim is a task, and a person gives it to the account it belongs to, once', async () => {
  await tell(takenBack('NOBODY'));
  const account = await world.account('PLB1');
  const task = await world.store.prisma.task.findFirstOrThrow({ where: { kind: 'matchProviderAdjustment', status: 'open' } });
  expect([task.amountCents, task.accountId]).toEqual([30_000n, null]);
  const formId = randomUUID();
  await submitSettlement(world.store.prisma, {
    taskId: task.id,
    settlement: { by: 'pat', outcome: 'matched', accountId: account.id },
    formId,
  });
  for (let again = 0; again < 2; again += 1)
    expect(await world.activities.settleUnmatched({ taskId: task.id, formId, asOf: world.now })).toMatchObject({ kind: 'settled' });
  const told = await world.store.prisma.accountEvent.findMany({ where: { accountId: account.id, kind: 'providerAdjusted' } });
  expect(told).toHaveLength(1);
  const stored = await world.store.prisma.providerAdjustment.findFirstOrThrow({ where: { code: 'WO' } });
  expect([stored.accountId, stored.sequence]).toEqual([account.id, 1]);
});

test('a balance carried forward is open until it is brought in, to the cent and the day', async () => {
  await tell('');
  const prisma = world.store.prisma;
  const at = new Date('2026-06-01T00:00:00Z');
  expect(await readForwardedBalances(prisma, at)).toEqual([
    { payerId: 'BCBS01', payeeNpi: '1999999984', cents: -30_000, since: '2026-03-20', days: 73 },
  ]);
});

test('a balance that was brought in is no longer open', async () => {
  await tell(takenBack('NOBODY'));
  expect(await readForwardedBalances(world.store.prisma, new Date('2026-12-01T00:00:00Z'))).toEqual([]);
});

test('each record knows what was recovered of it, beside where the work on its case stands', async () => {
  await tell(`
  - on: 2026-04-03
    arrives:
      - remittance:
          payer: BCBS01
          claims: [{ claim: PLB2, charge: 900.00, paid: 100.00, adjust: [CO-45 200.00, CO-197 400.00, CO-197 100.00, CO-16 100.00], payerClaim: BCBSICNPLB2 }]
  - on: 2026-05-08
    arrives:
      - remittance:
          payer: BCBS01
          claims:
            - { claim: PLB2, status: "22", charge: -900.00, paid: -100.00, adjust: [CO-45 -200.00, CO-197 -500.00, CO-16 -100.00], payerClaim: BCBSICNPLB2 }
            - { claim: PLB2, charge: 900.00, paid: 400.00, adjust: [CO-45 400.00, CO-16 100.00], payerClaim: BCBSICNPLB2 }`);
  const rows = await world.store.prisma.denialRecord.findMany({ orderBy: [{ deniedOn: 'asc' }, { carc: 'desc' }] });
  const told = rows.map(({ group, carc, amountCents, recoveredCents, lineStatus, caseStatus }) =>
    [`${group}-${carc}`, amountCents, recoveredCents, lineStatus, caseStatus].join(' '),
  );
  expect(told).toEqual([
    'CO-197 50000 25000 partlyRecovered recovered',
    'CO-16 10000 5000 partlyRecovered recovered',
    'CO-16 10000 0 denied working',
  ]);
});
