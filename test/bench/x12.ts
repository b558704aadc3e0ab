/**
 * `npm run bench:x12`: reads a generated, balanced 835 with our reader and with the libraries of npm, each in a process of its own, and prints what it cost.
 * `-- --gigabyte` reads one of 1 GB with ours as well. CPU seconds count every thread of the process, garbage collection included.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Generated, generateRemittance } from './x12/generate.ts';
import type { Reading } from './x12/reading.ts';

const megabyte = 1_000_000;
const bar = { perSecond: 50, ratio: 6, peakMegabytes: 120 };
const { values: options } = parseArgs({ options: { gigabyte: { type: 'boolean', default: false } } });
const folder = mkdtempSync(join(tmpdir(), 'recourse-bench-x12-'));

try {
  const whole = generated('835 of 100 MB', 100 * megabyte);
  // It keeps the whole file as objects, some 50 times its size.
  const small = generated('835 of 20 MB', 20 * megabyte);
  const ours = measured('ours', whole);
  const libraries = [measured('x12-parser', whole), measured('node-x12', small)];
  const fastest = Math.max(...libraries);
  console.log(
    `ours is ${(ours / fastest).toFixed(1)} times the fastest library (bar: ${bar.ratio}) and reads ${ours.toFixed(0)} MB/s (bar: ${bar.perSecond})`,
  );
  if (options.gigabyte) measured('ours', generated('835 of 1 GB', 1000 * megabyte));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface File {
  readonly name: string;
  readonly path: string;
  readonly told: Generated;
}

function generated(name: string, bytes: number): File {
  const path = join(folder, `${bytes}.edi`);
  const told = generateRemittance(path, bytes);
  console.log(`${name}: ${told.claims} claims, ${told.lines} lines, balanced`);
  return { name, path, told };
}

/** MB per CPU-second: of three runs the one in the middle, because a machine has other things to do. */
function measured(reader: string, { name, path, told }: File): number {
  const runs = [1, 2, 3].map(() => run(reader, { name, path })).sort((a, b) => perSecondOf(a) - perSecondOf(b));
  const reading = runs[1];
  if (reading === undefined) throw new Error('three runs have one in the middle');
  const perSecond = perSecondOf(reading);
  const claims = reading.claims === told.claims ? `all ${reading.claims} claims` : `${reading.claims} of ${told.claims} claims`;
  const paid = reading.paidCents === null ? 'not summed' : reading.paidCents === told.paidCents ? 'exact to the cent' : 'WRONG SUM';
  const peak = Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes));
  console.log(
    `  ${reader.padEnd(11)} ${name}: ${perSecond.toFixed(1).padStart(5)} MB per CPU-second (${runs.map((r) => perSecondOf(r).toFixed(1)).join(', ')}), ` +
      `peak ${peak.toFixed(0)} MB${reader === 'ours' ? ` (bar: ${bar.peakMegabytes})` : ''}, ${claims}, ${paid}`,
  );
  return perSecond;
}

function run(reader: string, { name, path }: Pick<File, 'name' | 'path'>): Reading {
  const read = join(import.meta.dirname, 'x12-read.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', read, reader, path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${reader} did not read ${name}: ${stderr}`);
  return JSON.parse(stdout);
}

function perSecondOf({ bytes, cpuSeconds }: Reading): number {
  return bytes / megabyte / cpuSeconds;
}
