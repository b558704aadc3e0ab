import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { Activities } from '../../activities/index.ts';
import { connectTemporal } from '../../client/temporal.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { installLogger } from '../../worker/log.ts';

export interface Stage {
  readonly client: Client;
  readonly taskQueue: string;
}

/** A worker with these activities on a task queue of this test file's own, and a client; both end with the file. */
export function stageWith(activities: Activities): () => Stage {
  let stage: Stage | null = null;
  let stop = (): Promise<void> => Promise.resolve();

  beforeAll(async () => {
    const address = process.env.RECOURSE_TEST_TEMPORAL_ADDRESS ?? '';
    const namespace = process.env.RECOURSE_TEST_TEMPORAL_NAMESPACE ?? '';
    const taskQueue = `test-${randomUUID()}`;
    installLogger();
    const connection = await NativeConnection.connect({ address });
    const options = { connection, namespace, taskQueue, activities, workflowBundle: await workflowBundle() };
    const worker = await Worker.create({ ...options, shutdownGraceTime: '1s', shutdownForceTime: '5s' });
    const running = worker.run();
    const client = await connectTemporal({ address, namespace });
    stage = { client, taskQueue };
    stop = async () => {
      worker.shutdown();
      await running;
      await client.connection.close();
      await connection.close();
    };
  }, 60_000);

  afterAll(() => stop(), 15_000);

  return () => {
    if (stage === null) throw new Error('the stage is there when the tests run');
    return stage;
  };
}
