import { Argument, Command } from 'commander';
import { cents, dollars } from '../../../rules/domain/money.ts';
import { exitCode } from '../failure.ts';
import { findAccount } from '../find-account.ts';
import type { Answer } from '../output.ts';
import { readStatementNumber } from '../read-arguments.ts';
import type { Session } from '../session.ts';
import { dueLines, statementLine } from '../statement-lines.ts';
import { writeNew } from '../write-new.ts';

export function statementCommand(session: Session): Command {
  return new Command('statement')
    .description('statements to those who owe: see one before it leaves, or fetch what was sent')
    .addCommand(previewCommand(session))
    .addCommand(showCommand(session));
}

function previewCommand(session: Session): Command {
  return new Command('preview')
    .description('the statement that the guarantor of an account would get now, over all their accounts; nothing leaves')
    .argument('<account>')
    .requiredOption('--out <file>', 'where the PDF goes')
    .action((account: string, { out }: { readonly out: string }) =>
      session.ask(async ({ reads, letters }): Promise<Answer> => {
        const { id } = await findAccount(reads, account);
        const { pdf, ...told } = await letters.statement(id);
        writeNew(out, pdf);
        const fallback = told.languageWanted === null ? '' : ` (${told.languageWanted} was wanted and is not written)`;
        const lines = [
          `${dollars(cents(told.dueCents))} by ${told.payByOn}, ${told.pages} pages, in ${told.language}${fallback}`,
          ...dueLines(told.accounts),
          `Written to ${out}`,
        ];
        return { document: { ...told, file: out }, lines };
      }),
    );
}

function showCommand(session: Session): Command {
  return new Command('show')
    .description('a statement that was written; with --out, its pages as they left')
    .addArgument(new Argument('<number>', 'as it stands on it, and on its payment slip').argParser(readStatementNumber))
    .option('--out <file>', 'where the PDF goes')
    .action((number: string, { out }: { readonly out?: string }) =>
      session.ask(async ({ guarantors }): Promise<Answer> => {
        const found = await guarantors.statement(number);
        if (found === null) return { document: null, lines: ['No statement of this number was written.'], exit: exitCode.no };
        const lines = [statementLine(found), ...dueLines(found.accounts)];
        if (out === undefined) return { document: found, lines };
        const pdf = await guarantors.statementPdf(number);
        if (pdf === null) return { document: found, lines: [...lines, 'Its pages are not kept any more.'], exit: exitCode.no };
        writeNew(out, pdf);
        return { document: { ...found, file: out }, lines: [...lines, `Written to ${out}`] };
      }),
    );
}
