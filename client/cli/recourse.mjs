#!/usr/bin/env node
/** `recourse`, or `npx recourse` in the clone: registers tsx, then runs main.ts in this same process. Dependency-free up to there. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const clone = join(import.meta.dirname, '..', '..');
const isReady = ['node_modules/tsx', 'node_modules/commander', 'prisma/generated'].every((path) => existsSync(join(clone, path)));
const [command, ...parameters] = process.argv.slice(2);

if (isReady) {
  const { register } = await import('tsx/esm/api');
  register();
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else if (command === 'start') {
  const started = spawnSync(process.execPath, [join(clone, 'worker', 'start.mjs'), ...parameters], { stdio: 'inherit' });
  process.exitCode = started.status ?? 1;
} else {
  console.error('✗ The packages of this clone are not installed yet: run npm start once, then this command again.');
  process.exitCode = 3;
}
