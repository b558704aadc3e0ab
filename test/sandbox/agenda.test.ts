import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Agenda, type Entry } from '../../client/sandbox/year/agenda.ts';

test('steps come by moment, and at one moment those that yield last, else in the order in which they were put down, also when some are forgotten or put back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 })), fc.integer({ min: 1, max: 4 }), (moments, every) => {
      const agenda = new Agenda<number>();
      for (const [index, atMs] of moments.entries()) agenda.put(atMs, index, yields(index));
      const first = agenda.take();
      if (first !== undefined) agenda.putBack(first);
      agenda.keep((index) => index % every === 0);
      const kept = moments.map((atMs, index) => ({ atMs, index })).filter(({ index }) => index % every === 0);
      const expected = kept
        .sort((a, b) => a.atMs - b.atMs || Number(yields(a.index)) - Number(yields(b.index)) || a.index - b.index)
        .map(({ index }) => index);
      expect(drain(agenda)).toEqual(expected);
    }),
  );
});

function yields(index: number): boolean {
  return index % 3 === 0;
}

function drain(agenda: Agenda<number>): readonly number[] {
  const taken: number[] = [];
  for (let entry: Entry<number> | undefined = agenda.take(); entry !== undefined; entry = agenda.take()) taken.push(entry.step);
  return taken;
}
