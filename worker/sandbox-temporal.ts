import { randomUUID } from 'node:crypto';
import { createActivities } from '../activities/create.ts';
import type { Gateway } from '../activities/dependencies.ts';
import type { RuleLibrary } from '../activities/rule-library.ts';
import { createAccounts } from '../client/accounts.ts';
import { createOutboundRuns } from '../client/outbound-runs.ts';
import { createIntake } from '../client/ingest/intake.ts';
import { TemporalStage } from '../client/sandbox/year/temporal-stage.ts';
import { connectTemporal, type TemporalPlace } from '../client/temporal.ts';
import type { PrismaClient } from '../prisma/client.ts';
import { submitTaskForm } from '../prisma/writes/task-form.ts';
import { startWorker } from './temporal-worker.ts';

export interface TemporalSandbox {
  readonly prisma: PrismaClient;
  readonly rules: RuleLibrary;
  readonly temporal: TemporalPlace;
}

/** A stage on a real server with a worker and a task queue of its own. `stop` ends the worker. */
export async function temporalStage(
  { prisma, rules, temporal }: TemporalSandbox,
  gateway: Gateway,
): Promise<{ readonly stage: TemporalStage; readonly stop: () => Promise<void> }> {
  const taskQueue = `sandbox-${randomUUID()}`;
  const client = await connectTemporal(temporal);
  const accounts = createAccounts({ client, taskQueue, submitForm: (submitted) => submitTaskForm(prisma, submitted) });
  const stage = new TemporalStage({
    prisma,
    accounts,
    intake: createIntake({ client, taskQueue, prisma }),
    runs: createOutboundRuns({ prisma, client, taskQueue }),
  });
  const activities = createActivities({ prisma, rules, messenger: stage.messenger, gateway });
  const worker = await startWorker({ temporal, taskQueue, activities });
  return {
    stage,
    stop: async () => {
      await worker.stop();
      await client.connection.close();
    },
  };
}
