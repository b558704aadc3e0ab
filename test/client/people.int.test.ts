import { beforeAll, describe, expect, test } from '@jest/globals';
import { engineOn } from '../../client/engine.ts';
import { startApi } from '../../client/api/server.ts';
import { pageSaying } from '../../client/sandbox/page.ts';
import { play } from '../../client/scenario/play.ts';
import { scenarioSchema } from '../../client/scenario/format.ts';
import { TemporalWorld } from '../../client/scenario/temporal-world.ts';
import { recourse } from '../support/fake-engine.ts';
import { engineForTests } from '../support/test-engine.ts';

const engine = engineForTests();
const on = new Date().toISOString().slice(0, 10);
const amounts = { B1: 300, B2: 400, B3: 900, B4: 7_000, B5: 500, B6: 600 };

function own() {
  return { ...engineOn(engine().house), close: () => Promise.resolve() };
}

async function said(...parameters: string[]) {
  const { exit, out } = await recourse(['--json', ...parameters], own());
  return { exit, body: JSON.parse(out) };
}

/** Ids of the open tasks of an account, by kind. */
async function openTasks(account: string): Promise<Record<string, string>> {
  const { body } = await said('show', account);
  return Object.fromEntries((body.account ?? body).tasks.map((t: { kind: string; id: string }) => [t.kind, t.id]));
}

beforeAll(async () => {
  const arrives = Object.entries(amounts).flatMap(([account, charge]) => [
    { claim: { account, serviced: on, charge, payers: [{ payer: 'AETNA1', member: 'W1' }] } },
    { acknowledgement: { claim: account, code: 'A2', payerClaim: `P-${account}` } },
    {
      remittance: {
        payer: 'AETNA1',
        trace: `T-${account}`,
        claims: [{ claim: account, charge, paid: 0, adjust: [`CO-197 ${charge}.00`], payerClaim: `P-${account}` }],
      },
    },
  ]);
  const scenario = scenarioSchema.parse({ scenario: 'people', title: 'six denials', days: [{ on, arrives }] });
  const { passed } = await play(scenario, new TemporalWorld(own().doors, { zone: scenario.zone, tag: '', readFile: () => '' }));
  if (!passed) throw new Error('six denials are there before the tests');
}, 60_000);

describe('bulk', () => {
  test('a preview says what would happen, is run as it is, and twice is once', async () => {
    const chosen = ['--queue', 'denials', '--category', 'AUT', '--max', '500.00', '--by', 'sam.supervisor'];
    const give = await said('bulk', 'preview', 'give', '--to', 'kim.accounts', ...chosen);
    const queue = give.body.rows.length === 0 ? 'appeals' : 'denials';
    const meant = chosen.map((word) => (word === 'denials' ? queue : word));
    const { body: preview } = await said('bulk', 'preview', 'give', '--to', 'kim.accounts', ...meant);
    expect(preview.rows.map((row: { accountNumber: string }) => row.accountNumber).sort()).toEqual(['B1', 'B2', 'B5']);
    expect(preview.rows[0].effects).toEqual([expect.stringContaining('sam.supervisor gave t1 to kim.accounts')]);
    expect((await said('queue', 'all', '--assignee', 'kim.accounts')).body.tasks).toEqual([]);

    const wrong = await said('bulk', 'run', preview.id, '--hash', 'f'.repeat(64));
    expect(wrong).toMatchObject({ exit: 1, body: { error: { where: 'bulk.other-preview' } } });

    // A row changes between preview and run: what was previewed is not what would be done.
    expect((await said('task', 'take', 'B2/t1', '--by', 'pat.accounts')).exit).toBe(0);
    const { prisma } = engine().house;
    const half = await own().bulk.run(preview.id, preview.hash, { most: 1, perSecond: 1_000 });
    expect(half.finishedAt).toBeNull();
    const ran = await said('bulk', 'run', preview.id, '--hash', preview.hash, '--rate', '1000');
    const results = (rows: { accountNumber: string; result: string }[]) => Object.fromEntries(rows.map((r) => [r.accountNumber, r.result]));
    expect(results(ran.body.rows)).toEqual({ B1: 'done', B2: 'changed', B5: 'done' });
    const events = () => prisma.accountEvent.count({ where: { kind: 'taskAssigned' } });
    const before = await events();
    expect((await said('bulk', 'run', preview.id, '--hash', preview.hash)).body).toEqual(ran.body);
    expect(await events()).toBe(before);
    expect((await said('queue', 'all', '--assignee', 'kim.accounts')).body.tasks).toHaveLength(2);
  });

  test('killed between the answer of a row and its result, it goes on: nothing is done twice', async () => {
    const { body: preview } = await said(
      'bulk',
      'preview',
      'override',
      '--action',
      'writeOff',
      '--reason',
      'notWorthIt',
      '--min',
      '600.00',
      '--max',
      '900.00',
      '--by',
      'pat.accounts',
    );
    expect(preview.rows).toHaveLength(2);
    const dying = {
      ...engineOn({
        ...engine().house,
        accounts: {
          ...engine().house.accounts,
          tell: async (id: string, telling: Parameters<ReturnType<typeof own>['accounts']['tell']>[1]) => {
            await engine().house.accounts.tell(id, telling);
            throw new Error('killed');
          },
        },
      }),
    };
    await expect(dying.bulk.run(preview.id, preview.hash)).rejects.toThrow('killed');
    const { prisma } = engine().house;
    expect(await prisma.override.count()).toBe(1);
    const { body } = await said('bulk', 'run', preview.id, '--hash', preview.hash);
    expect(body.rows.map(({ result }: { result: string }) => result)).toEqual(['done', 'done']);
    expect(await prisma.override.count()).toBe(2);
  });
});

