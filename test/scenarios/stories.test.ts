import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { loadKnowledge } from '../../client/knowledge.ts';
import type { ScenarioArrival } from '../../client/scenario/format.ts';
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

test('no two stories use the same number of an account, a payment or a remit: they are played on one database', () => {
  const used = stories.flatMap((name) => {
    const { scenario } = readScenario(`${folder}/${name}`);
    return [...new Set(scenario.days.flatMap(({ arrives }) => arrives.flatMap(numbersOf)))];
  });
  expect(used.filter((number, n) => used.indexOf(number) !== n)).toEqual([]);
});

function numbersOf(a: ScenarioArrival): readonly string[] {
  if ('claim' in a) return [a.claim.account];
  if ('paid' in a) return [a.paid.id];
  if ('payment' in a) return [a.payment.id];
  if ('vendorPayment' in a) return [a.vendorPayment.id];
  return 'remit' in a ? [a.remit.id] : [];
}

test('lists of a vendor go forward from story to story: behind a later one they would say nothing', () => {
  const lists = stories.map((name) => {
    const { scenario } = readScenario(`${folder}/${name}`);
    return scenario.days.flatMap(({ on, arrives }) =>
      arrives.flatMap((a) => ('inventory' in a ? [{ name, vendor: a.inventory.vendor, asOf: a.inventory.asOf ?? on }] : [])),
    );
  });
  const behind = lists.flatMap((own, n) =>
    own
      .slice(0, 1)
      .filter((first) =>
        lists.slice(0, n).some((before) => before.some(({ vendor, asOf }) => vendor === first.vendor && asOf > first.asOf)),
      ),
  );
  expect(lists.flat().length).toBeGreaterThan(0);
  expect(behind).toEqual([]);
});
