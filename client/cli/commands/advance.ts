import { Command } from 'commander';
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
      session.ask(async ({ reads, accounts }) => {
        const before = await findAccount(reads, name);
        session.progress(`Letting ${days} days of account ${before.view.accountNumber} pass …`);
        await accounts.advanceDays(before.id, days);
        const { view, timeline, today } = await findAccount(reads, before.id);
        const happened = timeline.slice(before.timeline.length);
        return {
          document: { today, account: view, happened },
          lines: [
            ...(happened.length === 0 ? ['Nothing fell due.'] : happened.map((entry) => `${entry.on}  ${entry.sentence}`)),
            '',
            `It is ${today} for account ${view.accountNumber}: ${view.phase}, ${money(view.balanceCents)}, owner ${ownerWords(view.owner)}.`,
            view.nextStep === null ? 'No dated step is ahead.' : `Next: ${view.nextStep.on}, ${view.nextStep.reason}.`,
          ],
        };
      }),
    );
}
