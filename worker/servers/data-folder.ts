import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf } from '../../rules/domain/failures.ts';
import { type Progress, StartProblem } from '../steps.mjs';
import { endLeftoverPostgres } from './embedded-postgres.ts';
import { holderOf, takeLock } from './lock.ts';
import { postgresHomesOf } from './postgres-home.ts';
import { endLeftoverTemporal } from './temporal.ts';

export interface DataFolder {
  readonly path: string;
  /** Lets the next start have the folder. */
  release(): void;
}

export interface DataFolderOptions {
  readonly path: string;
  /** Begin with an empty folder. */
  readonly isFresh: boolean;
  readonly progress: Progress;
}

const MARKER = 'recourse-data-folder.txt';
const LOCK = 'recourse.pid';
const NEEDED_BYTES = 500 * 1024 * 1024;

/** The folder in which everything of one running Recourse stays, for this process alone. Made when it is missing. */
export async function openDataFolder({ path, isFresh, progress }: DataFolderOptions): Promise<DataFolder> {
  const folder = resolve(path);
  claim(folder);
  const lock = takeLock(join(folder, LOCK));
  if (lock.kind === 'taken') {
    throw new StartProblem(
      `Recourse already runs on ${folder}, as process ${lock.pid}. Stop it first, or set RECOURSE_DATA to another folder.`,
    );
  }
  try {
    if (isFresh) await empty(folder, progress);
    checkSpace(folder);
  } catch (error) {
    lock.release();
    throw error;
  }
  return { path: folder, release: lock.release };
}

/** Makes the folder ours, or refuses one that holds somebody else's files. */
function claim(folder: string): void {
  if (existsSync(folder) && !existsSync(join(folder, MARKER))) {
    if (!statSync(folder).isDirectory()) throw new StartProblem(`${folder} is not a folder, so Recourse cannot keep its data there.`);
    if (readdirSync(folder).length > 0) {
      throw new StartProblem(`${folder} holds files that are not Recourse's. Set RECOURSE_DATA to an empty or new folder.`);
    }
  }
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, MARKER),
      'Data of one Recourse: its database, its Temporal history and its files. "npm start -- --fresh" empties it.\n',
    );
    // For root, whose PostgreSQL runs as somebody else and has to pass; the files in it are closed.
    chmodSync(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
  } catch (error) {
    throw new StartProblem(`Recourse cannot keep its data in ${folder}: ${messageOf(error)}`);
  }
}

async function empty(folder: string, progress: Progress): Promise<void> {
  await removeServers(folder);
  for (const entry of readdirSync(folder)) {
    if (entry !== MARKER && entry !== LOCK) rmSync(join(folder, entry), { recursive: true, force: true });
  }
  progress(`✓ ${folder} emptied`);
}

/** Ends what still runs on a data folder and removes it with everything that belongs to it. */
export async function removeDataFolder(folder: string): Promise<void> {
  await removeServers(folder);
  rmSync(folder, { recursive: true, force: true });
}

/** True when its Recourse was killed before it could release the folder. */
export function isAbandoned(folder: string): boolean {
  return existsSync(join(folder, LOCK)) && holderOf(join(folder, LOCK)) === null;
}

async function removeServers(folder: string): Promise<void> {
  await endLeftoverTemporal(folder);
  for (const home of postgresHomesOf(folder)) {
    await endLeftoverPostgres(home);
    rmSync(home, { recursive: true, force: true });
  }
}

function checkSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= NEEDED_BYTES) return;
  throw new StartProblem(
    `Only ${Math.floor((bavail * bsize) / 1024 / 1024)} MB are free where ${folder} is; Recourse needs 500 MB to start.`,
  );
}
