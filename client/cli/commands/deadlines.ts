import { Command } from 'commander';
import type { Session } from '../session.ts';
import { computeCommand, policiesCommand } from './deadlines-count.ts';
import { proveCommand } from './deadlines-prove.ts';
import { statementCommand } from './deadlines-statement.ts';

export function deadlinesCommand(session: Session): Command {
  const deadlines = new Command('deadlines').description(
    'dates counted and explained, which policy gives them, and the proof that none is forgotten',
  );
  for (const make of [computeCommand, policiesCommand, proveCommand, statementCommand]) deadlines.addCommand(make(session));
  return deadlines;
}
