import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../client/knowledge.ts';
import { examine } from '../../prisma/reads/doctor.ts';
import { createPrisma } from '../../prisma/client.ts';
import { readAudit } from '../../prisma/reads/rule-drafts.ts';
import { listPublications, readPublication } from '../../prisma/reads/rule-publications.ts';
import { holdRules } from '../../prisma/reads/rule-versions.ts';
import { readPausedRules } from '../../prisma/reads/rule-pauses.ts';
import { resumeRule } from '../../prisma/writes/rule-pauses.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import { answering, changedFiles, within } from '../support/changed-rules.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { approvedDraft, publishedRules, step } from '../support/rule-drafts.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();
const appeal = changedFiles({ rules: { 'denied.medicalNecessity': answering({ action: 'reconsideration', queue: 'denials' }) } });
const denial = { paid: '0.00', adjust: ['CO-50 1480.00'] };

let world: StoredWorld;

beforeEach(async () => {
  world = await StoredWorld.open({ knowledge, rulesOf: publishedRules });
  world.now = instant('2026-06-16T14:00:00Z');
});

afterEach(() => world.close());

/** Accounts D0, D1 … whose claims were denied for want of medical necessity, and P0, P1 … that wait for their payer. */
async function accounts({ denied, pending }: { denied: number; pending: number }): Promise<void> {
  const numbers = [...Array.from({ length: denied }, (_, n) => `D${n}`), ...Array.from({ length: pending }, (_, n) => `P${n}`)];
  for (const number of numbers)
    await world.receive(`${number}.837`, fileText(claimOf(number, { payers: [{ payer: 'PAYX', filing: 'CI' }] }), '2026-06-15'));
  for (const number of numbers.slice(0, denied))
    await world.receive(`${number}.835`, fileText(remittanceOf(number, denial, { payer: 'PAYX', trace: `T${number}` }), '2026-06-16'));
}

async function publish(files: Parameters<typeof approvedDraft>[1], policy?: Parameters<typeof approvedDraft>[2]): Promise<string> {
  const draftId = await approvedDraft(world.store.prisma, files, policy);
  const answer = await world.activities.publishDraft({ draftId, by: 'ben' });
  if (answer.kind !== 'published') throw new Error(`not published: ${JSON.stringify(answer)}`);
  return answer.publicationId;
}

/** Until it is settled. @returns the accounts told, once for each message */
async function tell(publicationId: string, limit = 250): Promise<readonly string[]> {
  const before = world.messages.length;
  for (;;) {
    const { isSettled } = await world.activities.tellAccounts({ publicationId, limit });
    if (isSettled) return world.messages.slice(before).map(({ accountId }) => accountId);
  }
}

async function openTasks(number: string): Promise<readonly string[]> {
  return (await world.account(number)).tasks.filter(({ status }) => status === 'open').map(({ kind }) => kind);
}

/** A trigger with it ends the connection in the middle of a transaction. */
const dying =
  'CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$';

