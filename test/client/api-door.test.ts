import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningApi, startApi } from '../../client/api/server.ts';
import type { ServedEngine } from '../../client/api/app.ts';
import type { TakenFile } from '../../client/views/work-shapes.ts';
import { fakeEngine } from '../support/fake-engine.ts';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi({ engine: fakeEngine(), host: '127.0.0.1', port: 0 });
});

afterAll(() => api?.close());

/** A request under any Host and Origin, which fetch does not let us choose. */
function statusUnder(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${api.url}/health`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

test('the contract is OpenAPI 3.1 with every address', async () => {
  const { openapi, paths } = JSON.parse(await (await fetch(`${api.url}/openapi.json`)).text());
  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths).sort()).toEqual([
    '/accounts',
    '/accounts/{account}',
    '/accounts/{account}/assistance',
    '/accounts/{account}/assistance-applications',
    '/accounts/{account}/attachments',
    '/accounts/{account}/attachments/{attachment}',
    '/accounts/{account}/decisions/{decision}',
    '/accounts/{account}/guarantor',
    '/accounts/{account}/instructions',
    '/accounts/{account}/ledger',
    '/accounts/{account}/statement',
    '/accounts/{account}/tasks/{task}/letter',
    '/accounts/{account}/tasks/{task}/outcome',
    '/accounts/{account}/timeline',
    '/bad-debt',
    '/bulks',
    '/bulks/{bulk}',
    '/bulks/{bulk}/run',
    '/contact-violations',
    '/contact-violations/{violation}/review',
    '/contacts/{person}',
    '/contacts/{person}/begin',
    '/contacts/{person}/check',
    '/contacts/{person}/consents',
    '/contacts/{person}/facts',
    '/contacts/{person}/facts/{key}/end',
    '/contacts/{person}/outcome',
    '/deadlines/proof',
    '/deadlines/statements',
    '/doctor',
    '/facility',
    '/files',
    '/files/{file}',
    '/files/{file}/unmatched',
    '/health',
    '/holds',
    '/holds/kinds',
    '/outbound/{file}/content',
    '/payments',
    '/payments/{payment}',
    '/payments/{payment}/reversals',
    '/placement-files',
    '/plans',
    '/plans/{plan}',
    '/plans/{plan}/answers',
    '/plans/{plan}/quote',
    '/proposals',
    '/queues',
    '/queues/{queue}/tasks',
    '/reports/promises',
    '/rules/audit',
    '/rules/coverage',
    '/rules/drafts',
    '/rules/drafts/{draft}',
    '/rules/drafts/{draft}/approve',
    '/rules/drafts/{draft}/check',
    '/rules/drafts/{draft}/files',
    '/rules/drafts/{draft}/plan',
    '/rules/drafts/{draft}/publish',
    '/rules/drafts/{draft}/rebase',
    '/rules/drafts/{draft}/reject',
    '/rules/drafts/{draft}/review',
    '/rules/drafts/{draft}/submit',
    '/rules/drafts/{draft}/weigh',
    '/rules/drafts/{draft}/withdraw',
    '/rules/live',
    '/rules/overruled',
    '/rules/paused/{rule}/resume',
    '/rules/publications',
    '/rules/publications/{number}/files',
    '/rules/rollbacks',
    '/sent-files',
    '/statements/{number}',
    '/statements/{number}/content',
    '/unmatched/{task}',
    '/unmatched/{task}/outcome',
    '/vendor-differences',
    '/vendor-differences/{id}/acceptance',
    '/vendors',
    '/vendors/{vendor}',
    '/vendors/{vendor}/never-worked',
    '/vendors/{vendor}/scorecard',
  ]);
  expect((await fetch(`${api.url}/docs/`)).status).toBe(200);
});

describe('the door', () => {
  test('listens on this machine only', async () => {
    await expect(startApi({ engine: fakeEngine(), host: '0.0.0.0', port: 0 })).rejects.toThrow(/may not listen on "0.0.0.0"/);
  });

  test('answers neither a rebound name nor a page of another site', async () => {
    const { host } = new URL(api.url);
    expect(await statusUnder({ host })).toBe(200);
    expect(await statusUnder({ host: 'rebound.example' })).toBe(421);
    expect(await statusUnder({ host, origin: 'https://evil.example' })).toBe(403);
  });

  test('takes bytes as files and nothing else', async () => {
    const post = (type: string, body: string) =>
      fetch(`${api.url}/files?name=a.835`, { method: 'POST', headers: { 'content-type': type }, body });
    expect((await post('text/plain', 'ISA*')).status).toBe(415);
    expect((await post('application/octet-stream', '')).status).toBe(400);
  });

  test('hands an upload on piece by piece, and answers with what became of it', async () => {
    const came: number[] = [];
    const taken = { id: 'f1', name: 'a.835', sha256: '00', size: 0, receivedAt: '2026-09-10T12:00:00.000Z', status: 'stored', summary: '' };
    const answer: TakenFile = {
      ...taken,
      fault: null,
      faults: [],
      progress: null,
      answers: [],
      unanswered: [],
      outcome: 'stored',
      readAs: null,
    };
    const takeIn: ServedEngine['takeIn'] = async ({ content }) => {
      if (!(content instanceof Uint8Array)) for await (const part of content) came.push(part.length);
      return answer;
    };
    const other = await startApi({ engine: { ...fakeEngine(), takeIn }, host: '127.0.0.1', port: 0 });
    const body = Buffer.alloc(3_000_000, 'ISA*');
    const headers = { 'content-type': 'application/edi-x12' };
    const response = await fetch(`${other.url}/files?name=a.835`, { method: 'POST', headers, body });
    expect([response.status, await response.json()]).toEqual([200, answer]);
    expect(came).toEqual([1_048_576, 1_048_576, 902_848]);
    await other.close();
  });

  test('says nothing of what went wrong inside', async () => {
    const engine = fakeEngine();
    const broken = { ...engine, reads: { ...engine.reads, queues: async () => Promise.reject(new Error('password=secret')) } };
    const other = await startApi({ engine: broken, host: '127.0.0.1', port: 0 });
    const response = await fetch(`${other.url}/queues`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    await other.close();
  });
});
