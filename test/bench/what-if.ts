/** `npm run bench:what-if`: paired decisions per minute, in memory and with the reading from PostgreSQL. Nothing passes or fails. */
import { cpus } from 'node:os';
import { ruleVersionOf, shippedFiles } from '../../client/knowledge.ts';
import { runWhatIf } from '../../client/what-if.ts';
import { comparer, type AskedDecision } from '../../rules/administration/compare.ts';
import { countDecision, emptyTally, type Tally } from '../../rules/administration/tally.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import type { FactValue } from '../../rules/domain/decision.ts';
import { declarationOf, factIds } from '../../rules/engine/catalogue.ts';
import { evaluator } from '../../rules/engine/evaluate.ts';
import { readRuleSet, type RuleFile } from '../../rules/engine/rule-set.ts';
import { createPrisma, type PrismaClient } from '../../prisma/client.ts';
import { inputJson } from '../../prisma/convert.ts';
import { uuidv7 } from '../../prisma/ids.ts';
import { publishShipped } from '../../prisma/writes/rule-versions.ts';
import { freshDatabase } from '../support/database.ts';
import { RandomNumbers } from '../support/random-numbers.ts';
import { sha256 } from '../support/rule-sets.ts';
import { startServers, stopServers } from '../support/servers.ts';
import { payerRules, realisticFacts } from './payer-rules.ts';

const seed = Number(process.env['BENCH_SEED'] ?? 20_261_125);
const wanted = Number(process.env['BENCH_DECISIONS'] ?? 200_000);
const size = 2_000;
const distinct = 2_000;
const today = civilDate('2026-11-25');

const files = payerRules(size, new RandomNumbers(seed));
const live = readRuleSet(files, sha256);
const draftFiles = files.map(everyThirtieth);
const draft = readRuleSet(draftFiles, sha256);
const random = new RandomNumbers(seed + 1);
/** What the lifecycle can say of a denial today. */
const given = factIds.filter((id) => declarationOf(id)?.points.includes('denied') === true && declarationOf(id)?.nullUntil === null);
const facts = Array.from({ length: distinct }, () => {
  const all = realisticFacts(size, random);
  return Object.fromEntries(given.flatMap((id): [string, FactValue][] => (all[id] === null ? [] : [[id, all[id] ?? null]])));
});
const compare = comparer(live, draft, { publishedOn: today, askedOn: null });
console.log(`seed ${seed}, ${size} rules, ${wanted.toLocaleString('en-US')} decisions of ${distinct} kinds, ${cpus().length} cores`);

inMemory();
await startServers();
try {
  const store = createPrisma(await freshDatabase(), 4);
  await fill(store.prisma);
  await fromDatabase(store.prisma);
  await store.close();
} finally {
  await stopServers();
}

/** A draft in which one rule in thirty sends its cases to a person. */
function everyThirtieth({ name, text }: RuleFile): RuleFile {
  let rule = 0;
  return {
    name,
    text: text.replace(/"action":"appeal","queue":"appeals"/g, (same) =>
      (rule += 1) % 30 === 0 ? '"action":"routeToPerson","queue":"denials"' : same,
    ),
  };
}

function inMemory(): void {
  const asked: readonly AskedDecision[] = facts.map((f, n) => ({ id: `bench:q${n}`, asOf: today, facts: f }));
  const tally = emptyTally();
  const started = performance.now();
  for (let n = 0; n < wanted; n += distinct) for (const one of asked) countDecision(tally, one, { pair: compare(one), today });
  say('in memory', tally, performance.now() - started);
}

/** The whole what-if as an administrator starts it: reading, comparing, keeping the tally with every page, examples and the stored report. */
async function fromDatabase(prisma: PrismaClient): Promise<void> {
  await publishShipped(prisma, ruleVersionOf({ ...shippedFiles(), ruleFiles: files }));
  const started = performance.now();
  const before = process.cpuUsage();
  const now = instant('2026-11-26T12:00:00Z');
  const { report } = await runWhatIf(prisma, {
    files: { ...shippedFiles(), ruleFiles: draftFiles },
    now,
    publishedOn: today,
    askedOn: null,
  });
  say('read from PostgreSQL, report stored', report, performance.now() - started);
  const { user, system } = process.cpuUsage(before);
  console.log(`of which this process used its core for ${((user + system) / 1e6).toFixed(2)} s`);
}

function say(how: string, { decisions, changed }: Pick<Tally, 'decisions' | 'changed'>, ms: number): void {
  const perMinute = Math.round((decisions / ms) * 60_000);
  console.log(
    `${how}: ${decisions.toLocaleString('en-US')} paired decisions in ${(ms / 1000).toFixed(2)} s, ${perMinute.toLocaleString('en-US')} per minute; ${changed.count.toLocaleString('en-US')} changed`,
  );
}

/** Receipts as the engine stores them: the kinds once by JSON, then copied by the database under ids and moments of their own. */
async function fill(prisma: PrismaClient): Promise<void> {
  const started = performance.now();
  const decide = evaluator(live);
  const accountId = uuidv7();
  const opened = new Date('2026-01-01T12:00:00Z');
  const account = {
    accountNumber: 'BENCH1',
    phase: 'denied',
    payerId: 'PAYER1',
    ownerKind: 'closed',
    terminal: true,
    balanceCents: 0n,
    projection: {},
    openedAt: opened,
  };
  await prisma.account.create({ data: { ...account, id: accountId } });
  const kinds = facts.map((f, n) => {
    const { answer, receipt } = decide(f, today);
    const about = {
      id: `kind${n}`,
      number: n + 1,
      accountId,
      seq: 1,
      questionKey: `denied:c${n}#0`,
      point: receipt.point,
      ruleId: answer.ruleId,
    };
    return {
      ...about,
      action: answer.action,
      ruleSetHash: live.hash,
      answer: inputJson(answer),
      receipt: inputJson(receipt),
      asOf: new Date(today),
      facts: JSON.stringify(f),
      decidedAt: opened,
    };
  });
  await prisma.decision.createMany({ data: kinds });
  for (let copies = 1; copies * distinct < wanted; copies += 1)
    await prisma.$executeRaw`
      INSERT INTO "Decision" ("id", "number", "accountId", "seq", "questionKey", "point", "ruleId", "action", "ruleSetHash", "answer", "receipt", "asOf", "facts", "decidedAt")
      SELECT "id" || '-' || ${copies}::int, "number" + ${copies * distinct}::int, "accountId", "seq", "questionKey", "point", "ruleId", "action", "ruleSetHash",
        "answer", "receipt", "asOf", "facts", "decidedAt" + make_interval(secs => ${copies}::int)
      FROM "Decision" WHERE "number" <= ${distinct}::int`;
  await prisma.$executeRaw`ANALYZE "Decision"`;
  const [bytes] = await prisma.$queryRaw<{ total: bigint }[]>`SELECT pg_total_relation_size('"Decision"') AS total`;
  console.log(`filled in ${((performance.now() - started) / 1000).toFixed(1)} s, ${Number(bytes?.total ?? 0n) / 1_000_000} MB`);
}
