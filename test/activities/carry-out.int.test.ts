import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dropFolder } from '../../activities/gateways/drop-folder.ts';
import type { Gateway } from '../../activities/dependencies.ts';
import type { AccountTurn } from '../../activities/index.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { readAccountFile } from '../../prisma/reads/account-file.ts';
import { examine } from '../../prisma/reads/doctor.ts';
import { listOutboundFiles, readOutboundContent } from '../../prisma/reads/outbound-files.ts';
import { submitTaskForm } from '../../prisma/writes/task-form.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { readX12File } from '../../rules/x12/read-file.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const knowledge = loadKnowledge();
const twoPayers = [
  { payer: 'UHC01', filing: 'CI' },
  { payer: 'BCBS9', filing: 'BL' },
];

let world: StoredWorld;
let root: string;
/** What goes wrong after the file is written, if anything. */
let fault: Error | null;
/** Whether the gateway can be asked what became of a parcel. */
let isTelling: boolean;

beforeEach(async () => {
  root = temporaryFolder();
  fault = null;
  isTelling = true;
  const folder = dropFolder(root);
  const gateway: Gateway = {
    deliver: async (parcel) => {
      const receipt = await folder.deliver(parcel);
      if (fault !== null) throw fault;
      return receipt;
    },
    find: async (parcel) => (isTelling ? folder.find(parcel) : { kind: 'cannotTell' }),
  };
  world = await StoredWorld.open({ knowledge, gateway });
  world.now = instant('2026-06-16T14:00:00Z');
});

afterEach(() => world.close());

function written(): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
}

async function open(more: object = {}): Promise<string> {
  await world.receive('a.837', fileText(claimOf('A100', more), '2026-06-15'));
  return world.accountId('A100');
}

/** A rejected claim that a person corrected: the claim is to be sent again. */
async function corrected(): Promise<{ readonly accountId: string; readonly command: AccountTurn['commands'][number] }> {
  const accountId = await open();
  await world.receive('r.277ca', fileText({ acknowledgement: { claim: 'A100', code: 'A7', status: '164' } }, '2026-06-16'));
  const form = { outcome: 'ready', by: 'pat', memberId: 'CORRECT1', authorizationNumber: 'AUTH9' } as const;
  const formId = await submitTaskForm(world.store.prisma, { accountId, taskId: 't1', form });
  const { commands } = await world.advance(accountId, { formIds: [formId] });
  const [command] = commands;
  if (command === undefined) throw new Error('the corrected claim is to be sent');
  return { accountId, command };
}

