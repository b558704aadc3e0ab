import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const schema = join(import.meta.dirname, 'schema.prisma');
const stamp = join(import.meta.dirname, 'generated', '.made-from');

/** True when `prisma/generated` was made from today's schema by the Prisma that is installed. */
export function isGenerated() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === source();
}

export async function generate() {
  const cli = fileURLToPath(import.meta.resolve('prisma/build/index.js'));
  // Generating needs no engine, but the command looks for one and would download it: any executable satisfies it.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  await promisify(execFile)(process.execPath, [cli, 'generate', '--no-hints'], { cwd: join(import.meta.dirname, '..'), env });
  writeFileSync(stamp, source());
}

function source() {
  const { version } = JSON.parse(readFileSync(fileURLToPath(import.meta.resolve('prisma/package.json')), 'utf8'));
  return createHash('sha256').update(version).update(readFileSync(schema)).digest('hex');
}

if (process.argv[1] === import.meta.filename) await generate();
