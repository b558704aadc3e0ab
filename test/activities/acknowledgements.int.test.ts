import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../client/knowledge.ts';
import { examine } from '../../prisma/reads/doctor.ts';
import { listInboundFiles } from '../../prisma/reads/inbound-files.ts';
import { listOutboundFiles } from '../../prisma/reads/outbound-files.ts';
import { registerInboundFile } from '../../prisma/writes/inbound-file.ts';
import { submitSettlement } from '../../prisma/writes/task-form.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import { readX12File } from '../../rules/x12/read-file.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';

let world: StoredWorld;

beforeEach(async () => {
  world = await StoredWorld.open({ knowledge: loadKnowledge() });
  world.now = instant('2026-06-16T14:00:00Z');
});

afterEach(() => world.close());

/** Reads it as the workflow does and returns its id. */
async function receive(name: string, text: string): Promise<string> {
  const content = Buffer.from(text, 'latin1');
  const { fileId } = await registerInboundFile(world.store.prisma, { name, content, receivedAt: new Date(world.now) });
  await world.activities.readInboundFile({ fileId });
  return fileId;
}

function answers() {
  return world.delivered.filter(({ folder }) => folder === 'acknowledgements');
}

describe('an inbound file', () => {
  test('is answered once, however often it is read or asked about, and at the same time', async () => {
    const text = fileText(claimOf('A100'), '2026-06-15');
    const fileId = await receive('one.837', text);
    const again = await receive('the-same-under-another-name.837', text);
    expect(again).toBe(fileId);
    const ask = () => world.activities.acknowledgeInboundFile({ fileId });
    expect(await Promise.all([ask(), ask()])).toEqual([{ acknowledgements: 1 }, { acknowledgements: 1 }]);
    expect(await ask()).toEqual({ acknowledgements: 1 });
    expect(new Set(answers().map(({ name, content }) => `${name}${content}`)).size).toBe(1);
    const [answer] = answers();
    const [transaction] = readX12File(Buffer.from(answer?.content ?? '', 'latin1'));
    expect(transaction).toMatchObject({
      kind: 'functional-acknowledgement',
      envelope: { senderId: 'UHC01', receiverId: 'RECOURSE' },
      acknowledgement: { functionalId: 'HC', code: 'A' },
    });
  });

  test('that is refused is answered with a rejection and its place', async () => {
    const text = fileText(claimOf('A100'), '2026-06-15').replace(/(CLM\*A100\*)[\d.]+/, '$1MUCH');
    await world.activities.acknowledgeInboundFile({ fileId: await receive('bad.837', text) });
    expect(answers().map(({ content }) => /IK3[^]*AK9[^~]*~/.exec(content)?.[0].split('\n'))).toEqual([
      [expect.stringMatching(/^IK3\*CLM\*\d+\*2300\*8~$/), 'IK4*2**6~', 'IK5*R*5~', 'AK9*R*1*1*0~'],
    ]);
  });

  test('is answered only after it was read', async () => {
    const content = Buffer.from(fileText(claimOf('A100'), '2026-06-15'), 'latin1');
    const { fileId } = await registerInboundFile(world.store.prisma, { name: 'x', content, receivedAt: new Date(world.now) });
    await expect(world.activities.acknowledgeInboundFile({ fileId })).rejects.toMatchObject({ type: 'file.not-read' });
  });

  test('whose envelope names nobody is not answered: its row says why, and one person is asked to tell the sender', async () => {
    const fileId = await receive('broken.837', 'ISA*00*broken');
    const { prisma } = world.store;
    for (let asked = 0; asked < 3; asked += 1)
      expect(await world.activities.acknowledgeInboundFile({ fileId })).toEqual({ acknowledgements: 0 });
    const [file] = await listInboundFiles(prisma, { limit: 1 });
    const why = { code: 'x12.envelope', message: 'the qualifier of an id must have 2 characters' };
    expect(file).toMatchObject({ name: 'broken.837', answers: [], unanswered: [why] });
    const tasks = await prisma.task.findMany({ where: { kind: 'answerSender' } });
    expect(tasks).toMatchObject([{ status: 'open', fileId, reason: expect.stringContaining(`${why.message} (${why.code})`) }]);
    const [{ id: taskId } = { id: '' }] = tasks;
    expect((await examine(prisma)).untoldSenders).toEqual([taskId]);
    const formId = randomUUID();
    await submitSettlement(prisma, { taskId, settlement: { outcome: 'handled', by: 'pat', note: 'told by telephone' }, formId });
    expect(await world.activities.settleUnmatched({ taskId, formId, asOf: world.now })).toMatchObject({ kind: 'settled' });
    expect((await examine(prisma)).untoldSenders).toEqual([]);
  });

  test('is listed with what answers it, and the answer among what was sent, with what it answers', async () => {
    const { prisma } = world.store;
    const fileId = await receive('one.837', fileText(claimOf('A100'), '2026-06-15'));
    await world.activities.acknowledgeInboundFile({ fileId });
    const [{ answers: listed } = { answers: [] }] = await listInboundFiles(prisma, { limit: 1 });
    expect(listed).toEqual([{ name: expect.stringMatching(/^acknowledgement-\d{9}\.999$/), sentAt: expect.any(String) }]);
    const sent = await listOutboundFiles(prisma, { limit: 10 });
    expect(sent).toMatchObject([
      { folder: 'acknowledgements', name: listed[0]?.name, accountId: null, answers: { fileId, fileName: 'one.837' } },
    ]);
    expect(await listOutboundFiles(prisma, { limit: 10, before: sent[0]?.id ?? '' })).toEqual([]);
  });

  test('that is a feed or an acknowledgement itself is not answered', async () => {
    const feed = await receive('v.csv', 'placement_id,event,on,reason,amount,payment_id\n');
    expect(await world.activities.acknowledgeInboundFile({ fileId: feed })).toEqual({ acknowledgements: 0 });
    expect(answers()).toEqual([]);
  });
});

test('no control number is ever used twice: claims and acknowledgements count from one sequence', async () => {
  const payers = [
    { payer: 'UHC01', filing: 'CI' },
    { payer: 'BCBS9', filing: 'BL' },
  ];
  for (const account of ['A100', 'A200', 'A300']) {
    world.now = instant('2026-06-16T14:00:00Z');
    await world.receive(`${account}.837`, fileText(claimOf(account, { payers }), '2026-06-15'));
    const lines = [{ charge: '1480.00', paid: '1000.00', adjust: ['CO-45 280.00', 'PR-2 200.00'] }];
    const paid = fileText(remittanceOf(account, { paid: '1000.00', adjust: [], lines }, { trace: account }), '2026-07-01');
    await world.receive(`${account}.835`, paid);
    const { id: fileId } = await world.store.prisma.inboundFile.findFirstOrThrow({ where: { name: `${account}.835` } });
    await world.activities.acknowledgeInboundFile({ fileId });
  }
  const envelopes = world.delivered.flatMap(({ content }) => {
    const isX12 = content.startsWith('ISA');
    return isX12 ? readX12File(Buffer.from(content, 'latin1')).map(({ envelope }) => envelope) : [];
  });
  expect(envelopes).toHaveLength(6);
  for (const number of ['interchangeControlNumber', 'groupControlNumber', 'transactionControlNumber'] as const)
    expect(new Set(envelopes.map((envelope) => envelope[number])).size).toBe(6);
});
