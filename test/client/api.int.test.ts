import { pageSaying } from '../../client/sandbox/page.ts';
import { sha256Of } from '../../activities/outbound/manifest.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskAnswer } from '../../client/accounts.ts';
import { type RunningApi, startApi } from '../../client/api/server.ts';
import type { ServedEngine } from '../../client/api/app.ts';
import { loadKnowledge, ruleVersionOf, shippedFiles } from '../../client/knowledge.ts';
import { readsOf } from '../../client/reads.ts';
import { play } from '../../client/scenario/play.ts';
import { readScenario } from '../../client/scenario/read.ts';
import { readBytes } from '../../prisma/reads/inbound-bytes.ts';
import { publishShipped } from '../../prisma/writes/rule-versions.ts';
import { civilDate, civilDateAt, daysBetween, instant } from '../../rules/domain/civil-date.ts';
import { recourse } from '../support/fake-engine.ts';
import { servedEngineOf } from '../support/served-engine.ts';
import { StoredWorld } from '../support/stored-world.ts';

const story = join(import.meta.dirname, '..', 'scenarios', 's3-aetna-two-steps.yaml');
const lastDay = civilDate('2026-05-01');

let world: StoredWorld;
let api: RunningApi;
let accountNumber: string;
let completions = 0;
let nextAnswer: TaskAnswer['kind'] = 'done';

const engineOf = (stored: StoredWorld): ServedEngine =>
  servedEngineOf(stored, () => {
    completions += 1;
    return nextAnswer === 'notRunning' || nextAnswer === 'underWay' ? { kind: nextAnswer } : null;
  });

