import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { type Composition, compose } from '../../worker/compose.ts';
import { startWorker } from '../../worker/temporal-worker.ts';
import { freshDatabase } from './database.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface TestEngine {
  readonly house: Composition;
  readonly dataFolder: string;
  readonly databaseUrl: string;
}

/** The whole engine on the real servers, with a database, a task queue and a data folder of this test file's own. */
export function engineForTests(): () => TestEngine {
  let engine: TestEngine | null = null;
  let stop = (): Promise<void> => Promise.resolve();

  beforeAll(async () => {
    const temporal = {
      address: process.env.RECOURSE_TEST_TEMPORAL_ADDRESS ?? '',
      namespace: process.env.RECOURSE_TEST_TEMPORAL_NAMESPACE ?? '',
    };
    const databaseUrl = await freshDatabase();
    const dataFolder = temporaryFolder();
    const taskQueue = `test-${randomUUID()}`;
    const house = await compose({ databaseUrl, temporal, taskQueue, dataFolder });
    const worker = await startWorker({ temporal, taskQueue, activities: house.activities });
    engine = { house, dataFolder, databaseUrl };
    stop = async () => {
      await worker.stop();
      await house.close();
    };
  }, 60_000);

  afterAll(() => stop(), 20_000);

  return () => {
    if (engine === null) throw new Error('the engine is there when the tests run');
    return engine;
  };
}
