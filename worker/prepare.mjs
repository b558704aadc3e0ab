import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartProblem, step } from './steps.mjs';

// Not `import.meta.dirname`: a Node too old for Recourse does not know it, and is to be told so.
const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Makes a fresh clone runnable: dependencies as locked, and the generated Prisma client. Does nothing when both are there.
 * `withDevelopmentTools` also misses what only tests need, so that an image without it still starts.
 */
export async function prepare(progress, { withDevelopmentTools }) {
  checkNode();
  if (!isInstalled(withDevelopmentTools)) {
    const words = { doing: 'installing dependencies', done: 'dependencies installed', usually: 'one minute the first time' };
    await step(progress, words, install);
  }
  const { generate, isGenerated } = await import('../prisma/generate.mjs');
  if (!isGenerated()) await step(progress, { doing: 'generating the Prisma client', done: 'Prisma client generated' }, generate);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new StartProblem(`Recourse needs Node 20.19 or later; this is ${process.versions.node}. https://nodejs.org has newer ones.`);
}

/** npm writes `node_modules/.package-lock.json` as the last act of an installation, so it tells what is really there. */
function isInstalled(withDevelopmentTools) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(([path, { version, integrity, dev, optional, devOptional }]) => {
    if (!path.startsWith('node_modules/')) return true;
    if (!(path in installed)) return optional || devOptional || (dev && !withDevelopmentTools);
    return installed[path].version === version && installed[path].integrity === integrity;
  });
}

async function install() {
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const { code, output } = await runToEnd([...npm, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code === 0) return;
  throw new StartProblem(`The dependencies could not be installed; "npm ci" says:\n${output.trim().split('\n').slice(-15).join('\n')}`);
}

/** Resolves with the exit code and everything printed; never rejects. */
function runToEnd([command, ...parameters]) {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (text) => {
      output += text;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}
