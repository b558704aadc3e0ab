import { join } from 'node:path';
import { startApi } from '../client/api/server.ts';
import { removeEngineAddress, writeEngineAddress } from '../client/config.ts';
import { engineOn } from '../client/engine.ts';
import { DropFolder } from '../client/ingest/drop-folder.ts';
import { TASK_QUEUE } from '../client/temporal.ts';
import { messageOf } from '../rules/domain/failures.ts';
import { compose } from './compose.ts';
import { freePortFrom } from './servers/ports.ts';
import type { RunningTemporal } from './servers/temporal.ts';
import { type Progress, step } from './steps.mjs';
import { startWorker } from './temporal-worker.ts';

export interface EngineOptions {
  readonly databaseUrl: string;
  readonly temporal: Pick<RunningTemporal, 'address' | 'namespace' | 'uiUrl'>;
  readonly dataFolder: string;
  readonly progress: Progress;
}

export interface RunningEngine {
  /** What the person at the terminal reads last: addresses and how to sign in. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** With `RECOURSE_SANDBOX=1` accounts live at the time of the files that start them. */
const isSandbox = (): boolean => process.env.RECOURSE_SANDBOX === '1';

/** Runs worker, inbound folder and API on servers that are up and migrated. */
export async function runEngine({ databaseUrl, temporal, dataFolder, progress }: EngineOptions): Promise<RunningEngine> {
  const house = await compose({ databaseUrl, temporal, dataFolder, taskQueue: TASK_QUEUE });
  const { activities, intake } = house;
  const words = { doing: 'starting the worker', done: 'worker started', usually: 'a few seconds' };
  const worker = await step(progress, words, () => startWorker({ temporal, taskQueue: TASK_QUEUE, activities }));
  worker.ended.catch((error: unknown) => progress(`✗ the worker ended: ${messageOf(error)}`));

  const inbound = new DropFolder({ folder: join(dataFolder, 'inbound'), intake, isSandbox: isSandbox(), progress });
  const watching = inbound.watch();
  const api = await startApi({ engine: engineOn(house), host: '127.0.0.1', port: await apiPort() });
  const { address: temporalAddress, namespace } = temporal;
  writeEngineAddress(dataFolder, { databaseUrl, temporalAddress, namespace, apiUrl: api.url, pid: process.pid });

  return {
    lines: [`API: ${api.url} (documentation: ${api.url}/docs)`, `Inbound folder: ${join(dataFolder, 'inbound')}`],
    stop: async () => {
      removeEngineAddress(dataFolder);
      inbound.stop();
      await api.close();
      await worker.stop();
      await house.close();
      await watching;
    },
  };
}

/** `RECOURSE_PORT`, or the first free one from 8080. */
async function apiPort(): Promise<number> {
  return Number(process.env.RECOURSE_PORT) || freePortFrom(8_080);
}
