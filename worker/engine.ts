import { join } from 'node:path';
import { startApi } from '../client/api/server.ts';
import { removeEngineAddress, writeEngineAddress } from '../client/config.ts';
import { engineOn } from '../client/engine.ts';
import { DropFolder } from '../client/ingest/drop-folder.ts';
import { SftpSource } from '../client/ingest/sftp-source.ts';
import { readSources } from '../client/ingest/sources.ts';
import { openHospital } from '../client/sandbox/hospital.ts';
import { temporalDoors } from '../client/scenario/temporal-doors.ts';
import { TASK_QUEUE } from '../client/temporal.ts';
import { messageOf } from '../rules/domain/failures.ts';
import { type Composition, compose } from './compose.ts';
import type { RunningTemporal } from './servers/temporal.ts';
import { type Progress, step } from './steps.mjs';
import { startWorker } from './temporal-worker.ts';

export interface EngineOptions {
  readonly databaseUrl: string;
  readonly temporal: Pick<RunningTemporal, 'address' | 'namespace' | 'uiUrl'>;
  readonly dataFolder: string;
  /** Loads the sandbox hospital when it is not loaded yet. */
  readonly withSandbox: boolean;
  readonly progress: Progress;
}

export interface RunningEngine {
  /** What the person at the terminal reads last: addresses and what to try. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

const loopback = '127.0.0.1';
const usualApiPort = 4100;
const zone = 'America/New_York';

/** Runs worker, API, sandbox and inbound folder on servers that are up and migrated. */
export async function runEngine(options: EngineOptions): Promise<RunningEngine> {
  const { databaseUrl, temporal, dataFolder, progress } = options;
  const house = await compose({ databaseUrl, temporal, dataFolder, taskQueue: TASK_QUEUE });
  const words = { doing: 'starting the worker', done: 'worker started', usually: 'a few seconds' };
  const worker = await step(progress, words, () => startWorker({ temporal, taskQueue: TASK_QUEUE, activities: house.activities }));
  worker.ended.catch((error: unknown) => progress(`✗ the worker ended: ${messageOf(error)}`));
  await house.rules.goOn();
  await house.deadlines.schedule();
  await house.runs.schedule();
  await house.vendorLooks.schedule();
  const api = await step(progress, { doing: 'starting the API', done: 'API started' }, () => serve(house));
  writeEngineAddress(dataFolder, {
    databaseUrl,
    temporalAddress: temporal.address,
    namespace: temporal.namespace,
    apiUrl: api.url,
    pid: process.pid,
  });

  const inboundFolder = join(dataFolder, 'inbound');
  if (options.withSandbox) await loadSandbox(house, inboundFolder, options);
  const inbound = new DropFolder({ folder: inboundFolder, intake: house.intake, isSandbox: false, progress });
  const sources = readSources(dataFolder, process.env).map((settings) => {
    return new SftpSource({ settings, folder: join(dataFolder, 'sources', settings.name), intake: house.intake, progress });
  });
  const watching = Promise.all([inbound, ...sources].map((source) => source.watch()));
  return {
    lines: [
      `API:             ${api.url}/docs`,
      `Data folder:     ${dataFolder} (drop files into inbound/, find what was sent in outbound/)`,
      'Try:             npx recourse queue · npx recourse show HB1001 · npx recourse explain HB1001 · npx recourse doctor',
    ],
    stop: async () => {
      removeEngineAddress(dataFolder);
      for (const source of [inbound, ...sources]) source.stop();
      await api.close();
      await worker.stop();
      await house.close();
      await watching;
    },
  };
}

/** On its usual port, or a free one when that is taken. */
async function serve(house: Composition): ReturnType<typeof startApi> {
  const engine = engineOn(house);
  try {
    return await startApi({ engine, host: loopback, port: usualApiPort });
  } catch (error) {
    if (!/EADDRINUSE/.test(`${messageOf(error)}${codeOf(error)}`)) throw error;
    return startApi({ engine, host: loopback, port: 0 });
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

async function loadSandbox(house: Composition, folder: string, { dataFolder, progress }: EngineOptions): Promise<void> {
  const inbound = new DropFolder({ folder, intake: house.intake, isSandbox: true, progress: () => undefined });
  const doors = { ...temporalDoors(house), dropFolder: folder, look: () => inbound.look(), zone };
  const startedAt = performance.now();
  let saidAt = startedAt;
  const loaded = await openHospital(dataFolder, doors, ({ day, days }) => {
    if (performance.now() - saidAt < 5_000) return;
    saidAt = performance.now();
    progress(`  loading the sandbox hospital: day ${day} of ${days}`);
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  progress(loaded === 0 ? '✓ sandbox hospital is there already' : `✓ sandbox hospital loaded: ${loaded} accounts (${seconds} s)`);
}
