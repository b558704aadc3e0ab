import { Command, Option } from 'commander';
import { words } from '../../../rules/lifecycle/describe.ts';
import { type ProposalState, proposalStates } from '../../../rules/lifecycle/proposals.ts';
import type { ProposalView } from '../../views/people-shapes.ts';
import { findAccount } from '../find-account.ts';
import { moneyCell, table } from '../output.ts';
import { readCount } from '../read-arguments.ts';
import type { Session } from '../session.ts';

const waiting: readonly ProposalState[] = ['composed', 'inReview'];

export function approvalsCommand(session: Session): Command {
  return new Command('approvals')
    .description('what a rule or a person proposes and what needs somebody’s yes; recourse task complete says yes or no')
    .argument('[account]', 'of one account only')
    .addOption(new Option('--state <state>', 'those that wait when absent').choices([...proposalStates, 'all']))
    .option('--limit <count>', 'at most so many', readCount, 100)
    .action((account: string | undefined, { state, limit }: { state?: ProposalState | 'all'; limit: number }) =>
      session.ask(async ({ reads }) => {
        const states = state === undefined ? waiting : state === 'all' ? proposalStates : [state];
        const of = account === undefined ? {} : { accountId: (await findAccount(reads, account)).id };
        const proposals = await reads.proposals({ states, limit, ...of });
        return { document: { proposals }, lines: rows(proposals) };
      }),
    );
}

function rows(proposals: readonly ProposalView[]): readonly string[] {
  if (proposals.length === 0) return ['Nothing of that kind.'];
  const all = proposals.map((p) => [
    `${p.accountNumber}/${p.taskId}`,
    words(p.state),
    words(p.kind),
    moneyCell(p.amountCents),
    p.what,
    `${p.composedBy}, ${p.composedOn}`,
    reviewed(p),
  ]);
  const whys = proposals.map((p) => `${p.accountNumber}/${p.taskId}: ${p.why}`);
  return [...table(['Task', 'State', 'Kind', 'Amount', 'What', 'Composed', 'Reviewed'], all), '', 'Why', ...whys.map((why) => `  ${why}`)];
}

function reviewed({ reviewer, reviewedBy, reviewedAs, reviewedOn, outcome, commandKey, receipt }: ProposalView): string {
  if (reviewedBy === null) return reviewer === null ? '' : `by ${reviewer}`;
  const done = commandKey === null ? '' : `; ${commandKey}${receipt === null ? '' : ` (${receipt})`}`;
  return `${outcome ?? ''} by ${reviewedBy}${reviewedAs === null ? '' : ` as ${reviewedAs}`}, ${reviewedOn ?? ''}${done}`;
}
