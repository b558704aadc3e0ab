/**
 * Compares what `schema.prisma` says with what the migrations build in an empty PostgreSQL.
 *
 *   node prisma/drift.mjs               prints the SQL that the migrations lack and ends with 1 when there is any
 *   node prisma/drift.mjs --write NAME  writes that SQL as the next migration
 *   --folder PATH                       another folder than prisma/ (for its own test)
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openSchemaEngine } from './schema-engine.mjs';
import { startShadowDatabase } from './shadow-database.mjs';

const LOCK = '# Written by prisma/drift.mjs; it should be added to version control.\nprovider = "postgresql"\n';

const { values: options } = parseArgs({
  options: { write: { type: 'string' }, folder: { type: 'string', default: import.meta.dirname } },
});
process.exitCode = await main(resolve(options.folder), options.write);

async function main(folder, name) {
  if (name !== undefined && !/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`a migration is named in snake_case, not ${name}`);
  const schemaPath = join(folder, 'schema.prisma');
  const migrations = readMigrations(join(folder, 'migrations'));
  if (!existsSync(schemaPath)) {
    console.log('no schema.prisma yet');
    return migrations.migrationDirectories.length === 0 ? 0 : 1;
  }
  const missing = await missingSql({ path: schemaPath, content: readFileSync(schemaPath, 'utf8') }, migrations);
  if (missing === '') {
    console.log(`no drift: ${migrations.migrationDirectories.length} migrations build schema.prisma`);
    return 0;
  }
  if (name !== undefined) {
    console.log(`wrote ${writeMigration(migrations, name, missing)}: read it before you commit it`);
    return 0;
  }
  console.log(`${missing}\n\nThe migrations lack the SQL above: node prisma/drift.mjs --write NAME`);
  return 1;
}

/** The migrations in the order in which they are applied, as Prisma's engine takes them. */
function readMigrations(baseDir) {
  const lockfile = join(baseDir, 'migration_lock.toml');
  const names = existsSync(baseDir) ? readdirSync(baseDir, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : LOCK },
    shadowDbInitScript: '',
    migrationDirectories: names
      .map((entry) => entry.name)
      .sort()
      .map((name) => ({
        path: name,
        migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: readFileSync(join(baseDir, name, 'migration.sql'), 'utf8') } },
      })),
  };
}

/** Empty text when the migrations build exactly the schema. */
async function missingSql(schema, migrations) {
  const shadow = await startShadowDatabase();
  try {
    const engine = await openSchemaEngine(shadow.pool);
    const answer = await engine.diff({
      from: { tag: 'migrations', ...migrations },
      to: { tag: 'schemaDatamodel', files: [schema], configDir: migrations.baseDir },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return answer.exitCode === 0 ? '' : (answer.stdout ?? '').trim();
  } finally {
    await shadow.stop();
  }
}

function writeMigration(migrations, name, sql) {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const last = migrations.migrationDirectories.at(-1)?.path ?? '';
  if (stamp <= last.slice(0, 14)) throw new Error(`the clock says ${stamp}, but ${last} is later`);
  const folder = join(migrations.baseDir, `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), `${sql}\n`);
  writeFileSync(join(migrations.baseDir, migrations.lockfile.path), migrations.lockfile.content);
  return join(folder, 'migration.sql');
}
