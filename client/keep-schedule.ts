import { type Client, ScheduleAlreadyRunning, ScheduleNotFoundError, type ScheduleOptions } from '@temporalio/client';

/** What happens by the clock for the whole house, whatever the accounts do. */
export const houseSchedules = { proof: 'deadline-proof', run: 'outbound-run', vendors: 'vendor-look' } as const;

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

/** Those of the house that do not run, each with why: nothing else would notice. */
export async function silentSchedules(client: Client): Promise<readonly string[]> {
  const states = await Promise.all(Object.values(houseSchedules).map(async (id) => [id, await pauseOf(client, id)] as const));
  return states.flatMap(([id, why]) => (why === null ? [] : [`${id} (${why})`]));
}

/** Null while it runs. */
async function pauseOf(client: Client, id: string): Promise<string | null> {
  try {
    const { paused, note } = (await client.schedule.getHandle(id).describe()).state;
    return paused ? `paused${note === undefined || note === '' ? '' : `: ${note}`}` : null;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return 'missing';
    throw error;
  }
}
