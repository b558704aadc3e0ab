import { Command, CommanderError } from 'commander';
import { DomainError } from '../../rules/domain/failures.ts';
import { type Engine, openEngine } from '../engine.ts';
import { briefly, isUnreachable } from '../unreachable.ts';
import { assistanceCommand } from './commands/assistance.ts';
import { badDebtCommand } from './commands/bad-debt.ts';
import { facilityCommand } from './commands/facility.ts';
import { advanceCommand } from './commands/advance.ts';
import { contactCommand } from './commands/contact.ts';
import { contractsCommand } from './commands/contracts.ts';
import { deadlinesCommand } from './commands/deadlines.ts';
import { approvalsCommand } from './commands/approvals.ts';
import { bulkCommand } from './commands/bulk.ts';
import { doctorCommand } from './commands/doctor.ts';
import { ediCommand } from './commands/edi.ts';
import { explainCommand } from './commands/explain.ts';
import { filesCommand } from './commands/files.ts';
import { ingestCommand } from './commands/ingest.ts';
import { guarantorCommand } from './commands/guarantor.ts';
import { letterCommand } from './commands/letter.ts';
import { estimateCommand, holdCommand } from './commands/holds.ts';
import { undoCommand } from './commands/people.ts';
import { payCommand, paymentCommand } from './commands/pay.ts';
import { planCommand } from './commands/plan.ts';
import { promiseCommand, reportCommand } from './commands/promise.ts';
import { placementCommand } from './commands/placement.ts';
import { queueCommand } from './commands/queue.ts';
import { runCommand } from './commands/run.ts';
import { rulesCommand } from './commands/rules.ts';
import { sandboxCommand } from './commands/sandbox.ts';
import { scenarioCommand } from './commands/scenario.ts';
import { showCommand } from './commands/show.ts';
import { statementCommand } from './commands/statement.ts';
import { startCommand } from './commands/start.ts';
import { taskCommand } from './commands/task.ts';
import { vendorCommand } from './commands/vendor.ts';
import { CommandFailure, exitCode } from './failure.ts';
import { printedFailure } from './output.ts';
import { Session } from './session.ts';
import { ownTerminal, type Terminal } from './terminal.ts';

const exitCodes = `
Exit codes:
  0  done
  1  the answer is "no": a check failed, or something was refused or not found
  2  wrong usage
  3  the engine is not reachable

The engine is found through data/recourse.json (RECOURSE_DATA names another folder); DATABASE_URL and TEMPORAL_ADDRESS override it.`;

/** Runs one command. @returns the exit code; never throws. */
export async function main(
  parameters: readonly string[],
  terminal: Terminal = ownTerminal,
  open: () => Promise<Engine> = () => openEngine(terminal.env),
): Promise<number> {
  const session = new Session(terminal, open);
  try {
    await programOf(session).parseAsync([...parameters], { from: 'user' });
    return session.exit;
  } catch (error) {
    // Commander has said what is wrong, and how to ask for help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.wrongUsage;
    const failure = failureOf(error);
    if (session.isJson) terminal.out(printedFailure(failure, true));
    else terminal.err(printedFailure(failure, false));
    return failure.exit;
  }
}

function programOf(session: Session): Command {
  const program = new Command('recourse')
    .description('What happens after a medical claim was sent: every account followed to its end.')
    .option('--json', 'print one JSON document on stdout')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', exitCodes)
    .hook('preAction', (_, action) => {
      session.isJson = action.optsWithGlobals<{ json?: true }>().json === true;
    });
  const commands = [
    startCommand,
    ingestCommand,
    filesCommand,
    queueCommand,
    showCommand,
    explainCommand,
    taskCommand,
    letterCommand,
    statementCommand,
    guarantorCommand,
    undoCommand,
    holdCommand,
    assistanceCommand,
    badDebtCommand,
    facilityCommand,
    estimateCommand,
    payCommand,
    paymentCommand,
    planCommand,
    promiseCommand,
    reportCommand,
    approvalsCommand,
    bulkCommand,
    advanceCommand,
    rulesCommand,
    contactCommand,
    contractsCommand,
    scenarioCommand,
    sandboxCommand,
    ediCommand,
    deadlinesCommand,
    vendorCommand,
    runCommand,
    placementCommand,
    doctorCommand,
  ];
  for (const make of commands) program.addCommand(make(session));
  prepare(program, session);
  return program;
}

/** Throws instead of ending the process, and speaks through the session's terminal. */
function prepare(command: Command, session: Session): void {
  const { out, err } = session.terminal;
  command
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help to see what is possible)');
  for (const child of command.commands) prepare(child, session);
}

function failureOf(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  if (isUnreachable(error))
    return new CommandFailure({
      exit: exitCode.notReachable,
      what: `The engine is not reachable: ${briefly(error)}`,
      where: 'the addresses in data/recourse.json, DATABASE_URL and TEMPORAL_ADDRESS',
      next: 'start it with npm start in another terminal, then try again',
    });
  if (error instanceof DomainError)
    return new CommandFailure({ exit: exitCode.no, what: error.message, where: error.code, next: 'mend what it names and try again' });
  return new CommandFailure({
    exit: exitCode.no,
    what: briefly(error),
    where: placeOf(error),
    next: 'recourse doctor says what is wrong with the engine; if it is well, this is a fault of Recourse: report it with these lines',
  });
}

/** The first line of the stack that is a place. */
function placeOf(error: unknown): string {
  const stack = typeof error === 'object' && error !== null && 'stack' in error ? String(error.stack) : '';
  return /^\s*at (.*)$/m.exec(stack)?.[1] ?? 'unknown';
}
