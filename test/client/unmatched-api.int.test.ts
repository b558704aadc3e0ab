import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningApi, startApi } from '../../client/api/server.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { readsOf } from '../../client/reads.ts';
import type { SettleAnswer, SubmittedSettlement } from '../../client/settling.ts';
import { submitSettlement } from '../../prisma/writes/task-form.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import type { Settlement } from '../../rules/domain/unmatched.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { fakeEngine } from '../support/fake-engine.ts';
import { StoredWorld } from '../support/stored-world.ts';

const accountNumber = 'A100';
const settlements: Settlement[] = [];

let world: StoredWorld;
let api: RunningApi;
let id: string;
let accountId: string;

/** The workflow's part: what was typed is kept, and answered by its outcome. */
async function settle({ taskId, settlement, formId }: SubmittedSettlement): Promise<SettleAnswer> {
  settlements.push(settlement);
  await submitSettlement(world.store.prisma, { taskId, settlement, formId });
  if (settlement.outcome === 'sentBack') return { kind: 'refused', reason: 'it needs a note' };
  if (settlement.outcome === 'notOurs') return { kind: 'settledBefore', outcome: 'matched', accountId };
  return { kind: 'done', accountId: settlement.accountId ?? null };
}

beforeAll(async () => {
  world = await StoredWorld.open({ knowledge: loadKnowledge() });
  world.now = instant('2026-06-16T14:00:00Z');
  await world.receive('one.837', fileText(claimOf(accountNumber), '2026-06-15'));
  await world.receive('lost.835', fileText(remittanceOf(accountNumber), '2026-07-01').replace('CLP*A100*', 'CLP*LOST*'));
  accountId = await world.accountId(accountNumber);
  ({ id } = await world.store.prisma.task.findFirstOrThrow({ where: { accountId: null }, select: { id: true } }));
  const engine = { ...fakeEngine(), reads: readsOf(world.store.prisma), settle };
  api = await startApi({ engine, host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await api?.close();
  await world?.close();
});

async function answered(response: Response) {
  const body: ReturnType<typeof JSON.parse> = await response.json();
  return { status: response.status, type: response.headers.get('content-type') ?? '', body };
}

async function get(path: string) {
  return answered(await fetch(`${api.url}${path}`));
}

async function post(task: string, body: unknown, key: string) {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  return answered(await fetch(`${api.url}/unmatched/${task}/outcome`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

describe('an unmatched task', () => {
  test('is listed in its queue and shows its candidates with the evidence', async () => {
    const { tasks } = (await get('/queues/unmatched/tasks')).body;
    expect(tasks).toMatchObject([{ id, accountNumber: null, outcomes: ['matched', 'notOurs', 'sentBack'] }]);
    const shown = await get(`/unmatched/${id}`);
    expect(shown).toMatchObject({
      status: 200,
      body: {
        name: `unmatched/${id.slice(-8)}`,
        file: { name: 'lost.835' },
        candidates: [{ accountNumber, why: 'charge equal, name equal, payer equal' }],
      },
    });
    expect(await get(`/unmatched/${id.slice(-8)}`)).toEqual(shown);
    expect(await get('/unmatched/ffffffff')).toMatchObject({ status: 404, body: { type: 'urn:recourse:problem:no-such-task' } });
    expect((await get('/unmatched/t3')).status).toBe(400);
  });

  test('is given to an account and answers with where that stands; the key keeps it from another body', async () => {
    const body = { outcome: 'matched', account: accountNumber, by: 'pat' };
    expect(await post(id, body, 'key-match-1')).toMatchObject({ status: 200, body: { task: { id }, account: { accountNumber } } });
    expect(await post(id, { ...body, by: 'kim' }, 'key-match-1')).toMatchObject({ status: 422 });
    expect(settlements).toMatchObject([{ outcome: 'matched', by: 'pat' }]);
  });

  test('is given to a submission, or to the file that it answers', async () => {
    expect(await post(id, { outcome: 'matched', submission: accountNumber, by: 'pat' }, 'key-match-2')).toMatchObject({ status: 200 });
    expect(await post(id, { outcome: 'matched', sentFile: 'one.837', by: 'pat' }, 'key-match-3')).toMatchObject({ status: 200 });
    const owner = { accountId, submissionKey: accountNumber };
    expect(settlements.slice(-2)).toMatchObject([owner, owner]);
    expect((await get('/sent-files?limit=5')).body).toEqual({ files: [] });
  });

  test.each([
    [{ outcome: 'sentBack', by: 'pat' }, 409, 'task-refused'],
    [{ outcome: 'notOurs', by: 'pat', note: 'x' }, 409, 'settled-before'],
    [{ outcome: 'matched', by: 'pat', account: 'nobody' }, 404, 'no-such-account'],
    [{ outcome: 'perhaps', by: 'pat' }, 400, 'invalid-request'],
    [{ outcome: 'matched', by: 'pat', sentFile: 'nothing.837' }, 404, 'no-such-sent-file'],
    [{ outcome: 'matched', by: 'pat', sentFile: 'one.837', account: 'A100' }, 400, 'invalid-request'],
  ])('%j is answered with %i %s', async (body, status, code) => {
    expect(await post(id, body, `key-${code}`)).toMatchObject({
      status,
      type: 'application/problem+json',
      body: { type: `urn:recourse:problem:${code}` },
    });
  });
});