beforeAll(async () => {
  const { scenario, readNear } = readScenario(story);
  world = await StoredWorld.open({ knowledge: loadKnowledge(), zone: scenario.zone, readFile: readNear });
  const days = scenario.days.filter(({ on }) => on < lastDay);
  await play({ ...scenario, days: days.map((day) => ({ ...day, expect: undefined })), never: undefined }, world);
  accountNumber = world.accountNumbers()[0] ?? '';
  api = await startApi({ engine: engineOf(world), host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await api?.close();
  await world?.close();
});

interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: ReturnType<typeof JSON.parse>;
}

async function answered(response: Response): Promise<Answered> {
  return { status: response.status, type: response.headers.get('content-type') ?? '', body: await response.json() };
}

async function get(path: string): Promise<Answered> {
  return answered(await fetch(`${api.url}${path}`));
}

async function postOutcome(task: string, body: unknown, key = `key-of-${task}-${JSON.stringify(body)}`.slice(0, 60)) {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const response = await fetch(`${api.url}/accounts/${accountNumber}/tasks/${task}/outcome`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return answered(response);
}

test('those who owe are shown and changed; who owes nothing gets no statement', async () => {
  const path = `/accounts/${accountNumber}/guarantor`;
  const change = async (language: string) => {
    const body = JSON.stringify({ by: 'pat', change: { language } });
    return (await fetch(`${api.url}${path}`, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body })).status;
  };
  const { body } = await get(path);
  expect(body).toMatchObject({ language: 'en', deliverBy: 'mail', statements: [], accounts: [{ accountNumber, dueCents: 0 }] });
  expect([await change('es'), await change('Spanish')]).toEqual([200, 400]);
  expect((await get(path)).body).toMatchObject({ language: 'es', changes: [{ by: 'pat', fields: ['language'] }] });
  expect((await get(`/accounts/${accountNumber}/statement`)).body.type).toBe('urn:recourse:problem:statement-nothing-due');
  expect([(await get('/statements/999999999')).status, (await get('/statements/999999999/content')).status]).toEqual([404, 404]);
});

describe('letters', () => {
  test('are seen before they leave, and documents are added and taken off', async () => {
    const { tasks } = (await get(`/accounts/${accountNumber}`)).body;
    const task = tasks.find((t: { kind: string; status: string }) => t.status === 'open' && t.kind.startsWith('prepare'));
    const letter = await get(`/accounts/${accountNumber}/tasks/${task.id}/letter?note=Because`);
    expect(letter).toMatchObject({ status: 200, body: { channel: 'letters', attachments: 0 } });
    expect(Buffer.from(letter.body.pdf, 'base64').toString('latin1')).toMatch(/^%PDF-1\.7/);
    expect(await get(`/accounts/${accountNumber}/tasks/t999/letter`)).toMatchObject({
      status: 422,
      body: { type: 'urn:recourse:problem:letter-no-task' },
    });
    const place = `${api.url}/accounts/${accountNumber}/attachments`;
    const add = (body: Uint8Array<ArrayBuffer>) =>
      fetch(`${place}?kind=medicalRecords&name=chart.pdf&by=pat`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body,
      }).then(answered);
    const added = await add(Uint8Array.from(pageSaying('Records')));
    expect(added).toMatchObject({
      status: 200,
      body: { kind: 'medicalRecords', pages: 1, controlNumber: expect.stringMatching(/^\d{9}$/) },
    });
    expect(await add(new Uint8Array([1, 2, 3]))).toMatchObject({
      status: 422,
      body: { type: 'urn:recourse:problem:attachment-unknown-type' },
    });
    expect((await get(`/accounts/${accountNumber}/tasks/${task.id}/letter`)).body.attachments).toBe(1);
    const removed = await fetch(`${place}/${added.body.id}`, { method: 'DELETE' });
    expect(removed.status).toBe(204);
    expect((await get(`/accounts/${accountNumber}/attachments`)).body).toEqual({ attachments: [] });
  });

  test('that were sent are fetched again, byte for byte', async () => {
    const { outboundOf } = readsOf(world.store.prisma);
    const { id } = (await get(`/accounts/${accountNumber}`)).body;
    const [sent] = await outboundOf(id);
    if (sent === undefined) throw new Error('the story sent something');
    const response = await fetch(`${api.url}/outbound/${sent.id}/content`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([response.status, response.headers.get('content-type'), sha256Of(bytes)]).toEqual([200, sent.mediaType, sent.sha256]);
    expect((await get(`/outbound/${id}/content`)).status).toBe(404);
  });
});

describe('the reads', () => {
  test('an account is found by number and by id, and stands where the store says', async () => {
    const byNumber = await get(`/accounts/${accountNumber}`);
    expect(byNumber).toMatchObject({ status: 200, body: { accountNumber, phase: 'disputing', claims: [{ payerId: 'AETNA1' }] } });
    expect(byNumber.body.balanceCents).toBe(
      byNumber.body.buckets.reduce((sum: number, b: { balanceCents: number }) => sum + b.balanceCents, 0),
    );
    expect(await get(`/accounts/${byNumber.body.id}`)).toEqual(byNumber);
    expect(await get('/accounts/nobody')).toMatchObject({ status: 404, body: { type: 'urn:recourse:problem:no-such-account' } });
  });

  test('the coverage of the stored denials is told in dollars, from a day on', async () => {
    await publishShipped(world.store.prisma, ruleVersionOf(shippedFiles()));
    expect(await get('/rules/coverage')).toMatchObject({ status: 200, body: { denials: 1, covered: { denials: 1 }, gaps: [] } });
    expect((await get('/rules/coverage?since=2999-01-01')).body).toMatchObject({ denials: 0, cents: 0 });
    expect(await get('/rules/coverage?since=yesterday')).toMatchObject({ status: 400 });
  });

  test('the list is filtered by phase and payer and goes on where it stopped', async () => {
    expect((await get('/accounts?phase=disputing&payer=AETNA1')).body).toMatchObject({ accounts: [{ accountNumber }], next: null });
    expect((await get('/accounts?payer=nobody')).body).toEqual({ accounts: [], next: null });
    const { next } = (await get('/accounts?limit=1')).body;
    expect((await get(`/accounts?limit=1&after=${next}`)).body).toEqual({ accounts: [], next: null });
  });

  test('the timeline tells the story in order, the ledger names file and byte, and both agree with the balance', async () => {
    const { timeline } = (await get(`/accounts/${accountNumber}/timeline`)).body;
    expect(timeline[0]).toMatchObject({ position: 1, kind: 'accountOpened' });
    expect(timeline.map((e: { position: number }) => e.position)).toEqual(timeline.map((_: unknown, i: number) => i + 1));
    const { ledger } = (await get(`/accounts/${accountNumber}/ledger`)).body;
    const charge = ledger.find((line: { kind: string }) => line.kind === 'charge');
    const file = (await get(`/files/${charge.source.fileId}`)).body;
    expect(file).toMatchObject({ name: charge.source.fileName, status: 'stored', fault: null });
    const bytes = await readBytes(world.store.prisma, file.id, { offset: charge.source.offset, length: 4 });
    expect(Buffer.from(bytes).toString()).toBe('CLM*');
  });

  test('the last decision explains itself', async () => {
    const { status, body } = await get(`/accounts/${accountNumber}/decisions/last`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ number: body.of, answer: { ruleId: body.receipt.winner.ruleId } });
    expect(body.explanation).toContain(`rule ${body.answer.ruleId}`);
    expect((await get(`/accounts/${accountNumber}/decisions/1`)).body).toMatchObject({ number: 1 });
    expect((await get(`/accounts/${accountNumber}/decisions/99`)).status).toBe(404);
  });

  test('queues count what waits, and list it with the days left', async () => {
    const { queues } = (await get('/queues')).body;
    const [first] = queues;
    const { tasks } = (await get(`/queues/${first.queue}/tasks`)).body;
    expect(tasks).toHaveLength(first.open);
    expect(tasks[0]).toMatchObject({ accountNumber, queue: first.queue });
    // The account was played in the past: its days are counted from the real today, as those of the sandbox hospital are.
    const today = civilDateAt(instant(new Date().toISOString()), world.zone);
    expect(tasks[0].daysLeft).toBe(daysBetween(today, civilDate(tasks[0].safeByOn)));
    expect((await get('/queues/lunch/tasks')).status).toBe(400);
  });

  test('health and doctor answer', async () => {
    expect((await get('/health')).body).toEqual({ status: 'ok' });
    expect((await get('/doctor')).body).toEqual({ ok: true, checks: [] });
  });

  test('the command line shows the same account', async () => {
    const engine = { ...engineOf(world), close: async () => {} };
    const { exit, out } = await recourse(['show', accountNumber, '--ledger', '--verbose', '--json'], engine);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject((await get(`/accounts/${accountNumber}`)).body);
    const told = await recourse(['explain', accountNumber], engine);
    expect(told.out).toContain('Conditions of the rule');
  });
});

