import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningApi, startApi } from '../../client/api/server.ts';
import type { DifferenceView, VendorView } from '../../client/views/vendor-shapes.ts';
import { civilDate as on } from '../../rules/domain/civil-date.ts';
import { fakeEngine } from '../support/fake-engine.ts';

const vendor: VendorView = {
  vendor: 'VENDOR1',
  name: 'Agency',
  contract: 'agency-2020',
  tiers: ['badDebt1'],
  offered: 0,
  placed: 3,
  recalling: 0,
  returned: 0,
  refused: 1,
  inventoryOn: on('2026-08-31'),
  remittedOn: null,
  differences: 1,
  differingCents: 5_000,
  ageing: [{ name: '0-30', count: 1, cents: 5_000 }],
};

const difference: DifferenceView = {
  id: '019aa000-0000-7000-8000-0000d1ffe4e9',
  vendor: 'VENDOR1',
  kind: 'balance',
  about: 'A1-p1',
  reference: 'A1-p1',
  oursCents: 135_000,
  theirsCents: 140_000,
  differingCents: 5_000,
  words: 'the balances differ',
  firstFoundOn: on('2026-08-31'),
  lastFoundOn: on('2026-08-31'),
  days: 0,
  age: '0-30',
  file: 'list.csv',
  accepted: null,
  next: 'send the vendor our balance',
};

let api: RunningApi;
const asked: object[] = [];
const accepted: object[] = [];

beforeAll(async () => {
  const vendors = {
    list: async () => [vendor],
    differences: async (question: object) => {
      asked.push(question);
      return [difference];
    },
    accept: async (id: string, said: object) => id === difference.id && accepted.push(said) > 0,
    neverWorked: async () => [{ reference: 'A1-p1', accountNumber: 'A1', placedOn: on('2026-07-24'), days: 38, balanceCents: 135_000 }],
  };
  api = await startApi({ engine: fakeEngine({ vendors }), host: '127.0.0.1', port: 0 });
});

afterAll(() => api.close());

async function ask(path: string, body?: object): Promise<readonly [number, unknown]> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'accept-0001' };
  const answer = await fetch(`${api.url}${path}`, body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) });
  return [answer.status, await answer.json()];
}

test('vendors, what they never worked, and what differs', async () => {
  expect(await ask('/vendors')).toEqual([200, { vendors: [vendor] }]);
  expect(await ask('/vendors/NOBODY')).toMatchObject([404, { type: 'urn:recourse:problem:no-such-vendor' }]);
  expect(await ask('/vendors/VENDOR1/never-worked')).toMatchObject([200, { placements: [{ reference: 'A1-p1', days: 38 }] }]);
  expect(await ask('/vendor-differences?vendor=VENDOR1&kind=balance&foundUntil=2026-08-31')).toEqual([200, { differences: [difference] }]);
  expect(asked).toEqual([{ limit: 500, vendor: 'VENDOR1', kinds: ['balance'], until: '2026-08-31' }]);
  expect((await ask('/vendor-differences?kind=mood'))[0]).toBe(400);
});

test('a difference is accepted with who and why', async () => {
  const path = `/vendor-differences/${difference.id}/acceptance`;
  expect(await ask(path, { by: 'sam', note: 'too little' })).toEqual([200, { accepted: true }]);
  expect(accepted).toEqual([{ by: 'sam', note: 'too little' }]);
  expect((await ask(path, { by: 'sam' }))[0]).toBe(400);
  expect((await ask('/vendor-differences/019aa000-0000-7000-8000-0000ffffffff/acceptance', { by: 'sam', note: 'x' }))[0]).toBe(404);
});
