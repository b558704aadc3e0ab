import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadKnowledge } from '../../client/knowledge.ts';
import { play } from '../../client/scenario/play.ts';
import { readScenario } from '../../client/scenario/read.ts';
import { examine } from '../../prisma/reads/doctor.ts';
import { rebuildAccount } from '../../prisma/reads/rebuild.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();
const folder = join(import.meta.dirname, '../scenarios');
const stories = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

test.each(stories)('%s holds on the database, every projection is the fold of its events, and the doctor finds nothing', async (name) => {
  const { scenario, readNear } = readScenario(join(folder, name));
  const world = await StoredWorld.open({ knowledge, zone: scenario.zone, readFile: readNear });
  try {
    const result = await play(scenario, world);
    expect({ days: result.days.filter((day) => day.failures.length > 0), never: result.never }).toEqual({ days: [], never: [] });
    for (const number of world.accountNumbers()) {
      const rebuilt = await rebuildAccount(world.store.prisma, await world.accountId(number));
      expect(rebuilt?.stored).toEqual(rebuilt?.folded);
    }
    expect(Object.entries(await examine(world.store.prisma)).filter(([, found]) => found.length > 0)).toEqual([]);
  } finally {
    await world.close();
  }
});
