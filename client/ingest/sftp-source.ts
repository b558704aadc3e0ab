import { createHash } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import SftpClient from 'ssh2-sftp-client';
import { DomainError, messageOf } from '../../rules/domain/failures.ts';
import { bytesOf } from './file-bytes.ts';
import { fileAway } from './file-away.ts';
import type { IngestOutcome, Intake } from './intake.ts';
import { kindOf, type SftpSourceSettings } from './sources.ts';

export interface SftpSourceOptions {
  readonly settings: SftpSourceSettings;
  /** Downloads come here; what was refused stays in its `refused` folder, with the reason. */
  readonly folder: string;
  readonly intake: Pick<Intake, 'ingest'>;
  readonly progress: (line: string) => void;
}

interface RemoteFile {
  readonly name: string;
  readonly size: number;
  readonly modifyTime: number;
}

const slowestMs = 600_000;
const connectMs = 20_000;

/**
 * A partner's SFTP folder. Only a server with the pinned host key is spoken to. A file is fetched when it did not change between two looks; it is
 * downloaded under a temporary name, and taken away there only after everything in it is stored here and it is still the file that was fetched.
 * Whatever interrupts us, it lies there at the next look, and its content is known then.
 */
export class SftpSource {
  readonly #options: SftpSourceOptions;
  readonly #stop = new AbortController();
  #before: ReadonlyMap<string, RemoteFile> = new Map();
  #failures = 0;
  #saidLast = '';

  constructor(options: SftpSourceOptions) {
    this.#options = options;
  }

  /** Looks until it is stopped; after failures less and less often, at least every ten minutes. */
  async watch(): Promise<void> {
    const { settings } = this.#options;
    while (!this.#stop.signal.aborted) {
      await this.look().then(
        () => {
          this.#failures = 0;
          return undefined;
        },
        (error: unknown) => {
          this.#failures += 1;
          this.#sayOnce(`✗ source ${settings.name}: ${messageOf(error)}`);
        },
      );
      const delayMs = Math.min(slowestMs, settings.everySeconds * 1_000 * 2 ** this.#failures);
      await sleep(delayMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  /** The file being read is finished by its workflow; the next start takes it away. */
  stop(): void {
    this.#stop.abort();
  }

  /** @throws DomainError `sftp.host-key`; an error of the connection when it is lost */
  async look(): Promise<void> {
    const { settings } = this.#options;
    const sftp = new SftpClient(settings.name);
    // Without it an error between two calls would end the process; the next call reports it.
    sftp.on('error', () => undefined);
    try {
      await this.#connect(sftp);
      const lying = await this.#list(sftp);
      const ready = lying.filter((file) => isSame(this.#before.get(file.name), file));
      this.#before = new Map(lying.map((file) => [file.name, file]));
      for (const file of ready) {
        if (this.#stop.signal.aborted) return;
        await this.#take(sftp, file);
      }
    } finally {
      await sftp.end().catch(() => undefined);
    }
  }

  async #connect(sftp: SftpClient): Promise<void> {
    const { name, host, port, user: username, hostKey, login } = this.#options.settings;
    let shown: string | null = null;
    const hostVerifier = (key: Buffer): boolean => {
      shown = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
      return shown === hostKey;
    };
    try {
      await sftp.connect({ host, port, username, ...login, hostVerifier, readyTimeout: connectMs, keepaliveInterval: connectMs });
    } catch (error) {
      if (shown === null || shown === hostKey) throw error;
      throw new DomainError(
        'sftp.host-key',
        `source ${name}: the server shows the host key ${String(shown)}, expected ${hostKey}. Nothing was sent to it. ` +
          'Ask the partner by telephone; change hostKey in sources.json only when they confirm the new one.',
      );
    }
  }

  /** Ours by name, the oldest first. */
  async #list(sftp: SftpClient): Promise<readonly RemoteFile[]> {
    const { settings } = this.#options;
    const all = await sftp.list(settings.folder);
    const files = all.filter(({ type, name }) => type === '-' && isPlain(name) && kindOf(settings.files, name) !== null);
    return files
      .map(({ name, size, modifyTime }) => ({ name, size, modifyTime }))
      .sort((a, b) => a.modifyTime - b.modifyTime || (a.name < b.name ? -1 : 1));
  }

  async #take(sftp: SftpClient, file: RemoteFile): Promise<void> {
    const { settings, folder, intake, progress } = this.#options;
    const { name } = file;
    const path = join(folder, name);
    await this.#download(sftp, file, path);
    const outcome = await intake.ingest({ name, content: bytesOf(path), receivedAt: new Date(), clockShiftMs: 0 });
    if (outcome.kind === 'interrupted') return this.#sayOnce(`✗ source ${settings.name}: ${name} was interrupted; it is fetched again`);
    progress(await this.#fileAway(name, outcome));
    await this.#finish(sftp, file);
  }

  async #download(sftp: SftpClient, { name, size }: RemoteFile, path: string): Promise<void> {
    const { settings, folder } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const part = `${path}.part`;
    await rm(part, { force: true });
    let bytes = 0;
    await sftp.fastGet(posix.join(settings.folder, name), part, { concurrency: 8, step: (total) => (bytes = total) });
    if (bytes !== size) throw new Error(`${name} changed while it was downloaded: ${size} bytes were listed, ${bytes} came`);
    await rename(part, path);
  }

  /** What is stored needs no second copy here; what is not stays in quarantine. */
  async #fileAway(name: string, outcome: IngestOutcome): Promise<string> {
    const { settings, folder } = this.#options;
    const holds = kindOf(settings.files, name) ?? '';
    const from = `${settings.name}/${name} (${holds})`;
    if (outcome.kind === 'stored' || outcome.kind === 'alreadyRead') {
      await rm(join(folder, name), { force: true });
      return `✓ ${from}: ${outcome.kind === 'stored' ? outcome.summary : `already read as ${outcome.as}`}`;
    }
    await fileAway({ folder, name, outcome });
    return outcome.kind === 'partlyStored'
      ? `! ${from} read in part: ${outcome.summary}`
      : `✗ ${from} refused: see ${join(folder, 'refused')}`;
  }

  /** A sender may have put another file under the same name meanwhile: that one stays. */
  async #finish(sftp: SftpClient, file: RemoteFile): Promise<void> {
    const { folder, doneFolder } = this.#options.settings;
    const path = posix.join(folder, file.name);
    const { size, modifyTime } = await sftp.stat(path);
    if (!isSame(file, { name: file.name, size, modifyTime })) return;
    if (doneFolder === undefined) await sftp.delete(path);
    else await sftp.rename(path, await freeName(sftp, posix.join(doneFolder, file.name)));
  }

  /** Trouble that lasts is told once. */
  #sayOnce(line: string): void {
    if (line !== this.#saidLast && !this.#stop.signal.aborted) this.#options.progress(line);
    this.#saidLast = line;
  }
}

function isSame(a: RemoteFile | undefined, b: RemoteFile): boolean {
  return a?.size === b.size && a.modifyTime === b.modifyTime;
}

/** No hidden one, none that is still being written, and none that would lead out of the folder. */
function isPlain(name: string): boolean {
  return !name.startsWith('.') && !/[/\\\0]/.test(name) && !name.endsWith('.part');
}

async function freeName(sftp: SftpClient, path: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? path : `${path}.${n}`;
    if ((await sftp.exists(candidate)) === false) return candidate;
  }
}
