import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { type ExitCode, exitCode } from '../failure.ts';
import type { Session } from '../session.ts';

/** Its own process on a PostgreSQL of its own: nothing has to run, and nobody's data is touched. */
export function sandboxCommand(session: Session): Command {
  const sandbox = new Command('sandbox').description('a hospital, its payers and its staff that do not exist, to see what the engine does');
  sandbox
    .command('run')
    .description('play a hospital’s year in minutes and reconcile it: claims out, answers in, every cent, every owner, every deadline')
    .option('--accounts <n>', 'how many accounts the hospital opens (500, or 25 with --temporal)', whole)
    .option('--seed <n>', 'the same seed plays the same year, byte for byte', whole, 7)
    .option('--months <n>', 'how long the year is', whole, 12)
    .option(
      '--faults',
      'play it again with crashes, an absent database, and files and messages that come twice or in another order; compare',
    )
    .option('--late', 'with these faults, and files that come days late; the year takes another course and must still reconcile')
    .option('--temporal', 'play it again on a real Temporal server of its own, and compare')
    .action(async (given: Given) => {
      session.exit = await run([...parametersOf(given), ...(session.isJson ? ['--json'] : [])], session);
    });
  return sandbox;
}

interface Given {
  readonly accounts?: number;
  readonly seed: number;
  readonly months: number;
  readonly faults?: true;
  readonly late?: true;
  readonly temporal?: true;
}

function parametersOf({ accounts, seed, months, ...how }: Given): readonly string[] {
  const size = [...(accounts === undefined ? [] : ['--accounts', String(accounts)]), '--seed', String(seed), '--months', String(months)];
  return [...size, ...(['faults', 'late', 'temporal'] as const).flatMap((name) => (how[name] === true ? [`--${name}`] : []))];
}

function whole(text: string): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text) || value === 0) throw new InvalidArgumentError('expected a whole number from 1 to 999999');
  return value;
}

/** Its answer goes through the session's terminal; its progress line needs the real one. */
function run(parameters: readonly string[], session: Session): Promise<ExitCode> {
  const start = join(import.meta.dirname, '..', '..', '..', 'worker', 'sandbox.mjs');
  const child = spawn(process.execPath, [start, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.setEncoding('utf8').on('data', (text: string) => session.terminal.out(text));
  // Ctrl-C reaches the child through the terminal; this process only has to wait for its end.
  const wait = (): void => {};
  const pass = (): void => void child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', pass);
  return new Promise<ExitCode>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0 ? exitCode.done : exitCode.no));
  }).finally(() => process.off('SIGINT', wait).off('SIGTERM', pass));
}