describe('a claim that is sent again', () => {
  test('carries the corrections, its own key and the control number of its intent', async () => {
    const { accountId, command } = await corrected();
    await world.activities.submitClaim({ accountId, key: command.key, asOf: world.now });
    const [name] = written();
    expect(name).toMatch(/^UHC01\/claim-\d{9}\.837$/);
    const [transaction] = readX12File(readFileSync(join(root, name ?? '')));
    if (transaction?.kind !== 'claims') throw new Error('an 837 was written');
    const [claim] = transaction.claims;
    expect(claim).toMatchObject({
      submissionKey: 'A100.2',
      frequency: '1',
      authorizationNumber: 'AUTH9',
      coverages: [{ memberId: 'CORRECT1' }],
    });
    const [sent] = await listOutboundFiles(world.store.prisma, { limit: 10 });
    expect(sent).toMatchObject({ accountId, commandKey: command.key, receipt: expect.stringContaining('sha256:') });
    expect(await readOutboundContent(world.store.prisma, sent?.id ?? '')).toMatchObject({
      content: new Uint8Array(readFileSync(join(root, name ?? ''))),
    });
    await world.receive('ours.837', readFileSync(join(root, name ?? ''), 'latin1'));
    expect(await world.store.prisma.submission.count()).toBe(2);
  });

  test('is one file and one event although the worker died between the file and the commit', async () => {
    const { accountId, command } = await corrected();
    const input = { accountId, key: command.key, asOf: world.now };
    fault = new Error('the worker died');
    await expect(world.activities.submitClaim(input)).rejects.toThrow('the worker died');
    expect((await examine(world.store.prisma)).unfinishedIntents).toHaveLength(1);
    fault = null;
    const later = { ...input, asOf: instant('2026-06-20T14:00:00Z') };
    const { eventId } = await world.activities.submitClaim(later);
    expect(await world.activities.submitClaim(later)).toEqual({ eventId });
    expect(written()).toHaveLength(1);
    const { prisma } = world.store;
    expect(await prisma.accountEvent.count({ where: { kind: 'commandCarriedOut' } })).toBe(1);
    expect(await prisma.outboundFile.count()).toBe(1);
    expect(await prisma.submission.count()).toBe(2);
    expect(await prisma.intent.findMany({ select: { status: true, submissionKey: true } })).toEqual([
      { status: 'sent', submissionKey: 'A100.2' },
    ]);
  });

  test('twice at the same time is one file and one event', async () => {
    const { accountId, command } = await corrected();
    const input = { accountId, key: command.key, asOf: world.now };
    const [a, b] = await Promise.all([world.activities.submitClaim(input), world.activities.submitClaim(input)]);
    expect(a).toEqual(b);
    expect(written()).toHaveLength(1);
  });

  test('that may or may not have arrived is unknown and goes to a person, never out again', async () => {
    const { accountId, command } = await corrected();
    fault = new DomainError('gateway.in-doubt', 'no answer came');
    isTelling = false;
    const { eventId } = await world.activities.submitClaim({ accountId, key: command.key, asOf: world.now });
    fault = null;
    expect(await world.activities.submitClaim({ accountId, key: command.key, asOf: world.now })).toEqual({ eventId });
    const turn = await world.advance(accountId, { eventIds: [eventId ?? ''] });
    expect(turn.openTasks).toMatchObject([{ kind: 'resolveDelivery', queue: 'supervisor' }]);
    expect((await examine(world.store.prisma)).unknownIntents).toHaveLength(1);
  });
});

describe('the next payer', () => {
  test('is told what the first one decided', async () => {
    const accountId = await open({ payers: twoPayers });
    const paid = {
      claim: 'A100',
      charge: '1480.00',
      paid: '1000.00',
      payerClaim: 'ICN1',
      lines: [{ charge: '1480.00', paid: '1000.00', adjust: ['CO-45 280.00', 'PR-2 200.00'] }],
    };
    await world.receive('a.835', fileText({ remittance: { payer: 'UHC01', claims: [paid] } }, '2026-07-01'));
    const [name] = written().filter((file) => file.startsWith('BCBS9/'));
    const [transaction] = readX12File(readFileSync(join(root, name ?? 'none')));
    if (transaction?.kind !== 'claims') throw new Error('an 837 was written');
    const [claim] = transaction.claims;
    expect(claim).toMatchObject({ submissionKey: 'A100.2', destination: 2, otherPayers: [{ payerId: 'UHC01', paidCents: 100000 }] });
    expect(claim?.lines[0]?.otherPayers).toMatchObject([
      {
        payerId: 'UHC01',
        paidCents: 100000,
        adjustments: [
          { group: 'CO', carc: '45', cents: 28000 },
          { group: 'PR', carc: '2', cents: 20000 },
        ],
      },
    ]);
    const file = await readAccountFile(world.store.prisma, accountId);
    expect(file?.outbound.map(({ kind, status }) => [kind, status])).toEqual([['billNextPayer', 'sent']]);
    await world.receive(
      's.835',
      fileText(
        {
          remittance: {
            payer: 'BCBS9',
            trace: 'T2',
            claims: [{ claim: 'A100.2', status: '2', charge: '1480.00', paid: '200.00', adjust: ['OA-23 1280.00'], payerClaim: 'B1' }],
          },
        },
        '2026-07-20',
      ),
    );
    expect((await world.account('A100')).claims[1]?.remittances).toHaveLength(1);
    expect((await readAccountFile(world.store.prisma, accountId))?.summary).toMatchObject({ balanceCents: 0, terminal: true });
  });
});

