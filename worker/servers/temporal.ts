import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { messageOf } from '../../rules/domain/failures.ts';
import { type Progress, StartProblem, step } from '../steps.mjs';
import { type GuardedProcess, lastLines, startGuarded } from './guarded-process.ts';
import { freePort, freePortFrom } from './ports.ts';
import { endLeftover } from './process-table.ts';
import { findTemporal } from './temporal-binary.ts';

export interface TemporalOptions {
  /** Ours alone while this runs (see `data-folder.ts`). */
  readonly dataFolder: string;
  readonly progress: Progress;
  /** Where the search for a free Web UI port begins. */
  readonly uiPort?: number;
}

export interface RunningTemporal {
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl: string | null;
  /** Resolves when our own server has ended, asked or not; never for a service that is somebody else's. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
}

const NAMESPACE = 'recourse';
const DEFAULT_UI_PORT = 8233;
const START_ATTEMPTS = 3;
const SEARCH_ATTRIBUTES = ['Phase=Keyword', 'Payer=Keyword', 'Queue=Keyword', 'NextActionAt=Datetime', 'Turn=Int'];
/** Lets tests and the sandbox skip months; a production service leaves it off. */
const TIME_SKIPPING = [
  'frontend.WorkflowTimeSkippingEnabled=true',
  'system.workflowTimeSkippingEnabled=true',
  // Timers are looked at once a second otherwise, and every skipped wait would cost one.
  'history.timerProcessorMaxTimeShift="20ms"',
];

/** The service that `TEMPORAL_ADDRESS` names, or a dev server of our own on loopback that keeps its history in the data folder. */
export async function startTemporal({ dataFolder, progress, uiPort = DEFAULT_UI_PORT }: TemporalOptions): Promise<RunningTemporal> {
  if (process.env.TEMPORAL_ADDRESS) {
    return step(progress, { doing: 'reaching TEMPORAL_ADDRESS', done: 'Temporal service reached' }, reachService);
  }
  const executable = await findTemporal(progress);
  if (await endLeftoverTemporal(dataFolder)) {
    progress('✓ Temporal server left over from an earlier run stopped');
  }
  const words = { doing: 'starting the Temporal server', done: 'Temporal server started' };
  return step(progress, words, () => startOwn({ executable, dataFolder, uiPort }));
}

/** Ends the server of this data folder that a killed run left behind; true when there was one. */
export async function endLeftoverTemporal(dataFolder: string): Promise<boolean> {
  return endLeftover(join(dataFolder, 'temporal.pid'), databaseIn(dataFolder), 'SIGTERM');
}

const databaseIn = (dataFolder: string): string => join(dataFolder, 'temporal.db');

async function reachService(): Promise<RunningTemporal> {
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const address = connectionOptions.address ?? '';
  const problem = await ask(namespace, connectionOptions);
  if (problem !== null) throw new StartProblem(`Temporal at ${address} (TEMPORAL_ADDRESS), namespace ${namespace}: ${problem}`);
  return { address, namespace, uiUrl: null, ended: new Promise(() => {}), stop: async () => {} };
}

interface OwnServer {
  readonly executable: string;
  readonly dataFolder: string;
  readonly uiPort: number;
}

/** A free port can be lost to another program before the server takes it, so a failed start is tried again with other ports. */
async function startOwn(own: OwnServer): Promise<RunningTemporal> {
  for (let attempt = 1; ; attempt += 1) {
    const ports = { grpc: await freePort(), ui: await freePortFrom(own.uiPort) };
    const address = `127.0.0.1:${ports.grpc}`;
    const server = launch(own, ports);
    if (await isReady(server, address)) {
      return { address, namespace: NAMESPACE, uiUrl: `http://127.0.0.1:${ports.ui}`, ended: server.ended, stop: server.stop };
    }
    await server.stop();
    const log = lastLines(join(own.dataFolder, 'temporal.log'));
    if (attempt === START_ATTEMPTS || !/address already in use|can't set frontend port|already taken/i.test(log)) {
      throw new StartProblem(`The Temporal server did not start; it says:\n${log}`);
    }
  }
}

function launch({ executable, dataFolder }: OwnServer, ports: { readonly grpc: number; readonly ui: number }): GuardedProcess {
  const place = ['--ip', '127.0.0.1', '--port', String(ports.grpc), '--ui-port', String(ports.ui), '--db-filename', databaseIn(dataFolder)];
  const content = [
    '--namespace',
    NAMESPACE,
    // A crash of this server loses nothing; only a power cut may, and this is a server to try things on.
    ...['journal_mode=WAL', 'synchronous=OFF'].flatMap((pragma) => ['--sqlite-pragma', pragma]),
    ...SEARCH_ATTRIBUTES.flatMap((attribute) => ['--search-attribute', attribute]),
    ...TIME_SKIPPING.flatMap((setting) => ['--dynamic-config-value', setting]),
  ];
  return startGuarded({
    command: [executable, 'server', 'start-dev', ...place, ...content, '--log-level', 'error'],
    cwd: dataFolder,
    env: { PATH: process.env.PATH ?? '', HOME: dataFolder, TZ: 'UTC' },
    stopSignal: 'TERM',
    logFile: join(dataFolder, 'temporal.log'),
    pidFile: join(dataFolder, 'temporal.pid'),
  });
}

/** False when the server ended instead. */
async function isReady(server: GuardedProcess, address: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < 60_000 && !server.hasEnded(); waitedMs += 100) {
    if ((await ask(NAMESPACE, { address })) === null) return true;
    await sleep(100);
  }
  return false;
}

/** Null when the service answers and has the namespace, else what is wrong. */
async function ask(namespace: string, options: Parameters<typeof Connection.connect>[0]): Promise<string | null> {
  try {
    const connection = await Connection.connect({ ...options, connectTimeout: '5s' });
    try {
      await connection.withDeadline(Date.now() + 5_000, () => connection.workflowService.describeNamespace({ namespace }));
      return null;
    } finally {
      await connection.close();
    }
  } catch (error) {
    return messageOf(error);
  }
}