describe('publishing', () => {
  test('the same draft twice, and two workers at once, is one publication', async () => {
    const draftId = await approvedDraft(world.store.prisma, appeal);
    const both = await Promise.all([1, 2].map(() => world.activities.publishDraft({ draftId, by: 'ben' })));
    expect(both[0]).toEqual(both[1]);
    expect(await world.activities.publishDraft({ draftId, by: 'ben' })).toEqual(both[0]);
    expect((await listPublications(world.store.prisma)).map(({ number }) => number)).toEqual([2, 1]);
    expect((await readAudit(world.store.prisma)).map(({ deed }) => deed)).toEqual([
      'created',
      'planned',
      'checked',
      'weighed',
      'submitted',
      'approved',
      'published',
    ]);
  });

  test('over newer rules it is refused, and the reason is in the audit once', async () => {
    const { prisma } = world.store;
    const late = await approvedDraft(prisma, changedFiles({ policies: { 'default-filing': within(80) } }));
    await publish(appeal);
    const refusal = {
      kind: 'refused',
      reason: expect.stringMatching(/other rules were published since \(number 2, this was made from 1\)/),
    };
    expect(await world.activities.publishDraft({ draftId: late, by: 'ben' })).toEqual(refusal);
    expect(await world.activities.publishDraft({ draftId: late, by: 'ben' })).toEqual(refusal);
    expect((await readAudit(prisma)).filter(({ deed }) => deed === 'refused')).toHaveLength(1);
  });

  test('of two drafts over the same rules that are published at once, one is', async () => {
    const { prisma } = world.store;
    const drafts = [
      await approvedDraft(prisma, appeal),
      await approvedDraft(prisma, changedFiles({ policies: { 'default-filing': within(80) } })),
    ];
    const answers = await Promise.all(drafts.map((draftId) => world.activities.publishDraft({ draftId, by: 'ben' })));
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['published', 'refused']);
  });

  test('two approvals at once are one; its author’s is none', async () => {
    const { prisma } = world.store;
    const id = await approvedDraft(prisma, appeal);
    await step(prisma, id, 'ben', { kind: 'reject', why: 'again, please' });
    await step(prisma, id, 'ana', { kind: 'submit' });
    expect(await step(prisma, id, 'ana', { kind: 'approve' })).toMatchObject({ kind: 'refused' });
    const both = await Promise.all(['ben', 'cy'].map((by) => step(prisma, id, by, { kind: 'approve' })));
    expect(both.map((taken) => taken?.kind ?? '').sort()).toEqual(['done', 'refused']);
  });

  test('a database that dies in the middle leaves nothing live, and the next attempt publishes', async () => {
    const { prisma } = world.store;
    const draftId = await approvedDraft(prisma, appeal);
    await prisma.$executeRawUnsafe(dying);
    await prisma.$executeRawUnsafe(`CREATE TRIGGER die AFTER INSERT ON "RulePublication" FOR EACH ROW EXECUTE FUNCTION die()`);
    await expect(world.activities.publishDraft({ draftId, by: 'ben' })).rejects.toThrow(/connection|terminat/i);
    expect({ live: (await listPublications(prisma))[0]?.number, versions: await prisma.ruleVersion.count() }).toEqual({
      live: 1,
      versions: 1,
    });
    await prisma.$executeRawUnsafe(`DROP TRIGGER die ON "RulePublication"`);
    expect(await world.activities.publishDraft({ draftId, by: 'ben' })).toMatchObject({ kind: 'published' });
    const audit = await readAudit(prisma);
    expect({ sound: audit.every(({ isSound }) => isSound), last: audit.at(-1)?.deed }).toEqual({ sound: true, last: 'published' });
  });
});

describe('telling the accounts', () => {
  test('only those that the new rules would decide otherwise, each once, and they ask again', async () => {
    await accounts({ denied: 3, pending: 2 });
    const publicationId = await publish(appeal);
    const told = await tell(publicationId, 1);
    expect([...told].sort()).toEqual((await Promise.all(['D0', 'D1', 'D2'].map((number) => world.accountId(number)))).sort());
    expect(await readPublication(world.store.prisma, publicationId)).toMatchObject({ told: 3, sweep: 2 });
    for (const accountId of told) await world.turn(accountId);
    expect(await openTasks('D0')).toEqual(['prepareReconsideration']);
    expect(await openTasks('P0')).toEqual([]);
    expect(await tell(publicationId)).toEqual([]);
    expect((await examine(world.store.prisma)).undeliveredEvents).toEqual([]);
  });

  test('a database or a worker that dies between any two steps leaves nobody told twice by an event, and nobody missed', async () => {
    await accounts({ denied: 4, pending: 0 });
    const publicationId = await publish(appeal);
    let calls = 0;
    world.beforeMessage = async () => {
      calls += 1;
      if (calls % 3 === 1 && calls < 10) throw new Error('the worker dies');
    };
    const { prisma } = world.store;
    await prisma.$executeRawUnsafe(dying);
    await prisma.$executeRawUnsafe(
      `CREATE TRIGGER die AFTER INSERT ON "AccountEvent" FOR EACH ROW WHEN (NEW."kind" = 'rulesChanged') EXECUTE FUNCTION die()`,
    );
    await expect(world.activities.tellAccounts({ publicationId, limit: 1 })).rejects.toThrow(/connection|terminat/i);
    expect(await readPublication(prisma, publicationId)).toMatchObject({ told: 0, cursor: null });
    await prisma.$executeRawUnsafe(`DROP TRIGGER die ON "AccountEvent"`);
    const attempts: string[] = [];
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const answer = await world.activities.tellAccounts({ publicationId, limit: 1 }).catch(() => null);
      attempts.push(answer === null ? 'died' : 'done');
      if (answer?.isSettled === true) break;
    }
    expect(attempts).toContain('died');
    expect(attempts.at(-1)).toBe('done');
    const events = await world.store.prisma.accountEvent.findMany({ where: { kind: 'rulesChanged' } });
    expect(new Set(events.map(({ accountId }) => accountId)).size).toBe(4);
    expect({ events: events.length, undelivered: events.filter(({ deliveredAt }) => deliveredAt === null).length }).toEqual({
      events: 4,
      undelivered: 0,
    });
  });

  test('two workers at once tell each account once', async () => {
    await accounts({ denied: 4, pending: 1 });
    const publicationId = await publish(appeal);
    await Promise.all([tell(publicationId), tell(publicationId)]);
    expect(await world.store.prisma.accountEvent.count({ where: { kind: 'rulesChanged' } })).toBe(4);
  });

  test('a turn that began under the old rules ends before the publication, so the sweep sees what it decided', async () => {
    const draftId = await approvedDraft(world.store.prisma, appeal);
    const second = createPrisma(world.databaseUrl, 2);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isHeld = (): void => undefined;
    const isHolding = new Promise<void>((resolve) => {
      isHeld = resolve;
    });
    const turn = second.prisma.$transaction(async (tx) => {
      await holdRules(tx);
      isHeld();
      await held;
      return (await tx.rulePublication.findFirstOrThrow({ orderBy: { number: 'desc' } })).number;
    });
    await isHolding;
    const publishing = world.activities.publishDraft({ draftId, by: 'ben' });
    release();
    expect(await turn).toBe(1);
    expect(await publishing).toMatchObject({ kind: 'published' });
    await second.close();
  });

  test('at the next decision only a shorter deadline is told at once', async () => {
    await accounts({ denied: 1, pending: 2 });
    expect(await tell(await publish(appeal, 'nextDecision'))).toEqual([]);
    const shorter = changedFiles({ policies: { 'default-appeal1': within(20) } }, appeal);
    const told = await tell(await publish(shorter, 'nextDecision'));
    expect(told).toEqual([await world.accountId('D0')]);
    await world.turn(told[0] ?? '');
    expect(await openTasks('D0')).toEqual(['prepareAppeal', 'heedEarlierDate']);
  });

  test('keep old tells nobody, and the accounts that run keep their rules', async () => {
    await accounts({ denied: 0, pending: 1 });
    const publicationId = await publish(appeal, 'keepOld');
    expect(await tell(publicationId)).toEqual([]);
    await world.receive('P0.835', fileText(remittanceOf('P0', denial, { payer: 'PAYX' }), '2026-06-16'));
    expect(await openTasks('P0')).toEqual(['prepareAppeal']);
  });
});

