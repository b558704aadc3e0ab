import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { openDataFolder, removeDataFolder } from '../../worker/servers/data-folder.ts';
import { startPostgres } from '../../worker/servers/embedded-postgres.ts';
import { commandOf } from '../../worker/servers/process-table.ts';
import { postgresHomesOf } from '../../worker/servers/postgres-home.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const { path } = await openDataFolder({ path: temporaryFolder(), isFresh: false, progress: () => {} });
  folders.push(path);
  return path;
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await removeDataFolder(folder);
});

/** Starts PostgreSQL in a process of its own, which holds it until it is killed. */
async function hold(dataFolder: string): Promise<{ holder: ChildProcess; databaseUrl: string; serverPid: number }> {
  const script = join(import.meta.dirname, '..', 'support', 'hold-postgres.mjs');
  const holder = spawn(process.execPath, [script, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: holder.stdout }), 'line');
  return { holder, ...JSON.parse(line) };
}

async function query(url: string, sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('what was written is there at the next start, at the same address, and nothing answers in between', async () => {
  const dataFolder = await newFolder();
  const lines: string[] = [];
  const first = await startPostgres({ dataFolder, progress: (line) => lines.push(line) });
  await query(first.databaseUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
  await first.stop();
  await expect(query(first.databaseUrl, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');

  const second = await startPostgres({ dataFolder, progress: () => {} });

  expect(second.databaseUrl).toBe(first.databaseUrl);
  expect(await query(second.databaseUrl, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  expect(lines).toEqual([expect.stringMatching(/^✓ database files created/), expect.stringMatching(/^✓ PostgreSQL started/)]);
  await second.stop();
  expect(await second.ended).toBe(0);
});

test('only this machine can reach it, with the password', async () => {
  const dataFolder = await newFolder();
  const { databaseUrl, stop } = await startPostgres({ dataFolder, progress: () => {} });

  expect(await query(databaseUrl, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  await expect(query(databaseUrl.replace(/:[^:@]+@/, ':guess@'), 'SELECT 1')).rejects.toThrow('password authentication failed');
  expect(statSync(join(dataFolder, 'postgres-password.txt')).mode & 0o777).toBe(0o600);
  await stop();
});

test('when its process is killed the server ends too, and the next start finds everything', async () => {
  const dataFolder = await newFolder();
  const { holder, databaseUrl } = await hold(dataFolder);
  await query(databaseUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const farewell = new Promise((resolve) => client.on('error', ({ message }) => resolve(message)));

  const death = once(holder, 'close');

  holder.kill('SIGKILL');

  expect(await farewell).toBe('terminating connection due to administrator command');
  await death;
  const next = await startPostgres({ dataFolder, progress: () => {} });
  expect(await query(next.databaseUrl, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  await next.stop();
});

test('a server that outlived its process and its guard is stopped first', async () => {
  const dataFolder = await newFolder();
  const { holder, serverPid } = await hold(dataFolder);
  const command = commandOf(serverPid)?.split(' ') ?? [];
  holder.kill('SIGKILL');
  await once(holder, 'close');
  const stranded = await startUnguarded(dataFolder, command);
  const lines: string[] = [];

  const next = await startPostgres({ dataFolder, progress: (line) => lines.push(line) });

  expect(lines[0]).toBe('✓ PostgreSQL left over from an earlier run stopped');
  expect(stranded.exitCode ?? stranded.signalCode).toBe(0);
  expect(await query(next.databaseUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await next.stop();
});

async function startUnguarded(dataFolder: string, [program = '', ...parameters]: string[]): Promise<ChildProcess> {
  await (await startPostgres({ dataFolder, progress: () => {} })).stop();
  const { uid, gid } = statSync(join(postgresHomesOf(dataFolder)[0] ?? '', 'cluster'));
  const server = spawn(program, parameters, { cwd: dirname(program), uid, gid, stdio: ['ignore', 'ignore', 'pipe'] });
  for await (const line of createInterface({ input: server.stderr })) if (line.includes('ready to accept connections')) break;
  return server;
}
