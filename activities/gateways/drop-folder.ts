import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../rules/domain/failures.ts';
import type { Gateway } from '../dependencies.ts';

/** Folders and names are ours: letters, digits, point, hyphen, underscore; no way out of the root. */
const safe = /^(?!.*\.\.)[\w.-]+(\/[\w.-]+)*$/;

/**
 * Files in folders under `root`, each written under a temporary name, flushed and renamed, so that whoever collects them never sees half of one.
 */
export function dropFolder(root: string): Gateway {
  return {
    deliver: async ({ folder, name, content }) => {
      if (!safe.test(folder) || !safe.test(name) || name.includes('/'))
        throw new DomainError('gateway.unsafe-name', 'a folder or file name has characters that are not allowed');
      const path = join(root, folder, name);
      const receipt = `${folder}/${name} sha256:${hashOf(content)}`;
      const standing = existsSync(path) ? await readFile(path, 'utf8') : null;
      if (standing === content) return receipt;
      if (standing !== null) throw new DomainError('gateway.other-content', `${folder}/${name} was delivered before with other content`);
      await mkdir(join(root, folder), { recursive: true });
      await writeWhole(path, content);
      return receipt;
    },
  };
}

async function writeWhole(path: string, content: string): Promise<void> {
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

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
