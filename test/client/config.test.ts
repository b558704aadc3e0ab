import { expect, test } from '@jest/globals';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EngineAddress, findEngine, removeEngineAddress, writeEngineAddress } from '../../client/config.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const address: EngineAddress = {
  databaseUrl: 'postgresql://recourse:secret@127.0.0.1:5432/recourse',
  temporalAddress: '127.0.0.1:7233',
  namespace: 'recourse',
  apiUrl: 'http://127.0.0.1:3000',
  pid: process.pid,
};

test('what the worker writes is found, and nobody else may read it', () => {
  const folder = temporaryFolder();
  writeEngineAddress(folder, address);
  expect(statSync(join(folder, 'recourse.json')).mode & 0o777).toBe(0o600);
  expect(findEngine({ RECOURSE_DATA: folder })).toEqual(address);
  removeEngineAddress(folder);
  removeEngineAddress(folder);
  expect(findEngine({ RECOURSE_DATA: folder })).toBeNull();
});

test('the environment overrides what was written, and is enough alone', () => {
  const folder = temporaryFolder();
  const env = {
    RECOURSE_DATA: folder,
    DATABASE_URL: 'postgresql://other/db',
    TEMPORAL_ADDRESS: 'temporal:7233',
    TEMPORAL_NAMESPACE: 'prod',
  };
  const expected = { databaseUrl: 'postgresql://other/db', temporalAddress: 'temporal:7233', namespace: 'prod', apiUrl: null, pid: null };
  expect(findEngine(env)).toEqual(expected);
  writeEngineAddress(folder, address);
  expect(findEngine({ RECOURSE_DATA: folder, DATABASE_URL: 'postgresql://other/db' })).toEqual({
    ...address,
    databaseUrl: 'postgresql://other/db',
  });
});

test('an engine that is gone is not found', () => {
  const folder = temporaryFolder();
  // Above the largest process id that Linux gives.
  writeEngineAddress(folder, { ...address, pid: 2 ** 30 });
  expect(findEngine({ RECOURSE_DATA: folder })).toBeNull();
});

test('a file that is something else is refused by name', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'recourse.json'), '{"databaseUrl": 1}');
  expect(() => findEngine({ RECOURSE_DATA: folder })).toThrow(/is not what the engine writes there/);
});
