/**
 * `npm run bench:statements` (`-- ACCOUNTS`): a statement day. So many accounts owe, one in five shares its guarantor with another; all their statements
 * are gathered, and runs send them to a drop folder from a process that is killed (`kill -9`) three times at moments drawn from the printed seed. Then the
 * folder and the database are counted: each account in one statement, each statement in one print file, no page too many. Rows are copies of one
 * real account, made in SQL; no workflow runs.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { loadKnowledge } from '../../client/knowledge.ts';
import { readRows } from '../../client/sandbox/payers/feed.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { startServers, stopServers } from '../support/servers.ts';
import { StoredWorld } from '../support/stored-world.ts';

const [accounts = 100_000, seed = 8] = process.argv.slice(2).map(Number);
const now = instant('2026-06-16T21:00:00Z');
const kills = 3;

await startServers();
const folder = mkdtempSync(join(tmpdir(), 'recourse-statements-'));
const world = await StoredWorld.open({ knowledge: loadKnowledge() });
try {
  world.now = instant('2026-06-16T14:00:00Z');
  await world.receive('BENCH.837', fileText(claimOf('BENCH'), '2026-06-08'));
  await world.receive(
    'BENCH.835',
    fileText(remittanceOf('BENCH', { paid: '900.00', adjust: ['CO-45 400.00', 'PR-1 180.00'] }), '2026-06-16'),
  );
  const makingAt = performance.now();
  await makeAccounts();
  console.log(`${accounts} accounts made in ${seconds(makingAt)} s; seed ${seed}, ${kills} kills`);
  for (const line of await day()) console.log(line);
} finally {
  await world.close();
  await stopServers();
  rmSync(folder, { recursive: true, force: true });
}

async function makeAccounts(): Promise<void> {
  const sql = new pg.Client({ connectionString: world.databaseUrl });
  await sql.connect();
  try {
    await copyAccounts(sql);
  } finally {
    await sql.end();
  }
}

async function copyAccounts(sql: pg.Client): Promise<void> {
  await sql.query('CREATE TEMP TABLE b AS SELECT n, gen_random_uuid() AS a, gen_random_uuid() AS g FROM generate_series(1, $1::int) n', [
    accounts,
  ]);
  await sql.query('UPDATE b SET g = o.g FROM b o WHERE b.n % 5 = 0 AND o.n = b.n - 1');
  await sql.query(`
    INSERT INTO "Guarantor" ("id", "identity", "lastName", "firstName", "middleName", "line1", "line2", "city", "state", "postalCode", "language")
    SELECT DISTINCT ON (b.g) b.g, b.g::text, 'Person ' || n, 'Pat', '', n || ' Oak Street', '', 'Columbus', 'OH',
      lpad((n::bigint * 7919 % 100000)::text, 5, '0'), CASE WHEN n % 7 = 0 THEN 'es' WHEN n % 50 = 0 THEN 'vi' ELSE 'en' END FROM b ORDER BY b.g, n`);
  const copied = `"phase", "payerId", "ownerKind", "ownerName", "queue", "balanceCents", "openedAt", "seq"`;
  await sql.query(`
    INSERT INTO "Account" ("id", "accountNumber", "guarantorId", "projection", ${copied})
    SELECT b.a, 'S' || b.n, b.g, jsonb_set(x."projection", '{id}', to_jsonb(b.a::text)), ${copied}
    FROM b, "Account" x WHERE x."accountNumber" = 'BENCH'`);
  await sql.query(`
    INSERT INTO "ClaimDocument" ("id", "accountId", "submissionKey", "sequence", "document")
    SELECT gen_random_uuid(), b.a, 'S' || b.n, 1, d."document" FROM b, "ClaimDocument" d WHERE d."submissionKey" = 'BENCH'`);
  await sql.query(
    `INSERT INTO "Intent" ("id", "accountId", "key", "kind", "subject", "params", "status", "issuedAt", "destination", "gatheredAt")
     SELECT gen_random_uuid(), b.a, 'sendStatement:1', 'sendStatement', '{"kind":"patient"}', '{"number":1}', 'issued', $1, 'statements', $1 FROM b`,
    ['2026-06-16T14:00:00Z'],
  );
  await sql.query('VACUUM ANALYZE "Account", "Guarantor", "ClaimDocument", "Intent"');
}

async function day(): Promise<readonly string[]> {
  const startedAt = performance.now();
  const runs: { readonly intents: number; readonly seconds: number; readonly mb: number }[] = [];
  let draw = seed;
  for (let killed = 0; killed <= kills; killed += 1) {
    draw = (draw * 1_103_515_245 + 12_345) % 2_147_483_648;
    const until = killed === kills ? null : { intents: (accounts * (killed + 1)) / (kills + 2), ms: draw % 3_000 };
    runs.push(
      ...(await oneProcess(
        until,
        runs.reduce((sum, run) => sum + run.intents, 0),
      )),
    );
  }
  const took = (performance.now() - startedAt) / 1000;
  return [...figures(runs, took), ...(await counted(took))];
}

/** A process that sends until nothing waits, or is killed so many milliseconds after so many intents. */
async function oneProcess(until: { readonly intents: number; readonly ms: number } | null, before: number) {
  const script = join(import.meta.dirname, '..', 'support', 'statement-day-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, world.databaseUrl, folder, now], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const runs: { intents: number; seconds: number; mb: number }[] = [];
  let isDying = false;
  let rest = '';
  child.stdout.on('data', (text: Buffer) => {
    const lines = (rest + text.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, intents = 0, took = 0, mb = 0] = line.split(' ').map(Number);
      runs.push({ intents, seconds: took, mb });
    }
    const sent = before + runs.reduce((sum, run) => sum + run.intents, 0);
    if (until === null || isDying || sent < until.intents) return;
    isDying = true;
    void sleep(until.ms).then(() => child.kill('SIGKILL'));
  });
  const ended = await new Promise<string>((done) => child.on('close', (code, signal) => done(signal ?? String(code))));
  if (ended !== '0' && ended !== 'SIGKILL') throw new Error(`the sending process ended with ${ended}`);
  return runs;
}

