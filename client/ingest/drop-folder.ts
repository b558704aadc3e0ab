import { access, constants, lstat, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../rules/domain/failures.ts';
import { bytesOf } from './file-bytes.ts';
import { fileAway } from './file-away.ts';
import type { Intake } from './intake.ts';

export interface DropFolderOptions {
  readonly folder: string;
  readonly intake: Pick<Intake, 'ingest'>;
  /** Accounts that a file starts live at the file's own time instead of today. */
  readonly isSandbox: boolean;
  readonly progress: (line: string) => void;
}

interface Lying {
  readonly name: string;
  readonly size: number;
  readonly mtimeMs: number;
}

const PART = '.part';
const everyMs = 1_000;

/**
 * The inbound folder. A file is taken when it did not change between two looks, or at once when it was written as `<name>.part` and renamed; names
 * that begin with a point are not ours. Files of one look are read one after another, oldest first; only those of the
 * same moment are read together. A file leaves the folder only after its
 * accounts were told, so whatever stops us, it is still there.
 */
export class DropFolder {
  readonly #options: DropFolderOptions;
  readonly #stop = new AbortController();
  #before: ReadonlyMap<string, Lying> = new Map();
  #saidLast = '';

  constructor(options: DropFolderOptions) {
    this.#options = options;
  }

  /** Looks every second until it is stopped. */
  async watch(): Promise<void> {
    await mkdir(this.#options.folder, { recursive: true });
    while (!this.#isStopped) {
      await this.look().catch((error: unknown) => this.#sayOnce(`✗ inbound folder: ${messageOf(error)}`));
      await sleep(everyMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  /** The file being read is finished by its workflow; the next start files it away. */
  stop(): void {
    this.#stop.abort();
  }

  async look(): Promise<void> {
    const lying = await filesIn(this.#options.folder);
    const ready = lying.filter((file) => this.#isReady(file, lying));
    this.#before = new Map(lying.map((file) => [file.name, file]));
    for (const together of sameMoment(ready.sort(oldestFirst))) {
      if (this.#isStopped) return;
      await Promise.all(together.map((file) => this.#take(file)));
    }
  }

  #isReady({ name, size, mtimeMs }: Lying, lying: readonly Lying[]): boolean {
    if (name.endsWith(PART)) return false;
    const part = `${name}${PART}`;
    const isRenamed = this.#before.has(part) && !lying.some((other) => other.name === part);
    const before = this.#before.get(name);
    return isRenamed || (before?.size === size && before.mtimeMs === mtimeMs);
  }

  async #take({ name, mtimeMs }: Lying): Promise<void> {
    const { folder, intake, isSandbox, progress } = this.#options;
    const path = join(folder, name);
    if (!(await isReadable(path))) return this.#sayOnce(`✗ inbound/${name} cannot be read: check its permissions`);
    const receivedAtMs = isSandbox ? mtimeMs : Date.now();
    const clockShiftMs = isSandbox ? Math.round(mtimeMs - Date.now()) : 0;
    const outcome = await intake.ingest({ name, content: bytesOf(path), receivedAt: new Date(receivedAtMs), clockShiftMs });
    progress(await fileAway({ folder, name, outcome }));
  }

  /** Trouble that lasts is told once. */
  #sayOnce(line: string): void {
    if (line !== this.#saidLast && !this.#isStopped) this.#options.progress(line);
    this.#saidLast = line;
  }

  get #isStopped(): boolean {
    return this.#stop.signal.aborted;
  }
}

/** At most so many files are read at once. */
const mostTogether = 8;

function sameMoment(sorted: readonly Lying[]): readonly (readonly Lying[])[] {
  const groups: Lying[][] = [];
  for (const file of sorted) {
    const group = groups.at(-1);
    if (group !== undefined && group.length < mostTogether && group[0]?.mtimeMs === file.mtimeMs) group.push(file);
    else groups.push([file]);
  }
  return groups;
}

async function filesIn(folder: string): Promise<Lying[]> {
  const files: Lying[] = [];
  for (const name of await readdir(folder)) {
    if (name.startsWith('.')) continue;
    const stat = await lstat(join(folder, name)).catch(() => null);
    if (stat?.isFile()) files.push({ name, size: stat.size, mtimeMs: stat.mtimeMs });
  }
  return files;
}

/** False when it may not be read or has gone. */
async function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}

function oldestFirst(a: Lying, b: Lying): number {
  return a.mtimeMs - b.mtimeMs || (a.name < b.name ? -1 : 1);
}
