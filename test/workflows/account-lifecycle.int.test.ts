import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { AccountTurn } from '../../activities/index.ts';
import { accountWorkflowId, type Accounts, createAccounts } from '../../client/accounts.ts';
import { stageWith } from '../support/running-worker.ts';
import { appealTask, ScriptedActivities, type Script } from '../support/scripted-activities.ts';

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

function signalled(): [Promise<void>, () => void] {
  let signal = (): void => undefined;
  const promise = new Promise<void>((resolve) => (signal = resolve));
  return [promise, () => signal()];
}

async function historyOf(id: string): Promise<readonly string[]> {
  const { events } = await stage().client.workflow.getHandle(accountWorkflowId(id)).fetchHistory();
  return (events ?? []).map(({ eventType }) => String(eventType));
}

const denied: Partial<AccountTurn> = { phase: 'denied', queue: 'appeals', openTasks: [appealTask], wakeAt: null };
const closes: Partial<AccountTurn> = { phase: 'closed', balanceCents: 0, terminal: true, openTasks: [], wakeAt: null };

describe('an account', () => {
  test('turns on a message, carries out what the turn commands, and turns again on its outcome', async () => {
    const { id, shiftMs } = newAccount(({ eventIds }) =>
      eventIds.includes('e1')
        ? { phase: 'submitted', commands: [{ key: 'submitClaim:1', kind: 'submitClaim', summary: 'claim to UHC01' }] }
        : { phase: 'accepted' },
    );
    await accounts().deliver(id, ['e1'], shiftMs);
    const settled = await accounts().whenSettled(id);

    expect(scripted.log(id)).toEqual(['turn 1 e1', 'submitClaim:1', 'turn 2 submitClaim:1:done']);
    expect(settled).toEqual({
      kind: 'settled',
      account: { phase: 'accepted', balanceCents: 148_000, openTasks: [], nextActionAt: null, seq: 2 },
    });
  });

  test('turns once for a message that is delivered twice', async () => {
    const { id } = newAccount(() => ({}));
    await accounts().deliver(id, ['e1', 'e2'], 0);
    await accounts().whenSettled(id);
    await accounts().deliver(id, ['e1', 'e2'], 0);
    await accounts().whenSettled(id);
    expect(scripted.log(id)).toEqual(['turn 1 e1 e2']);
  });

  test('takes messages while a command waits for the world', async () => {
    const { id } = newAccount(({ eventIds }) =>
      eventIds.includes('e1') ? { commands: [{ key: `${id}:statement`, kind: 'sendStatement', summary: 'statement 1' }] } : {},
    );
    const [sending, isSending] = signalled();
    const [arrival, arrives] = signalled();
    scripted.beforeCommand = async (key) => {
      if (!key.startsWith(id)) return;
      isSending();
      await arrival;
    };
    await accounts().deliver(id, ['e1'], 0);
    await sending;
    expect((await accounts().state(id))?.isSettled).toBe(false);
    const refused = await accounts().completeTask(id, { taskId: 't1', form: { outcome: 'ready', by: 'u1' } });
    expect(refused).toEqual({ kind: 'refused', reason: 'task t1 is not open; open are: none' });
    await accounts().deliver(id, ['e2'], 0);
    while (scripted.log(id).length < 2) await accounts().state(id);
    arrives();
    await accounts().whenSettled(id);
    expect(scripted.log(id)).toEqual(['turn 1 e1', 'turn 2 e2', `${id}:statement`, `turn 3 ${id}:statement:done`]);
  });

  test('ends when nothing is open, and a late message begins a new run', async () => {
    const { id } = newAccount(() => closes);
    await accounts().deliver(id, ['e1'], 0);
    const first = stage().client.workflow.getHandle(accountWorkflowId(id));
    expect(await first.result()).toEqual({ phase: 'closed', balanceCents: 0 });
    expect(await accounts().completeTask(id, { taskId: 't1', form: { outcome: 'ready', by: 'u1' } })).toEqual({ kind: 'notRunning' });
    expect(await accounts().whenSettled(id)).toEqual({ kind: 'notRunning' });
    expect(await accounts().advanceDays(id, 3)).toEqual({ kind: 'notRunning' });
    expect((await accounts().state(id))?.view?.phase).toBe('closed');

    scripted.script(id, () => ({ phase: 'credit', terminal: false }));
    await accounts().deliver(id, ['e9'], 0);
    await accounts().whenSettled(id);
    expect(scripted.log(id)).toEqual(['turn 1 e1', 'turn 2 e9']);
  });

  test('says beside each step in the Temporal Web UI what it is about', async () => {
    const { id, shiftMs } = newAccount(
      ({ eventIds }) =>
        eventIds.includes('e1')
          ? { commands: [{ key: `${id}:claim`, kind: 'submitClaim', summary: 'claim to UHC01' }] }
          : eventIds.length > 0
            ? { wakeAt: '2026-06-12T13:00:00.000Z', wakeReason: 'appeal is due on 2026-06-12' }
            : denied,
      '2026-06-10T13:00:00Z',
    );
    await accounts().deliver(id, ['e1', 'e2'], shiftMs);
    await accounts().whenSettled(id);
    await accounts().advanceDays(id, 3);
    await accounts().completeTask(id, { taskId: 't1', form: { outcome: 'ready', by: 'u1' } });
    const { events } = await stage().client.workflow.getHandle(accountWorkflowId(id)).fetchHistory();
    const said = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled, userMetadata }) => {
      const summary = scheduled ? userMetadata?.summary?.data : null;
      return summary ? [String(JSON.parse(Buffer.from(summary).toString())).replace(/ at \S+:/, ':')] : [];
    });
    expect(said).toEqual([
      'turn 1: 2 events',
      'claim to UHC01',
      'turn 2: 1 event',
      'turn 3: appeal is due on 2026-06-12',
      'turn 4: 1 form',
    ]);
  });

  test('shows its phase, payer, queue and next date to the Temporal Web UI', async () => {
    const wakeAt = '2090-01-05T13:00:00.000Z';
    const { id } = newAccount(() => ({ ...denied, wakeAt, details: '**denied**' }));
    await accounts().deliver(id, ['e1'], 0);
    await accounts().whenSettled(id);
    const { typedSearchAttributes } = await stage().client.workflow.getHandle(accountWorkflowId(id)).describe();
    const shown = Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
    expect(shown).toMatchObject({ Phase: 'denied', Payer: 'UHC01', Queue: 'appeals', NextActionAt: new Date(wakeAt) });
  });
});

