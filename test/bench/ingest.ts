import { parseArgs } from 'node:util';
import { createActivities } from '../../activities/create.ts';
import { fixedRules } from '../../activities/rule-library.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { createPrisma } from '../../prisma/client.ts';
import { streamBytes } from '../../prisma/reads/inbound-bytes.ts';
import { registerInboundFile } from '../../prisma/writes/inbound-file.ts';
import { createX12Reader } from '../../rules/x12/read-events.ts';
import { freshDatabase } from '../support/database.ts';
import { largeRemittance } from '../support/large-remittance.ts';
import { startServers, stopServers } from '../support/servers.ts';

/** `npm run bench:ingest -- --claims 230000`: one 835 of so many unmatched claims from its bytes into PostgreSQL; prints figures, nothing passes or fails. */
const { values } = parseArgs({ options: { claims: { type: 'string', default: '230000' } } });
const claims = Number(values.claims);
const never = (): never => {
  throw new Error('no account is told anything here');
};

async function* parts(): AsyncGenerator<Uint8Array> {
  yield* largeRemittance({ claims, trace: 'BENCH' });
}

interface Timed<T> {
  readonly result: T;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const result = await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  return { result, seconds: (performance.now() - startedAt) / 1000, cpuSeconds: (user + system) / 1e6 };
}

let peakBytes = 0;
const watcher = setInterval(() => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
}, 50);
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

await startServers();
try {
  const store = createPrisma(await freshDatabase(), 4);
  const { prisma } = store;
  const idleBytes = process.memoryUsage.rss();
  const registered = await timed(() => registerInboundFile(prisma, { name: 'bench.835', content: parts(), receivedAt: new Date() }));
  const { fileId } = registered.result;
  const { size } = await prisma.inboundFile.findUniqueOrThrow({ where: { id: fileId }, select: { size: true } });
  const registerPeak = peakBytes;
  const read = await timed(async () => {
    const reader = createX12Reader();
    for await (const bytes of streamBytes(prisma, fileId)) reader.push(bytes);
    reader.end();
  });
  peakBytes = 0;
  const doors = { prisma, rules: fixedRules(loadKnowledge()), messenger: { deliver: never }, gateway: { deliver: never, find: never } };
  const stored = await timed(() => createActivities(doors).readInboundFile({ fileId }));
  const staged = await prisma.remittanceClaim.count();
  const tasks = await prisma.task.count();
  for (const line of [
    `one 835 of ${claims} claims in ${megabytes(size)} MB, ${3 * claims} lines; none of them known here`,
    `registered (hashed, in chunks): ${registered.seconds.toFixed(1)} s = ${(size / 1e6 / registered.seconds).toFixed(0)} MB/s, peak RSS ${megabytes(registerPeak)} MB (${megabytes(idleBytes)} MB before)`,
    `only read from its chunks: ${read.seconds.toFixed(1)} s, ${((100 * read.seconds) / stored.seconds).toFixed(0)} % of the time of storing`,
    `stored and posted: ${stored.seconds.toFixed(1)} s (${stored.cpuSeconds.toFixed(1)} CPU-seconds of Node) = ${Math.round(staged / stored.seconds)} claims/s, peak RSS ${megabytes(peakBytes)} MB`,
    `${stored.result.summary}; ${tasks} task`,
  ])
    process.stdout.write(`${line}\n`);
  await store.close();
} finally {
  clearInterval(watcher);
  await stopServers();
}
