import { expect, test } from '@jest/globals';
import { engineForTests } from '../support/test-engine.ts';

const engine = engineForTests();

test('every morning Temporal looks at the money of vendors; asked for twice there is one schedule, and a person’s pause stays', async () => {
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
  await schedule.delete();
});

test('a look of an empty house finds nobody to look at', async () => {
  expect(await engine().house.vendorLooks.look(null)).toEqual({ vendors: 0, opened: 0, kept: 0, settled: 0 });
});