describe('a task', () => {
  test('is completed in one turn, whose result the person gets', async () => {
    const { id } = newAccount(({ formIds }) => (formIds.length > 0 ? { phase: 'disputing', openTasks: [] } : denied));
    await accounts().deliver(id, ['e1'], 0);
    await accounts().whenSettled(id);
    const submitted = { taskId: 't1', form: { outcome: 'ready', by: 'u1' }, formId: randomUUID() } as const;
    const done = { kind: 'done', account: { phase: 'disputing', balanceCents: 148_000, openTasks: [], nextActionAt: null, seq: 2 } };
    expect(await accounts().completeTask(id, submitted)).toEqual(done);
    expect(await accounts().completeTask(id, submitted)).toEqual(done);
    expect(scripted.log(id)).toEqual(['turn 1 e1', `turn 2 ${submitted.formId}`]);
  });

  test('that is not open, or with an outcome it does not have, is refused without history', async () => {
    const { id } = newAccount(() => denied);
    await accounts().deliver(id, ['e1'], 0);
    await accounts().whenSettled(id);
    const before = await historyOf(id);
    expect(await accounts().completeTask(id, { taskId: 't7', form: { outcome: 'ready', by: 'u1' } })).toEqual({
      kind: 'refused',
      reason: 'task t7 is not open; open are: t1 (prepareAppeal)',
    });
    expect(await accounts().completeTask(id, { taskId: 't1', form: { outcome: 'approved', by: 'u1' } })).toEqual({
      kind: 'refused',
      reason: 'task t1 (prepareAppeal) cannot end as approved; it can end as: ready, notDisputable',
    });
    expect(await historyOf(id)).toEqual(before);
  });

  test('is refused with the reason of its turn', async () => {
    const { id } = newAccount(({ formIds }) => ({
      ...denied,
      refusals: formIds.map((formId) => ({ formId, reason: 'the appeal deadline has passed: a supervisor decides' })),
    }));
    await accounts().deliver(id, ['e1'], 0);
    await accounts().whenSettled(id);
    const answer = await accounts().completeTask(id, { taskId: 't1', form: { outcome: 'ready', by: 'u1' } });
    expect(answer).toEqual({ kind: 'refused', reason: 'the appeal deadline has passed: a supervisor decides' });
  });
});
