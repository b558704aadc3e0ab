import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../rules/domain/failures.ts';
import { type Progress, StartProblem } from '../steps.mjs';
import { takeLock } from './lock.ts';
import { buildTemporal } from './temporal-build.ts';
import { downloadTemporal } from './temporal-download.ts';
import { OLDEST_SERVER, verify } from './temporal-version.ts';

/** The Temporal executable by the first way that works; every way that does not is remembered for the message at the end. */
export async function findTemporal(progress: Progress): Promise<string> {
  const asked = process.env.TEMPORAL_CLI_PATH;
  if (asked) {
    const finding = await verify(asked);
    if (finding.kind === 'found') return finding.path;
    throw new StartProblem(`TEMPORAL_CLI_PATH cannot be used: ${finding.reason}`);
  }
  const cached = join(cacheFolder(), process.platform === 'win32' ? 'temporal.exe' : 'temporal');
  for (const candidate of [cached, ...onPath()]) {
    if (existsSync(candidate) && (await verify(candidate)).kind === 'found') return candidate;
  }
  return getOnce(cached, progress);
}

/** One download or build at a time on this machine; whoever comes second waits and takes what the first one got. */
async function getOnce(cached: string, progress: Progress): Promise<string> {
  makeCacheFolder();
  for (let waitedSeconds = 0; ; waitedSeconds += 1) {
    const lock = takeLock(`${cached}.lock`);
    if (lock.kind === 'held') {
      try {
        return existsSync(cached) && (await verify(cached)).kind === 'found' ? cached : await get(cached, progress);
      } finally {
        lock.release();
      }
    }
    if (waitedSeconds % 10 === 0)
      progress(`… waiting for process ${lock.pid}, which is getting the Temporal server: ${waitedSeconds} s so far`);
    await sleep(1_000);
  }
}

async function get(cached: string, progress: Progress): Promise<string> {
  const reasons: string[] = [];
  for (const way of [downloadTemporal, buildTemporal]) {
    const finding = await way(cached, progress);
    if (finding.kind === 'found') return finding.path;
    reasons.push(finding.reason);
  }
  throw new StartProblem(`There is no Temporal server on this machine, and none could be got.
  - TEMPORAL_ADDRESS and TEMPORAL_CLI_PATH are not set
  - neither ${cacheFolder()} nor PATH has a temporal executable with server ${OLDEST_SERVER} or later
${reasons.map((reason) => `  - ${reason}`).join('\n')}
Install Go (https://go.dev/dl) and start again, or set TEMPORAL_ADDRESS to a running Temporal service.`);
}

function makeCacheFolder(): void {
  try {
    mkdirSync(cacheFolder(), { recursive: true });
  } catch (error) {
    throw new StartProblem(
      `The Temporal server cannot be kept in ${cacheFolder()}: ${messageOf(error)}. Set XDG_CACHE_HOME to another folder.`,
    );
  }
}

/** Named after the server that `dev-server/go.mod` pins. */
function cacheFolder(): string {
  const goMod = readFileSync(join(import.meta.dirname, '..', 'dev-server', 'go.mod'), 'utf8');
  const [, version] = /go\.temporal\.io\/server v(\S+)/.exec(goMod) ?? [];
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'recourse', `temporal-${version}`);
}

function onPath(): readonly string[] {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'temporal'));
}
