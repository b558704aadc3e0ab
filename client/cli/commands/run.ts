import { Command } from 'commander';
import { CommandFailure, exitCode } from '../failure.ts';
import { table } from '../output.ts';
import type { Session } from '../session.ts';

const shown = 20;

export function runCommand(session: Session): Command {
  const command = new Command('run').description('what is gathered and sent together: statements to the mail house, files to vendors');
  return command.addCommand(sendCommand(session)).addCommand(listCommand(session)).addCommand(settleCommand(session));
}

function sendCommand(session: Session): Command {
  return new Command('send')
    .description('send now what waits for the next cut-off')
    .argument('[destination]', '`statements` or `vendor:<id>`; without it, everything')
    .action((destination?: string) =>
      session.ask(async ({ runs }) => {
        session.progress('Sending what waits …');
        const end = await runs.send(destination === undefined ? {} : { destination });
        const halted = end.halted.map((one) => `${one.destination} was not sent: ${one.reason}`);
        return { document: end, lines: [`${end.intents} sent.`, ...halted] };
      }),
    );
}

function listCommand(session: Session): Command {
  return new Command('list').description('the latest runs').action(() =>
    session.ask(async ({ runs }) => {
      const latest = await runs.list(shown);
      const rows = latest.map(({ on, destination, status, intents, parcel, reason }) => [
        on,
        destination,
        status,
        String(intents),
        parcel,
        reason ?? '',
      ]);
      return {
        document: { runs: latest },
        lines:
          latest.length === 0 ? ['Nothing was sent in a run yet.'] : table(['Day', 'To', 'Status', 'Accounts', 'Parcel', 'Reason'], rows),
      };
    }),
  );
}

interface SettleOptions {
  readonly arrived?: true;
  readonly notArrived?: true;
  readonly receipt?: string;
}

function settleCommand(session: Session): Command {
  return new Command('settle')
    .description('say whether a run in doubt has arrived; one that has not leaves again with the next run')
    .argument('<run>', 'its id, from `recourse run list --json`')
    .option('--arrived', 'it did')
    .option('--not-arrived', 'it did not')
    .option('--receipt <text>', 'how that is known')
    .action((runId: string, { arrived, notArrived, receipt }: SettleOptions) =>
      session.ask(async ({ runs }) => {
        if (arrived === notArrived)
          throw new CommandFailure({
            exit: exitCode.wrongUsage,
            what: 'Say one of --arrived and --not-arrived.',
            where: runId,
            next: 'recourse run settle --help',
          });
        const isSettled = await runs.resolve({ runId, arrived: arrived === true, receipt: receipt ?? null });
        if (!isSettled)
          throw new CommandFailure({
            exit: exitCode.no,
            what: 'That run is not in doubt.',
            where: runId,
            next: 'recourse run list shows how each stands',
          });
        return {
          document: { runId, arrived: arrived === true },
          lines: [arrived === true ? 'It counts as sent with the next run.' : 'It leaves again with the next run.'],
        };
      }),
    );
}
