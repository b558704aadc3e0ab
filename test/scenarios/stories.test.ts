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

test('no two stories use the same account or payment number: they are played on one database', () => {
  const used = stories.flatMap((name) => {
    const { scenario } = readScenario(`${folder}/${name}`);
    const arrivals = scenario.days.flatMap(({ arrives }) => arrives);
    const numbers = arrivals.flatMap((a) =>
      'claim' in a ? [a.claim.account] : 'paid' in a ? [a.paid.id] : 'payment' in a ? [a.payment.id] : [],
    );
    return [...new Set(numbers)];
  });
  expect(used.filter((number, n) => used.indexOf(number) !== n)).toEqual([]);
});
