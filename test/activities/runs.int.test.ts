import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createActivities } from '../../activities/create.ts';
import type { Gateway } from '../../activities/dependencies.ts';
import { fixedRules } from '../../activities/rule-library.ts';
import type { Activities } from '../../activities/index.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import type { PrismaClient } from '../../prisma/client.ts';
import { listRuns } from '../../prisma/reads/runs.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { resolveRun } from '../../prisma/writes/run-doubt.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { issue, letOwe } from '../support/owing.ts';
import { Killed, Mortality, Receiver } from '../support/mortal.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();
let world: StoredWorld;

beforeAll(async () => {
  world = await StoredWorld.open({ knowledge });
  world.now = instant('2026-06-16T14:00:00Z');
  for (const [account, patient] of [
    ['G1', 'SAME'],
    ['G2', 'SAME'],
    ['G3', 'OTHER'],
  ])
    await world.receive(`${account}.837`, fileText(claimOf(account ?? '', { patient }), '2026-06-15'));
});

afterAll(() => world.close());

function activitiesOn(prisma: PrismaClient, gateway: Gateway): Activities {
  const messenger = { deliver: () => Promise.resolve() };
  return createActivities({ prisma, gateway, messenger, rules: fixedRules(knowledge) });
}

async function issued(account: string, kind: 'sendStatement' | 'offerPaymentPlan') {
  return issue(world.store.prisma, { accountId: await world.accountId(account), kind, now: world.now });
}

/** Accounts in each statement that was written after the first so many. */
async function statementsAfter(count: number): Promise<readonly (readonly string[])[]> {
  const rows = await world.store.prisma.statement.findMany({
    orderBy: { id: 'asc' },
    skip: count,
    include: { accounts: { include: { account: { select: { accountNumber: true } } } } },
  });
  return rows.map(({ accounts }) => accounts.map(({ account }) => account.accountNumber).sort());
}

async function gathered(...accounts: readonly string[]) {
  const inputs = [];
  for (const account of accounts) {
    const input = await issued(account, 'sendStatement');
    await letOwe(world.store.prisma, input.accountId, 10_000);
    expect(await world.activities.sendStatement(input)).toEqual({ eventId: null });
    inputs.push(input);
  }
  return inputs;
}

function send(on: Activities) {
  return on.sendOutboundRun({ destination: 'statements', asOf: world.now, clockShiftMs: 0, accountIds: null });
}

async function ends(inputs: readonly { accountId: string; key: string }[]) {
  const rows = await world.store.prisma.intent.findMany({ where: { key: { in: inputs.map(({ key }) => key) } }, orderBy: { key: 'asc' } });
  return rows.map(({ status, reason, eventId }) => ({ status, reason, isTold: eventId !== null }));
}

