import { expect, test } from '@jest/globals';
import { createActivities } from '../../activities/create.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import type { Year } from '../../client/sandbox/year/play.ts';
import { playAndReconcile, type Run, worldOf } from '../../client/sandbox/year/run.ts';
import { createPrisma } from '../../prisma/client.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { freshDatabase } from '../support/database.ts';

const knowledge = loadKnowledge();

test('a year', async () => {
  const { reconciliation } = await play('none');
  expect(reconciliation.checks.filter(({ holds }) => !holds)).toEqual([]);
});

async function play(faults: Year['faults']): Promise<Run> {
  const { prisma, close } = createPrisma(await freshDatabase(), 4);
  const year: Year = { seed: 7, accounts: 30, months: 12, from: civilDate('2025-01-01'), zone: 'America/New_York', faults };
  try {
    const makeActivities = (doors: Parameters<Parameters<typeof playAndReconcile>[1]['makeActivities']>[0]) =>
      createActivities({ prisma, knowledge, ...doors });
    return await playAndReconcile(year, { prisma, makeActivities, ...worldOf(year), onDay: () => {} });
  } finally {
    await close();
  }
}
