import { expect, test } from '@jest/globals';
import { silentSchedules } from '../../client/keep-schedule.ts';
import { engineForTests } from '../support/test-engine.ts';

const engine = engineForTests();

test('every morning Temporal looks at the money of vendors; asked for twice there is one schedule, a person’s pause stays, and the doctor sees it', async () => {
  const { vendorLooks, client } = engine().house;
  await vendorLooks.schedule();
  const schedule = client.schedule.getHandle('vendor-look');
  await schedule.pause('while the vendor moves');
  await vendorLooks.schedule();
  const { spec, state, policies } = await schedule.describe();
  expect(spec.calendars?.map(({ hour, minute }) => [hour, minute])).toEqual([
    [[{ start: 5, end: 5, step: 1 }], [{ start: 30, end: 30, step: 1 }]],
  ]);
  expect([spec.timezone, state.paused, policies.overlap]).toEqual(['America/New_York', true, 'SKIP']);
  expect(await silentSchedules(client)).toContain('vendor-look (paused: while the vendor moves)');
  await schedule.unpause();
  expect((await silentSchedules(client)).filter((text) => text.startsWith('vendor-look'))).toEqual([]);
  await schedule.delete();
  expect(await silentSchedules(client)).toContain('vendor-look (missing)');
});

test('a look of an empty house finds nobody to look at', async () => {
  expect(await engine().house.vendorLooks.look(null)).toEqual({ vendors: 0, opened: 0, kept: 0, settled: 0 });
});
