import { Command } from 'commander';
import type { ReceiptCheck } from '../../receipt-check.ts';
import type { Engine } from '../../engine.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { findAccount } from '../find-account.ts';
import { type Answer, exitFor } from '../output.ts';
import { readCount } from '../read-arguments.ts';
import type { Session } from '../session.ts';

interface Options {
  readonly decision?: number;
  readonly receipt?: string;
}

export function explainCommand(session: Session): Command {
  return new Command('explain')
    .description('the last decision on an account: facts, winner, why each condition held, who lost')
    .argument('[account]', 'account number or id')
    .option('--decision <number>', 'an earlier one, counted from 1', readCount)
    .option(
      '--receipt <decision>',
      'prove a receipt instead: ask its rules again and compare every byte; ACCOUNT/NUMBER or the id of a decision',
    )
    .action((name: string | undefined, { decision, receipt }: Options) => {
      if (receipt !== undefined) return session.ask((engine) => proved(engine, receipt));
      if (name === undefined) throw noAccount();
      return session.ask(({ reads }) => explained(reads, name, decision));
    });
}

async function explained(reads: Engine['reads'], name: string, number: number | undefined): Promise<Answer> {
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
}

async function proved({ reads, trials }: Pick<Engine, 'reads' | 'trials'>, name: string): Promise<Answer> {
  const check = await trials.receipt(await decisionId(reads, name));
  if (check === null)
    throw new CommandFailure({
      exit: exitCode.no,
      what: 'There is no such decision.',
      where: name,
      next: 'name it ACCOUNT/NUMBER, such as 10023/2; recourse explain ACCOUNT tells how many there are',
    });
  return { document: { ...check, proved: isProved(check) }, lines: receiptLines(check), exit: exitFor(isProved(check)) };
}

/** `ACCOUNT/2`, or the id of a decision itself. */
async function decisionId(reads: Engine['reads'], name: string): Promise<string> {
  const [, account, number] = /^(.+)\/q?(\d{1,5})$/.exec(name) ?? [];
  return account === undefined ? name : `${(await findAccount(reads, account)).id}:q${number}`;
}

/** Another evaluator's receipt can be neither proved nor disproved beyond its bytes. */
function isProved({ bytes, rerun }: ReceiptCheck): boolean {
  return bytes !== 'changed' && rerun?.kind === 'same';
}

const stored: Readonly<Record<ReceiptCheck['bytes'], string>> = {
  asDecided: '✓ What is stored is what was stored when it was decided (SHA-256).',
  changed: '✗ What is stored was changed after it was decided: its SHA-256 is another.',
  hashNotKept: '- No SHA-256 was kept when it was decided.',
};

function receiptLines(check: ReceiptCheck): readonly string[] {
  const { accountNumber, decisionId: id, ruleSetHash, winner, bytes } = check;
  return [
    `Account ${accountNumber}, decision ${id}: rule ${winner}, rule set ${ruleSetHash.slice(0, 12)}`,
    stored[bytes],
    ...rerunLines(check),
  ];
}

function rerunLines({ rerun, ruleSetHash }: ReceiptCheck): readonly string[] {
  if (rerun === null) return [`- It cannot be asked again: no version of the rules with rule set ${ruleSetHash} is stored here.`];
  switch (rerun.kind) {
    case 'same':
      return ['✓ Asked again, the same rules and facts give the same bytes.'];
    case 'different':
      return [
        `✗ Asked again, the answer differs first at ${rerun.first.pointer}:`,
        `    stored: ${JSON.stringify(rerun.first.stored)}`,
        `    now:    ${JSON.stringify(rerun.first.now)}`,
      ];
    case 'otherEvaluator':
      return [
        `- It was made by another version of the evaluator (${rerun.stored}; this is ${rerun.current}), so its bytes cannot be compared.`,
        `  Asked again by this one, ${rerun.winner === 'same' ? 'the same' : 'another'} rule wins.`,
      ];
  }
}

function noAccount(): CommandFailure {
  const next = 'recourse explain ACCOUNT, or recourse explain --receipt ACCOUNT/NUMBER';
  return new CommandFailure({ exit: exitCode.wrongUsage, what: 'Name an account.', where: 'recourse explain', next });
}
