import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../rules/domain/failures.ts';
import type { Gateway, Parcel, ParcelFile } from '../dependencies.ts';

/** Folders and names are ours: letters, digits, point, hyphen, underscore; no way out of the root. */
const safe = /^(?!.*\.\.)[\w.-]+(\/[\w.-]+)*$/;

/**
 * Files in folders under `root`, from which whoever carries them collects them: a clearinghouse, a vendor, a mail or fax house. Each is written under a
 * temporary name, flushed and renamed, so that nobody sees half of one; the last of a parcel (a packet's manifest) says that it is whole. Writing the same
 * name and content twice is one file; other content under a known name is refused.
 */
export function dropFolder(root: string): Gateway {
  return {
    deliver: async ({ files }) => {
      for (const file of files) await put(root, file);
      return receiptOf(files);
    },
    find: async ({ files }) => {
      for (const file of files) if (!(await standing(pathOf(root, file)))?.equals(file.content)) return { kind: 'absent' };
      return { kind: 'arrived', receipt: receiptOf(files) };
    },
  };
}

/** The place and hash of its last file: of a packet, the manifest, in which the others stand with theirs. */
export function receiptOf(files: Parcel['files']): string {
  const last = files.at(-1);
  return last === undefined ? 'nothing to send' : `${last.folder}/${last.name} sha256:${hashOf(last.content)}`;
}

async function put(root: string, file: ParcelFile): Promise<void> {
  const { folder, name, content } = file;
  const path = pathOf(root, file);
  const there = await standing(path);
  if (there?.equals(content) === true) return;
  if (there !== null) throw new DomainError('gateway.other-content', `${folder}/${name} was delivered before with other content`);
  await mkdir(join(root, folder), { recursive: true });
  await writeWhole(path, content);
}

function pathOf(root: string, { folder, name }: ParcelFile): string {
  if (!safe.test(folder) || !safe.test(name) || name.includes('/'))
    throw new DomainError('gateway.unsafe-name', 'a folder or file name has characters that are not allowed');
  return join(root, folder, name);
}

async function standing(path: string): Promise<Buffer | null> {
  return existsSync(path) ? readFile(path) : null;
}

async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = await open(temporary, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
