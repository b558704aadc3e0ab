import { Command } from 'commander';
import { CommandFailure, exitCode } from '../failure.ts';
import { findAccount } from '../find-account.ts';
import { readCount } from '../read-arguments.ts';
import type { Session } from '../session.ts';

export function explainCommand(session: Session): Command {
  return new Command('explain')
    .description('the last decision on an account: facts, winner, why each condition held, who lost')
    .argument('<account>', 'account number or id')
    .option('--decision <number>', 'an earlier one, counted from 1', readCount)
    .action((name: string, { decision: number }: { decision?: number }) =>
      session.ask(async ({ reads }) => {
        const { id, view } = await findAccount(reads, name);
        const decision = await reads.decision(id, number ?? 'last');
        if (decision === null)
          throw new CommandFailure({
            exit: exitCode.no,
            what: number === undefined ? 'The rules were never asked about this account.' : `It has no decision ${number}.`,
            where: `account ${view.accountNumber}`,
            next: `recourse show ${view.accountNumber} tells what happened to it so far`,
          });
        const title = `Account ${view.accountNumber}, decision ${decision.number} of ${decision.of}`;
        return { document: decision, lines: [title, '', ...decision.explanation.split('\n')] };
      }),
    );
}
