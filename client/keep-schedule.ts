import { type Client, ScheduleAlreadyRunning, type ScheduleOptions } from '@temporalio/client';

/** Lets Temporal keep a schedule as it is written here; again changes nothing. A person may have paused it: that stays. */
export async function keepSchedule(client: Client, options: ScheduleOptions): Promise<void> {
  try {
    await client.schedule.create(options);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { action, policies, spec } = options;
    await client.schedule
      .getHandle(options.scheduleId)
      .update(({ state }) => ({ action, ...(policies === undefined ? {} : { policies }), spec, state }));
  }
}
