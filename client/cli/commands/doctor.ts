import { Command } from 'commander';
import type { Session } from '../session.ts';

export function doctorCommand(session: Session): Command {
  return new Command('doctor').description('is the engine well? what must always be true, and what to do where it is not').action(() =>
    session.ask(async ({ examine }) => {
      const checks = await examine();
      const isNo = checks.some((check) => !check.ok);
      const lines = checks.flatMap(({ ok, name, found, next }) => [`${ok ? '✓' : '✗'} ${name}: ${found}`, ...(ok ? [] : [`    Next: ${next}`])]);
      return { document: { ok: !isNo, checks }, lines, isNo };
    }),
  );
}
