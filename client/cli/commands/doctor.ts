import { Command } from 'commander';
import type { DoctorCheck } from '../../views/work-shapes.ts';
import { type ExitCode, exitCode } from '../failure.ts';
import { exitFor } from '../output.ts';
import type { Session } from '../session.ts';

export function doctorCommand(session: Session): Command {
  return new Command('doctor').description('is the engine well? what must always be true, and what to do where it is not').action(() =>
    session.ask(async ({ examine }) => {
      const checks = await examine();
      return { document: { ok: checks.every((check) => check.ok), checks }, lines: checks.flatMap(checkLines), exit: exitOf(checks) };
    }),
  );
}

function checkLines({ ok, name, found, next }: DoctorCheck): readonly string[] {
  return [`${ok ? '✓' : '✗'} ${name}: ${found}`, ...(ok ? [] : [`    Next: ${next}`])];
}

/** A server that is away is another answer than an engine that is not well. */
function exitOf(checks: readonly DoctorCheck[]): ExitCode {
  const isAway = checks.some(({ name, ok }) => !ok && (name === 'database' || name === 'temporal'));
  return isAway ? exitCode.notReachable : exitFor(checks.every((check) => check.ok));
}
