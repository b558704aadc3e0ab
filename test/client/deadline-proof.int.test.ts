import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { accountWorkflowId } from '../../client/accounts.ts';
import { createApi } from '../../client/api/server.ts';
import { type Engine, engineOn } from '../../client/engine.ts';
import { openSigner, trustedKeys } from '../../client/statement-key.ts';
import { accountOf } from '../../prisma/convert.ts';
import { fileText, remittanceOf } from '../support/claims.ts';
import { recourse } from '../support/fake-engine.ts';
import { backUp } from '../support/older-database.ts';
import { sentAccounts } from '../support/sent-accounts.ts';
import { engineForTests } from '../support/test-engine.ts';

const engine = engineForTests();
const on = new Date().toISOString().slice(0, 10);
const { take, send, idOf, wakeOf } = sentAccounts(engine, on);
let own: Engine;

beforeAll(async () => {
  own = { ...engineOn(engine().house), close: () => Promise.resolve() };
  for (const account of ['PROOF1', 'PROOF2', 'PROOF3']) await send(account);
}, 60_000);

/** A second look finds nothing: what was broken is healed. */
afterEach(async () => {
  const { findings, unarmed } = await own.deadlines.prove({ by: 'test', isDryRun: false });
  if (findings.length > 0 || unarmed > 0) throw new Error(`the second proof is not clean: ${JSON.stringify(findings)}`);
});

async function prove(...more: readonly string[]) {
  const { exit, out } = await recourse(['deadlines', 'prove', '--json', ...more], own);
  return { exit, proof: JSON.parse(out) };
}

/** What a proof found of an account, in short. */
function foundOf(proof: { findings: { accountNumber: string; kind: string; healed: boolean }[] }, accountNumber: string) {
  return proof.findings.filter((f) => f.accountNumber === accountNumber).map(({ kind, healed }) => `${kind} ${healed}`);
}

