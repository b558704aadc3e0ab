import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { DomainError, messageOf } from '../rules/domain/failures.ts';

interface Migration {
  readonly name: string;
  readonly sql: string;
  /** As Prisma computes it, so that its own commands agree with what is recorded here. */
  readonly checksum: string;
}

/** The lock that Prisma's own commands take, so the two never run at once. */
const PRISMA_LOCK = 72_707_369;

const HISTORY = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/**
 * Brings a database up to the migrations in `folder` and returns the names of those it applied. Each runs in one transaction, so a broken one leaves
 * nothing behind. Refuses, naming the migration, when an applied one was edited or is missing here, or when Prisma left one half done.
 */
export async function migrate(
  databaseUrl: string,
  progress: (line: string) => void = () => {},
  folder: string = join(import.meta.dirname, 'migrations'),
): Promise<readonly string[]> {
  const migrations = readMigrations(folder);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'recourse-migrate', connectionTimeoutMillis: 10_000 });
  await connect(client);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    await client.query(HISTORY);
    const applied = await readHistory(client, migrations);
    const missing = migrations.filter(({ name }) => !applied.has(name));
    for (const migration of missing) {
      await apply(client, migration);
      progress(`  migration ${migration.name} applied`);
    }
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

function readMigrations(folder: string): readonly Migration[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

async function connect(client: pg.Client): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    throw new DomainError('migration.no-database', `the database on ${client.host}:${client.port} does not answer: ${messageOf(error)}`);
  }
}

/** The names of the migrations that are applied, each checked against its file. */
async function readHistory(client: pg.Client, migrations: readonly Migration[]): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string; checksum: string; isFinished: boolean }>(`
    SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished"
    FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`);
  for (const { name, checksum, isFinished } of rows) {
    if (!isFinished)
      throw new DomainError('migration.half-done', `migration ${name} was begun with Prisma's command and failed: resolve it first`);
    const file = migrations.find((migration) => migration.name === name);
    if (file === undefined)
      throw new DomainError('migration.unknown', `migration ${name} is in the database but not here: is it of a newer release?`);
    if (file.checksum !== checksum) {
      throw new DomainError(
        'migration.edited',
        `migration ${name} was edited after it was applied: restore its file and write a new migration`,
      );
    }
  }
  return new Set(rows.map(({ name }) => name));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    throw new DomainError('migration.failed', `migration ${name} failed and was taken back: ${messageOf(error)}${placeOf(error, sql)}`);
  }
}

function placeOf(error: unknown, sql: string): string {
  if (!(error instanceof pg.DatabaseError) || error.position === undefined) return '';
  return ` (line ${sql.slice(0, Number(error.position)).split('\n').length} of its migration.sql)`;
}
