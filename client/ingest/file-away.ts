import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IngestOutcome } from './intake.ts';

interface Finished {
  readonly folder: string;
  readonly name: string;
  readonly outcome: IngestOutcome;
}

/**
 * Moves a file that was read out of the inbound folder: to `done` or `refused`, with `<name>.why.txt` where there is something to say. The words
 * are written first, so that a file never lies there without them.
 * @returns one line for the terminal
 */
export async function fileAway({ folder, name, outcome }: Finished): Promise<string> {
  const place = outcome.kind === 'refused' || outcome.kind === 'interrupted' ? 'refused' : 'done';
  await mkdir(join(folder, place), { recursive: true });
  const kept = freeName(join(folder, place), name);
  const why = whyText(name, outcome);
  if (why !== null) await writeFile(join(folder, place, `${kept}.why.txt`), `${why}\n`);
  await rename(join(folder, name), join(folder, place, kept));
  return line(name, outcome);
}

/** Another file of that name may lie there from an earlier day. */
function freeName(folder: string, name: string): string {
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? name : `${name}.${n}`;
    if (!existsSync(join(folder, candidate))) return candidate;
  }
}

function whyText(name: string, outcome: IngestOutcome): string | null {
  switch (outcome.kind) {
    case 'stored':
      return null;
    case 'alreadyRead':
      return `${name} was already read as ${outcome.as}. Nothing was done again.`;
    case 'refused': {
      const where = outcome.offset === null ? '' : `At byte ${outcome.offset}: `;
      return `${name} was refused.\n${where}${outcome.message}\nNothing of it was stored. Drop the corrected file into the inbound folder.`;
    }
    case 'partlyStored': {
      const where = outcome.offset === null ? '' : `At byte ${outcome.offset}: `;
      return `${name} was read in part.\n${where}${outcome.message}\nWhat was complete in it is stored (${outcome.summary}), and a task asks for the rest. The whole file may be dropped again once it is mended.`;
    }
    case 'interrupted':
      return `${name} was interrupted: the workflow ${outcome.workflowId} was ended from outside.\nDrop the file again to go on where it stopped.`;
  }
}

function line(name: string, outcome: IngestOutcome): string {
  switch (outcome.kind) {
    case 'stored':
      return `✓ inbound/${name}: ${outcome.summary}`;
    case 'partlyStored':
      return `! inbound/${name} read in part: ${outcome.summary}; see inbound/done`;
    case 'alreadyRead':
      return `✓ inbound/${name}: already read as ${outcome.as}`;
    case 'refused':
      return `✗ inbound/${name} refused: see inbound/refused`;
    case 'interrupted':
      return `✗ inbound/${name} interrupted: see inbound/refused`;
  }
}
