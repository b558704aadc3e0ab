import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createActivities } from '../../activities/create.ts';
import type { Gateway } from '../../activities/dependencies.ts';
import { dropFolder } from '../../activities/gateways/drop-folder.ts';
import { portal } from '../../activities/gateways/portal.ts';
import { fixedRules } from '../../activities/rule-library.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import type { PrismaClient } from '../../prisma/client.ts';
import { uuidv7 } from '../../prisma/ids.ts';
import { submitTaskForm } from '../../prisma/writes/task-form.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import type { TaskForm } from '../../rules/domain/task.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { Killed, Mortality, Receiver } from '../support/mortal.ts';
import { StoredWorld } from '../support/stored-world.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const knowledge = loadKnowledge();
let world: StoredWorld;
let n = 0;

beforeAll(async () => {
  world = await StoredWorld.open({ knowledge });
  world.now = instant('2026-06-16T14:00:00Z');
});

afterAll(() => world.close());

interface Errand {
  readonly accountId: string;
  readonly key: string;
  readonly asOf: string;
}

/** A rejected claim that a person corrected, on an account of its own: the claim is to be sent again. */
async function errand(): Promise<Errand & { readonly account: string }> {
  n += 1;
  const account = `K${n}`;
  await world.receive(`${account}.837`, fileText(claimOf(account), '2026-06-15'));
  const accountId = await world.accountId(account);
  await world.receive(`${account}.277ca`, fileText({ acknowledgement: { claim: account, code: 'A7', status: '164' } }, '2026-06-16'));
  const { commands } = await answer(accountId, 't1', { outcome: 'ready', by: 'pat', memberId: 'CORRECT1' });
  return { account, accountId, key: commands[0]?.key ?? 'none', asOf: world.now };
}

async function answer(accountId: string, taskId: string, form: TaskForm) {
  const formId = await submitTaskForm(world.store.prisma, { accountId, taskId, form });
  return world.advance(accountId, { formIds: [formId] });
}

function activitiesOn(prisma: PrismaClient, gateway: Gateway) {
  const messenger = { deliver: () => Promise.resolve() };
  return createActivities({ prisma, rules: fixedRules(knowledge), messenger, gateway });
}

async function statusOf({ accountId, key }: Errand): Promise<string> {
  const intent = await world.store.prisma.intent.findUniqueOrThrow({ where: { accountId_key: { accountId, key } } });
  return intent.status;
}

/** As many commands as there are points, on one account: status inquiries, which may be asked again and again. */
async function inquiry(accountId: string, point: number): Promise<Errand> {
  const key = `walk${point}`;
  const about = { kind: 'sendStatusInquiry', subject: { kind: 'claim', sequence: 1 }, params: { sequence: 1 } };
  const data = { id: uuidv7(), accountId, key, ...about, status: 'issued', issuedAt: new Date(world.now) };
  await world.store.prisma.intent.create({ data });
  return { accountId, key, asOf: world.now };
}

/** Dies at every point in turn; each time a worker that starts again finishes what was begun. */
async function walk(tells: boolean): Promise<readonly { readonly sends: number; readonly status: string }[]> {
  const { accountId } = await errand();
  const ends: { readonly sends: number; readonly status: string }[] = [];
  for (let point = 1; ; point += 1) {
    const input = await inquiry(accountId, point);
    const receiver = new Receiver(tells);
    const mortality = new Mortality(point);
    const dying = activitiesOn(mortality.database(world.store.prisma), mortality.gateway(receiver));
    const isKilled = await dying.sendStatusInquiry(input).then(
      () => false,
      (error: unknown) => {
        if (error instanceof Killed) return true;
        throw error;
      },
    );
    const { sendStatusInquiry } = activitiesOn(world.store.prisma, receiver);
    const { eventId } = await sendStatusInquiry(input);
    expect(await sendStatusInquiry(input)).toEqual({ eventId });
    expect(await world.store.prisma.accountEvent.count({ where: { accountId, kind: 'commandCarriedOut' } })).toBe(point);
    ends.push({ sends: receiver.taken.length, status: await statusOf(input) });
    if (!isKilled) return ends;
  }
}

