import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Activities } from '../activities/index.ts';
import { connectionOptions, type TemporalPlace } from '../client/temporal.ts';
import { workflowBundle } from './bundle.ts';
import { installLogger } from './log.ts';

export interface WorkerPlace {
  readonly temporal: TemporalPlace;
  readonly taskQueue: string;
  readonly activities: Activities;
}

export interface RunningWorker {
  /** Rejects when the worker cannot go on; resolves after `stop`. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** A long-lived account sleeps nearly always: few are worth memory, and a short history is replayed in milliseconds. */
const tuning: Partial<WorkerOptions> = {
  maxCachedWorkflows: 250,
  maxConcurrentWorkflowTaskExecutions: 20,
  // As many as there are database connections to work with.
  maxConcurrentActivityTaskExecutions: 10,
  shutdownGraceTime: '3s',
  shutdownForceTime: '7s',
};

export async function startWorker({ temporal, taskQueue, activities }: WorkerPlace): Promise<RunningWorker> {
  installLogger();
  const connection = await NativeConnection.connect(connectionOptions(temporal));
  const { namespace } = temporal;
  const code = await workflowBundle();
  const worker = await Worker.create({ connection, namespace, taskQueue, activities: { ...activities }, workflowBundle: code, ...tuning });
  const ended = runToItsEnd(worker, connection);
  // Whoever waits for `ended` hears of it; nobody has to.
  ended.catch(() => undefined);
  return {
    ended,
    stop: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    },
  };
}

async function runToItsEnd(worker: Worker, connection: NativeConnection): Promise<void> {
  try {
    await worker.run();
  } finally {
    await connection.close();
  }
}