describe('a proof', () => {
  test('of an engine that is well counts every open deadline as armed, says when the first timer fires, and ends with 0', async () => {
    const { prisma } = engine().house;
    const { exit, out } = await recourse(['deadlines', 'prove'], own);
    const open = await prisma.deadline.count({ where: { status: 'open' } });
    const first = await prisma.account.aggregate({ _min: { nextActionAt: true } });
    expect(open).toBeGreaterThan(3);
    expect(exit).toBe(0);
    expect(out).toContain(`✓ ${open} open, ${open} armed, 0 unarmed, earliest fires at ${first._min.nextActionAt?.toISOString()}\n`);
    expect(out).toContain('3 open accounts compared, 3 projections folded again, 0 disagreed, 0 healed');
  });

  test('is as sure of accounts of an earlier release: the migration gives them the hash that their last turn would have left', async () => {
    const { prisma } = engine().house;
    const hashes = () => prisma.account.findMany({ orderBy: { id: 'asc' }, select: { agendaHash: true } });
    const before = await hashes();
    expect(before.every(({ agendaHash }) => agendaHash !== null)).toBe(true);
    await prisma.account.updateMany({ data: { agendaHash: null } });
    const sql = readFileSync(join(import.meta.dirname, '../../prisma/migrations/0012_deadline_proof/migration.sql'), 'utf8');
    await prisma.$executeRawUnsafe(sql.slice(sql.indexOf('UPDATE "Account"')));
    expect(await hashes()).toEqual(before);
  });

  test('names a deadline row that was changed behind the engine’s back, and writes it back as the events say', async () => {
    const { prisma } = engine().house;
    const accountId = await idOf('PROOF1');
    const before = await prisma.deadline.findMany({ where: { accountId }, orderBy: { deadlineId: 'asc' } });
    const open = before.find(({ status }) => status === 'open');
    const key = { accountId_deadlineId: { accountId, deadlineId: open?.deadlineId ?? '' } };
    await prisma.deadline.update({ where: key, data: { legalOn: new Date('2030-01-01'), safeByOn: new Date('2029-12-20') } });

    const dry = await prove('--dry-run');
    expect({ exit: dry.exit, found: foundOf(dry.proof, 'PROOF1'), statement: dry.proof.statement }).toEqual({
      exit: 1,
      found: ['rowChanged false'],
      statement: null,
    });
    expect(await prisma.deadline.findUnique({ where: key })).toMatchObject({ legalOn: new Date('2030-01-01') });

    const { exit, proof } = await prove();
    expect({ exit, found: foundOf(proof, 'PROOF1'), unarmed: proof.unarmed }).toEqual({ exit: 1, found: ['rowChanged true'], unarmed: 0 });
    expect(proof.findings[0].detail).toContain(`${open?.deadlineId}: legal 2030-01-01, safe by 2029-12-20, the events say legal `);
    expect(await prisma.deadline.findMany({ where: { accountId }, orderBy: { deadlineId: 'asc' } })).toEqual(before);
  });

  test('finds a row that is not open any more and was changed all the same', async () => {
    const { prisma } = engine().house;
    const accountId = await idOf('PROOF1');
    const where = { accountId, status: { not: 'open' } };
    expect((await prisma.deadline.updateMany({ where, data: { nominalOn: new Date('2020-01-01') } })).count).toBeGreaterThan(0);
    expect(foundOf((await prove()).proof, 'PROOF1')).toEqual(['rowChanged true']);
    expect(await prisma.deadline.count({ where: { ...where, nominalOn: new Date('2020-01-01') } })).toBe(0);
  });

  test('finds rows that were deleted, closed and invented', async () => {
    const { prisma } = engine().house;
    const accountId = await idOf('PROOF2');
    const before = await prisma.deadline.findMany({ where: { accountId }, orderBy: { deadlineId: 'asc' } });
    const [one, two] = before.filter(({ status }) => status === 'open');
    if (one === undefined || two === undefined) throw new Error('a sent claim has two deadlines');
    await prisma.deadline.delete({ where: { accountId_deadlineId: { accountId, deadlineId: one.deadlineId } } });
    await prisma.deadline.update({ where: { accountId_deadlineId: { accountId, deadlineId: two.deadlineId } }, data: { status: 'met' } });
    await prisma.$executeRaw`
      INSERT INTO "Deadline" SELECT (jsonb_populate_record(d, '{"deadlineId": "invented"}')).* FROM "Deadline" d
      WHERE "accountId" = ${accountId}::uuid AND "deadlineId" = ${two.deadlineId}`;
    const { proof } = await prove();
    expect(foundOf(proof, 'PROOF2')).toEqual(['rowChanged true']);
    for (const said of [
      `${one.deadlineId}: the row is missing`,
      `${two.deadlineId}: met, the events say open`,
      'invented: no event set it',
    ])
      expect(proof.findings[0].detail).toContain(said);
    expect(await prisma.deadline.findMany({ where: { accountId }, orderBy: { deadlineId: 'asc' } })).toEqual(before);
  });

  test('rebuilds a projection that is not the fold of its events, with the date that follows from it', async () => {
    const { prisma } = engine().house;
    const accountId = await idOf('PROOF1');
    const before = await prisma.account.findUniqueOrThrow({ where: { id: accountId } });
    const projection = JSON.parse(JSON.stringify(before.projection).replaceAll(/"legalOn":"\d{4}/g, '"legalOn":"2031'));
    await prisma.account.update({ where: { id: accountId }, data: { projection, nextActionAt: new Date('2031-01-01T13:00:00Z') } });
    const { proof } = await prove();
    expect(foundOf(proof, 'PROOF1')).toEqual(['accountChanged true', 'projectionChanged true']);
    expect(await prisma.account.findUniqueOrThrow({ where: { id: accountId } })).toEqual(before);
  });

  test('does not rebuild from events of which some are missing, and says so until they are there again', async () => {
    const { prisma } = engine().house;
    const accountId = await idOf('PROOF3');
    const before = await prisma.account.findUniqueOrThrow({ where: { id: accountId } });
    await prisma.$executeRaw`CREATE TABLE kept AS SELECT * FROM "AccountEvent" WHERE "accountId" = ${accountId}::uuid AND "position" = 2`;
    await prisma.$executeRaw`DELETE FROM "AccountEvent" WHERE "accountId" = ${accountId}::uuid AND "position" = 2`;
    const { proof } = await prove();
    expect({ found: foundOf(proof, 'PROOF3'), isUnarmed: proof.unarmed > 0 }).toEqual({ found: ['eventsMissing false'], isUnarmed: false });
    expect(await prisma.account.findUniqueOrThrow({ where: { id: accountId } })).toEqual(before);
    expect(await doctorLine()).toMatchObject({ ok: false, found: expect.stringContaining('1 disagreed, 0 healed') });
    await prisma.$executeRaw`INSERT INTO "AccountEvent" SELECT * FROM kept`;
  });

  test('starts a workflow again that was terminated by hand, where it stood', async () => {
    const { client, accounts } = engine().house;
    const accountId = await idOf('PROOF2');
    const before = await wakeOf(accountId);
    await client.workflow.getHandle(accountWorkflowId(accountId)).terminate('by hand');
    const { exit, proof } = await prove();
    expect({ exit, found: foundOf(proof, 'PROOF2'), unarmed: proof.unarmed }).toEqual({ exit: 1, found: ['notRunning true'], unarmed: 0 });
    expect(proof.findings[0].detail).toBe('its workflow is terminated');
    await accounts.whenSettled(accountId);
    expect(await wakeOf(accountId)).toEqual(before);
  });

  test('needs no timer of a closed account', async () => {
    const accountId = await send('PROOF4');
    await take('PROOF4.835', fileText(remittanceOf('PROOF4', {}, { trace: 'PROOF4' }), on));
    await engine().house.accounts.whenSettled(accountId);
    expect(await engine().house.prisma.account.findUnique({ where: { id: accountId } })).toMatchObject({ terminal: true });
    expect((await prove()).proof).toMatchObject({ found: 0, accounts: 3 });
  });
});

describe('an older database', () => {
  test('is named with its accounts; they go on from what it has, and what went out in the lost turns is not sent twice', async () => {
    const { house, dataFolder } = engine();
    const { prisma, accounts } = house;
    const accountId = await send('PROOF5');
    await take('PROOF5.835', fileText(remittanceOf('PROOF5', { paid: '0.00', adjust: ['CO-197 1480.00'] }, { trace: 'PROOF5' }), on));
    await accounts.whenSettled(accountId);
    const putBack = await backUp(prisma, accountId);
    const letters = () => readdirSync(join(dataFolder, 'outbound', 'letters')).filter((name) => name.endsWith('.pdf'));
    const complete = async () => {
      const { projection } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } });
      const task = accountOf(projection).tasks.find(({ status, kind }) => status === 'open' && kind === 'prepareReconsideration');
      return accounts.completeTask(accountId, {
        taskId: task?.id ?? '',
        form: { outcome: 'ready', by: 'pat', authorizationNumber: 'A-1' },
      });
    };
    expect((await complete()).kind).toBe('done');
    await accounts.whenSettled(accountId);
    expect(letters()).toHaveLength(1);
    const ahead = (await accounts.state(accountId))?.view?.seq ?? 0;
    await putBack();
    const lastNumber = async () =>
      Number((await prisma.$queryRaw<{ n: bigint }[]>`SELECT "last_value" AS n FROM "control_number"`)[0]?.n ?? 0);
    const numberBefore = await lastNumber();

    const { exit, proof } = await prove();
    expect(await lastNumber()).toBeGreaterThan(numberBefore + 99_999);
    expect({ exit, found: foundOf(proof, 'PROOF5'), unarmed: proof.unarmed }).toEqual({
      exit: 1,
      found: ['databaseBehind true'],
      unarmed: 0,
    });
    const statements = await own.deadlines.statements();
    expect(statements.at(-1)?.text).toContain(`AN OLDER DATABASE WAS RESTORED. Accounts: ${accountId}`);
    const { seq } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } });
    expect((await accounts.state(accountId))?.view?.seq).toBe(seq);
    expect(seq).toBeLessThan(ahead);

    expect((await complete()).kind).toBe('done');
    await accounts.whenSettled(accountId);
    expect(letters()).toHaveLength(1);
    expect(await prisma.intent.findMany({ where: { accountId }, select: { key: true, status: true } })).toEqual([
      { key: 'fileReconsideration:1', status: 'unknown' },
    ]);
    expect(
      (await prisma.task.findMany({ where: { accountId, status: 'open' }, select: { kind: true } })).map(({ kind }) => kind),
    ).toContain('resolveDelivery');
  });

  test('that a message meets before any proof ends no account and loses no fact', async () => {
    const { prisma, accounts } = engine().house;
    const accountId = await send('PROOF6');
    const putBack = await backUp(prisma, accountId);
    await take('PROOF6a.835', fileText(remittanceOf('PROOF6', { paid: '0.00', adjust: ['CO-197 1480.00'] }, { trace: 'PROOF6a' }), on));
    await accounts.whenSettled(accountId);
    await putBack();
    await take('PROOF6b.277ca', fileText({ acknowledgement: { claim: 'PROOF6', code: 'A2', status: '20' } }, on));
    await accounts.whenSettled(accountId);
    const { projection, seq } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } });
    expect(accountOf(projection).claims[0]?.submissions[0]?.status).toBe('accepted');
    expect((await accounts.state(accountId))?.view?.seq).toBe(seq);
  });
});