describe('an outcome', () => {
  test('that does not fit names the field, never what stood in it', async () => {
    const { status, type, body } = await postOutcome('t1', {
      outcome: 'ready',
      by: 'pat',
      memberId: '',
      renderingProviderNpi: 'secret-npi',
    });
    expect({ status, type }).toEqual({ status: 400, type: 'application/problem+json' });
    expect(body.errors.map((e: { field: string }) => e.field)).toEqual(['body.memberId', 'body.renderingProviderNpi']);
    expect(JSON.stringify(body)).not.toContain('secret');
    const headers = { 'content-type': 'application/json' };
    const address = `${api.url}/accounts/${accountNumber}/tasks/t1/outcome`;
    const broken = await fetch(address, { method: 'POST', headers, body: '{"memberId": secret}' });
    expect(broken.status).toBe(400);
    expect(await broken.text()).not.toContain('secret');
    const keyless = await fetch(address, { method: 'POST', headers, body: JSON.stringify({ outcome: 'ready', by: 'pat' }) });
    expect(await keyless.json()).toMatchObject({ status: 400, errors: [{ field: 'headers.idempotency-key' }] });
    expect(completions).toBe(0);
  });

  test('that is refused answers with the reason', async () => {
    const { status, type, body } = await postOutcome('t1', { outcome: 'overturned', by: 'pat' });
    expect({ status, type }).toEqual({ status: 409, type: 'application/problem+json' });
    expect(body).toMatchObject({
      type: 'urn:recourse:problem:task-refused',
      detail: expect.stringContaining('is not an outcome of this task'),
    });
  });

  test('that was taken is taken once, whatever repeats it; another body under its key is refused', async () => {
    const body = { outcome: 'ready', by: 'pat', reference: 'R-1' };
    const first = await postOutcome('t1', body, 'one-key-for-t1');
    expect(first).toMatchObject({ status: 200, body: { accountNumber } });
    expect(first.body.tasks.map((t: { id: string }) => t.id)).not.toContain('t1');
    const { _count } = await world.store.prisma.taskForm.aggregate({ _count: true, where: { taskId: 't1', status: 'accepted' } });
    expect(_count).toBe(1);
    const again = await postOutcome('t1', { by: 'pat', reference: 'R-1', outcome: 'ready' }, 'one-key-for-t1');
    expect(again.status).toBe(200);
    expect(await world.store.prisma.taskForm.count({ where: { taskId: 't1', status: 'accepted' } })).toBe(1);
    const other = await postOutcome('t1', { ...body, reference: 'R-2' }, 'one-key-for-t1');
    expect(other).toMatchObject({ status: 422, body: { type: 'urn:recourse:problem:idempotency-key-reused' } });
  });

  test.each(['notRunning', 'underWay'] as const)('that the workflow answers with %s is a problem', async (kind) => {
    nextAnswer = kind;
    const { status } = await postOutcome('t9', { outcome: 'ready', by: 'pat' }, `key-for-${kind}`);
    nextAnswer = 'done';
    expect(status).toBe(kind === 'notRunning' ? 409 : 503);
  });
});

test('the story this stands on is there', () => {
  expect(readFileSync(story, 'utf8')).toContain('scenario: S3');
});
