/** `npm test`: prepares a fresh clone when it needs it, runs Jest with the parameters given, and ends with one plain line of counts. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from '../worker/prepare.mjs';
import { describeFailure } from '../worker/steps.mjs';

const root = join(import.meta.dirname, '..');

try {
  await prepare(console.log, { withDevelopmentTools: true });
} catch (error) {
  console.error(describeFailure(error));
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'recourse-results-'));
try {
  const results = join(folder, 'results.json');
  process.exitCode = await runJest(['--json', `--outputFile=${results}`, ...process.argv.slice(2)]);
  console.log(summarize(results));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** With `--json` Jest prints its report on the error stream, and the JSON, which goes to the file too, on the other. */
function runJest(parameters) {
  const nodeOptions = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim();
  const jest = spawn(process.execPath, [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), ...parameters], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: nodeOptions },
    stdio: ['inherit', 'ignore', 'inherit'],
  });
  // Ctrl-C reaches Jest too, which stops its servers; this process waits for it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => jest.kill(signal));
  return new Promise((resolve) => jest.once('close', (code) => resolve(code ?? 1)));
}

/** A test file that could not run counts as one failed test. */
function summarize(results) {
  let counts;
  try {
    counts = JSON.parse(readFileSync(results, 'utf8'));
  } catch {
    return 'Jest ended before it had a result';
  }
  const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  return `${counts.numPassedTests} passed, ${failed} failed, ${counts.numPendingTests + counts.numTodoTests} skipped`;
}