describe('a balance of the patient', () => {
  test('goes out as statements, then to a vendor and back, each once', async () => {
    const accountId = await open();
    const lines = [{ charge: '1480.00', paid: '1000.00', adjust: ['CO-45 280.00', 'PR-2 200.00'] }];
    const paid = { claim: 'A100', charge: '1480.00', paid: '1000.00', payerClaim: 'ICN1', lines };
    await world.receive('a.835', fileText({ remittance: { payer: 'UHC01', claims: [paid] } }, '2026-07-01'));
    await world.goTo(civilDate('2026-10-14'));
    const file = await readAccountFile(world.store.prisma, accountId);
    const kinds = new Set(file?.outbound.map(({ kind }) => kind));
    expect([...kinds]).toEqual(expect.arrayContaining(['sendStatement', 'placeWithVendor']));
    const placement = written().find((name) => name.includes('placement-')) ?? 'none';
    expect(readFileSync(join(root, placement), 'utf8')).toContain('A100-p1,A100');
    const says = (event: string, more = '') =>
      `placement_id,event,on,reason,amount,payment_id\nA100-p1,${event},2026-10-14,,${more || ','}\n`;
    await world.receive('v1.csv', says('ack-accepted'));
    expect(await world.receive('v1-again.csv', says('ack-accepted').replace('\n', '\r\n'))).toMatchObject({
      summary: '1 vendor events already recorded',
    });
    expect((await world.account('A100')).patient.placements).toMatchObject([{ status: 'placed' }]);
    await world.receive('v2.csv', says('payment', '200.00,VP1'));
    expect(written().filter((name) => name.includes('recall-'))).toHaveLength(1);
    await world.receive('v3.csv', says('returned'));
    const summary = (await readAccountFile(world.store.prisma, accountId))?.summary;
    expect(summary).toMatchObject({ balanceCents: 0, phase: 'closed', terminal: true });
    expect(await world.store.prisma.placement.findMany({ select: { status: true, paidCents: true } })).toEqual([
      { status: 'returned', paidCents: 20000n },
    ]);
  });
});

describe('a drop folder', () => {
  const file = { folder: 'outbound/P1', name: 'a.837', content: Buffer.from('ISA') };
  const parcel = { key: 'a', channel: 'x12', files: [file] };

  test('writes the same content once and refuses other content under the same name', async () => {
    const gateway = dropFolder(root);
    expect(await gateway.find(parcel)).toEqual({ kind: 'absent' });
    const receipt = await gateway.deliver(parcel);
    expect(receipt).toMatch(/^outbound\/P1\/a\.837 sha256:[0-9a-f]{64}$/);
    expect(await gateway.deliver(parcel)).toBe(receipt);
    expect(await gateway.find(parcel)).toEqual({ kind: 'arrived', receipt });
    const other = { ...parcel, files: [{ ...file, content: Buffer.from('other') }] };
    await expect(gateway.deliver(other)).rejects.toMatchObject({ code: 'gateway.other-content' });
    expect(readdirSync(join(root, 'outbound', 'P1'))).toEqual(['a.837']);
    expect(readFileSync(join(root, 'outbound', 'P1', 'a.837'), 'utf8')).toBe('ISA');
  });

  test.each(['../a', 'a/../../b', '/a', 'a//b', ''])('refuses the folder %j', async (folder) => {
    const lost = { ...parcel, files: [{ ...file, folder }] };
    await expect(dropFolder(root).deliver(lost)).rejects.toMatchObject({ code: 'gateway.unsafe-name' });
  });
});
