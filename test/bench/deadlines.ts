/**
 * `npm run bench:deadlines` (`-- ACCOUNTS PER`): the proof of 500,000 accounts with two open deadlines each, on a real PostgreSQL whose rows are
 * made in SQL. What Temporal lists is made as pages of 1,000, as its client hands them over; no workflow runs, and nothing disagrees but what
 * is broken on purpose. Memory is that of this process.
 */
import type { Timers } from '../../activities/dependencies.ts';
import { prove } from '../../activities/deadline-proof/prove.ts';
import type { PrismaClient } from '../../prisma/client.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import type { ArmedTimer } from '../../rules/lifecycle/proof.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { startServers, stopServers } from '../support/servers.ts';
import { StoredWorld } from '../support/stored-world.ts';

const [accounts = 500_000, perAccount = 2] = process.argv.slice(2).map(Number);
const atOnce = 50_000;

await startServers();
const world = await StoredWorld.open({ knowledge: loadKnowledge() });
try {
  for (const line of await measure(world.store.prisma)) console.log(line);
} finally {
  await world.close();
  await stopServers();
}

async function measure(prisma: PrismaClient): Promise<readonly string[]> {
  const on = new Date().toISOString().slice(0, 10);
  world.now = instant(new Date().toISOString());
  await world.receive('BENCH.837', fileText(claimOf('BENCH'), on));
  const accountId = await world.accountId('BENCH');
  const made = performance.now();
  for (let first = 0; first < accounts; first += atOnce)
    await copy(prisma, accountId, { first, count: Math.min(atOnce, accounts - first) });
  await prisma.$executeRaw`VACUUM ANALYZE "Account", "Deadline", "AccountEvent"`;
  console.log(`${accounts} accounts with ${perAccount} open deadlines each made in ${((performance.now() - made) / 1000).toFixed(0)} s`);
  let mostMb = 0;
  let temporalMs = 0;
  const own = timersOf(prisma);
  const timers: Timers = {
    ...own,
    armed: async (after, upTo) => {
      const startedAt = performance.now();
      const armed = await own.armed(after, upTo);
      temporalMs += performance.now() - startedAt;
      return armed;
    },
  };
  const beat = (): void => void (mostMb = Math.max(mostMb, process.memoryUsage().rss / 1e6));
  const options = { prisma, timers, signer: { keyId: 'bench', sign: () => '' }, beat };
  const lines: string[] = [];
  for (const name of ['first', 'again']) {
    temporalMs = 0;
    const startedAt = performance.now();
    const proof = await prove(options, { proofId: crypto.randomUUID(), by: 'bench', isDryRun: false });
    const seconds = (performance.now() - startedAt) / 1000;
    lines.push(
      `${name}: ${proof.open} open, ${proof.armed} armed, ${proof.unarmed} unarmed, ${proof.found} found; ${proof.folded} folded; ` +
        `${seconds.toFixed(1)} s, of which the generated pages ${(temporalMs / 1000).toFixed(1)} s; ` +
        `${Math.round(proof.open / seconds)} deadlines/s; peak memory ${mostMb.toFixed(0)} MB (target: a million in 60 s)`,
    );
  }
  return lines;
}

/** The account with its events, its turn and as many of its open deadlines, under other ids. */
async function copy(
  prisma: PrismaClient,
  accountId: string,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<void> {
  const ids = (n: string): string => `('01a00000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))`;
  const run = (sql: string): Promise<number> => prisma.$executeRawUnsafe(sql);
  const numbers = `generate_series(${first + 1}, ${first + count}) AS n`;
  await run(`
    INSERT INTO "Account" SELECT (jsonb_populate_record(a, jsonb_build_object('id', ${ids('n')}, 'accountNumber', 'BENCH-' || n,
      'projection', replace(a."projection"::text, '${accountId}', ${ids('n')})::jsonb))).*
    FROM "Account" a, ${numbers} WHERE a."id" = '${accountId}'`);
  await run(`
    INSERT INTO "AccountEvent" SELECT (jsonb_populate_record(e, jsonb_build_object('accountId', ${ids('n')}, 'id', e."id" || '-' || n, 'dedupeKey', NULL,
      'ordinal', nextval(pg_get_serial_sequence('"AccountEvent"', 'ordinal')), 'body', replace(e."body"::text, '${accountId}', ${ids('n')})::jsonb))).*
    FROM "AccountEvent" e, ${numbers} WHERE e."accountId" = '${accountId}'`);
  await run(`
    INSERT INTO "Deadline" SELECT (jsonb_populate_record(d, jsonb_build_object('accountId', ${ids('n')}))).*
    FROM "Deadline" d, ${numbers} WHERE d."accountId" = '${accountId}'`);
}

/** What Temporal would list, from the accounts themselves. */
function timersOf(prisma: PrismaClient): Timers {
  const never = (): never => {
    throw new Error('nothing disagrees here');
  };
  const page = async (after: string | null, upTo: string | null): Promise<readonly ArmedTimer[]> => {
    const rows = await prisma.account.findMany({
      where: { id: { ...(after === null ? {} : { gt: after }), ...(upTo === null ? {} : { lte: upTo }) } },
      take: 1_000,
      orderBy: { id: 'asc' },
      select: { id: true, nextActionAt: true, seq: true },
    });
    return rows.map(({ id, nextActionAt, seq }) => ({ accountId: id, atMs: nextActionAt?.getTime() ?? null, seq }));
  };
  return {
    standing: never,
    lookAgain: never,
    armed: async (after, upTo) => {
      const armed: ArmedTimer[] = [];
      for (let from = after; ; ) {
        const rows = await page(from, upTo);
        armed.push(...rows);
        if (rows.length < 1_000) return armed;
        from = rows.at(-1)?.accountId ?? null;
      }
    },
  };
}
