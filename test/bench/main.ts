/** `npm run bench`: figures of the spine on the real servers, printed; nothing here passes or fails. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TASK_QUEUE } from '../../client/temporal.ts';
import { compose } from '../../worker/compose.ts';
import { startWorker } from '../../worker/temporal-worker.ts';
import { freshDatabase } from '../support/database.ts';
import { startServers, stopServers } from '../support/servers.ts';
import { accountsPerSecond } from './accounts-per-second.ts';
import { historyOfAYear } from './history-of-a-year.ts';
import { secondsToReady } from './seconds-to-ready.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'recourse-bench-'));
await startServers();
try {
  const temporal = {
    address: process.env.RECOURSE_TEST_TEMPORAL_ADDRESS ?? '',
    namespace: process.env.RECOURSE_TEST_TEMPORAL_NAMESPACE ?? '',
  };
  const house = await compose({ databaseUrl: await freshDatabase(), temporal, taskQueue: TASK_QUEUE, dataFolder });
  const worker = await startWorker({ temporal, taskQueue: TASK_QUEUE, activities: house.activities });
  for (const line of [...(await historyOfAYear(house)), ...(await accountsPerSecond(house))]) console.log(line);
  await worker.stop();
  await house.close();
} finally {
  await stopServers();
}
for (const line of await secondsToReady(join(dataFolder, 'start'))) console.log(line);
rmSync(dataFolder, { recursive: true, force: true });
