/**
 * `npm run bench:deadlines` (`-- ACCOUNTS`): the proof of a million open deadlines, two of each of 500,000 accounts, on a real PostgreSQL whose rows are
 * made in SQL. What Temporal lists is made as pages of 1,000, as its client hands them over; no workflow runs, and nothing disagrees but what
 * is broken on purpose. Memory is that of this process.
 */
import pg from 'pg';
import type { Timers } from '../../activities/dependencies.ts';
import { prove } from '../../activities/deadline-proof/prove.ts';
import type { PrismaClient } from '../../prisma/client.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import type { ArmedTimer } from '../../rules/lifecycle/proof.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { startServers, stopServers } from '../support/servers.ts';
import { StoredWorld } from '../support/stored-world.ts';

const [accounts = 500_000] = process.argv.slice(2).map(Number);
/** As many as one proof folds again, and a page more. */
const folded = 2_250;
const atOnce = 50_000;

await startServers();
const world = await StoredWorld.open({ knowledge: loadKnowledge() });
try {
  for (const line of await measure(world)) console.log(line);
} finally {
  await world.close();
  await stopServers();
}

async function measure({ store: { prisma }, databaseUrl }: StoredWorld): Promise<readonly string[]> {
  const on = new Date().toISOString().slice(0, 10);
  world.now = instant(new Date().toISOString());
  await world.receive('BENCH.837', fileText(claimOf('BENCH'), on));
  const accountId = await world.accountId('BENCH');
  const open = await prisma.deadline.count({ where: { accountId, status: 'open' } });
  const makingAt = performance.now();
  const maker = new pg.Client({ connectionString: databaseUrl });
  await maker.connect();
  for (let first = 0; first < accounts; first += atOnce) await copy(maker, accountId, { first, count: Math.min(atOnce, accounts - first) });
  await maker.query('VACUUM ANALYZE "Account", "Deadline", "AccountEvent"');
  await maker.end();
  console.log(`${accounts} accounts with ${open} open deadlines each made in ${((performance.now() - makingAt) / 1000).toFixed(0)} s`);
  let mostMb = 0;
  let temporalMs = 0;
  let foldedAt: number | null = null;
  const own = timersOf(prisma);
  const timers: Timers = {
    ...own,
    armed: async (after, upTo) => {
      const askedAt = performance.now();
      foldedAt ??= askedAt;
      const armed = await own.armed(after, upTo);
      temporalMs += performance.now() - askedAt;
      return armed;
    },
  };
  const beat = (): void => void (mostMb = Math.max(mostMb, process.memoryUsage().rss / 1e6));
  const options = { prisma, timers, signer: { keyId: 'bench', sign: () => '' }, beat };
  const lines: string[] = [];
  for (const name of ['first', 'again']) {
    temporalMs = 0;
    foldedAt = null;
    // The accounts that have events stand at the beginning.
    await prisma.deadlineProof.updateMany({ data: { foldedUpTo: null } });
    const beganAt = performance.now();
    const proof = await prove(options, { proofId: crypto.randomUUID(), by: 'bench', isDryRun: false });
    const seconds = (performance.now() - beganAt) / 1000;
    lines.push(
      `${name}: ${proof.open} open, ${proof.armed} armed, ${proof.unarmed} unarmed, ${proof.found} found; ${proof.folded} folded in ${(((foldedAt ?? beganAt) - beganAt) / 1000).toFixed(1)} s; ` +
        `${seconds.toFixed(1)} s in all, of which the generated pages ${(temporalMs / 1000).toFixed(1)} s; ` +
        `${Math.round(proof.open / seconds)} deadlines/s; peak memory ${mostMb.toFixed(0)} MB (target: a million in 60 s)`,
    );
  }
  return lines;
}

/** The account with its turn and its deadlines under other ids; only as many of them as are folded again have their events and their projection. */
async function copy(
  maker: pg.Client,
  accountId: string,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<void> {
  const id = `('01a00000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))`;
  const numbers = `generate_series(${first + 1}, ${first + count}) AS n`;
  await maker.query(`
    INSERT INTO "Account" ("id", "accountNumber", "seq", "phase", "payerId", "ownerKind", "balanceCents", "nextActionAt", "terminal", "agendaHash", "openedAt", "projection")
    SELECT ${id}::uuid, 'BENCH-' || n, "seq", "phase", "payerId", "ownerKind", "balanceCents", "nextActionAt", "terminal", "agendaHash", "openedAt",
      CASE WHEN n <= ${folded} THEN replace("projection"::text, '${accountId}', ${id})::jsonb ELSE '{}' END
    FROM "Account", ${numbers} WHERE "id" = '${accountId}'`);
  await maker.query(`
    INSERT INTO "AccountEvent" ("id", "accountId", "kind", "body", "occurredAt", "appliedSeq", "position", "deliveredAt")
    SELECT "id" || '-' || n, ${id}::uuid, "kind", replace("body"::text, '${accountId}', ${id})::jsonb, "occurredAt", "appliedSeq", "position", "deliveredAt"
    FROM "AccountEvent", ${numbers} WHERE "accountId" = '${accountId}' AND n <= ${folded}`);
  await maker.query(`
    INSERT INTO "Deadline" ("accountId", "deadlineId", "kind", "subject", "policyId", "anchor", "anchorOn", "nominalOn", "legalOn", "safeByOn",
      "derivation", "conflict", "status")
    SELECT ${id}::uuid, "deadlineId", "kind", "subject", "policyId", "anchor", "anchorOn", "nominalOn", "legalOn", "safeByOn",
      "derivation", "conflict", "status"
    FROM "Deadline", ${numbers} WHERE "accountId" = '${accountId}' AND ("status" = 'open' OR n <= ${folded})`);
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
