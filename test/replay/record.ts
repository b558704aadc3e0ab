import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { accountWorkflowId, createAccounts } from '../../client/accounts.ts';
import { connectTemporal } from '../../client/temporal.ts';
import { startTemporal } from '../../worker/servers/temporal.ts';
import { startWorker } from '../../worker/temporal-worker.ts';
import type { ingestFile } from '../../workflows/ingest-file.ts';
import type { settleUnmatched } from '../../workflows/settle-unmatched.ts';
import { appealTask, type Script, ScriptedActivities } from '../support/scripted-activities.ts';

const taskQueue = 'recording';
const folder = join(import.meta.dirname, 'histories');

/** A denial, an appeal by a person, a statement by date, and the end. */
const appeal: Script = ({ seq, eventIds, formIds, asOf }) => {
  const [command] = eventIds;
  if (seq === 1) return { phase: 'denied', queue: 'appeals', openTasks: [appealTask] };
  if (seq === 2) return { refusals: formIds.map((formId) => ({ formId, reason: 'the letter is missing' })) };
  if (formIds.length > 0)
    return {
      phase: 'disputing',
      queue: '',
      openTasks: [],
      commands: [{ key: 'fileAppeal:1', kind: 'fileAppeal', summary: 'File the appeal' }],
    };
  if (command === 'fileAppeal:1:done') return { phase: 'awaitingAnswer', wakeAt: later(asOf, 45), wakeReason: 'the answer is due' };
  if (eventIds.length === 0)
    return { phase: 'patient', wakeAt: null, commands: [{ key: 'sendStatement:1', kind: 'sendStatement', summary: 'Send statement 1' }] };
  return command === 'e2'
    ? { phase: 'closed', balanceCents: 0, terminal: true }
    : { wakeAt: later(asOf, 30), wakeReason: 'statement 2 is due' };
};

export async function recordHistories(): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'recourse-recording-'));
  const temporal = await startTemporal({ dataFolder, progress: console.log });
  const scripted = new ScriptedActivities();
  const worker = await startWorker({ temporal, taskQueue, activities: scripted.all });
  const client = await connectTemporal(temporal);
  try {
    mkdirSync(folder, { recursive: true });
    await save(client, 'account-appeal', await tellAppeal(client, scripted));
    await save(client, 'account-scenario-clock', await tellScenario(client, scripted));
    await save(client, 'ingest-file', await readFile(client));
    await save(client, 'settle-unmatched', await settleTask(client));
  } finally {
    await worker.stop();
    await client.connection.close();
    await temporal.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function tellAppeal(client: Client, scripted: ScriptedActivities): Promise<string> {
  const accounts = createAccounts({ client, taskQueue, submitForm: ({ formId = randomUUID() }) => Promise.resolve(formId) });
  const id = randomUUID();
  const ready = { taskId: 't1', form: { outcome: 'ready', by: 'u1' } } as const;
  scripted.script(id, appeal);
  await accounts.deliver(id, ['e1'], 0);
  await accounts.whenSettled(id);
  await accounts.completeTask(id, ready);
  await accounts.completeTask(id, ready);
  await accounts.whenSettled(id);
  await accounts.advanceDays(id, 46);
  await accounts.deliver(id, ['e2'], 0);
  await accounts.whenSettled(id);
  return accountWorkflowId(id);
}

/** Dates played by the scenario clock, with a message between them, left alive. */
async function tellScenario(client: Client, scripted: ScriptedActivities): Promise<string> {
  const accounts = createAccounts({ client, taskQueue, submitForm: ({ formId = randomUUID() }) => Promise.resolve(formId) });
  const id = randomUUID();
  const shiftMs = Date.parse('2026-03-01T12:00:00Z') - Date.now();
  scripted.script(id, ({ asOf, seq }) => ({ wakeAt: later(asOf, 10), wakeReason: `step ${seq} is due` }));
  await accounts.deliver(id, ['e1'], shiftMs);
  await accounts.setClock(id, shiftMs + 35 * 86_400_000);
  await accounts.deliver(id, ['e2'], shiftMs);
  await accounts.whenSettled(id);
  return accountWorkflowId(id);
}

async function readFile(client: Client): Promise<string> {
  const fileId = randomUUID();
  const workflowId = `ingest:${fileId}`;
  await client.workflow.execute<typeof ingestFile>('ingestFile', { workflowId, taskQueue, args: [{ fileId, clockShiftMs: 0 }] });
  return workflowId;
}

async function settleTask(client: Client): Promise<string> {
  const [taskId, formId] = [randomUUID(), randomUUID()];
  const workflowId = `settle:${taskId}`;
  await client.workflow.execute<typeof settleUnmatched>('settleUnmatched', { workflowId, taskQueue, args: [{ taskId, formId }] });
  return workflowId;
}

/** Names of the machine and places in its folders, which no other clone has. */
const local: Readonly<Record<string, string>> = { identity: 'worker', stackTrace: '' };

async function save(client: Client, name: string, workflowId: string): Promise<void> {
  const json = historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory());
  const anonymous = JSON.stringify(JSON.parse(json), (key, value: unknown) => local[key] ?? value, 1);
  writeFileSync(join(folder, `${name}.json`), `${anonymous}\n`);
  console.log(`✓ ${name}: ${workflowId}`);
}

function later(asOf: string, days: number): string {
  return new Date(Date.parse(asOf) + days * 86_400_000).toISOString();
}
