import { execFile } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../../rules/domain/failures.ts';
import { type Progress, step } from '../steps.mjs';
import { lastLines, startGuarded } from './guarded-process.ts';
import { type Finding, verify } from './temporal-version.ts';

const PACKAGE = 'github.com/temporalio/cli/cmd/temporal';

/** Builds the Temporal CLI, server and Web UI included, from the module pinned in `worker/dev-server`. */
export async function buildTemporal(target: string, progress: Progress): Promise<Finding> {
  try {
    await promisify(execFile)('go', ['version']);
  } catch {
    return { kind: 'none', reason: 'it could not be built: Go is not installed (no "go" on PATH)' };
  }
  const words = {
    doing: 'building the Temporal server with Go',
    done: 'Temporal server built',
    usually: '3 to 8 minutes, the first time only',
  };
  return step(progress, words, () => build(target)).catch((error: unknown) => ({
    kind: 'none',
    reason: messageOf(error),
  }));
}

async function build(target: string): Promise<Finding> {
  const unfinished = `${target}.unfinished`;
  const logFile = join(dirname(target), 'build.log');
  const module = join(import.meta.dirname, '..', 'dev-server');
  const compiler = startGuarded({
    command: ['go', 'build', '-C', module, '-o', unfinished, PACKAGE],
    cwd: dirname(target),
    env: { ...environment(), CGO_ENABLED: '0' },
    stopSignal: 'INT',
    logFile,
    pidFile: join(dirname(target), 'build.pid'),
  });
  if ((await compiler.ended) !== 0) throw new Error(`it could not be built; "go build" says: ${lastLines(logFile)}`);
  const finding = await verify(unfinished);
  if (finding.kind === 'none') {
    rmSync(unfinished, { force: true });
    throw new Error(finding.reason);
  }
  renameSync(unfinished, target);
  return { kind: 'found', path: target };
}

function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
