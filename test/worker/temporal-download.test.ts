import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { downloadTemporal } from '../../worker/servers/temporal-download.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An archive as the official site serves it, with a program in it that only knows its version. */
function archiveOf(version: string): Buffer {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'temporal'), `#!/bin/sh\necho 'temporal version ${version}'\n`);
  return execFileSync('tar', ['-czf', '-', '-C', folder, 'temporal']);
}

async function serve(content: Buffer | null): Promise<string> {
  const server = createServer((request, response) => {
    if (content === null) response.writeHead(404).end();
    else response.end(request.url?.includes('platform=') ? content : '');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/cli/archive/latest`;
}

async function download(site: string) {
  const target = join(temporaryFolder(), 'temporal');
  return { target, finding: await downloadTemporal(target, () => {}, site) };
}

test('a server that is new enough is kept', async () => {
  const { target, finding } = await download(await serve(archiveOf('1.9.0 (Server 1.32.1, UI 2.51.0)')));

  expect(finding).toEqual({ kind: 'found', path: target });
  expect(execFileSync(target, { encoding: 'utf8' })).toContain('Server 1.32.1');
});

test.each([
  ['is too old', archiveOf('1.8.2 (Server 1.9.0, UI 2.50.1)'), 'server 1.32 or later is needed'],
  ['is no archive', Buffer.from('<html>sign in to the hospital network</html>'), 'its archive cannot be read'],
  ['is not there', null, 'HTTP 404'],
])('what %s leaves nothing behind and says why', async (_, content, reason) => {
  const { target, finding } = await download(await serve(content));

  expect(finding).toEqual({ kind: 'none', reason: expect.stringContaining(reason) });
  expect(existsSync(target)).toBe(false);
  expect(readdirSync(join(target, '..'))).toEqual([]);
});

test('a site that cannot be reached is said to be so', async () => {
  const { finding } = await download('http://127.0.0.1:1/cli/archive/latest');

  expect(finding).toEqual({ kind: 'none', reason: expect.stringContaining('could not be downloaded') });
});
