import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import pg from 'pg';
import { migrate } from '../../prisma/migrate.ts';
import { databaseAt, freshDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const quiet = (): void => {};

function write(folder: string, name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

/** Two migrations that fail when they are applied a second time. */
function newMigrations(): string {
  const folder = temporaryFolder();
  write(folder, '20260101000000_first', 'CREATE TABLE first (id int); INSERT INTO first VALUES (1);');
  write(folder, '20260102000000_second', 'CREATE TABLE second (id int);');
  return folder;
}

/** An empty database: the template may hold the product's own migrations. */
async function emptyDatabase(): Promise<string> {
  const url = await freshDatabase();
  const name = `${new URL(url).pathname.slice(1)}_empty`;
  await query(url, `CREATE DATABASE ${name}`);
  return databaseAt(url, name);
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

test('migrations are applied once, in order, and recorded as Prisma records them', async () => {
  const [url, folder] = [await emptyDatabase(), newMigrations()];

  expect(await migrate(url, quiet, folder)).toEqual(['20260101000000_first', '20260102000000_second']);
  expect(await migrate(url, quiet, folder)).toEqual([]);

  const history = await query(
    url,
    `SELECT migration_name, checksum, finished_at >= started_at AS finished, applied_steps_count AS steps, rolled_back_at
    FROM _prisma_migrations ORDER BY started_at`,
  );
  expect(history).toEqual([
    {
      migration_name: '20260101000000_first',
      checksum: '8e5ae63deb3b2c04b6e63453a8e40cda3c895c869c3e7c1edb5f01a8645c13a9',
      finished: true,
      steps: 1,
      rolled_back_at: null,
    },
    expect.objectContaining({ migration_name: '20260102000000_second', finished: true }),
  ]);
});

test('a migration and its record are one transaction', async () => {
  const [url, folder] = [await emptyDatabase(), temporaryFolder()];
  write(folder, '20260101000000_first', 'CREATE TABLE first AS SELECT pg_current_xact_id()::xid AS transaction;');

  await migrate(url, quiet, folder);

  expect(await query(url, 'SELECT _prisma_migrations.xmin = transaction AS "isSame" FROM _prisma_migrations, first')).toEqual([
    { isSame: true },
  ]);
});

test('two that migrate at the same moment apply each migration once', async () => {
  const [url, folder] = [await emptyDatabase(), newMigrations()];

  const applied = await Promise.all([migrate(url, quiet, folder), migrate(url, quiet, folder)]);

  expect(applied.flat().sort()).toEqual(['20260101000000_first', '20260102000000_second']);
  expect(await query(url, 'SELECT id FROM first')).toEqual([{ id: 1 }]);
});

test('a migration that was edited after it was applied is refused by name', async () => {
  const [url, folder] = [await emptyDatabase(), newMigrations()];
  await migrate(url, quiet, folder);
  write(folder, '20260101000000_first', 'CREATE TABLE first (id bigint);');

  await expect(migrate(url, quiet, folder)).rejects.toThrow('migration 20260101000000_first was edited after it was applied');
});

test('a broken migration leaves nothing behind, is named with its line, and works once it is mended', async () => {
  const [url, folder] = [await emptyDatabase(), newMigrations()];
  write(folder, '20260103000000_third', 'CREATE TABLE third (id int);\nINSERT INTO thirt VALUES (1);');

  await expect(migrate(url, quiet, folder)).rejects.toThrow(
    'migration 20260103000000_third failed and was taken back: relation "thirt" does not exist (line 2 of its migration.sql)',
  );
  expect(await query(url, `SELECT to_regclass('third') AS "third", to_regclass('second') IS NOT NULL AS "hasSecond"`)).toEqual([
    { third: null, hasSecond: true },
  ]);

  write(folder, '20260103000000_third', 'CREATE TABLE third (id int);');
  expect(await migrate(url, quiet, folder)).toEqual(['20260103000000_third']);
});

test('a migration of a newer release is refused by name', async () => {
  const [url, folder] = [await emptyDatabase(), newMigrations()];
  await migrate(url, quiet, folder);

  await expect(migrate(url, quiet, temporaryFolder())).rejects.toThrow('is it of a newer release?');
});

test('a migration that Prisma’s own command left half done is refused by name', async () => {
  const [url, folder] = [await emptyDatabase(), newMigrations()];
  await migrate(url, quiet, folder);
  await query(url, `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '20260102000000_second'`);

  await expect(migrate(url, quiet, folder)).rejects.toThrow('migration 20260102000000_second was begun with Prisma');
});

test('a database that does not answer is one clear message', async () => {
  await expect(migrate('postgresql://nobody:secret@127.0.0.1:1/none', quiet)).rejects.toThrow(
    'the database on 127.0.0.1:1 does not answer: connect ECONNREFUSED 127.0.0.1:1',
  );
});
