import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import type { Client } from '@temporalio/client';
import type { Activities } from '../../activities/index.ts';
import { connectTemporal, type TemporalPlace } from '../../client/temporal.ts';
import { startWorker } from '../../worker/temporal-worker.ts';

export interface Stage {
  readonly client: Client;
  readonly taskQueue: string;
}

/** The Temporal server of this run. */
export function testTemporal(): TemporalPlace {
  const { RECOURSE_TEST_TEMPORAL_ADDRESS: address, RECOURSE_TEST_TEMPORAL_NAMESPACE: namespace } = process.env;
  if (address === undefined || namespace === undefined) throw new Error('no test server: only *.int.test.ts files get one');
  return { address, namespace };
}

/** A worker with these activities on a task queue of the test file's own, and a client; both end with the file. */
export function stageWith(activities: Activities): () => Stage {
  const taskQueue = `test-${randomUUID()}`;
  const stops: (() => Promise<void>)[] = [];
  let stage: Stage | null = null;

  beforeAll(async () => {
    const worker = await startWorker({ temporal: testTemporal(), taskQueue, activities });
    stops.push(worker.stop);
    const client = await connectTemporal(testTemporal());
    stops.push(() => client.connection.close());
    stage = { client, taskQueue };
  }, 60_000);

  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  }, 15_000);

  return () => {
    if (stage === null) throw new Error('the stage is there when the tests run');
    return stage;
  };
}
