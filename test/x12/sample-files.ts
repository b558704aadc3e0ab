import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe } from '@jest/globals';

/** Files by others, which are no part of this repository: without them tests of them have nothing to say. */
const folder = join(import.meta.dirname, '../../../shared/edi-samples');

export const samples = existsSync(folder)
  ? readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(edi|txt|\d{3}i?)$/.test(entry.name) && !/LICENSES/.test(entry.parentPath))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .sort()
  : [];

export const describeSamples = samples.length > 0 ? describe : describe.skip;

export function samplePath(name: string): string {
  return join(folder, name);
}
