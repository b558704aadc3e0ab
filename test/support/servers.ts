import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../prisma/migrate.ts';
import { isAbandoned, openDataFolder, removeDataFolder } from '../../worker/servers/data-folder.ts';
import { startPostgres } from '../../worker/servers/embedded-postgres.ts';
import { startTemporal } from '../../worker/servers/temporal.ts';
import { databaseAt } from './database.ts';

/** Safety against power cuts, which a test's data does not need. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

const PREFIX = 'recourse-test-';

const stops: (() => Promise<void>)[] = [];

/** One PostgreSQL with a migrated template and one Temporal server for the whole run; their addresses go to the tests through the environment. */
export async function startServers(): Promise<void> {
  try {
    await start();
  } catch (error) {
    await stopServers();
    throw error;
  }
}

export async function stopServers(): Promise<void> {
  for (const stop of stops.reverse()) await stop();
}

async function start(): Promise<void> {
  const progress = (line: string): void => void process.stderr.write(`${line}\n`);
  await removeAbandoned();
  const folder = await openDataFolder({ path: mkdtempSync(join(tmpdir(), PREFIX)), isFresh: false, progress });
  stops.push(() => removeDataFolder(folder.path));

  const serverUrl = process.env.DATABASE_URL || (await ownPostgres(folder.path, progress));
  const template = `recourse_test_${process.pid}_template`;
  await createDatabase(serverUrl, template);
  stops.push(() => dropDatabases(serverUrl, `recourse_test_${process.pid}_`));
  const templateUrl = databaseAt(serverUrl, template);
  await migrate(templateUrl);

  const temporal = await startTemporal({ dataFolder: folder.path, progress, uiPort: 18_233 });
  stops.push(temporal.stop);

  process.env.RECOURSE_TEST_DATABASE_URL = templateUrl;
  process.env.RECOURSE_TEST_TEMPORAL_ADDRESS = temporal.address;
  process.env.RECOURSE_TEST_TEMPORAL_NAMESPACE = temporal.namespace;
}

/** What an interrupted run left in the temporary folder. */
async function removeAbandoned(): Promise<void> {
  const runs = readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX));
  for (const folder of runs.map((name) => join(tmpdir(), name))) if (isAbandoned(folder)) await removeDataFolder(folder);
}

async function ownPostgres(dataFolder: string, progress: (line: string) => void): Promise<string> {
  const postgres = await startPostgres({ dataFolder, progress, settings: FAST });
  stops.push(postgres.stop);
  return postgres.databaseUrl;
}

async function createDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
}

async function dropDatabases(serverUrl: string, prefix: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>('SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)', [prefix]);
  for (const { name } of rows) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await client.end();
}
