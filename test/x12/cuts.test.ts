import { describe, expect, test } from '@jest/globals';
import { firstOtherReading } from './cuts.ts';
import { bytesOf, eventsOf, sampleFiles, toldOf } from './events.ts';
import { ownFiles, whole } from './own-files.ts';

/** Bytes read for each file; `npm run cuts:x12` reads every file in every way. */
const spend = { own: 150_000, sample: 20_000 };

describe('the events of a file are the same however its bytes are cut', () => {
  test.each(Object.entries(ownFiles))('%s', (_, text) => {
    expect(firstOtherReading(bytesOf(text), spend.own)).toBeNull();
  });

  test('files by others', () => {
    const cut = sampleFiles().map(({ name, bytes }) => ({ name, sizes: firstOtherReading(bytes, spend.sample) }));
    expect(cut.filter(({ sizes }) => sizes !== null)).toEqual([]);
  });
});

describe('a file that was cut short', () => {
  const file = bytesOf(ownFiles['everything, one after another'] ?? '');
  const complete = toldOf(eventsOf(file));

  test('gives the events of its complete transactions, then says where it ends', () => {
    expect(complete.filter((event) => event.startsWith('{"kind":"fault"'))).toEqual([]);
    for (let length = 0; length < file.length - 2; length += 7) {
      const events = eventsOf(file.subarray(0, length));
      const last = events.at(-1);
      const isWhole = last?.kind !== 'fault';
      const before = toldOf(isWhole ? events : events.slice(0, -1));
      expect(complete.slice(0, before.length)).toEqual(before);
      if (last?.kind === 'fault') expect([last.level, last.fault.code]).toEqual(['file', 'x12.truncated']);
      for (const event of events) {
        if (event.kind !== 'remittance-closed') continue;
        expect(event.place.offset + event.place.length).toBeLessThanOrEqual(length);
      }
    }
  });

  test('is whole only where an interchange ends', () => {
    const wholeLengths = Array.from({ length: whole.length + 1 }, (_, length) => length).filter(
      (length) => !eventsOf(bytesOf(whole.slice(0, length))).some((event) => event.kind === 'fault'),
    );
    // The terminator and the line end after it may be missing.
    expect(wholeLengths.map((length) => whole.length - length)).toEqual([2, 1, 0]);
  });
});
