/** `npm run bench:lifecycle`: events folded and turns taken per second on one core, and `advance` transactions per second against PostgreSQL. */
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createActivities } from '../../activities/create.ts';
import { fixedRules } from '../../activities/rule-library.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { play } from '../../client/scenario/play.ts';
import { inOrder } from '../../client/scenario/event-order.ts';
import { PureWorld } from '../../client/scenario/pure-world.ts';
import { readScenario } from '../../client/scenario/read.ts';
import { createPrisma, type PrismaClient } from '../../prisma/client.ts';
import { migrate } from '../../prisma/migrate.ts';
import { registerInboundFile } from '../../prisma/writes/inbound-file.ts';
import type { AccountEvent } from '../../rules/domain/event.ts';
import { advanceAccount } from '../../rules/lifecycle/advance.ts';
import type { AdvanceInput } from '../../rules/lifecycle/contract.ts';
import { emptyAccount, evolve } from '../../rules/lifecycle/evolve.ts';
import { openDataFolder, removeDataFolder } from '../../worker/servers/data-folder.ts';
import { startPostgres } from '../../worker/servers/embedded-postgres.ts';
import { claimOf, fileText } from '../support/claims.ts';

const pureMs = 4_000;
/** As the worker has them. */
const connections = 10;
const atOnce = [1, 4, 8, 10];
const accountsPerRun = 150;

const knowledge = loadKnowledge();
await pureCore();
await againstPostgres();

/** Every turn of every shipped story, over and over. */
async function pureCore(): Promise<void> {
  const folder = join(import.meta.dirname, '../scenarios');
  const turns: AdvanceInput[] = [];
  const lives = new Map<string, AccountEvent[]>();
  const stories = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  for (const name of stories) {
    const { scenario, readNear: readFile } = readScenario(join(folder, name));
    const onTurn: ConstructorParameters<typeof PureWorld>[0]['onTurn'] = (input, { events }) => {
      turns.push(input);
      const life = lives.get(`${name} ${input.account.id}`) ?? [];
      life.push(...inOrder(input.account.eventCount, input.arrivals, events));
      lives.set(`${name} ${input.account.id}`, life);
    };
    await play(scenario, new PureWorld({ knowledge, zone: scenario.zone, readFile, onTurn }));
  }
  const events = [...lives.values()].flat().length;
  console.log(`${stories.length} stories: ${lives.size} accounts, ${turns.length} turns, ${events} events; one core`);
  say('evolve, whole lives folded from nothing', 'events', perSecond(events, foldAll));
  const decisions = turns.reduce((sum, turn) => sum + advanceAccount(turn, knowledge).decisions.length, 0);
  const rate = perSecond(turns.length, () => {
    for (const turn of turns) advanceAccount(turn, knowledge);
  });
  say('whole turns (evolve, reactions, dates, questions, rules, legality, deadlines)', 'turns', rate);
  say('of which decisions', 'decisions', (rate * decisions) / turns.length);

  function foldAll(): void {
    for (const life of lives.values()) life.reduce(evolve, emptyAccount('a'));
  }
}

/** @returns units per second; a pass before warms up */
function perSecond(unitsPerPass: number, pass: () => void): number {
  pass();
  const startedAt = performance.now();
  let passes = 0;
  for (; performance.now() - startedAt < pureMs; passes += 1) pass();
  return (passes * unitsPerPass * 1000) / (performance.now() - startedAt);
}

function say(what: string, unit: string, rate: number): void {
  console.log(`${what}: ${Math.round(rate).toLocaleString('en-US')} ${unit} per second`);
}

/** A database that keeps its promises (fsync, synchronous commit), as in production. */
async function againstPostgres(): Promise<void> {
  const progress = (line: string): void => void process.stderr.write(`${line}\n`);
  const { path } = await openDataFolder({ path: mkdtempSync(join(tmpdir(), 'recourse-bench-')), isFresh: false, progress });
  try {
    const postgres = await startPostgres({ dataFolder: path, progress });
    try {
      await migrate(postgres.databaseUrl);
      const { prisma, close } = createPrisma(postgres.databaseUrl, connections);
      await runs(prisma);
      await close();
    } finally {
      await postgres.stop();
    }
  } finally {
    await removeDataFolder(path);
  }
}

/** Three turns of each account: opened and sent, denied in full (CO-197), and its next dated step. */
async function runs(prisma: PrismaClient): Promise<void> {
  const never = (): never => {
    throw new Error('nothing is sent here');
  };
  const messenger = { deliver: () => Promise.resolve() };
  const activities = createActivities({ prisma, rules: fixedRules(knowledge), messenger, gateway: { deliver: never, find: never } });
  await runAt(2, 'WARM', 20);
  for (const lanes of atOnce) {
    const before = process.cpuUsage();
    const { ms, seconds } = await runAt(lanes, `BENCH${lanes}X`, accountsPerRun);
    const { user, system } = process.cpuUsage(before);
    const sorted = ms.toSorted((a, b) => a - b);
    const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
    console.log(
      `advance against PostgreSQL, ${lanes} at once: ${Math.round(ms.length / seconds)} transactions per second, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms` +
        ` (${ms.length} turns; Node used ${((100 * (user + system)) / 1e6 / seconds).toFixed(0)} % of a core)`,
    );
  }

  /** What each transaction took, and how long all of them took: bringing the files is not counted. */
  async function runAt(lanes: number, tag: string, size: number): Promise<{ readonly ms: readonly number[]; readonly seconds: number }> {
    const names = Array.from({ length: size }, (_, n) => `${tag}${n}`);
    for (const name of names) await bring(`${name}.837`, fileText(claimOf(name), '2026-06-15'));
    const rows = await prisma.account.findMany({ where: { accountNumber: { in: names } }, select: { id: true } });
    const wakes = new Map<string, string>();
    const ms: number[] = [];
    let seconds = 0;
    await step(1, () => '2026-06-16T14:00:00.000Z');
    const claims = names.map((claim) => ({
      claim,
      charge: '1480.00',
      paid: '0.00',
      adjust: ['CO-197 1480.00'],
      payerClaim: `ICN${claim}`,
    }));
    await bring(`${tag}.835`, fileText({ remittance: { payer: 'UHC01', trace: tag, claims } }, '2026-07-01'));
    await step(2, () => '2026-07-02T14:00:00.000Z');
    await step(3, (id) => wakes.get(id) ?? '2026-07-03T14:00:00.000Z');
    return { ms, seconds };

    async function step(seq: number, asOf: (accountId: string) => string): Promise<void> {
      const waiting = rows.map(({ id }) => id);
      const startedAt = performance.now();
      await Promise.all(Array.from({ length: lanes }, lane));
      seconds += (performance.now() - startedAt) / 1000;

      async function lane(): Promise<void> {
        for (let accountId = waiting.pop(); accountId !== undefined; accountId = waiting.pop()) {
          const begunAt = performance.now();
          const { wakeAt } = await activities.advance({ accountId, seq, asOf: asOf(accountId), eventIds: [], formIds: [] });
          ms.push(performance.now() - begunAt);
          if (wakeAt !== null) wakes.set(accountId, wakeAt);
        }
      }
    }
  }

  async function bring(name: string, text: string): Promise<void> {
    const { fileId } = await registerInboundFile(prisma, { name, content: Buffer.from(text, 'latin1'), receivedAt: new Date() });
    const { status, summary } = await activities.readInboundFile({ fileId });
    if (status !== 'stored') throw new Error(`${name}: ${status}, ${summary}`);
  }
}
