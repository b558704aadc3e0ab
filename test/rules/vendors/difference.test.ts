import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civilDate as on } from '../../../rules/domain/civil-date.ts';
import { cents } from '../../../rules/domain/money.ts';
import {
  ageing,
  ageName,
  carryForward,
  differenceKinds,
  type FoundDifference,
  nextStep,
  type StandingDifference,
} from '../../../rules/vendors/difference.ts';

const found: FoundDifference = {
  kind: 'balance',
  about: 'A1-p1',
  reference: 'A1-p1',
  oursCents: cents(135_000),
  theirsCents: cents(185_000),
  words: 'the balances differ',
};
const standing: StandingDifference = {
  ...found,
  id: 'd1',
  firstFoundOn: on('2026-08-03'),
  lastFoundOn: on('2026-08-03'),
  accepted: null,
};

describe('what stands is carried from list to list', () => {
  test.each<[string, StandingDifference[], FoundDifference[], [number, number, number]]>([
    ['found first', [], [found], [1, 0, 0]],
    ['found again', [standing], [found], [0, 1, 0]],
    ['gone', [standing], [], [0, 0, 1]],
    ['of another kind', [standing], [{ ...found, kind: 'status' }], [1, 0, 1]],
  ])('%s', (_, before, now, [opened, kept, settled]) => {
    const carried = carryForward(before, now);
    expect([carried.opened.length, carried.kept.length, carried.settled.length]).toEqual([opened, kept, settled]);
  });

  test('another amount is another matter: what was accepted speaks again', () => {
    const again = { ...found, theirsCents: cents(180_000) };
    expect(carryForward([standing], [again]).kept).toEqual([{ id: 'd1', found: again, isChanged: true }]);
    expect(carryForward([standing], [found]).kept).toEqual([{ id: 'd1', found, isChanged: false }]);
  });
});

describe('differences age like receivables', () => {
  test.each([
    [0, '0-30'],
    [30, '0-30'],
    [31, '31-60'],
    [60, '31-60'],
    [61, '61-90'],
    [91, '91-120'],
    [120, '91-120'],
    [121, 'over 120'],
  ])('after %d days: %s', (days, name) => {
    expect(ageName(days)).toBe(name);
    const buckets = ageing([standing], addDays(standing.firstFoundOn, days));
    expect(buckets.filter(({ count }) => count > 0)).toEqual([{ name, count: 1, cents: 50_000 }]);
    expect(buckets).toHaveLength(5);
  });
});

test('every kind says what to do', () => {
  expect(new Set(differenceKinds.map(nextStep)).size).toBe(differenceKinds.length);
});

test('the same list twice changes nothing: what was opened stands, nothing is settled, nothing opens again', () => {
  const one = fc.record({
    kind: fc.constantFrom(...differenceKinds),
    about: fc.integer({ min: 1, max: 6 }).map((n) => `A${n}-p1`),
    oursCents: fc.integer({ min: -3, max: 3 }).map((n) => cents(n)),
    theirsCents: fc.integer({ min: -3, max: 3 }).map((n) => cents(n)),
  });
  const list = fc.uniqueArray(one, { selector: ({ kind, about }) => `${kind}:${about}`, maxLength: 12 });
  const property = fc.property(list, list, (first, second) => {
    const [before, now] = [first, second].map((all) => all.map((about): FoundDifference => ({ ...found, ...about })));
    const stands = (all: readonly FoundDifference[] = []) =>
      all.map((about, n): StandingDifference => ({ ...standing, ...about, id: `d${n}` }));
    const carried = carryForward(stands(before), now ?? []);
    expect(carried.opened.length + carried.kept.length).toBe(second.length);
    expect(carried.kept.length + carried.settled.length).toBe(first.length);
    const again = carryForward(stands(now), now ?? []);
    expect([again.opened, again.settled, again.kept.filter(({ isChanged }) => isChanged)]).toEqual([[], [], []]);
  });
  fc.assert(property);
});