describe('the circuit breaker', () => {
  const limited = changedFiles({
    rules: { 'denied.medicalNecessity': (rule) => void (rule.meta.breaker = { accounts: 2, cents: 1_000_000_00, windowDays: 1 }) },
  });

  test('stops the rule with the decision that goes too far, keeps the accounts, and resuming lets them ask again', async () => {
    const { prisma } = world.store;
    await publish(limited, 'nextDecision');
    await accounts({ denied: 4, pending: 0 });
    expect(await Promise.all(['D0', 'D1', 'D2', 'D3'].map(openTasks))).toEqual([
      ['prepareAppeal'],
      ['prepareAppeal'],
      ['chooseNextStep'],
      ['chooseNextStep'],
    ]);
    expect(await readPausedRules(prisma)).toMatchObject([{ ruleId: 'denied.medicalNecessity', accounts: 3, limit: { accounts: 2 } }]);
    expect(
      (await prisma.decision.groupBy({ by: ['effect'], _count: true, orderBy: { effect: 'asc' } })).map(({ effect, _count }) => [
        effect,
        _count,
      ]),
    ).toEqual([
      ['acted', 2],
      ['held', 2],
    ]);
    const at = instant('2026-06-16T15:00:00Z');
    const resumedAt = await resumeRule(prisma, 'denied.medicalNecessity', { by: 'sue', at });
    expect(await resumeRule(prisma, 'denied.medicalNecessity', { by: 'tom', at: instant('2026-06-16T16:00:00Z') })).toEqual(resumedAt);
    world.now = at;
    const held = { ruleId: 'denied.medicalNecessity', resumedAt: at, after: null, limit: 10 };
    expect(await world.activities.tellHeld(held)).toEqual({ told: 2, next: null });
    expect(await world.activities.tellHeld(held)).toEqual({ told: 0, next: null });
    for (const { accountId } of world.messages.slice(-2)) await world.turn(accountId);
    expect(await Promise.all(['D2', 'D3'].map(openTasks))).toEqual([['prepareAppeal'], ['prepareAppeal']]);
    expect((await readAudit(prisma)).slice(-2).map(({ deed, by }) => [deed, by])).toEqual([
      ['paused', 'recourse'],
      ['resumed', 'sue'],
    ]);
  });

  test('counts money too', async () => {
    const rules = {
      'denied.medicalNecessity': (rule: { meta: object }) =>
        void Object.assign(rule.meta, { breaker: { accounts: 99, cents: 200_000, windowDays: 1 } }),
    };
    await publish(changedFiles({ rules }), 'nextDecision');
    await accounts({ denied: 2, pending: 0 });
    expect(await readPausedRules(world.store.prisma)).toMatchObject([{ amountCents: 296_000, limit: { cents: 200_000 } }]);
  });
});
