import { randomUUID } from 'node:crypto';
import { type Client, ScheduleOverlapPolicy, type ScheduleOptions } from '@temporalio/client';
import type { PrismaClient } from '../prisma/client.ts';
import { isGathered, listRuns, type RunEntry } from '../prisma/reads/runs.ts';
import { readZone } from '../prisma/reads/shown.ts';
import { resolveRun } from '../prisma/writes/run-doubt.ts';
import { houseSchedules, keepSchedule } from './keep-schedule.ts';
import type { outboundRun, OutboundRunEnd } from '../workflows/outbound-run.ts';

/** What is gathered and sent together: statements and files for vendors. */
export interface OutboundRuns {
  /** Sends what waits for that destination, or for all. Two at the same moment send each thing once. */
  send(asked: {
    readonly destination?: string;
    readonly asOf?: string;
    readonly clockShiftMs?: number;
    readonly accountIds?: readonly string[];
  }): Promise<OutboundRunEnd>;
  /** Whether anything waits for a run, of these accounts or of any. */
  isWaiting(accountIds?: readonly string[]): Promise<boolean>;
  /** The latest first. */
  list(limit: number): Promise<readonly RunEntry[]>;
  /** A person found out whether a run of which nobody knew has arrived. @returns false when that run is not in doubt */
  resolve(asked: { readonly runId: string; readonly arrived: boolean; readonly receipt: string | null }): Promise<boolean>;
  /** Lets Temporal start a run for all at the cut-off of every day; again changes nothing. */
  schedule(): Promise<void>;
}

interface RunOptions {
  readonly prisma: PrismaClient;
  readonly client: Client;
  readonly taskQueue: string;
}

const scheduleId = houseSchedules.run;

/** Mail houses and vendors take their files in the evening. */
export const cutOffHour = 17;

export function createOutboundRuns({ prisma, client, taskQueue }: RunOptions): OutboundRuns {
  return {
    send: ({ destination = null, asOf = null, clockShiftMs = 0, accountIds = null }) =>
      client.workflow.execute<typeof outboundRun>('outboundRun', {
        workflowId: `${scheduleId}:${randomUUID()}`,
        taskQueue,
        args: [{ destination, asOf, clockShiftMs, accountIds }],
      }),
    isWaiting: (accountIds) => isGathered(prisma, accountIds ?? null),
    list: (limit) => listRuns(prisma, limit),
    resolve: (asked) => resolveRun(prisma, asked),
    schedule: async () => scheduleRuns(client, taskQueue, await readZone(prisma)),
  };
}

async function scheduleRuns(client: Client, taskQueue: string, timezone: string): Promise<void> {
  const spec = { calendars: [{ hour: cutOffHour, comment: 'the cut-off of every day' }], timezone };
  const policies = { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: '12 hours' } as const;
  const options: ScheduleOptions = {
    scheduleId,
    spec,
    policies,
    action: {
      type: 'startWorkflow',
      workflowType: 'outboundRun',
      workflowId: scheduleId,
      taskQueue,
      args: [{ destination: null, asOf: null, clockShiftMs: 0, accountIds: null }],
    },
    state: { note: 'statements to the mail house, files to vendors' },
  };
  await keepSchedule(client, options);
}
