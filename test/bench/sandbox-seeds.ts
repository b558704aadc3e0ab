/**
 * `npm run bench:sandbox [first seed] [how many]`: a hundred small years, each without faults and with them. A seed that does not hold prints the
 * command that repeats it; the figures are of all of them.
 */
import { createActivities } from '../../activities/create.ts';
import { fixedRules } from '../../activities/rule-library.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import type { MakeActivities } from '../../client/sandbox/year/driver.ts';
import type { Year } from '../../client/sandbox/year/play.ts';
import { asWithoutFaults, commandOf, comparedWith, playAndReconcile, type Run, worldOf } from '../../client/sandbox/year/run.ts';
import { createPrisma } from '../../prisma/client.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { freshDatabase } from '../support/database.ts';
import { startServers, stopServers } from '../support/servers.ts';

const [first = 1, count = 100] = process.argv.slice(2).map(Number);
const rules = fixedRules(loadKnowledge());
const totals = { years: 0, accounts: 0, turns: 0, crashes: 0, ms: 0 };
const failed: string[] = [];

await startServers();
try {
  for (let seed = first; seed < first + count; seed += 1) {
    const year = { seed, accounts: 30, months: 12, from: civilDate('2025-01-01'), zone: 'America/New_York' } as const;
    const calm = await play({ ...year, faults: 'none' });
    const broken = comparedWith(calm, await play({ ...year, faults: 'sameEnds' }), asWithoutFaults);
    report({ ...year, faults: 'none' }, calm);
    report({ ...year, faults: 'sameEnds' }, broken);
    process.stderr.write(`seed ${seed}: ${seed - first + 1} of ${count}, ${failed.length} failed\n`);
  }
} finally {
  await stopServers();
}
const { years, accounts, turns, crashes, ms } = totals;
console.log(
  `sandbox: ${years} years of 30 accounts, ${failed.length} do not hold; ${turns} turns and ${crashes} crashes in ${(ms / 1000).toFixed(0)} s, ` +
    `${((accounts * 1000) / ms).toFixed(1)} accounts/s, ${((turns * 1000) / ms).toFixed(0)} turns/s`,
);
for (const command of failed) console.log(`  ${command}`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function play(year: Year): Promise<Run> {
  const { prisma, close } = createPrisma(await freshDatabase(), 4);
  try {
    const makeActivities = (doors: Parameters<MakeActivities>[0]) => createActivities({ prisma, rules, ...doors });
    return await playAndReconcile(year, { prisma, makeActivities, ...worldOf(year), onDay: () => {} });
  } finally {
    await close();
  }
}

function report(year: Year, { played, reconciliation, ms: took }: Run): void {
  totals.years += 1;
  totals.accounts += year.accounts;
  totals.turns += played.counts.turns;
  totals.crashes += played.counts.crashes;
  totals.ms += took;
  if (reconciliation.holds) return;
  failed.push(commandOf(year));
  console.log(`✗ ${commandOf(year)}`);
  for (const { name, holds, against } of reconciliation.checks) if (!holds) console.log(`    ${name}: ${against.join('; ')}`);
}
