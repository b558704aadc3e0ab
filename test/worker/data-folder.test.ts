import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openDataFolder } from '../../worker/servers/data-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const newPath = (): string => join(temporaryFolder(), 'data');
const open = (path: string, isFresh = false) => openDataFolder({ path, isFresh, progress: () => {} });

test('a second Recourse on the same folder is told who has it', async () => {
  const path = newPath();
  const first = await open(path);

  await expect(open(path)).rejects.toThrow(`Recourse already runs on ${path}, as process ${process.pid}`);

  first.release();
  await expect(open(path)).resolves.toMatchObject({ path });
});

test('a folder with somebody else’s files is refused and left alone, also when asked to begin afresh', async () => {
  const path = newPath();
  mkdirSync(path);
  writeFileSync(join(path, 'thesis.txt'), 'three years of work');

  await expect(open(path, true)).rejects.toThrow("holds files that are not Recourse's");

  expect(readdirSync(path)).toEqual(['thesis.txt']);
});

test('a fresh start empties our own folder', async () => {
  const path = newPath();
  const folder = await open(path);
  mkdirSync(join(path, 'inbox'));
  writeFileSync(join(path, 'inbox', 'remit.835'), 'ISA*00*');
  folder.release();

  await open(path, true);

  expect(readdirSync(path).sort()).toEqual(['recourse-data-folder.txt', 'recourse.pid']);
});
