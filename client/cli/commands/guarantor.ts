import { Command, Option } from 'commander';
import { type Way, ways } from '../../../rules/statements/way.ts';
import { contactChange } from '../../views/statement-shapes.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { findAccount } from '../find-account.ts';
import type { Answer } from '../output.ts';
import type { Session } from '../session.ts';
import { dueLines, statementLine } from '../statement-lines.ts';

const noGuarantor: Answer = {
  document: null,
  lines: ['No guarantor is kept for this account: it was opened before they were.'],
  exit: exitCode.no,
};

export function guarantorCommand(session: Session): Command {
  return new Command('guarantor')
    .description('who owes the patient’s part of an account: how they are reached, what they owe and were sent')
    .addCommand(showCommand(session))
    .addCommand(setCommand(session));
}

function showCommand(session: Session): Command {
  return new Command('show').argument('<account>', 'one of theirs').action((account: string) =>
    session.ask(async ({ reads, guarantors }): Promise<Answer> => {
      const { id } = await findAccount(reads, account);
      const found = await guarantors.show(id);
      if (found === null) return noGuarantor;
      const { name, address, phone, email, language, deliverBy, mailReturnedOn, accounts, statements, changes } = found;
      const lines = [
        name,
        `${address.line1}${address.line2 === '' ? '' : `, ${address.line2}`}, ${address.city}, ${address.state} ${address.postalCode}${mailReturnedOn === null ? '' : `  (mail came back ${mailReturnedOn})`}`,
        `${email ?? 'no e-mail address'}, ${phone ?? 'no phone'}; language ${language}; prefers ${deliverBy}`,
        'Accounts',
        ...dueLines(accounts),
        'Statements',
        ...statements.map((one) => `  ${statementLine(one)}`),
        ...changes.map(({ at, by, fields }) => `  ${at.slice(0, 10)}  ${by} changed ${fields.join(', ')}`),
      ];
      return { document: found, lines };
    }),
  );
}

interface Options {
  readonly by: string;
  readonly line1?: string;
  readonly line2?: string;
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly language?: string;
  readonly deliver?: Way;
}

function setCommand(session: Session): Command {
  return new Command('set')
    .description('change how they are reached, for all their accounts; a new address releases what was held because mail came back')
    .argument('<account>', 'one of theirs')
    .requiredOption('--by <name>', 'who changes it')
    .option('--line1 <text>', 'street of a new address, with --city, --state and --postal-code')
    .option('--line2 <text>')
    .option('--city <text>')
    .option('--state <code>', 'two letters')
    .option('--postal-code <code>')
    .option('--phone <number>', '"" for none')
    .option('--email <address>', '"" for none')
    .option('--language <code>', 'of two letters, such as es')
    .addOption(new Option('--deliver <way>', 'what they prefer').choices([...ways]))
    .action((account: string, options: Options) =>
      session.ask(async ({ reads, guarantors }): Promise<Answer> => {
        const { id } = await findAccount(reads, account);
        const done = await guarantors.change({ accountId: id, by: options.by, change: changeIn(options) });
        if (done === null) return noGuarantor;
        const released = done.released === 0 ? [] : [`${done.released} accounts are no longer held for returned mail.`];
        return { document: done, lines: [done.isChanged ? 'Changed.' : 'Nothing is new.', ...released] };
      }),
    );
}

function changeIn({ by: _by, deliver, phone, email, ...others }: Options) {
  const cleared = { phone: phone === '' ? null : phone, email: email === '' ? null : email };
  const read = contactChange.safeParse({ ...others, ...cleared, ...(deliver === undefined ? {} : { deliverBy: deliver }) });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new CommandFailure({
    exit: exitCode.wrongUsage,
    what: `This cannot be stored: ${issue?.message ?? 'not as it should be'}`,
    where: `--${String(issue?.path[0] ?? 'by')}`,
    next: 'recourse guarantor set --help shows what each option takes',
  });
}