describe('a kill at every point between the intent and its receipt', () => {
  test('is one sending when the other side can be asked', async () => {
    const ends = await walk(true);
    expect(ends.length).toBeGreaterThan(20);
    expect(ends.every(({ sends, status }) => sends === 1 && status === 'sent')).toBe(true);
  });

  test('is never two sendings and never a forgotten one when nobody can be asked', async () => {
    const ends = await walk(false);
    expect(ends.filter(({ sends }) => sends > 1)).toEqual([]);
    // Sent, or known to be in doubt: then a person settles it. What was sent is never taken for refused.
    expect(ends.every(({ sends, status }) => (status === 'sent' ? sends === 1 : status === 'unknown'))).toBe(true);
    expect(ends.some(({ sends, status }) => sends === 1 && status === 'unknown')).toBe(true);
    expect(ends.some(({ sends, status }) => sends === 0 && status === 'unknown')).toBe(true);
  });

  test.each(['before the delivery', 'after the delivery'])('with kill -9 of a real process %s is one file', async (point) => {
    const folder = temporaryFolder();
    const { account: _account, ...input } = await errand();
    const script = join(import.meta.dirname, '..', 'support', 'sending-process.ts');
    const parameters = [world.databaseUrl, folder, input.accountId, input.key, input.asOf, point];
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...parameters], { stdio: 'inherit' });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    expect(readdirSync(folder)).toEqual(point === 'before the delivery' ? [] : ['UHC01']);
    await activitiesOn(world.store.prisma, dropFolder(folder)).submitClaim(input);
    expect(await statusOf(input)).toBe('sent');
    expect(readdirSync(join(folder, 'UHC01'))).toHaveLength(1);
  });
});

describe('a delivery in doubt', () => {
  test('of which nobody can be asked just now is unknown, and sent only when it surely did not arrive', async () => {
    const { account: _account, ...input } = await errand();
    const receiver = new Receiver(true);
    let isAway = true;
    const gateway: Gateway = {
      deliver: async (parcel) => {
        if (isAway) throw new DomainError('gateway.in-doubt', 'the connection was lost');
        return receiver.deliver(parcel);
      },
      find: async (parcel) => {
        if (isAway) throw new Error('the connection is lost');
        return receiver.find(parcel);
      },
    };
    const { submitClaim } = activitiesOn(world.store.prisma, gateway);
    await expect(submitClaim(input)).rejects.toThrow('the connection is lost');
    expect(await statusOf(input)).toBe('unknown');
    await expect(submitClaim(input)).rejects.toThrow('the connection is lost');
    expect(receiver.taken).toEqual([]);
    isAway = false;
    await submitClaim(input);
    expect(receiver.taken).toHaveLength(1);
    expect(await statusOf(input)).toBe('sent');
  });

  test('that a person settles as arrived counts as sent, and as not arrived goes out once more', async () => {
    for (const outcome of ['arrived', 'didNotArrive'] as const) {
      const { account, ...input } = await errand();
      const silent: Gateway = {
        deliver: () => Promise.reject(new DomainError('gateway.in-doubt', 'no answer came')),
        find: () => Promise.resolve({ kind: 'cannotTell' }),
      };
      const { eventId } = await activitiesOn(world.store.prisma, silent).submitClaim(input);
      const { openTasks } = await world.advance(input.accountId, { eventIds: [eventId ?? ''] });
      const task = openTasks.find(({ kind }) => kind === 'resolveDelivery');
      const turn = await answer(input.accountId, task?.id ?? 'none', { outcome, by: 'sam', reference: 'CALL-7' });
      const claim = (await world.account(account)).claims[0];
      if (outcome === 'arrived') {
        expect(turn.commands).toEqual([]);
        expect(await statusOf(input)).toBe('sent');
        expect(claim?.submissions.map(({ key }) => key)).toEqual([account, `${account}.2`]);
        continue;
      }
      expect(await statusOf(input)).toBe('refused');
      const [again] = turn.commands;
      const receiver = new Receiver(true);
      await activitiesOn(world.store.prisma, receiver).submitClaim({ ...input, key: again?.key ?? 'none' });
      expect(receiver.taken).toHaveLength(1);
    }
  });

  test('at a portal is a task for a person, whose confirmation number is the receipt', async () => {
    const { account: _account, ...input } = await errand();
    const { eventId } = await activitiesOn(world.store.prisma, portal).submitClaim(input);
    const { openTasks } = await world.advance(input.accountId, { eventIds: [eventId ?? ''] });
    const task = openTasks.find(({ kind }) => kind === 'uploadToPortal');
    const taskId = task?.id ?? 'none';
    const bare = await answer(input.accountId, taskId, { outcome: 'uploaded', by: 'sam' });
    expect(bare.refusals).toMatchObject([{ reason: expect.stringContaining('confirmation number') }]);
    await answer(input.accountId, taskId, { outcome: 'uploaded', by: 'sam', reference: 'PORTAL-123' });
    const { accountId, key } = input;
    const intent = await world.store.prisma.intent.findUniqueOrThrow({ where: { accountId_key: { accountId, key } } });
    expect(intent).toMatchObject({ status: 'sent', receipt: 'PORTAL-123' });
  });
});
