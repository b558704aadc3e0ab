import { Command } from 'commander';
import { addDays, civilDateAt, daysBetween, instant } from '../../../rules/domain/civil-date.ts';
import { messageOf } from '../../../rules/domain/failures.ts';
import { words } from '../../../rules/lifecycle/describe.ts';
import type { FoundAccount } from '../../reads.ts';
import { nextStop, sendWaiting } from '../../scenario/runs-on-the-way.ts';
import type { TemporalDoors } from '../../scenario/temporal-world.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { findAccount } from '../find-account.ts';
import { ownerWords } from '../account-lines.ts';
import { money } from '../output.ts';
import { readCount } from '../read-arguments.ts';
import type { Session } from '../session.ts';

export function advanceCommand(session: Session): Command {
  return new Command('advance')
    .description("sandbox only: let an account's days pass, playing everything that falls due on the way")
    .argument('<account>', 'account number or id')
    .requiredOption('--days <count>', 'how many', readCount)
    .action((name: string, { days }: { days: number }) =>
      session.ask(async ({ reads, accounts, doors }) => {
        const before = await findAccount(reads, name);
        session.progress(`Letting ${days} days of account ${before.view.accountNumber} pass …`);
        await passDays(doors, before, days);
        const after = await findAccount(reads, before.id);
        const { view, timeline } = after;
        const now = (await accounts.state(before.id))?.now;
        // By its workflow: the store learns the new day with the next turn.
        const today = now === undefined ? after.today : civilDateAt(instant(now), after.zone);
        const happened = timeline.slice(before.timeline.length);
        return {
          document: { today, account: view, happened },
          lines: [
            ...(happened.length === 0 ? ['Nothing fell due.'] : happened.map((entry) => `${entry.on}  ${entry.sentence}`)),
            '',
            `It is ${today} for account ${view.accountNumber}: ${words(view.phase)}, ${money(view.balanceCents)}, owner ${ownerWords(view.owner)}.`,
            view.nextStep === null ? 'No dated step is ahead.' : `Next: ${view.nextStep.on}, ${view.nextStep.reason}.`,
          ],
        };
      }),
    );
}

/** Step by step, so that what the account leaves for a run on the way leaves on its day. */
async function passDays({ accounts, runs, find }: TemporalDoors, { view, today, zone, id }: FoundAccount, days: number): Promise<void> {
  const last = addDays(today, days);
  for (let now = today; now < last; ) {
    const standing = await find(view.accountNumber);
    const stop = nextStop(standing === null ? [] : [standing.account], { after: now, on: last });
    const passed = await advanced(accounts.advanceDays(id, daysBetween(now, stop)));
    if (passed.kind === 'notRunning') throw ended(view.accountNumber);
    now = stop;
    await sendWaiting(runs, { on: now, zone, accountIds: [id] }, async () => void (await accounts.whenSettled(id)));
  }
}

/** A service that was not started for it refuses to skip time. */
async function advanced<T>(passing: Promise<T>): Promise<T> {
  try {
    return await passing;
  } catch (error) {
    if (!/time.?skipping/i.test(messageOf(error))) throw error;
    throw new CommandFailure({
      exit: exitCode.no,
      what: 'This Temporal server does not skip time.',
      where: 'the service at TEMPORAL_ADDRESS',
      next: 'days can pass on the servers that npm start brings; on a real one they pass by themselves',
    });
  }
}

function ended(accountNumber: string): CommandFailure {
  return new CommandFailure({
    exit: exitCode.no,
    what: 'The account has ended, so no day of it is left to pass.',
    where: `account ${accountNumber}`,
    next: `recourse show ${accountNumber} tells how it ended; something that arrives late wakes it`,
  });
}
