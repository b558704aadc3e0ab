import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { play } from '../../client/scenario/play.ts';
import { readScenario } from '../../client/scenario/read.ts';
import { temporalDoors } from '../../client/scenario/temporal-doors.ts';
import { TemporalWorld } from '../../client/scenario/temporal-world.ts';
import { engineForTests } from './test-engine.ts';

const folder = join(import.meta.dirname, '..', 'scenarios');

/** Plays one of so many equal parts of test/scenarios on the real servers: each part is a test file, so that they share the cores. */
export function playPart({ part, of }: { readonly part: number; readonly of: number }): void {
  const stories = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const ours = stories.slice(Math.round((stories.length * (part - 1)) / of), Math.round((stories.length * part) / of));
  const engine = engineForTests();
  test.each(ours)(
    '%s holds on the real servers, its months passing by time skipping',
    async (name) => {
      const { scenario, readNear } = readScenario(join(folder, name));
      const world = new TemporalWorld(temporalDoors(engine().house), { zone: scenario.zone, tag: 'T', readFile: readNear });
      const result = await play(scenario, world);
      expect({ days: result.days.filter((day) => day.failures.length > 0), never: result.never }).toEqual({ days: [], never: [] });
    },
    300_000,
  );
}
