import { Command } from 'commander';
import { accountLines } from '../account-lines.ts';
import { findAccount } from '../find-account.ts';
import type { Session } from '../session.ts';

export function showCommand(session: Session): Command {
  return new Command('show')
    .description('where an account stands: balance, claims, denials, deadlines, open tasks, next dated step, timeline')
    .argument('<account>', 'account number or id')
    .option('--ledger', 'also every posted amount, with the file and byte it came from')
    .option('--verbose', 'also how each deadline was derived')
    .action((name: string, { ledger: withLedger, verbose }: { ledger?: true; verbose?: true }) =>
      session.ask(async ({ reads }) => {
        const { view, timeline, ledger: lines, today } = await findAccount(reads, name);
        const ledger = withLedger === true ? lines : null;
        return {
          document: { ...view, timeline, ...(ledger === null ? {} : { ledger }) },
          lines: accountLines({ view, timeline, ledger, today, isVerbose: verbose === true }),
        };
      }),
    );
}
