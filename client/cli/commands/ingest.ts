import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { bytesOf } from '../../ingest/file-bytes.ts';
import type { FileView, TakenFile } from '../../views/work-shapes.ts';
import { exitFor } from '../output.ts';
import { readable } from '../read-file.ts';
import type { Session } from '../session.ts';

export function ingestCommand(session: Session): Command {
  return new Command('ingest')
    .description('take in files (837, 835, 999, TA1, 277CA, CSV feeds) and tell the accounts concerned; a known file changes nothing')
    .argument('<files...>')
    .action((paths: readonly string[]) => {
      readable(() => paths.forEach(readFirstByte));
      return session.ask(async ({ takeIn }) => {
        const all: { readonly name: string; readonly taken: TakenFile }[] = [];
        for (const path of paths) {
          session.progress(`Taking in ${path} …`);
          const name = basename(path);
          const taken = await takeIn({ name, content: bytesOf(path), onProgress: (file) => sayProgress(session, file) });
          session.status('');
          all.push({ name, taken });
        }
        const isWell = all.every(({ taken: { outcome } }) => outcome === 'stored' || outcome === 'alreadyRead');
        const document = { files: all.map(({ taken }) => taken) };
        return {
          document,
          lines: all.flatMap(({ name, taken }) => [...fileLines(name, taken), ...unansweredLines(taken)]),
          exit: exitFor(isWell),
        };
      });
    });
}

function readFirstByte(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    readSync(descriptor, new Uint8Array(1));
  } finally {
    closeSync(descriptor);
  }
}

/** One line that is written over; with `--json` one document per line. */
function sayProgress(session: Session, { name, size, progress }: FileView): void {
  if (progress === null) return;
  if (session.isJson) return session.progress(JSON.stringify({ file: name, size, ...progress }));
  const { percent, claims, claimsPerSecond } = progress;
  const counted = claims === 0 ? '' : `, ${claims.toLocaleString('en-US')} claims, ${claimsPerSecond.toLocaleString('en-US')} per second`;
  session.status(`  ${name}: ${percent} %${counted}`);
}

function unansweredLines({ unanswered }: TakenFile): readonly string[] {
  return unanswered.map(
    ({ code, message }) => `    No acknowledgement could be written: ${message} (${code}). A task asks to tell the sender.`,
  );
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
    case 'partlyStored': {
      const where = fault === null || fault.offset === null ? '' : ` at byte ${fault.offset}`;
      return [
        `! ${name}: read in part: ${summary}`,
        `    The first fault${where}: ${fault?.message ?? ''}${fault === null ? '' : ` (${fault.code})`}`,
        '    What was complete is stored, and a task asks for the rest. The whole file may be taken in again once it is mended.',
      ];
    }
    case 'interrupted':
      return [`✗ ${name}: its workflow was ended from outside`, '    Take it in again: it goes on where it stopped.'];
  }
}
