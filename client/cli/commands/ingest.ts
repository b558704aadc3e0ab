import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import type { TakenFile } from '../../views/work-shapes.ts';
import { exitFor } from '../output.ts';
import { readable } from '../read-file.ts';
import type { Session } from '../session.ts';

export function ingestCommand(session: Session): Command {
  return new Command('ingest')
    .description('take in files (837, 835, 999, TA1, 277CA, CSV feeds) and tell the accounts concerned; a known file changes nothing')
    .argument('<files...>')
    .action((paths: readonly string[]) => {
      const files = readable(() => paths.map((path) => ({ path, name: basename(path), content: readFileSync(path) })));
      return session.ask(async ({ takeIn }) => {
        const all: { readonly name: string; readonly taken: TakenFile }[] = [];
        for (const { path, name, content } of files) {
          session.progress(`Taking in ${path} …`);
          all.push({ name, taken: await takeIn({ name, content }) });
        }
        const isWell = all.every(({ taken: { outcome } }) => outcome === 'stored' || outcome === 'alreadyRead');
        const document = { files: all.map(({ taken }) => taken) };
        return { document, lines: all.flatMap(({ name, taken }) => fileLines(name, taken)), exit: exitFor(isWell) };
      });
    });
}

function fileLines(name: string, { outcome, readAs, summary, fault }: TakenFile): readonly string[] {
  switch (outcome) {
    case 'stored':
      return [`✓ ${name}: ${summary}`];
    case 'alreadyRead':
      return [`✓ ${name}: already read as ${readAs ?? name}; nothing was done again`];
    case 'refused': {
      const where = fault === null || fault.offset === null ? '' : ` at byte ${fault.offset}`;
      return [
        `✗ ${name}: refused${where}: ${fault?.message ?? summary}${fault === null ? '' : ` (${fault.code})`}`,
        '    Nothing of it was posted. Mend the file and take it in again.',
      ];
    }
    case 'interrupted':
      return [`✗ ${name}: its workflow was ended from outside`, '    Take it in again: it goes on where it stopped.'];
  }
}
