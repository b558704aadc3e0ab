import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../client/knowledge.ts';
import { readDifferences } from '../../prisma/reads/vendor-ledger.ts';
import { submitSettlement } from '../../prisma/writes/task-form.ts';
import { acceptDifference } from '../../prisma/writes/vendor-differences.ts';
import { civilDate as on } from '../../rules/domain/civil-date.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';

/** A vendor that sends nothing more. It has one account since 2026-06-03 and collected 75.00 on 2026-08-20; its contract gives it 15 days. */
let world: StoredWorld;

beforeAll(async () => {
  world = await StoredWorld.open({ knowledge: loadKnowledge() });
  await world.goTo(on('2026-02-02'));
  await world.receive('K1.837', fileText(claimOf('K1'), '2026-01-28'));
  const more = { paid: '805.00', adjust: ['CO-45 400.00', 'PR-1 275.00'] };
  await world.receive('K1.835', fileText(remittanceOf('K1', more, { trace: 'T-K1' }), '2026-02-02'));
  await world.goTo(on('2026-06-03'));
  await world.receive('ack.csv', fileText({ vendor: { account: 'K1', event: 'ack-accepted' } }, '2026-06-03'));
  await world.goTo(on('2026-08-20'));
  await world.receive('paid.csv', fileText({ payment: { account: 'K1', id: 'V-K1', amount: '75.00', via: 'vendor' } }, '2026-08-20'));
}, 240_000);

afterAll(() => world?.close());

const look = (day: string) => world.activities.lookAtVendors({ asOf: `${day}T10:00:00Z` });
const asked = () =>
  world.store.prisma.task.findMany({
    where: { kind: 'settleVendorDifferences', status: 'open', title: { contains: 'notRemitted' } },
    select: { id: true, title: true, fileId: true, amountCents: true, openedOn: true },
  });

test('it is asked for the money once its days are over, without any file of it; looked at again nothing changes', async () => {
  const { prisma } = world.store;
  expect(await look('2026-09-04')).toEqual({ vendors: 1, opened: 0, kept: 0, settled: 0 });
  expect(await asked()).toEqual([]);
  expect(await look('2026-09-05')).toEqual({ vendors: 1, opened: 1, kept: 0, settled: 0 });
  const { fileId } = await prisma.patientPayment.findFirstOrThrow({ where: { paymentId: 'V-K1' } });
  const [task] = await asked();
  expect(task).toMatchObject({ title: 'Settle 1 difference with vendor VENDOR1 (notRemitted)', fileId, amountCents: 7_500n });
  expect(await look('2026-09-05')).toEqual({ vendors: 1, opened: 0, kept: 1, settled: 0 });
  expect(await asked()).toEqual([task]);
});

test('it is asked again the next morning when a person ended the task and the money is not here', async () => {
  const [task] = await asked();
  const formId = randomUUID();
  const settlement = { outcome: 'handled', by: 'sam', note: 'asked by phone' } as const;
  await submitSettlement(world.store.prisma, { taskId: task?.id ?? '', settlement, formId });
  expect(await world.activities.settleUnmatched({ taskId: task?.id ?? '', formId, asOf: world.now })).toMatchObject({ kind: 'settled' });
  expect(await asked()).toEqual([]);
  await look('2026-09-06');
  expect((await asked()).map(({ title }) => title)).toEqual([task?.title]);
});

test('what a person accepted is not asked about by any look', async () => {
  const [found] = await readDifferences(world.store.prisma, { vendor: 'VENDOR1', kinds: ['notRemitted'] });
  await acceptDifference(world.store.prisma, found?.id ?? '', { by: 'sam', on: on('2026-09-06'), note: 'promised for Friday' });
  await look('2026-09-07');
  expect(await asked()).toEqual([]);
  expect(await readDifferences(world.store.prisma, { vendor: 'VENDOR1', kinds: ['notRemitted'] })).toMatchObject([
    { about: 'V-K1', firstFoundOn: '2026-09-05', lastFoundOn: '2026-09-07', accepted: { by: 'sam' } },
  ]);
});
