import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf } from '../../rules/domain/failures.ts';
import { type Progress, step } from '../steps.mjs';
import { type Finding, verify } from './temporal-version.ts';

const OFFICIAL = 'https://temporal.download/cli/archive/latest';
/** Where the site cannot be reached, nobody wants to wait for it; once it answers, the whole file may take its time. */
const ANSWER_WITHIN_MS = 4_000;
const WHOLE_FILE_WITHIN_MS = 300_000;

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin' };
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/** Downloads the official Temporal CLI for this machine and keeps it when its server is new enough. */
export async function downloadTemporal(target: string, progress: Progress, site: string = OFFICIAL): Promise<Finding> {
  const platform = PLATFORMS[process.platform];
  const architecture = ARCHITECTURES[process.arch];
  if (platform === undefined || architecture === undefined)
    return { kind: 'none', reason: `no official download for ${process.platform} ${process.arch}` };
  const url = `${site}?platform=${platform}&arch=${architecture}`;
  const answer = await ask(url);
  if (typeof answer === 'string') return { kind: 'none', reason: `${url} could not be downloaded: ${answer}` };

  const folder = mkdtempSync(join(dirname(target), 'download-'));
  try {
    const words = { doing: 'downloading the Temporal server', done: 'Temporal server downloaded', usually: 'less than a minute' };
    await step(progress, words, () => unpack(answer, folder));
    const unpacked = join(folder, 'temporal');
    chmodSync(unpacked, 0o755);
    const finding = await verify(unpacked);
    if (finding.kind === 'none') return { kind: 'none', reason: `the official download: ${finding.reason}` };
    renameSync(unpacked, target);
    return { kind: 'found', path: target };
  } catch (error) {
    return { kind: 'none', reason: `${url} could not be downloaded: ${messageOf(error)}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ask(url: string): Promise<Response | string> {
  const patience = new AbortController();
  const hurry = setTimeout(() => patience.abort(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`)), ANSWER_WITHIN_MS);
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([patience.signal, AbortSignal.timeout(WHOLE_FILE_WITHIN_MS)]) });
    return answer.ok ? answer : `HTTP ${answer.status}`;
  } catch (error) {
    return messageOf(error);
  } finally {
    clearTimeout(hurry);
  }
}

async function unpack({ body }: Response, folder: string): Promise<void> {
  if (body === null) throw new Error('the answer is empty');
  const tar = spawn('tar', ['-xzf', '-', '-C', folder, 'temporal'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = new Promise<void>((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', (code) => (code === 0 ? resolve() : reject(new Error('its archive cannot be read'))));
  });
  await Promise.all([pipeline(Readable.fromWeb(body), tar.stdin), ended]);
}
