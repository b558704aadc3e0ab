import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const program = join(import.meta.dirname, '../../prisma/drift.mjs');

const schema = `
datasource db {
  provider = "postgresql"
}
model Account {
  id           String @id @db.Uuid
  balanceCents BigInt
}
`;

const beyondPrisma = `
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'grows only'; END $$;
CREATE TRIGGER grows_only BEFORE UPDATE ON "Account" FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE INDEX owed ON "Account" ("balanceCents") WHERE "balanceCents" > 0;
ALTER TABLE "Account" ADD CONSTRAINT bounded CHECK ("balanceCents" < 9007199254740992);
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recourse-drift-'));
  writeFileSync(join(folder, 'schema.prisma'), schema);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function drift(...options: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, [program, '--folder', folder, ...options], { encoding: 'utf8' });
  return { status, stdout };
}

function writeMigration(name: string, sql: string): void {
  mkdirSync(join(folder, 'migrations', name), { recursive: true });
  writeFileSync(join(folder, 'migrations', name, 'migration.sql'), sql);
}

describe('schema drift', () => {
  test('a schema without its migration is refused, and the missing SQL printed', () => {
    const answer = drift();
    expect(answer.status).toBe(1);
    expect(answer.stdout).toContain('CREATE TABLE "Account"');
  }, 60_000);

  test('the migration that --write authors ends the drift', () => {
    expect(drift('--write', 'first').status).toBe(0);
    expect(readdirSync(join(folder, 'migrations')).map((name) => name.replace(/^\d{14}/, ''))).toEqual(['_first', 'migration_lock.toml']);
    expect(drift()).toEqual({ status: 0, stdout: 'no drift: 1 migrations build schema.prisma\n' });
  }, 60_000);

  test('what Prisma cannot say (triggers, checks, partial indexes) is not drift', () => {
    drift('--write', 'first');
    writeMigration('99990101000000_beyond_prisma', beyondPrisma);
    expect(drift()).toEqual({ status: 0, stdout: 'no drift: 2 migrations build schema.prisma\n' });
  }, 60_000);

  test('a migration that the schema does not know is drift', () => {
    drift('--write', 'first');
    writeMigration('99990101000000_stray', 'ALTER TABLE "Account" ADD COLUMN stray text;');
    const answer = drift();
    expect(answer.status).toBe(1);
    expect(answer.stdout).toContain('DROP COLUMN "stray"');
  }, 60_000);

  test('a migration that does not apply fails', () => {
    writeMigration('20260101000000_broken', 'CREATE TABLE;');
    expect(drift().status).toBe(1);
  }, 60_000);
});
