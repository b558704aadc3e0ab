import { Command } from 'commander';
import type { Session } from '../session.ts';
import { proveCommand } from './deadlines-prove.ts';
import { statementCommand } from './deadlines-statement.ts';

export function deadlinesCommand(session: Session): Command {
  const deadlines = new Command('deadlines').description(
    'dates by which something must have happened, and the proof that none is forgotten',
  );
  for (const make of [proveCommand, statementCommand]) deadlines.addCommand(make(session));
  return deadlines;
}