describe('on the real servers', () => {
  test('a write-off proposed by one is approved by another, and stands as what it is', async () => {
    const { approveWriteOff = '' } = await openTasks('B3');
    const { body } = await said('approvals', 'B3');
    expect(body.proposals).toMatchObject([
      { taskId: approveWriteOff, kind: 'writeOff', state: 'composed', composedBy: 'pat.accounts', amountCents: 90_000 },
    ]);
    const yes = ['task', 'complete', `B3/${approveWriteOff}`, '--outcome', 'approved'];
    expect((await said(...yes, '--by', 'pat.accounts', '--role', 'director')).body.reason).toContain('another person must approve it');
    expect((await said(...yes, '--by', 'sam.supervisor')).body.reason).toContain('needs the yes of a supervisor');
    expect((await said(...yes, '--by', 'sam.supervisor', '--role', 'supervisor')).exit).toBe(0);
    expect((await said('approvals', 'B3', '--state', 'carriedOut')).body.proposals).toMatchObject([
      { taskId: approveWriteOff, reviewedBy: 'sam.supervisor', reviewedAs: 'supervisor', commandKey: 'postWriteOff:1' },
    ]);
    // Nothing is left to tell it.
    expect((await said('undo', 'B3', '--task', approveWriteOff, '--by', 'sam', '--reason', 'no')).body.kind).toBe('notRunning');
  });

  test('an override is counted by rule, told by explain, and no more when it is taken back', async () => {
    const { body } = await said('rules', 'overruled');
    expect(body.rules).toMatchObject([
      { overrides: 2, reasons: [{ name: 'notWorthIt', count: 2 }], chosen: [{ name: 'writeOff', count: 2 }] },
    ]);
    const explained = await recourse(['explain', 'B6'], own());
    expect(explained.out).toContain('Overruled on');
    const before = (await openTasks('B6')).approveWriteOff;
    expect((await said('undo', 'B6', '--by', 'pat.accounts', '--reason', 'wrong account')).exit).toBe(0);
    expect(Object.keys(await openTasks('B6'))).not.toContain('approveWriteOff');
    expect(await own().reads.proposals({ states: ['withdrawn'], limit: 10 })).toContainEqual(
      expect.objectContaining({ accountNumber: 'B6', taskId: before }),
    );
    expect((await said('rules', 'overruled')).body.rules).toMatchObject([{ overrides: 1 }]);
    expect(await own().examine()).toContainEqual({ name: 'projections that differ from their events', ok: true, found: '0', next: '' });
  });

  test('the API says the same: an instruction twice is once, and a bulk is run by its hash', async () => {
    const api = await startApi({ engine: own(), host: '127.0.0.1', port: 0 });
    const post = async (
      path: string,
      body: unknown,
      key = 'key-of-this-test',
    ): Promise<{ status: number; body: ReturnType<typeof JSON.parse> }> => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key };
      const response = await fetch(`${api.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: response.status, body: await response.json() };
    };
    try {
      const take = { do: 'take', taskId: 't1', by: 'kim.accounts' };
      const first = await post('/accounts/B4/instructions', take);
      expect(first).toMatchObject({ status: 200, body: { tasks: [{ id: 't1', assignee: 'kim.accounts' }] } });
      expect(await post('/accounts/B4/instructions', take)).toEqual(first);
      expect(await post('/accounts/B4/instructions', { ...take, by: 'pat' })).toMatchObject({ status: 422 });
      expect(await post('/accounts/B4/instructions', { ...take, by: 'pat' }, 'another-key')).toMatchObject({ status: 409 });
      const work = { do: 'complete', form: { outcome: 'notDisputable', by: 'kim.accounts' } };
      const { body: preview } = await post('/bulks', { selection: { assignee: 'kim.accounts', fromCents: 700_000 }, work });
      expect(preview).toMatchObject({ left: 1, rows: [{ accountNumber: 'B4', refusal: null, result: null }] });
      const run = await post(`/bulks/${preview.id}/run`, { hash: preview.hash });
      expect(run).toMatchObject({ status: 200, body: { left: 0, rows: [{ result: 'done' }] } });
      expect(await post(`/bulks/${preview.id}/run`, { hash: 'a'.repeat(64) })).toMatchObject({ status: 409 });
      const proposals = await fetch(`${api.url}/proposals?state=rejected&account=B4`);
      expect(await proposals.json()).toMatchObject({ proposals: [{ kind: 'letter', state: 'rejected', reviewedBy: 'kim.accounts' }] });
    } finally {
      await api.close();
    }
  });

  test('every balance has one owner; a row changed behind the engine is named', async () => {
    const { prisma } = engine().house;
    const check = async (name: string) => (await own().examine()).find((c) => c.name === name);
    expect(await check('accounts unowned')).toMatchObject({
      ok: true,
      found: expect.stringMatching(/^0 of 5 balances \(queue 5, vendor 0, payer 0, patient 0, closed accounts 1\)$/),
    });
    expect(await check('accounts doubly owned')).toMatchObject({ ok: true });
    const { id } = await prisma.account.findFirstOrThrow({ where: { accountNumber: 'B1' } });
    await prisma.task.updateMany({ where: { accountId: id, status: 'open' }, data: { status: 'withdrawn' } });
    expect(await check('accounts whose owner is another than is stored')).toMatchObject({
      ok: false,
      found: `1 of 5 open accounts: ${id}`,
    });
    await prisma.account.update({ where: { id }, data: { nextActionAt: null } });
    expect(await check('accounts unowned')).toMatchObject({ ok: false, found: expect.stringContaining(id) });
    expect(await check('accounts without a next step')).toMatchObject({ ok: false, found: `1 of 5 open accounts: ${id}` });
  });
});

test('a packet that lacks something is refused as it is said to be ready: by the API, the command line, and a bulk before it runs', async () => {
  const arrives = [
    { claim: { account: 'B7', serviced: on, charge: 310, payers: [{ payer: 'AETNA1', member: 'W1' }] } },
    { acknowledgement: { claim: 'B7', code: 'A2', payerClaim: 'P-B7' } },
    { request: { claim: 'B7', number: 'ACN-B7', codes: ['18842-5'] } },
  ];
  const scenario = scenarioSchema.parse({ scenario: 'B7', title: 'documents asked for', days: [{ on, arrives }] });
  await play(scenario, new TemporalWorld(own().doors, { zone: scenario.zone, tag: '', readFile: () => '' }));
  const task = (await openTasks('B7'))['answerRequest'] ?? 'none';
  const lacks = expect.stringMatching(/packet is not ready: missing: The documents.*recourse letter preview/);
  const form = { outcome: 'ready', by: 'kim.accounts' };
  const api = await startApi({ engine: own(), host: '127.0.0.1', port: 0 });
  try {
    const response = await fetch(`${api.url}/accounts/B7/tasks/${task}/outcome`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'ready-too-early' },
      body: JSON.stringify(form),
    });
    expect([response.status, await response.json()]).toEqual([409, expect.objectContaining({ detail: lacks })]);
  } finally {
    await api.close();
  }
  const complete = () => said('task', 'complete', `B7/${task}`, '--outcome', 'ready', '--by', 'kim.accounts');
  expect(await complete()).toMatchObject({ exit: 1, body: { kind: 'refused', reason: lacks } });
  const chosen = ['--queue', 'followUp', '--max', '310.00', '--by', 'kim.accounts'];
  const { body: seen } = await said('bulk', 'preview', 'complete', '--outcome', 'ready', ...chosen);
  expect(seen).toMatchObject({ left: 0, rows: [{ accountNumber: 'B7', refusal: lacks, effects: [] }] });
  const { accountId, content } = { accountId: (await said('show', 'B7')).body.id, content: pageSaying('Records (invented)') };
  await own().attachments.add({ accountId, caseId: null, kind: 'medicalRecords', name: 'c.pdf', content, by: 'kim.accounts' });
  expect(await complete()).toMatchObject({ exit: 0, body: { kind: 'done', account: { tasks: [] } } });
  const { prisma } = engine().house;
  expect(await prisma.intent.findFirst({ where: { accountId } })).toMatchObject({ kind: 'sendDocuments', status: 'sent' });
});