function figures(
  runs: readonly { readonly intents: number; readonly seconds: number; readonly mb: number }[],
  took: number,
): readonly string[] {
  const inRuns = runs.map((run) => run.seconds).toSorted((a, b) => a - b);
  const middle = inRuns[Math.floor(inRuns.length / 2)] ?? 0;
  const most = Math.max(...runs.map(({ mb }) => mb));
  return [
    `statement day of ${accounts} accounts: ${took.toFixed(0)} s with ${kills} kills, ${runs.length} whole runs, ${middle} s the middle one, RSS ${most} MB`,
  ];
}

async function counted(took: number): Promise<readonly string[]> {
  const files = readdirSync(join(folder, 'statements'));
  const statements = new Map<string, number>();
  const billed = new Map<string, number>();
  let pages = 0;
  for (const name of files.filter((file) => file.endsWith('-index.csv')))
    for (const row of readRows(readFileSync(join(folder, 'statements', name), 'latin1'), ['statement', 'pages', 'account_dues']) ?? []) {
      statements.set(row.statement, (statements.get(row.statement) ?? 0) + 1);
      pages += Number(row.pages);
      for (const due of row.account_dues.split('; ')) billed.set(due, (billed.get(due) ?? 0) + 1);
    }
  const bytes = files.reduce((sum, name) => sum + readFileSync(join(folder, 'statements', name)).byteLength, 0);
  const { prisma } = world.store;
  const own = { account: { accountNumber: { startsWith: 'S' } } };
  const sent = await prisma.intent.count({ where: { ...own, status: 'sent' } });
  const events = await prisma.accountEvent.count({ where: { ...own, kind: 'commandCarriedOut' } });
  const twice = [...statements.values(), ...billed.values()].filter((count) => count > 1).length;
  return [
    `${statements.size} statements of ${pages} pages in ${files.length} files, ${(bytes / 1e6).toFixed(0)} MB: ${(statements.size / took).toFixed(0)} statements/s, ${(accounts / took).toFixed(0)} accounts/s`,
    `duplicates ${twice}; accounts billed ${billed.size} of ${accounts}, commands sent ${sent}, accounts told ${events}`,
  ];
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(0);
}
