import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { loadKnowledge } from '../../client/knowledge.ts';
import { readScenario } from '../../client/scenario/read.ts';
import { play } from '../../client/scenario/play.ts';
import { PureWorld } from '../../client/scenario/pure-world.ts';

const knowledge = loadKnowledge();
const folder = import.meta.dirname;
const stories = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

test.each(stories)('%s holds on the pure core', async (name) => {
  const { scenario, readNear } = readScenario(`${folder}/${name}`);
  const result = await play(scenario, new PureWorld({ knowledge, zone: scenario.zone, readFile: readNear }));
  expect({ days: result.days.filter((day) => day.failures.length > 0), never: result.never }).toEqual({ days: [], never: [] });
});
