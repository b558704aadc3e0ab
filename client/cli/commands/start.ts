import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Command } from 'commander';
import { CommandFailure, exitCode } from '../failure.ts';
import type { Session } from '../session.ts';

/** The same as `npm start`: servers, migrations, engine, until Ctrl-C. Its own process, because it may install packages first. */
export function startCommand(session: Session): Command {
  return new Command('start')
    .description('start the engine with its servers, until Ctrl-C (the same as npm start)')
    .option('--fresh', 'begin with an empty data folder')
    .action(async ({ fresh }: { fresh?: true }) => {
      const status = await run(fresh === true ? ['--fresh'] : []);
      if (status === 0) session.say({ document: { started: true }, lines: ['Recourse has stopped.'] });
      else
        throw new CommandFailure({
          exit: exitCode.no,
          what: 'Recourse did not start, or stopped with a failure.',
          where: 'the lines above',
          next: 'mend what they name and start again',
        });
    });
}

function run(parameters: readonly string[]): Promise<number> {
  const start = join(import.meta.dirname, '..', '..', '..', 'worker', 'start.mjs');
  const child = spawn(process.execPath, [start, ...parameters], { stdio: ['inherit', 2, 'inherit'] });
  // Ctrl-C reaches the child through the terminal; this process only has to wait for its end.
  const wait = (): void => {};
  const pass = (): void => void child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', pass);
  return new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  }).finally(() => process.off('SIGINT', wait).off('SIGTERM', pass));
}
