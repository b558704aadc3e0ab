import { randomUUID } from 'node:crypto';
import { type Client, ScheduleOverlapPolicy } from '@temporalio/client';
import type { VendorLook } from '../activities/index.ts';
import type { PrismaClient } from '../prisma/client.ts';
import { readZone } from '../prisma/reads/shown.ts';
import type { vendorLook } from '../workflows/vendor-look.ts';
import { houseSchedules, keepSchedule } from './keep-schedule.ts';

/** Money that vendors collected is looked for by the clock, not only when they send something. */
export interface VendorLooks {
  /** @param asOf ISO instant; null for now */
  look(asOf: string | null): Promise<VendorLook>;
  /** Lets Temporal look every morning; again changes nothing. */
  schedule(): Promise<void>;
}

interface LookOptions {
  readonly prisma: PrismaClient;
  readonly client: Client;
  readonly taskQueue: string;
}

const scheduleId = houseSchedules.vendors;
/** Before people begin. */
const morning = { hour: 5, minute: 30 };

export function createVendorLooks({ prisma, client, taskQueue }: LookOptions): VendorLooks {
  return {
    look: (asOf) =>
      client.workflow.execute<typeof vendorLook>('vendorLook', {
        workflowId: `${scheduleId}:${randomUUID()}`,
        taskQueue,
        args: [{ asOf }],
      }),
    schedule: async () =>
      keepSchedule(client, {
        scheduleId,
        spec: { calendars: [{ ...morning, comment: 'every morning' }], timezone: await readZone(prisma) },
        policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12 hours' },
        action: { type: 'startWorkflow', workflowType: 'vendorLook', workflowId: scheduleId, taskQueue, args: [{ asOf: null }] },
        state: { note: 'money that vendors collected, and what of it was not remitted in time' },
      }),
  };
}
