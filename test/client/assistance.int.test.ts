import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningApi, startApi } from '../../client/api/server.ts';
import { engineOn } from '../../client/engine.ts';
import { scenarioSchema } from '../../client/scenario/format.ts';
import { play } from '../../client/scenario/play.ts';
import { TemporalWorld } from '../../client/scenario/temporal-world.ts';
import { recourse } from '../support/fake-engine.ts';
import { engineForTests } from '../support/test-engine.ts';

const engine = engineForTests();
const on = '2026-05-04';
let api: RunningApi;

function own() {
  return { ...engineOn(engine().house), close: () => Promise.resolve() };
}

async function said(...parameters: string[]) {
  const { exit, out } = await recourse(['--json', ...parameters], own());
  return { exit, body: JSON.parse(out) };
}

async function asked(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) {
  const answer = await fetch(`${api.url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: answer.status, body: await answer.json() };
}

/** Two patients owe a deductible since that day: one of a Blue plan, one of Medicare. */
beforeAll(async () => {
  const owing = (account: string, payer: object, charge: number) => [
    { claim: { account, type: 'institutional', serviced: '2026-04-01', charge, payers: [payer] } },
    { acknowledgement: { claim: account, code: 'A2', payerClaim: `P-${account}` } },
    {
      remittance: {
        payer: Object.values(payer)[0],
        trace: `T-${account}`,
        claims: [{ claim: account, charge, paid: 0, adjust: [`PR-1 ${charge}.00`], payerClaim: `P-${account}` }],
      },
    },
  ];
  const arrives = [...owing('FA1', { payer: 'BCBS01', filing: 'BL' }, 800), ...owing('FA2', { payer: 'MCARE', filing: 'MA' }, 400)];
  const scenario = scenarioSchema.parse({ scenario: 'assistance', title: 'two deductibles', days: [{ on, arrives }] });
  const { passed } = await play(scenario, new TemporalWorld(own().doors, { zone: scenario.zone, tag: '', readFile: () => '' }));
  if (!passed) throw new Error('two deductibles are there before the tests');
  api = await startApi({ engine: own(), host: '127.0.0.1', port: 0 });
}, 60_000);

afterAll(async () => api?.close());

test('what the hospital is, is said and shown', async () => {
  expect(await said('facility')).toEqual({ exit: 0, body: { taxExempt: null } });
  expect(await said('facility', '--tax-exempt', 'yes')).toEqual({ exit: 0, body: { taxExempt: true } });
  expect(await asked('GET', '/facility')).toEqual({ status: 200, body: { taxExempt: true } });
  expect(await asked('PUT', '/facility', { taxExempt: null })).toEqual({ status: 200, body: { taxExempt: null } });
});

test('an application by command line: suspended, asked for what it lacks, decided by the scale', async () => {
  expect(await said('assistance', 'apply', 'FA1', '--number', 'A7', '--on', on)).toMatchObject({
    exit: 0,
    body: { applicationId: 'A7', receivedOn: on, outcome: 'stored', account: { phase: 'hold' } },
  });
  expect(await said('assistance', 'apply', 'FA1', '--number', 'A7', '--on', on)).toMatchObject({
    exit: 0,
    body: { outcome: 'alreadyRead' },
  });
  expect((await said('assistance', 'apply', 'FA1', '--on', '2999-01-01')).exit).toBe(2);
  expect((await said('assistance', 'decide', 'FA1', '--household', '1', '--income', '39900', '--by', 'pat')).exit).toBe(1);
  expect((await said('assistance', 'missing', 'FA1', '--items', 'taxReturn,signature', '--by', 'pat')).exit).toBe(0);
  expect((await said('assistance', 'show', 'FA1')).body).toMatchObject({
    applications: [{ id: 'A7', status: 'incomplete', missing: ['taxReturn', 'signature'], dueOn: '2026-06-03' }],
    earliestExtraordinaryActionOn: null,
    refused: expect.arrayContaining([{ action: 'lawsuit', why: expect.stringContaining('is open') }]),
  });
  expect((await said('assistance', 'complete', 'FA1', '--by', 'pat')).exit).toBe(0);
  expect((await said('assistance', 'decide', 'FA1', '--by', 'pat')).exit).toBe(2);
  expect((await said('assistance', 'decide', 'FA1', '--household', '1', '--income', '39900', '--by', 'pat')).exit).toBe(0);
  const { status, body } = await asked('GET', '/accounts/FA1/assistance');
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { applications: [{ status: 'approved', decision: { discountPercent: 75, incomePercent: 250, owesCents: 20_000 } }] },
  });
  const letters = await own().reads.outboundOf((await own().reads.account('FA1'))?.id ?? '');
  expect(letters.map(({ name }) => name.replace(/-\d+\.pdf$/, ''))).toEqual(
    expect.arrayContaining(['assistance-missing', 'assistance-award']),
  );
  // What the household earns stays with the form.
  const events = await engine().house.prisma.accountEvent.findMany({ where: { kind: { in: ['assistanceDecided', 'taskCompleted'] } } });
  expect(JSON.stringify(events.map((event) => event.body))).not.toMatch(/39900|3990000|household/);
});

test('by API, found indigent, and in the log of Medicare bad debt', async () => {
  expect(await asked('POST', '/accounts/FA2/assistance-applications', { receivedOn: '2999-01-01' })).toMatchObject({ status: 422 });
  const applied = await asked('POST', '/accounts/FA2/assistance-applications', { receivedOn: on });
  expect(applied).toMatchObject({ status: 200, body: { phase: 'hold' } });
  expect((await said('assistance', 'complete', 'FA2', '--by', 'pat')).exit).toBe(0);
  expect((await said('assistance', 'decide', 'FA2', '--household', '2', '--income', '20000', '--by', 'pat')).exit).toBe(0);
  const log = await said('bad-debt', 'log', '--year', '2026');
  expect(log).toMatchObject({
    exit: 0,
    body: {
      cents: 40_000,
      entries: [{ accountNumber: 'FA2', kind: 'claim', basis: 'indigent', on, deductibleCents: 40_000, cents: 40_000 }],
      notClaimed: [],
    },
  });
  expect((await asked('GET', '/bad-debt?from=2026-01-01&through=2026-12-31')).body).toEqual(log.body);
  expect((await said('bad-debt', 'log', '--year', '2025')).body).toMatchObject({ cents: 0, entries: [] });
  const { out } = await recourse(['bad-debt', 'log', '--year', '2026', '--csv'], own());
  expect(out.split('\n')[1]).toMatch(/^FA2,.*,claim,indigent,2026-05-04,.*,400,0,400$/);
});
