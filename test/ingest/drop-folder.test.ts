import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DropFolder } from '../../client/ingest/drop-folder.ts';
import type { IngestOutcome, ReceivedFile } from '../../client/ingest/intake.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Scene {
  readonly folder: string;
  readonly inbound: DropFolder;
  readonly read: ReceivedFile[];
  readonly said: string[];
}

function scene(outcome: (file: ReceivedFile) => IngestOutcome | Promise<IngestOutcome> = stored, isSandbox = false): Scene {
  const folder = temporaryFolder();
  const read: ReceivedFile[] = [];
  const said: string[] = [];
  const ingest = async (file: ReceivedFile): Promise<IngestOutcome> => {
    const parts: Uint8Array[] = [];
    if (!(file.content instanceof Uint8Array)) for await (const part of file.content) parts.push(part);
    read.push({ ...file, content: Buffer.concat(parts) });
    return outcome(file);
  };
  return {
    folder,
    read,
    said,
    inbound: new DropFolder({ folder, intake: { ingest }, isSandbox, progress: (line) => void said.push(line) }),
  };
}

const stored = (): IngestOutcome => ({ kind: 'stored', summary: '2 claims' });
const names = ({ read }: Scene): readonly string[] => read.map(({ name }) => name);

describe('a file in the inbound folder', () => {
  test('is taken when it has not changed between two looks', async () => {
    const here = scene();
    writeFileSync(join(here.folder, 'a.edi'), 'ISA');
    await here.inbound.look();
    writeFileSync(join(here.folder, 'a.edi'), 'ISA*00');
    await here.inbound.look();
    expect(names(here)).toEqual([]);
    await here.inbound.look();
    expect(names(here)).toEqual(['a.edi']);
    expect(here.read[0]?.content).toEqual(Buffer.from('ISA*00'));
    expect(readdirSync(join(here.folder, 'done'))).toEqual(['a.edi']);
    expect(here.said).toEqual(['✓ inbound/a.edi: 2 claims']);
  });

  test('is taken at once when it was written as .part and renamed', async () => {
    const here = scene();
    writeFileSync(join(here.folder, 'a.edi.part'), 'ISA');
    await here.inbound.look();
    await here.inbound.look();
    expect(names(here)).toEqual([]);
    renameSync(join(here.folder, 'a.edi.part'), join(here.folder, 'a.edi'));
    await here.inbound.look();
    expect(names(here)).toEqual(['a.edi']);
  });

  test('is left alone when it is hidden, or no file', async () => {
    const here = scene();
    writeFileSync(join(here.folder, '.hidden'), 'ISA');
    mkdirSync(join(here.folder, 'folder'));
    await here.inbound.look();
    await here.inbound.look();
    expect(names(here)).toEqual([]);
  });

  test('waits for the older ones, and those of one moment are read together', async () => {
    const here = scene();
    const files: readonly [string, number][] = [
      ['b.edi', 20],
      ['c.edi', 10],
      ['a.edi', 20],
    ];
    for (const [name, at] of files) {
      writeFileSync(join(here.folder, name), name);
      utimesSync(join(here.folder, name), at, at);
    }
    await here.inbound.look();
    await here.inbound.look();
    const [first, ...together] = names(here);
    expect([first, together.sort()]).toEqual(['c.edi', ['a.edi', 'b.edi']]);
  });

  test('that is refused lies beside the reason, with its place', async () => {
    const here = scene(() => ({ kind: 'refused', message: 'SE01 says 12 segments, 11 came', offset: 402 }));
    writeFileSync(join(here.folder, 'a.edi'), 'ISA');
    await here.inbound.look();
    await here.inbound.look();
    expect(readFileSync(join(here.folder, 'refused', 'a.edi.why.txt'), 'utf8')).toBe(
      'a.edi was refused.\nAt byte 402: SE01 says 12 segments, 11 came\nNothing of it was stored. Drop the corrected file into the inbound folder.\n',
    );
    expect(existsSync(join(here.folder, 'refused', 'a.edi'))).toBe(true);
  });

  test('that was read in part lies in done, beside what is missing', async () => {
    const here = scene(() => ({
      kind: 'partlyStored',
      summary: '1 new accounts',
      message: 'expected IEA, but the file ends',
      offset: 402,
    }));
    writeFileSync(join(here.folder, 'a.edi'), 'ISA');
    await here.inbound.look();
    await here.inbound.look();
    expect(readFileSync(join(here.folder, 'done', 'a.edi.why.txt'), 'utf8')).toBe(
      'a.edi was read in part.\nAt byte 402: expected IEA, but the file ends\n' +
        'What was complete in it is stored (1 new accounts), and a task asks for the rest. The whole file may be dropped again once it is mended.\n',
    );
    expect(here.said).toEqual(['! inbound/a.edi read in part: 1 new accounts; see inbound/done']);
  });

  test('that was read under another name says so', async () => {
    const here = scene(() => ({ kind: 'alreadyRead', as: 'first.edi' }));
    writeFileSync(join(here.folder, 'a.edi'), 'ISA');
    await here.inbound.look();
    await here.inbound.look();
    const why = readFileSync(join(here.folder, 'done', 'a.edi.why.txt'), 'utf8');
    expect(why).toBe('a.edi was already read as first.edi. Nothing was done again.\n');
  });

  test('stays when it could not be read to its end, and never replaces another of its name', async () => {
    let isAway = true;
    const here = scene(() => (isAway ? Promise.reject(new Error('the server is away')) : stored()));
    mkdirSync(join(here.folder, 'done'));
    writeFileSync(join(here.folder, 'done', 'a.edi'), 'of yesterday');
    writeFileSync(join(here.folder, 'a.edi'), 'ISA');
    await here.inbound.look();
    await expect(here.inbound.look()).rejects.toThrow('the server is away');
    expect(existsSync(join(here.folder, 'a.edi'))).toBe(true);
    isAway = false;
    await here.inbound.look();
    expect(readdirSync(join(here.folder, 'done')).sort()).toEqual(['a.edi', 'a.edi.2']);
  });

  test('brings its own time in the sandbox', async () => {
    const here = scene(stored, true);
    const writtenAtMs = Date.parse('2026-03-01T12:00:00Z');
    writeFileSync(join(here.folder, 'a.edi'), 'ISA');
    utimesSync(join(here.folder, 'a.edi'), writtenAtMs / 1_000, writtenAtMs / 1_000);
    await here.inbound.look();
    const before = Date.now();
    await here.inbound.look();
    const { receivedAt, clockShiftMs } = here.read[0] ?? { receivedAt: null, clockShiftMs: 0 };
    expect(receivedAt).toEqual(new Date(writtenAtMs));
    expect(before + clockShiftMs).toBeLessThanOrEqual(writtenAtMs);
    expect(Date.now() + clockShiftMs).toBeGreaterThanOrEqual(writtenAtMs);
  });
});
