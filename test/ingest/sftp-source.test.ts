import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { IngestOutcome, ReceivedFile } from '../../client/ingest/intake.ts';
import { SftpSource } from '../../client/ingest/sftp-source.ts';
import { kindOf, readSources, type SftpSourceSettings } from '../../client/ingest/sources.ts';
import { type SftpServer, startSftpServer } from '../support/sftp-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let server: SftpServer;

beforeEach(async () => {
  server = await startSftpServer();
});

afterEach(() => server.close());

/** Knows content as the engine does: the same bytes under any name are one file. */
function scene(more: Partial<SftpSourceSettings> = {}, told: { readonly refusal?: IngestOutcome; readonly during?: () => void } = {}) {
  const folder = temporaryFolder();
  const known = new Map<string, string>();
  const said: string[] = [];
  const ingest = async ({ name, content }: ReceivedFile): Promise<IngestOutcome> => {
    const parts: Uint8Array[] = [];
    if (!(content instanceof Uint8Array)) for await (const part of content) parts.push(part);
    const text = Buffer.concat(parts).toString();
    const as = known.get(text);
    if (as !== undefined) return { kind: 'alreadyRead', as };
    known.set(text, name);
    told.during?.();
    return told.refusal ?? { kind: 'stored', summary: `${text.length} bytes` };
  };
  const settings: SftpSourceSettings = {
    name: 'house',
    host: '127.0.0.1',
    port: server.port,
    user: 'recourse',
    hostKey: server.hostKey,
    login: { password: 'secret' },
    folder: '/out',
    files: { '*.835': 'remittances', 'ack?.txt': 'acknowledgements' },
    everySeconds: 60,
    ...more,
  };
  const source = new SftpSource({ settings, folder, intake: { ingest }, progress: (line) => void said.push(line) });
  return { folder, known, said, source };
}

const large = Buffer.alloc(400_000, 'ISA*');

describe('a file on a partner’s server', () => {
  test('is fetched when it did not change between two looks, and deleted after it was stored', async () => {
    const { source, said, folder } = scene();
    server.put('/out/a.835', 'ISA');
    await source.look();
    server.put('/out/a.835', 'ISA*00');
    await source.look();
    expect(said).toEqual([]);
    await source.look();
    expect(said).toEqual(['✓ house/a.835 (remittances): 6 bytes']);
    expect(server.deeds).toEqual(['delete /out/a.835']);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is left alone when its name fits no pattern, is hidden, or ends in .part', async () => {
    const { source, said } = scene();
    for (const name of ['a.835', 'b.835.part', '.c.835', 'notes.pdf', 'ack1.txt', 'ack12.txt', 'D.835']) server.put(`/out/${name}`, name);
    await source.look();
    await source.look();
    expect(said.map((line) => line.split(' ')[1])).toEqual(['house/D.835', 'house/a.835', 'house/ack1.txt']);
  });

  test('is moved to the done folder where there is one, and never over another', async () => {
    const { source } = scene({ doneFolder: '/out/done' });
    server.put('/out/done/a.835', 'of yesterday');
    server.put('/out/a.835', 'ISA');
    await source.look();
    await source.look();
    expect(server.deeds).toEqual(['move /out/a.835 to /out/done/a.835.2']);
  });

  test('posted again under a new name changes nothing', async () => {
    const { source, said } = scene();
    for (const name of ['a.835', 'b.835']) {
      server.put(`/out/${name}`, 'ISA');
      await source.look();
      await source.look();
    }
    expect(said.at(-1)).toBe('✓ house/b.835 (remittances): already read as a.835');
    expect(server.files.size).toBe(0);
  });

  test('that is refused stays here in quarantine with its reason', async () => {
    const { source, folder, said } = scene({}, { refusal: { kind: 'refused', message: 'no ISA', offset: 0 } });
    server.put('/out/a.835', 'hello');
    await source.look();
    await source.look();
    expect(said).toEqual([`✗ house/a.835 (remittances) refused: see ${join(folder, 'refused')}`]);
    expect(readFileSync(join(folder, 'refused', 'a.835'), 'utf8')).toBe('hello');
    expect(readFileSync(join(folder, 'refused', 'a.835.why.txt'), 'utf8')).toContain('At byte 0: no ISA');
  });

  test('that the sender replaced while it was read is not deleted', async () => {
    const { source, known } = scene({}, { during: () => server.put('/out/a.835', 'another', 1_780_000_001) });
    server.put('/out/a.835', 'ISA');
    await source.look();
    await source.look();
    expect([[...known.keys()], server.deeds]).toEqual([['ISA'], []]);
    expect(server.files.get('/out/a.835')?.content.toString()).toBe('another');
  });
});