describe('a run', () => {
  test('sends one statement to each guarantor, with all of their accounts, and each account once', async () => {
    const inputs = await gathered('G1', 'G2', 'G3');
    expect(await world.activities.sendStatement(inputs[0] ?? { accountId: '', key: '', asOf: '' })).toEqual({ eventId: null });
    expect(await send(world.activities)).toEqual({ intents: 3, hasEnded: true, halted: null });
    expect(new Set(await statementsAfter(0))).toEqual(new Set([['G1', 'G2'], ['G3']]));
    expect(await ends(inputs)).toEqual(inputs.map(() => ({ status: 'sent', reason: null, isTold: true })));
    expect(await send(world.activities)).toEqual({ intents: 0, hasEnded: false, halted: null });
  });

  test('leaves behind what a hold stops that came after the decision, also before any turn took it', async () => {
    const inputs = await gathered('G1', 'G3');
    const plan = await issued('G3', 'offerPaymentPlan');
    const hold = { kind: 'holdPlaced', hold: 'bankruptcy', on: civilDate('2026-06-16'), reviewOn: civilDate('2026-09-16') } as const;
    const accountId = await world.accountId('G3');
    const arrival = { accountId, body: hold, occurredAt: world.now, dedupeKey: 'hold:test', fileId: null, isUndelivered: true as const };
    await world.store.prisma.$transaction((tx) => appendArrivals(tx, [arrival]));
    const before = await world.store.prisma.statement.count();
    await send(world.activities);
    await world.activities.offerPaymentPlan(plan);
    expect(await statementsAfter(before)).toEqual([['G1']]);
    const stopped = {
      status: 'refused',
      reason: 'hold.stops: the hold "bankruptcy" stops it; it is asked again when the hold goes',
      isTold: true,
    };
    expect(await ends(inputs)).toEqual([{ status: 'sent', reason: null, isTold: true }, stopped]);
    expect(await ends([plan])).toEqual([stopped]);
    const turn = await world.turn(accountId);
    expect(turn.openTasks).toEqual([]);
  });

  test('of which all were stopped has sent none', async () => {
    const inputs = await gathered('G3');
    expect(await send(world.activities)).toEqual({ intents: 0, hasEnded: true, halted: null });
    expect((await ends(inputs)).map(({ status }) => status)).toEqual(['refused']);
  });

  test('that dies anywhere is finished by the next, and is one parcel', async () => {
    for (let point = 1; ; point += 1) {
      const inputs = await gathered('G1', 'G2');
      const receiver = new Receiver(true);
      const mortality = new Mortality(point);
      const dying = activitiesOn(mortality.database(world.store.prisma), mortality.gateway(receiver));
      const isKilled = await send(dying).then(
        () => false,
        (error: unknown) => {
          if (error instanceof Killed) return true;
          throw error;
        },
      );
      await send(activitiesOn(world.store.prisma, receiver));
      expect(receiver.taken).toHaveLength(1);
      expect(await ends(inputs)).toEqual(inputs.map(() => ({ status: 'sent', reason: null, isTold: true })));
      if (!isKilled) return expect(point).toBeGreaterThan(20);
    }
  }, 240_000);

  test('of which nobody knows whether it arrived waits for a person, and nothing more goes there', async () => {
    const inputs = await gathered('G1');
    const silent: Gateway = {
      deliver: () => Promise.reject(new DomainError('gateway.in-doubt', 'no answer came')),
      find: () => Promise.resolve({ kind: 'cannotTell' }),
    };
    expect(await send(activitiesOn(world.store.prisma, silent))).toEqual({
      intents: 0,
      hasEnded: false,
      halted: 'gateway.in-doubt: no answer came',
    });
    const later = await gathered('G2');
    expect((await send(activitiesOn(world.store.prisma, silent))).intents).toBe(0);
    expect(await ends([...inputs, ...later])).toEqual([...inputs, ...later].map(() => ({ status: 'issued', reason: null, isTold: false })));
    const [run] = await listRuns(world.store.prisma, 1);
    const answer = { runId: run?.id ?? '', receipt: 'by telephone' };
    expect(await resolveRun(world.store.prisma, { ...answer, arrived: true })).toBe(true);
    expect(await resolveRun(world.store.prisma, { ...answer, arrived: true })).toBe(false);
    const receiver = new Receiver(true);
    const able = activitiesOn(world.store.prisma, receiver);
    await send(able);
    expect(receiver.taken).toEqual([]);
    await send(able);
    expect(receiver.taken).toHaveLength(1);
    expect(await ends([...inputs, ...later])).toEqual([...inputs, ...later].map(() => ({ status: 'sent', reason: null, isTold: true })));
  });

  test('that is not taken stays for the next', async () => {
    const inputs = await gathered('G1');
    const closed: Gateway = {
      deliver: () => Promise.reject(new DomainError('gateway.no-channel', 'there is none')),
      find: () => Promise.resolve({ kind: 'absent' }),
    };
    expect(await send(activitiesOn(world.store.prisma, closed))).toEqual({
      intents: 0,
      hasEnded: false,
      halted: 'gateway.no-channel: there is none',
    });
    await send(world.activities);
    expect(await ends(inputs)).toEqual([{ status: 'sent', reason: null, isTold: true }]);
  });
});