async function doctorLine() {
  return (await own.examine()).find(({ name }) => name === 'deadline proof');
}

describe('statements', () => {
  const trusted = () => trustedKeys([join(engine().dataFolder, 'statement-key.pem')]);

  test('are one a day and one for every proof that found something, in a chain that verifies', async () => {
    const found = await engine().house.prisma.deadlineProof.count({ where: { findings: { some: {} } } });
    const { statements, faults, keyIds } = await own.deadlines.verify(trusted());
    const { keyId } = openSigner({}, engine().dataFolder);
    expect({ statements, faults, keyIds }).toEqual({ statements: found + 1, faults: [], keyIds: [keyId] });
    const key = join(engine().dataFolder, 'statement-key.pem');
    const { exit, out } = await recourse(['deadlines', 'statement', '--verify', '--key', key], own);
    expect(exit).toBe(0);
    expect(out).toContain(`✓ ${statements} statements stand as they were signed, by key ${keyId}`);
    expect(out).toMatch(
      /^Deadline statement 1 of \d{4}-\d\d-\d\d \(America\/New_York\)\n\d+ open, \d+ armed, 0 unarmed, earliest fires at /,
    );
  });

  test('that were changed, taken out or cut off are named, and so is a signature that is not ours', async () => {
    const { prisma } = engine().house;
    const all = await prisma.deadlineStatement.findMany({ orderBy: { number: 'asc' } });
    const faultsAfter = async (breakIt: () => Promise<unknown>) => {
      await breakIt();
      const { faults } = await own.deadlines.verify(trusted());
      await prisma.deadlineStatement.deleteMany({});
      await prisma.deadlineStatement.createMany({ data: all });
      return faults.join('\n');
    };
    const at = (number: number) => ({ where: { number } });
    const [, second] = all;
    expect(await faultsAfter(() => prisma.deadlineStatement.update({ ...at(2), data: { text: `${second?.text} ` } }))).toMatch(
      /^statement 2 of \S+: its text, number or predecessor was changed after it was hashed$/,
    );
    expect(await faultsAfter(() => prisma.deadlineStatement.delete(at(2)))).toBe('between statements 1 and 3: 1 missing');
    expect(await faultsAfter(() => prisma.deadlineStatement.update({ ...at(2), data: { signature: all[0]?.signature ?? '' } }))).toMatch(
      /^statement 2 of \S+: the signature is not that of key [0-9a-f]{16}$/,
    );
    const last = all.length;
    expect(await faultsAfter(() => prisma.deadlineStatement.delete(at(last)))).toBe(
      `statements ${last} to ${last} are missing at the end: a proof names ${last}`,
    );
    const { faults } = await own.deadlines.verify(new Map());
    expect(faults[0]).toMatch(/^statement 1 of \S+: signed by key [0-9a-f]{16}, which is none of those trusted here$/);
  });
});

