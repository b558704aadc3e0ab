import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningApi, startApi } from '../../client/api/server.ts';
import { type Engine, engineOn } from '../../client/engine.ts';
import { shippedFiles } from '../../client/knowledge.ts';
import { publicationWorkflowId } from '../../client/rule-office.ts';
import type { KnowledgeFiles } from '../../rules/lifecycle/knowledge.ts';
import { addDays, civilDateAt, instant } from '../../rules/domain/civil-date.ts';
import { answering, changedFiles } from '../support/changed-rules.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { recourse } from '../support/fake-engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { engineForTests } from '../support/test-engine.ts';

const engine = engineForTests();
let api: RunningApi;
let served: Engine;

beforeAll(async () => {
  served = { ...engineOn(engine().house), close: () => Promise.resolve() };
  api = await startApi({ engine: served, host: '127.0.0.1', port: 0 });
});

afterAll(() => api?.close());

/** One command of `recourse rules` on the engine, as JSON. */
async function rules(...parameters: readonly string[]) {
  const { exit, out, err } = await recourse(['rules', ...parameters, '--json'], served);
  return { exit, err, said: JSON.parse(out) };
}

async function call(method: string, path: string, body?: unknown, key?: string): Promise<Answered> {
  const headers = { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) };
  const response = await fetch(`${api.url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.status, body: await response.json() };
}

interface Answered {
  readonly status: number;
  readonly body: ReturnType<typeof JSON.parse>;
}

/** By the command line, up to its approval. */
async function approved(id: string, policy: string): Promise<void> {
  const by = ['--by', 'ana'];
  await rules('draft', 'plan', id, '--policy', policy, ...by);
  await rules('draft', 'check', id, ...by);
  expect((await rules('draft', 'weigh', id, ...by)).said).toMatchObject({
    report: { decisions: expect.any(Number) },
    draft: { status: 'draft' },
  });
  await rules('draft', 'submit', id, ...by);
  expect((await rules('draft', 'approve', id, '--by', 'ben')).said).toMatchObject({ status: 'approved', approvedBy: 'ben' });
}

async function newDraft(files: KnowledgeFiles): Promise<string> {
  const draft = await served.rules.create({ title: 'other rules', by: 'ana', files });
  return draft?.id ?? '';
}

/** The engine lives today: a window that has closed would answer otherwise. */
function daysAgo(days: number): string {
  return addDays(civilDateAt(instant(new Date().toISOString()), 'America/New_York'), -days);
}

describe('a folder', () => {
  test('exported and imported again has the same content hash', async () => {
    const folder = temporaryFolder();
    expect((await rules('export', folder)).exit).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['reference', 'sets']);
    const { said } = await rules('draft', 'new', 'the same', '--by', 'ana', '--from', folder);
    expect(said.contentHash).toBe((await rules('live')).said.publication.hash);
  });

  test('that is broken is a draft all the same; its check names every fault, and it goes no further', async () => {
    const folder = temporaryFolder();
    await rules('export', folder);
    const path = join(folder, 'sets', 'default.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"denied.authorization"', '"Denied authorization"'));
    const { said } = await rules('draft', 'new', 'broken', '--by', 'ana', '--from', folder);
    const checked = await rules('draft', 'check', said.id, '--by', 'ana');
    expect({ exit: checked.exit, faults: checked.said.report.faults.length, ok: checked.said.draft.checks.ok }).toMatchObject({
      exit: 1,
      ok: false,
    });
    expect(checked.said.report.faults[0]).toMatchObject({ file: 'default.json', check: 'shape' });
    const { exit, said: refused } = await rules('draft', 'submit', said.id, '--by', 'ana');
    expect({ exit, reason: refused.reason }).toEqual({ exit: 1, reason: expect.stringMatching(/its checks failed \(\d+ faults/) });
  });
});

describe('the way of a draft', () => {
  test('checked, approved by a second person and published tells the accounts concerned, and they ask again', async () => {
    const { house } = engine();
    const takeIn = (name: string, text: string) => served.takeIn({ name, content: Buffer.from(text, 'latin1') });
    await takeIn('a.837', fileText(claimOf('OFF1', { serviced: daysAgo(20), payers: [{ payer: 'PAYX', filing: 'CI' }] }), daysAgo(15)));
    await takeIn('b.837', fileText(claimOf('OFF2', { serviced: daysAgo(20) }), daysAgo(15)));
    await takeIn('a.835', fileText(remittanceOf('OFF1', { paid: '0.00', adjust: ['CO-50 1480.00'] }, { payer: 'PAYX' }), daysAgo(2)));
    const account = (await served.reads.account('OFF1'))?.id ?? '';
    await house.accounts.whenSettled(account);
    const files = changedFiles({ rules: { 'denied.medicalNecessity': answering({ action: 'routeToPerson', queue: 'supervisor' }) } });
    const id = await newDraft(files);
    expect((await rules('draft', 'publish', id, '--by', 'ana')).said.reason).toMatch(/only an emergency is published without approval/);
    await approved(id, 'now');
    const first = await rules('draft', 'publish', id, '--by', 'ben');
    expect(first.said).toMatchObject({ kind: 'published', publication: { number: 2, approvedBy: 'ben', policy: 'now' } });
    const end = await house.client.workflow.getHandle(publicationWorkflowId(id)).result();
    expect(end).toMatchObject({ kind: 'published', told: 1 });
    await house.accounts.whenSettled(account);
    const view = (await served.reads.account('OFF1'))?.view;
    expect(view?.tasks.filter(({ status }) => status === 'open').map(({ kind, queue }) => [kind, queue])).toEqual([
      ['chooseNextStep', 'supervisor'],
    ]);
    expect((await rules('draft', 'publish', id, '--by', 'ben')).said).toMatchObject({ publication: { number: 2, told: 1 } });
    const other = await served.reads.account('OFF2');
    expect(other?.timeline.map(({ kind }) => kind)).not.toContain('rulesChanged');
  }, 60_000);

  test('planned for later waits, and is refused when it was withdrawn meanwhile', async () => {
    const { house } = engine();
    const id = await newDraft(
      changedFiles({ rules: { 'denied.pending': answering({ timer: { id: 'pendingReview', duration: '20 days' } }) } }),
    );
    await approved(id, 'now');
    const soon = new Date(Date.now() + 2_500).toISOString();
    await served.rules.act(id, { kind: 'plan', policy: 'keepOld', publishAt: null, isEmergency: false }, { by: 'ana', revision: null });
    await rules('draft', 'plan', id, '--policy', 'keepOld', '--at', soon, '--by', 'ana');
    await rules('draft', 'submit', id, '--by', 'ana');
    await rules('draft', 'approve', id, '--by', 'ben');
    expect((await rules('draft', 'publish', id, '--by', 'ben')).said).toMatchObject({ kind: 'scheduled' });
    await rules('draft', 'withdraw', id, '--by', 'ana');
    const end = await house.client.workflow.getHandle(publicationWorkflowId(id)).result();
    expect(end).toEqual({ kind: 'refused', reason: expect.stringMatching(/it was withdrawn: make a new draft/) });
    const { said } = await rules('audit');
    expect(said).toMatchObject({ isSound: true });
    expect(said.entries.at(-1)).toMatchObject({ deed: 'refused', draftId: id });
  }, 30_000);

  test('an emergency is published by its author, also where it was planned for later; the doctor asks for the review until a second person made it', async () => {
    const id = await newDraft(
      changedFiles({ rules: { 'denied.pending': answering({ timer: { id: 'pendingReview', duration: '25 days' } }) } }),
    );
    const plan = ['draft', 'plan', id, '--policy', 'nextDecision', '--emergency', '--by', 'ana'];
    await rules(...plan, '--at', '2090-01-01T00:00:00Z');
    await rules('draft', 'check', id, '--by', 'ana');
    expect((await rules('draft', 'publish', id, '--by', 'ana')).said).toMatchObject({ kind: 'scheduled', at: '2090-01-01T00:00:00.000Z' });
    await rules(...plan);
    expect((await rules('draft', 'publish', id, '--by', 'ana')).said).toMatchObject({
      kind: 'published',
      publication: { approvedBy: null },
    });
    const asked = async () => (await served.examine()).find(({ name }) => name === 'emergency rules that nobody reviewed');
    expect(await asked()).toMatchObject({ ok: false, found: expect.stringContaining(id) });
    expect((await rules('draft', 'review', id, '--by', 'ana')).said.reason).toMatch(/author cannot review it/);
    expect((await rules('draft', 'review', id, '--by', 'ben')).exit).toBe(0);
    expect(await asked()).toMatchObject({ ok: true });
  }, 30_000);

  test('rolling back is a draft with the files of then', async () => {
    const { said } = await rules('rollback', '1', '--by', 'ana', '--why', 'too many calls');
    const { said: history } = await rules('history');
    expect(said).toMatchObject({
      status: 'draft',
      title: 'Back to publication 1: too many calls',
      contentHash: history.publications.at(-1).hash,
    });
    expect((await rules('rollback', '999', '--by', 'ana', '--why', 'x')).exit).toBe(1);
  });
});

describe('the API', () => {
  test('a draft begins once per key, another body under it is refused', async () => {
    const first = await call('POST', '/rules/drafts', { title: 'by API', by: 'ana' }, 'key-of-a-draft');
    const again = await call('POST', '/rules/drafts', { title: 'by API', by: 'ana' }, 'key-of-a-draft');
    expect(again).toEqual(first);
    expect(first).toMatchObject({ status: 200, body: { status: 'draft', revision: 1 } });
    expect((await call('POST', '/rules/drafts', { title: 'other', by: 'ana' }, 'key-of-a-draft')).status).toBe(422);
  });

  test('the same deed again gets the same answer; over another’s change it is refused with the reason', async () => {
    const { body: draft } = await call('POST', '/rules/drafts', { title: 'by API', by: 'ana' }, 'key-of-a-second');
    const files = changedFiles({ rules: { 'denied.authorization': answering({ action: 'appeal' }) } }, shippedFiles());
    const save = () => call('PUT', `/rules/drafts/${draft.id}/files`, { by: 'ana', revision: 1, files });
    const saved = await save();
    expect(saved).toMatchObject({ status: 200, body: { revision: 2 } });
    expect(await save()).toEqual(saved);
    expect((await call('GET', `/rules/drafts/${draft.id}/files`)).body).toEqual(files);
    const late = await call('POST', `/rules/drafts/${draft.id}/withdraw`, { by: 'ana', revision: 1 });
    expect(late).toMatchObject({
      status: 409,
      body: { type: 'urn:recourse:problem:draft-refused', detail: expect.stringContaining('revision 2, you saw 1') },
    });
    expect((await call('POST', `/rules/drafts/${draft.id}/check`, { by: 'ana', revision: 2 })).body).toMatchObject({
      report: { ok: true },
      draft: { revision: 3 },
    });
    expect((await call('POST', `/rules/drafts/${draft.id}/publish`, { by: 'ana' })).status).toBe(409);
    expect((await call('GET', '/rules/drafts/00000000-0000-7000-8000-00000000dead')).status).toBe(404);
  });

  test('shows what is live, what was published, and the audit', async () => {
    expect((await call('GET', '/rules/live')).body).toMatchObject({ publication: { number: 3 }, paused: [] });
    expect((await call('GET', '/rules/publications')).body.publications).toHaveLength(3);
    expect((await call('GET', '/rules/publications/1/files')).body).toEqual(shippedFiles());
    expect((await call('GET', '/rules/audit')).body.isSound).toBe(true);
    expect((await call('POST', '/rules/paused/denied.coding/resume', { by: 'sue' })).status).toBe(404);
  });
});

describe('the doctor', () => {
  test('finds a stopped rule, a publication that not everybody knows, and a changed audit', async () => {
    const { prisma } = engine().house;
    const at = new Date('2026-01-01T00:00:00Z');
    await prisma.rulePause.create({
      data: { ruleId: 'denied.coding', pausedAt: at, accounts: 6, amountCents: 7n, limit: { accounts: 5, cents: 9, windowDays: 1 } },
    });
    await prisma.rulePublication.updateMany({ where: { number: 3 }, data: { settledAt: null, publishedAt: at } });
    await prisma.ruleAudit.updateMany({ where: { number: 2 }, data: { by: 'eve' } });
    const broken = (await served.examine()).filter(({ ok }) => !ok).map(({ name }) => name);
    expect(broken).toEqual(
      expect.arrayContaining([
        'rule publications that not every account knows',
        'rules stopped by their circuit breaker',
        'entries of the rule audit that were changed',
      ]),
    );
    await served.rules.goOn();
    const draftId = (await rules('history')).said.publications[0].draftId;
    const again = await engine().house.client.workflow.getHandle(publicationWorkflowId(draftId)).result();
    expect(again).toMatchObject({ kind: 'published', told: 0 });
    expect((await served.examine()).find(({ name }) => name === 'rule publications that not every account knows')).toMatchObject({
      ok: true,
    });
    expect((await recourse(['rules', 'live'], served)).out).toContain('✗ denied.coding: stopped 2026-01-01T00:00:00.000Z before account 6');
    expect((await rules('audit')).exit).toBe(1);
    expect((await rules('resume', 'denied.coding', '--by', 'sue')).exit).toBe(0);
    expect((await rules('live')).said.paused).toEqual([]);
  });
});
