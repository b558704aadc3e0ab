import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { play } from '../../client/scenario/play.ts';
import { readScenario } from '../../client/scenario/read.ts';
import { temporalDoors } from '../../client/scenario/temporal-doors.ts';
import { TemporalWorld } from '../../client/scenario/temporal-world.ts';
import { engineForTests } from '../support/test-engine.ts';

const engine = engineForTests();
const folder = import.meta.dirname;
const stories = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

test.each(stories)(
  '%s holds on the real servers, its months passing by time skipping',
  async (name) => {
    const { scenario, readNear } = readScenario(`${folder}/${name}`);
    const world = new TemporalWorld(temporalDoors(engine().house), { zone: scenario.zone, tag: 'T', readFile: readNear });
    const result = await play(scenario, world);
    expect({ days: result.days.filter((day) => day.failures.length > 0), never: result.never }).toEqual({ days: [], never: [] });
  },
  300_000,
);