test('the API and the doctor tell of the last proof, and Temporal starts one every hour', async () => {
  const { client, deadlines } = engine().house;
  const api = await createApi(own);
  const last = await api.inject({ method: 'GET', url: '/deadlines/proof', headers: { host: '127.0.0.1' } });
  expect(last.json()).toMatchObject({ unarmed: 0, found: 0, by: 'test' });
  const days = await api.inject({ method: 'GET', url: `/deadlines/statements?on=1999-01-01`, headers: { host: '127.0.0.1' } });
  expect(days.json()).toEqual({ statements: [] });
  await api.close();
  expect(await doctorLine()).toMatchObject({ ok: true, found: expect.stringMatching(/^0 minutes ago: \d+ open, .*; nothing disagreed$/) });

  await deadlines.schedule();
  await deadlines.schedule();
  const schedule = client.schedule.getHandle('deadline-proof');
  const { spec } = await schedule.describe();
  expect(spec.calendars).toMatchObject([{ minute: [{ start: 17 }], hour: [{ start: 0, end: 23 }] }]);
  await schedule.delete();
});

test('who cannot look says so, with another exit code than who finds something', async () => {
  const { exit } = await recourse(['deadlines', 'prove'], new Error('connect ECONNREFUSED 127.0.0.1:1'));
  expect(exit).toBe(2);
});
