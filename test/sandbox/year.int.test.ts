import { expect, test } from '@jest/globals';
import { createActivities } from '../../activities/create.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { playYear } from '../../client/sandbox/year/play.ts';
import { createPrisma } from '../../prisma/client.ts';
import { examine } from '../../prisma/reads/doctor.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { freshDatabase } from '../support/database.ts';
import { PlainPeer } from '../support/plain-peer.ts';

const knowledge = loadKnowledge();

test('a year', async () => {
  const { prisma, close } = createPrisma(await freshDatabase(), 4);
  const year = { seed: 7, accounts: 30, months: 12, from: civilDate('2025-01-01'), zone: 'America/New_York', faults: 'none' } as const;
  const started = performance.now();
  const played = await playYear(year, {
    prisma,
    makeActivities: (doors) => createActivities({ prisma, knowledge, ...doors }),
    peers: [new PlainPeer(7)],
    paper: () => [],
    onDay: () => {},
  });
  console.log(played.counts, played.onTheWay, played.fingerprint, performance.now() - started);
  console.log(await prisma.account.groupBy({ by: ['phase', 'terminal', 'ownerKind', 'ownerName'], _count: true }));
  console.log(await prisma.task.groupBy({ by: ['kind', 'status', 'outcome'], _count: true }));
  console.log(await examine(prisma));
  expect(played.counts.files).toBeGreaterThan(1);
  await close();
});