describe('a connection', () => {
  test('to a server with another host key is refused before the login, and the message says what to do', async () => {
    const { source } = scene({ hostKey: `SHA256:${'A'.repeat(43)}` });
    server.put('/out/a.835', 'ISA');
    await expect(source.look()).rejects.toMatchObject({
      code: 'sftp.host-key',
      message: expect.stringContaining(`shows the host key ${server.hostKey}`),
    });
  });

  test('lost in the middle of a download leaves nothing behind that is taken for a file; the next look fetches it whole', async () => {
    const { source, known, folder } = scene();
    server.put('/out/a.835', large);
    await source.look();
    server.cutAt = { byte: 200_000 };
    await expect(source.look()).rejects.toThrow('Unexpected end event');
    expect([known.size, existsSync(join(folder, 'a.835')), server.files.size]).toEqual([0, false, 1]);
    await source.look();
    expect([...known.keys()].map((text) => text.length)).toEqual([large.length]);
    expect(server.files.size).toBe(0);
  });

  test('lost between the commit and the removal there makes no duplicate', async () => {
    const { source, known, said } = scene();
    server.put('/out/a.835', 'ISA');
    await source.look();
    server.cutAt = 'finish';
    await expect(source.look()).rejects.toThrow('Unexpected end event');
    expect([known.size, server.files.size]).toEqual([1, 1]);
    await source.look();
    expect([known.size, server.files.size]).toEqual([1, 0]);
    expect(said.at(-1)).toBe('✓ house/a.835 (remittances): already read as a.835');
  });

  test('with a wrong password is an error, not a wait', async () => {
    await expect(scene({ login: { password: 'guess' } }).source.look()).rejects.toThrow('authentication');
  });
});

describe('sources.json', () => {
  const whole = {
    name: 'house',
    host: 'h',
    user: 'u',
    hostKey: `SHA256:${'A'.repeat(43)}`,
    passwordFrom: 'env:PW',
    folder: '/out',
    files: { '*': 'any' },
  };
  const read = (source: object, env: Record<string, string> = { PW: 'secret' }) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'sources.json'), JSON.stringify({ sources: [source] }));
    writeFileSync(join(folder, 'key'), 'PEM\n');
    return readSources(folder, env);
  };

  test('is optional, and its secrets come from the environment or a file', () => {
    expect(readSources(temporaryFolder(), {})).toEqual([]);
    expect(read(whole)[0]).toMatchObject({ port: 22, everySeconds: 60, login: { password: 'secret' } });
    const { passwordFrom: _password, ...rest } = whole;
    expect(read({ ...rest, privateKeyFrom: 'file:key' })[0]?.login).toEqual({ privateKey: 'PEM' });
  });

  test.each([
    ['no host key', { ...whole, hostKey: undefined }, '/sources/0/hostKey'],
    ['a password in it', { ...whole, password: 'x' }, '/sources/0'],
    ['a secret without its kind', { ...whole, passwordFrom: 'secret' }, 'never stands in this file'],
    ['two logins', { ...whole, privateKeyFrom: 'file:key' }, 'either passwordFrom or privateKeyFrom'],
  ])('with %s is refused by place', (_, source, message) => {
    expect(() => read(source)).toThrow(message);
  });

  test('with a secret that is not there names it, not its value', () => {
    expect(() => read(whole, {})).toThrow('source house: the environment variable PW is not set');
  });

  test('names what a file holds by the first pattern that fits', () => {
    const files = { 'era*.txt': 'remittances', '*.txt': 'acknowledgements' };
    expect(['ERA1.TXT', 'a.txt', 'a.pdf'].map((name) => kindOf(files, name))).toEqual(['remittances', 'acknowledgements', null]);
  });
});
