import { Argument, Command } from 'commander';
import type { FileView, SentFileView } from '../../views/work-shapes.ts';
import { type Answer, table } from '../output.ts';
import { readCount } from '../read-arguments.ts';
import type { Session } from '../session.ts';

const pageSize = 50;

export function filesCommand(session: Session): Command {
  return new Command('files')
    .description('files received, with what answers them, or files sent, our TA1 and 999 included; the latest first')
    .addArgument(new Argument('[which]').choices(['received', 'sent']).default('received'))
    .option('--limit <count>', 'at most so many files', readCount, pageSize)
    .action((which: 'received' | 'sent', { limit }: { limit: number }) =>
      session.ask(async ({ reads }): Promise<Answer> => {
        if (which === 'received') {
          const files = await reads.files(limit);
          return { document: { files }, lines: shown(receivedHead, files.map(receivedRow), files.flatMap(unansweredLines)) };
        }
        const files = await reads.sentFiles({ limit });
        return { document: { files }, lines: shown(sentHead, files.map(sentRow), []) };
      }),
    );
}

const receivedHead = ['Received', 'File', 'Status', 'What', 'Answered with'];
const sentHead = ['Sent', 'Folder', 'File', 'For'];

function shown(head: readonly string[], rows: readonly (readonly string[])[], after: readonly string[]): readonly string[] {
  return rows.length === 0 ? ['There are none.'] : [...table(head, rows), ...(after.length === 0 ? [] : ['', ...after])];
}

function receivedRow({ receivedAt, name, status, summary, answers, unanswered }: FileView): readonly string[] {
  const said = answers.map((answer) => `${answer.name}${answer.sentAt === null ? ' (not delivered)' : ''}`);
  return [minute(receivedAt), name, status, summary, [...said, ...(unanswered.length === 0 ? [] : ['not answered: see below'])].join(', ')];
}

function unansweredLines({ name, unanswered }: FileView): readonly string[] {
  return unanswered.map(
    ({ code, message }) =>
      `! ${name} could not be answered: ${message} (${code}). Next: tell the sender; recourse queue unmatched has the task.`,
  );
}

function sentRow({ sentAt, folder, name, accountNumber, commandKey, answers }: SentFileView): readonly string[] {
  const cause = answers === null ? `account ${accountNumber ?? ''}, ${commandKey ?? ''}` : `answers ${answers.fileName}`;
  return [sentAt === null ? 'not delivered' : minute(sentAt), folder, name, cause];
}

function minute(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)}Z`;
}
