import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { messageOf } from '../../rules/domain/failures.ts';
import { type Progress, StartProblem, step } from '../steps.mjs';
import { type GuardedProcess, lastLines, startGuarded } from './guarded-process.ts';
import { freePort } from './ports.ts';
import { clusterIn, openPostgresHome, type PostgresHome } from './postgres-home.ts';
import { endLeftover } from './process-table.ts';

export interface PostgresOptions {
  /** Ours alone while this runs (see `data-folder.ts`). */
  readonly dataFolder: string;
  readonly progress: Progress;
  /** Settings beside the usual ones, as `name=value`. */
  readonly settings?: readonly string[];
}

export interface RunningPostgres {
  readonly databaseUrl: string;
  /** Resolves when the server has ended, asked or not. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
}

const NAME = 'recourse';
const START_ATTEMPTS = 5;

/** Starts a real PostgreSQL on a free loopback port, with a cluster and a password of its own that stay in the data folder. */
export async function startPostgres({ dataFolder, progress, settings = [] }: PostgresOptions): Promise<RunningPostgres> {
  const home = await openPostgresHome(dataFolder, progress);
  if (await endLeftoverPostgres(home.folder)) {
    progress('✓ PostgreSQL left over from an earlier run stopped');
  }
  const password = readPassword(dataFolder);
  if (!existsSync(home.cluster)) {
    await step(progress, { doing: 'creating the database files', done: 'database files created' }, () => createCluster(home, password));
  }
  return step(progress, { doing: 'starting PostgreSQL', done: 'PostgreSQL started' }, () => start(home, password, settings));
}

/** Ends the server of this home that a killed run left behind; true when there was one. */
export async function endLeftoverPostgres(homeFolder: string): Promise<boolean> {
  const cluster = clusterIn(homeFolder);
  return endLeftover(join(cluster, 'postmaster.pid'), cluster, 'SIGINT');
}

function readPassword(dataFolder: string): string {
  const file = join(dataFolder, 'postgres-password.txt');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/** Fills a folder beside and renames it last, so that a cluster is there whole or not at all. */
async function createCluster({ folder, cluster, binaries, user }: PostgresHome, password: string): Promise<void> {
  const unfinished = join(folder, 'cluster.unfinished');
  const passwordFile = join(folder, 'initial-password.txt');
  rmSync(unfinished, { recursive: true, force: true });
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (user !== undefined) for (const path of [unfinished, passwordFile]) chownSync(path, user.uid, user.gid);
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const access = [`--username=${NAME}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    const parameters = [`--pgdata=${unfinished}`, ...locale, ...access, '--no-instructions'];
    await promisify(execFile)(join(binaries, 'initdb'), parameters, { cwd: folder, env: environment(), ...user });
    renameSync(unfinished, cluster);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new StartProblem(`PostgreSQL could not create its files in ${folder}: ${reasonOf(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** What initdb printed last names the cause, a full disk for one. */
function reasonOf(error: unknown): string {
  const printed = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr).trim() : '';
  const told = printed.split('\n').filter((line) => /error|fatal|could not|detail|hint/i.test(line));
  return told.length > 0 ? told.join('; ') : printed || messageOf(error);
}

/** A port can be lost to another program, and a killed server's last backends can still hold its memory: both pass, so try again. */
async function start(home: PostgresHome, password: string, settings: readonly string[]): Promise<RunningPostgres> {
  const portFile = join(home.folder, 'port.txt');
  let preferredPort = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0;
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(preferredPort);
    const server = launch(home, port, settings);
    const address = { host: '127.0.0.1', port, user: NAME, password };
    if (await isReady(server, address)) {
      writeFileSync(portFile, String(port));
      return { databaseUrl: `postgresql://${NAME}:${password}@127.0.0.1:${port}/${NAME}`, ended: server.ended, stop: server.stop };
    }
    await server.stop();
    const log = lastLines(join(home.folder, 'postgres.log'));
    const mayPass = /Address already in use|shared memory block .* is still in use|lock file .* already exists/.test(log);
    if (!mayPass || attempt === START_ATTEMPTS) throw new StartProblem(`PostgreSQL in ${home.folder} did not start; it says:\n${log}`);
    preferredPort = 0;
    await sleep(500);
  }
}

function launch({ folder, cluster, binaries, user }: PostgresHome, port: number, settings: readonly string[]): GuardedProcess {
  const all = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'log_timezone=UTC', ...settings];
  return startGuarded({
    command: [join(binaries, 'postgres'), '-D', cluster, '-p', String(port), ...all.flatMap((setting) => ['-c', setting])],
    cwd: folder,
    env: environment(),
    stopSignal: 'INT',
    logFile: join(folder, 'postgres.log'),
    pidFile: join(folder, 'postgres.pid'),
    ...(user && { user }),
  });
}

const environment = (): Record<string, string> => ({ PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' });

/** False when the server ended instead. Makes our database on the first start. */
async function isReady(server: GuardedProcess, address: pg.ClientConfig): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < 60_000 && !server.hasEnded(); waitedMs += 50) {
    const client = new pg.Client({ ...address, database: 'postgres', connectionTimeoutMillis: 5_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [NAME]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${NAME}`);
      return true;
    } catch {
      await sleep(50);
    } finally {
      await client.end().catch(() => {});
    }
  }
  return false;
}
