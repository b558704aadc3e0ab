/**
 * The only gate. Runs every check even when one has failed, one line each, and shows the output of those that failed.
 *
 *   npm run verify              everything
 *   npm run verify -- --static  everything but the tests
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { values: options } = parseArgs({ options: { static: { type: 'boolean', default: false } } });

const checks = [
  ...(existsSync(join(root, 'prisma/generate.mjs')) ? [{ name: 'database client', command: scripts.generate }] : []),
  { name: 'format', command: scripts['format:check'] },
  { name: 'types', command: scripts.types },
  { name: 'lint', command: scripts.lint },
  { name: 'import law', command: scripts.law },
  { name: 'dead code', command: scripts.dead },
  { name: 'schema drift', command: scripts.drift },
  ...(options.static ? [] : [{ name: 'tests', command: scripts.test }]),
];

const failed = checks.filter((check) => !passes(check));
console.log(
  failed.length === 0 ? `verify: ${checks.length} checks passed` : `verify: failed: ${failed.map(({ name }) => name).join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Runs a command of package.json as npm would, without npm's second of start-up. */
function passes({ name, command }) {
  const started = performance.now();
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const { status, error, stdout, stderr } = spawnSync(command, {
    cwd: root,
    env: { ...process.env, PATH: path },
    shell: true,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(16)} ${seconds.padStart(6)} s`);
  if (status !== 0) console.log(`  $ ${command}\n${error?.message ?? ''}${stdout}${stderr}`);
  return status === 0;
}
