import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import type { FileView } from '../../views/work-shapes.ts';
import { exitFor } from '../output.ts';
import { readable } from '../read-file.ts';
import type { Session } from '../session.ts';

export function ingestCommand(session: Session): Command {
  return new Command('ingest')
    .description('take in files (837, 835, 999, TA1, 277CA, CSV feeds) and tell the accounts concerned; a known file changes nothing')
    .argument('<files...>')
    .action((paths: readonly string[]) =>
      session.ask(async ({ takeIn }) => {
        const contents = readable(() => paths.map((path) => ({ path, content: readFileSync(path) })));
        const files: FileView[] = [];
        for (const { path, content } of contents) {
          session.progress(`Taking in ${path} …`);
          files.push(await takeIn({ name: basename(path), content }));
        }
        return { document: { files }, lines: files.flatMap(fileLines), exit: exitFor(files.every((file) => file.status !== 'refused')) };
      }),
    );
}

function fileLines({ name, status, summary, fault, id }: FileView): readonly string[] {
  if (fault === null) return [`${status === 'refused' ? '✗' : '✓'} ${name}: ${status}${summary === '' ? '' : `, ${summary}`}  (${id})`];
  const where = fault.offset === null ? '' : ` at byte ${fault.offset}`;
  return [
    `✗ ${name}: refused${where}, ${fault.code}: ${fault.message}  (${id})`,
    '    Nothing of it was kept beside its bytes. Mend the file and take it in again.',
  ];
}
