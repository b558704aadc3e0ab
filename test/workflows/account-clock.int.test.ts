import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { AccountTurn } from '../../activities/index.ts';
import { accountWorkflowId, type Accounts, createAccounts } from '../../client/accounts.ts';
import { stageWith } from '../support/running-worker.ts';
import { ScriptedActivities, type Script } from '../support/scripted-activities.ts';

const dayMs = 86_400_000;

const scripted = new ScriptedActivities();
const stage = stageWith(scripted.all);

function accounts(): Accounts {
  return createAccounts({ ...stage(), submitForm: ({ formId = randomUUID() }) => Promise.resolve(formId) });
}

/** An account with that script, living at that moment. */
function newAccount(script: Script, now?: string): { readonly id: string; readonly shiftMs: number } {
  const id = randomUUID();
  scripted.script(id, script);
  return { id, shiftMs: now === undefined ? 0 : Date.parse(now) - Date.now() };
}

const closes: Partial<AccountTurn> = { phase: 'closed', balanceCents: 0, terminal: true, openTasks: [], wakeAt: null };

describe('time', () => {
  /** Wakes every `days` days, as often as told, and closes then. */
  const wakesEvery =
    (days: number, times: number): Script =>
    ({ asOf, seq }) =>
      seq > times ? closes : { wakeAt: new Date(Date.parse(asOf) + days * dayMs).toISOString(), wakeReason: `statement ${seq} is due` };

  test('of a scenario plays every date on the way, in order', async () => {
    const { id, shiftMs } = newAccount(
      ({ seq }) => ({ wakeAt: ['2026-03-10T13:00:00.000Z', '2026-03-20T13:00:00.000Z', '2026-05-01T13:00:00.000Z'][seq - 1] ?? null }),
      '2026-03-01T12:00:00.000Z',
    );
    await accounts().deliver(id, ['e1'], shiftMs);
    await accounts().setClock(id, shiftMs + 30 * dayMs);
    await accounts().deliver(id, ['e2'], shiftMs);
    const settled = await accounts().whenSettled(id);

    const turns = scripted.turnsOf(id).map(({ asOf, eventIds }) => [asOf.slice(0, 10), ...eventIds]);
    expect(turns).toEqual([['2026-03-01', 'e1'], ['2026-03-10'], ['2026-03-20'], ['2026-03-31', 'e2']]);
    expect(scripted.turnsOf(id)[1]?.asOf).toBe('2026-03-10T13:00:00.000Z');
    expect(settled).toMatchObject({ kind: 'settled', account: { seq: 4, nextActionAt: null } });
  });

  test('of a scenario never goes back', async () => {
    const { id, shiftMs } = newAccount(() => ({}), '2026-03-01T12:00:00.000Z');
    await accounts().deliver(id, ['e1'], shiftMs);
    await accounts().setClock(id, shiftMs - 30 * dayMs);
    expect((await accounts().state(id))?.clockShiftMs).toBe(shiftMs);
  });

  test('skipped by the server lets months pass in seconds', async () => {
    const { id } = newAccount(wakesEvery(25, 12));
    const began = Date.now();
    await accounts().deliver(id, ['e1'], 0);
    await accounts().whenSettled(id);
    await accounts().advanceDays(id, 26);
    expect(scripted.turnsOf(id)).toHaveLength(2);
    await accounts().advanceDays(id, 100);
    expect(scripted.turnsOf(id)).toHaveLength(6);
    expect(await accounts().advanceDays(id, 300)).toEqual({ kind: 'notRunning' });
    expect(scripted.turnsOf(id)).toHaveLength(13);
    expect(Date.now() - began).toBeLessThan(30_000);
  }, 60_000);

  test('of two hundred days makes a long history, which continues as new and loses nothing', async () => {
    const { id, shiftMs } = newAccount(wakesEvery(1, 199), '2026-01-01T12:00:00.000Z');
    await accounts().deliver(id, ['e1'], shiftMs);
    const first = await stage().client.workflow.getHandle(accountWorkflowId(id)).describe();
    const played = accounts().setClock(id, shiftMs + 198.5 * dayMs);
    for (const n of Array.from({ length: 20 }, (_, i) => i)) await accounts().deliver(id, [`during ${n}`], shiftMs);
    await played;
    const last = await stage().client.workflow.getHandle(accountWorkflowId(id)).describe();

    expect(last.runId).not.toBe(first.runId);
    const given = scripted.turnsOf(id).flatMap(({ eventIds }) => eventIds);
    expect(given).toEqual(['e1', ...Array.from({ length: 20 }, (_, i) => `during ${i}`)]);
    expect(scripted.turnsOf(id).map(({ seq }) => seq)).toEqual(scripted.turnsOf(id).map((_, i) => i + 1));
  }, 60_000);
});
