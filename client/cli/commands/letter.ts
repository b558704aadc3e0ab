import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { type AttachmentKind, attachmentKinds, attachmentTitles } from '../../../rules/domain/attachment.ts';
import { messageOf } from '../../../rules/domain/failures.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { findAccount } from '../find-account.ts';
import type { Answer } from '../output.ts';
import { readId, readTaskName, type TaskName } from '../read-arguments.ts';
import type { Session } from '../session.ts';
import { writeNew } from '../write-new.ts';

interface PreviewOptions {
  readonly out: string;
  readonly note?: string;
  readonly reference?: string;
  readonly authorization?: string;
  readonly dispute?: true;
}

interface AttachOptions {
  readonly kind: AttachmentKind;
  readonly by: string;
  readonly case?: string;
}

export function letterCommand(session: Session): Command {
  return new Command('letter')
    .description('letters to payers: see them before they leave, add documents, fetch what was sent')
    .addCommand(previewCommand(session))
    .addCommand(attachCommand(session))
    .addCommand(attachmentsCommand(session))
    .addCommand(detachCommand(session))
    .addCommand(sentCommand(session));
}

function previewCommand(session: Session): Command {
  return new Command('preview')
    .description('the letter of a task as it would leave now; exit 1 when it may not be sent yet')
    .addArgument(new Argument('<account/task>', 'such as 10023/t3').argParser(readTaskName))
    .requiredOption('--out <file>', 'where the PDF goes')
    .option('--note <text>', 'reasons, as they would be typed with the outcome')
    .option('--reference <text>', 'number that the payer gave')
    .option('--authorization <number>')
    .option('--dispute', 'the No Surprises Act letter about the same case')
    .action((name: TaskName, options: PreviewOptions) =>
      session.ask(async ({ reads, letters }) => {
        const { id } = await findAccount(reads, name.account);
        const { note, reference, authorization: authorizationNumber, dispute } = options;
        const path = dispute === true ? ('dispute' as const) : undefined;
        const { pdf, ...letter } = await letters.preview({ accountId: id, taskId: name.task, note, reference, authorizationNumber, path });
        writeNew(options.out, pdf);
        const lines = [
          `${letter.title} (${letter.template}), ${letter.pages} pages and ${letter.attachments} documents, by ${letter.channel}`,
          ...letter.checklist.map(({ title, by }) => `  ${by === null ? '✗' : '✓'} ${title}${by === null ? '' : ` (${by})`}`),
          ...letter.obstacles.map((obstacle) => `  ! ${obstacle}`),
          `Written to ${options.out}`,
        ];
        return { document: { ...letter, file: options.out }, lines, exit: letter.obstacles.length === 0 ? exitCode.done : exitCode.no };
      }),
    );
}

function attachCommand(session: Session): Command {
  return new Command('attach')
    .description('add a document (PDF, TIFF, JPEG, PNG) that goes with the letters of an account')
    .argument('<account>')
    .argument('<file>')
    .addOption(new Option('--kind <kind>', 'what it is').choices([...attachmentKinds]).makeOptionMandatory())
    .requiredOption('--by <name>', 'who adds it')
    .option('--case <id>', 'only with letters about this denial case, such as c1')
    .action((account: string, path: string, options: AttachOptions) =>
      session.ask(async ({ reads, attachments }) => {
        const { id } = await findAccount(reads, account);
        const { kind, by } = options;
        const added = await attachments.add({
          accountId: id,
          caseId: options.case ?? null,
          kind,
          by,
          name: basename(path),
          content: read(path),
        });
        const lines = [`${attachmentTitles[kind]}: ${added.pages} pages, control number ${added.controlNumber}`, `Id ${added.id}`];
        return { document: added, lines };
      }),
    );
}

function attachmentsCommand(session: Session): Command {
  return new Command('attachments')
    .description('documents that go with the letters of an account')
    .argument('<account>')
    .action((account: string) =>
      session.ask(async ({ reads, attachments }): Promise<Answer> => {
        const { id } = await findAccount(reads, account);
        const all = await attachments.list(id);
        const lines = all.map((one) => `${one.controlNumber}  ${attachmentTitles[one.kind]}, ${one.pages} pages  ${one.id}`);
        return { document: all, lines: lines.length === 0 ? ['No documents.'] : lines };
      }),
    );
}

function detachCommand(session: Session): Command {
  return new Command('detach')
    .description('take a document off: it goes with nothing that is sent from now on')
    .argument('<account>')
    .addArgument(new Argument('<id>', 'as recourse letter attachments shows it').argParser(readId))
    .action((account: string, attachmentId: string) =>
      session.ask(async ({ reads, attachments }) => {
        const { id } = await findAccount(reads, account);
        const isThere = await attachments.remove(id, attachmentId);
        const lines = [isThere ? 'It goes with nothing from now on.' : 'This account has no such document.'];
        return { document: { removed: isThere }, lines, exit: isThere ? exitCode.done : exitCode.no };
      }),
    );
}

function sentCommand(session: Session): Command {
  return new Command('sent')
    .description('what was made to be sent about an account; with --id and --out, its bytes again')
    .argument('<account>')
    .option('--id <id>', 'of one file', readId)
    .option('--out <file>', 'where its bytes go')
    .action((account: string, options: { readonly id?: string; readonly out?: string }) =>
      session.ask(async ({ reads }): Promise<Answer> => {
        const { id } = await findAccount(reads, account);
        const all = await reads.outboundOf(id);
        if (options.id === undefined || options.out === undefined) {
          const lines = all.map(
            ({ id: fileId, name, status, receipt }) => `${fileId}  ${name}  ${status}${receipt === null ? '' : `  ${receipt}`}`,
          );
          return { document: all, lines: lines.length === 0 ? ['Nothing was sent.'] : lines };
        }
        const sent = all.some((one) => one.id === options.id) ? await reads.outboundContent(options.id) : null;
        if (sent === null) return { document: null, lines: ['This account has sent no such file.'], exit: exitCode.no };
        writeNew(options.out, sent.content);
        return { document: { file: options.out, sha256: sent.sha256 }, lines: [`Written to ${options.out}`, `sha256 ${sent.sha256}`] };
      }),
    );
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new CommandFailure({ exit: exitCode.no, what: 'The document cannot be read.', where: path, next: messageOf(error) });
  }
}
