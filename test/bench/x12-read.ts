/** Reads one file with one reader, in a process of its own, and prints what it found and what that cost. */
import { createReadStream, readFileSync } from 'node:fs';
import { createX12Reader } from '../../rules/x12/read-events.ts';
import type { X12Event } from '../../rules/x12/events.ts';
import type { Reading } from './x12/reading.ts';

type Read = (path: string) => Promise<Pick<Reading, 'bytes' | 'claims' | 'paidCents'>>;

const readers: Readonly<Record<string, () => Promise<Read>>> = {
  ours: () => Promise.resolve(readOurs),
  'x12-parser': async () => {
    const { X12parser } = await import('x12-parser');
    return async (path) => {
      let bytes = 0;
      let claims = 0;
      const file = createReadStream(path, { highWaterMark: 64 * 1024 });
      file.on('data', (chunk) => (bytes += chunk.length));
      for await (const segment of file.pipe(new X12parser())) if (nameOf(segment) === 'CLP') claims++;
      return { bytes, claims, paidCents: null };
    };
  },
  'node-x12': async () => {
    const { X12Parser } = await import('node-x12');
    return async (path) => {
      const text = readFileSync(path, 'utf8');
      const interchange = new X12Parser().parse(text);
      if (!('functionalGroups' in interchange)) throw new Error('node-x12 found more than one interchange');
      const segments = interchange.functionalGroups.flatMap((group) => group.transactions.flatMap((set) => set.segments));
      return { bytes: text.length, claims: segments.filter((segment) => segment.tag === 'CLP').length, paidCents: null };
    };
  },
};

function nameOf(segment: unknown): unknown {
  return typeof segment === 'object' && segment !== null && 'name' in segment ? segment.name : null;
}

/** The whole model of every claim is made, balanced and let go. */
async function readOurs(path: string): ReturnType<Read> {
  const reader = createX12Reader();
  const found = { bytes: 0, claims: 0, paidCents: 0 };
  const take = (events: readonly X12Event[]) => {
    for (const event of events) {
      if (event.kind === 'fault') throw event.fault;
      if (event.kind === 'remittance-claim') {
        found.claims++;
        found.paidCents += event.claim.paidCents;
        if (event.imbalances.length > 0) throw new Error('a claim does not balance');
      }
      if (event.kind === 'remittance-closed' && (event.faults.length > 0 || event.summary.imbalances.length > 0))
        throw new Error('the remittance does not balance');
    }
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 64 * 1024 })) {
    if (!(chunk instanceof Uint8Array)) throw new Error('not bytes');
    found.bytes += chunk.length;
    take(reader.push(chunk));
  }
  take(reader.end());
  return found;
}

const [name = '', path = ''] = process.argv.slice(2);
const read = await readers[name]?.();
if (read === undefined) throw new Error(`no reader is called ${name}`);
const before = process.cpuUsage();
const found = await read(path);
const { user, system } = process.cpuUsage(before);
const reading: Reading = { ...found, cpuSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
process.stdout.write(`${JSON.stringify(reading)}\n`);
