import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { holderOf, takeLock } from '../../worker/servers/lock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const newLockFile = (): string => join(temporaryFolder(), 'lock');

test('a lock is held by one until it is released', () => {
  const file = newLockFile();
  const first = takeLock(file);
  expect(takeLock(file)).toEqual({ kind: 'taken', pid: process.pid });

  if (first.kind === 'held') first.release();

  expect(existsSync(file)).toBe(false);
  expect(takeLock(file).kind).toBe('held');
});

test('the lock of a process that is gone is taken over', () => {
  const file = newLockFile();
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(file, `${pid}\n${process.execPath} --version`);

  expect(holderOf(file)).toBe(null);
  expect(takeLock(file).kind).toBe('held');
  expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^${process.pid}\n`));
});

test('the lock of a process whose pid belongs to a stranger by now is taken over', () => {
  const file = newLockFile();
  writeFileSync(file, `${process.pid}\nnode worker/start.mjs of last week`);

  expect(takeLock(file).kind).toBe('held');
});

test('a lock that has changed hands is not released by its former holder', () => {
  const file = newLockFile();
  const former = takeLock(file);
  writeFileSync(file, '1\nsomebody else');

  if (former.kind === 'held') former.release();

  expect(readFileSync(file, 'utf8')).toBe('1\nsomebody else');
});
