/** `npm run bench:lint-stored`: how long lint reads what is stored, beside many decisions. Nothing passes or fails. */
import { ruleVersionOf, shippedFiles } from '../../client/knowledge.ts';
import { readLintEvidence } from '../../client/lint-evidence.ts';
import { createPrisma, type PrismaClient } from '../../prisma/client.ts';
import { readLastMatched } from '../../prisma/reads/rule-matches.ts';
import { publishShipped } from '../../prisma/writes/rule-versions.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import { freshDatabase } from '../support/database.ts';
import { RandomNumbers } from '../support/random-numbers.ts';
import { startServers, stopServers } from '../support/servers.ts';
import { realisticFacts } from './payer-rules.ts';

const accounts = Number(process.env['BENCH_ACCOUNTS'] ?? 250_000);
const decisionsEach = 4;
const kinds = 500;
/** Accounts written by one statement. */
const pageSize = 10_000;
const now = instant('2026-11-26T12:00:00Z');

await startServers();
try {
  const store = createPrisma(await freshDatabase(), 4);
  await publishShipped(store.prisma, ruleVersionOf(shippedFiles()));
  await fill(store.prisma);
  const ruleIds = Array.from({ length: 200 }, (_, n) => `r${n}`);
  await timed('the last days on which the rules matched', async () => `${(await readLastMatched(store.prisma, ruleIds)).size} rules`);
  await timed('all that lint looks at', async () => {
    const evidence = await readLintEvidence(store.prisma, shippedFiles(), now);
    return `${evidence?.onlyFallback.length ?? 0} combinations that only the fallback catches`;
  });
  await store.close();
} finally {
  await stopServers();
}

async function timed(what: string, work: () => Promise<string>): Promise<void> {
  const started = performance.now();
  const before = process.cpuUsage();
  const found = await work();
  const { user, system } = process.cpuUsage(before);
  const seconds = (ms: number) => (ms / 1000).toFixed(2);
  console.log(
    `${what}: ${seconds(performance.now() - started)} s, of which ${seconds((user + system) / 1000)} s of this process; ${found}`,
  );
}

/** One denial and four decisions an account, over a year and a half: two in three denials are of the last year. */
async function fill(prisma: PrismaClient): Promise<void> {
  const random = new RandomNumbers(20_261_125);
  const given = Array.from({ length: kinds }, (_, n) => {
    const known = Object.entries(realisticFacts(200, random)).filter(([, value]) => value !== null);
    return { kind: n, facts: JSON.stringify({ ...Object.fromEntries(known), point: 'denied' }) };
  });
  for (let first = 1; first <= accounts; first += pageSize) await fillPage(prisma, first, JSON.stringify(given));
  await prisma.$executeRawUnsafe(`INSERT INTO "RuleMatch" ("ruleId", "on") SELECT DISTINCT "ruleId", "asOf" FROM "Decision"`);
  await prisma.$executeRawUnsafe('ANALYZE');
  console.log(
    `${accounts.toLocaleString('en-US')} accounts with a denial, ${(accounts * decisionsEach).toLocaleString('en-US')} decisions`,
  );
}

async function fillPage(prisma: PrismaClient, first: number, given: string): Promise<void> {
  const account = `('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const day = `('2026-11-25'::date - (n % 540))`;
  await prisma.$executeRawUnsafe(`
    INSERT INTO "Account" ("id", "accountNumber", "phase", "payerId", "ownerKind", "terminal", "balanceCents", "projection", "openedAt")
    SELECT ${account}, 'B' || n, 'denied', 'P1', 'closed', true, 0, '{}', now() FROM generate_series(${first}, ${Math.min(accounts, first + pageSize - 1)}) n`);
  await prisma.$executeRawUnsafe(`
    INSERT INTO "DenialRecord" ("accountId", "caseId", "position", "sequence", "payerId", "category", "group", "carc", "rarcs", "amountCents", "deniedOn",
      "remittanceClaimId", "offset", "caseStatus")
    SELECT ${account}, 'c1', 0, 1, 'P' || n % 40, 'COD', 'CO', (n % 250)::text, '{}', n, ${day}, ${account}, 0, 'open' FROM generate_series(${first}, ${Math.min(accounts, first + pageSize - 1)}) n`);
  await prisma.$executeRawUnsafe(
    `
    INSERT INTO "Decision" ("id", "number", "accountId", "seq", "questionKey", "point", "ruleId", "action", "ruleSetHash", "answer", "receipt", "asOf",
      "facts", "decidedAt")
    SELECT ${account} || ':q' || q, q, ${account}, q, 'denied:c1#' || q, 'denied', 'r' || n % 200, 'appeal', 'h', '{}', '{}', ${day}, k."facts", ${day}
    FROM generate_series(${first}, ${Math.min(accounts, first + pageSize - 1)}) n JOIN jsonb_to_recordset($1::jsonb) AS k ("kind" int, "facts" text) ON k."kind" = n % ${kinds},
      generate_series(1, ${decisionsEach}) q`,
    given,
  );
}
