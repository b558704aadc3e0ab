import { describe, expect, test } from '@jest/globals';
import { bytesOf, eventsOf, sampleFiles } from './events.ts';
import { lostTransactions } from './loss.ts';
import { ownFiles } from './own-files.ts';

/** Ids and lines that a dumb split does not know. */
const beyondNaive = /wrapped|lower-case/;

const own = Object.entries(ownFiles).map(([name, text]) => ({ name, bytes: bytesOf(text) }));
const files = [...own.filter(({ name }) => !beyondNaive.test(name)), ...sampleFiles()];

describe('nothing of a file is lost in silence', () => {
  test.each(files)('$name says what its segments say, or is at fault', ({ bytes }) => {
    expect(lostTransactions(bytes, eventsOf(bytes))).toEqual([]);
  });
});
