import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civilDate as on } from '../../../rules/domain/civil-date.ts';
import { cents, sum } from '../../../rules/domain/money.ts';
import { type InventoryRow, inventoryTotals, matchInventory, type OurPlacement } from '../../../rules/vendors/inventory.ts';
import { neverWorked } from '../../../rules/vendors/never-worked.ts';

const asOf = on('2026-08-31');
const days = { acknowledgement: 5, recall: 10 };

const placed: OurPlacement = {
  reference: 'A1-p1',
  accountNumber: 'A1',
  tier: 'badDebt1',
  status: 'placed',
  placedCents: cents(185_000),
  balanceCents: cents(135_000),
  balanceBeforeCents: cents(185_000),
  offeredOn: on('2026-07-22'),
  placedOn: on('2026-07-24'),
  recalledOn: null,
  returnedOn: null,
  ageDays: 130,
};

const open: InventoryRow = { reference: 'A1-p1', status: 'open', balanceCents: cents(135_000), lastWorkedOn: on('2026-08-20'), offset: 80 };

const offered = { status: 'offered', placedOn: null } as const;
const recalled = (day: string) => ({ status: 'recallSent', recalledOn: on(day) }) as const;
const returned = (day: string) => ({ status: 'returned', returnedOn: on(day) }) as const;
const closed = { status: 'closed', balanceCents: cents(0) } as const;

describe('one placement on both sides', () => {
  test.each<[string, Partial<OurPlacement> | null, Partial<InventoryRow>[], string, string | null]>([
    ['agree', {}, [{}], 'matched', null],
    ['held without work', {}, [{ status: 'held' }], 'matched', null],
    ['a payment of yesterday', {}, [{ balanceCents: cents(185_000) }], 'inFlight', null],
    ['another balance', {}, [{ balanceCents: cents(130_000) }], 'balance', 'the balances differ'],
    ['not listed', {}, [], 'missing', 'placed 2026-07-24; the vendor does not list it'],
    ['acknowledged on the day of the list', { placedOn: asOf }, [], 'inFlight', null],
    ['closed without a return', {}, [closed], 'status', 'placed 2026-07-24; the vendor lists it as closed and did not return it'],
    ['never placed', null, [{}], 'extra', 'the vendor lists it as open; it was never placed with this vendor'],
    ['listed twice', {}, [{}, {}], 'listedTwice', 'the vendor lists it 2 times'],
    ['offered five business days ago', { ...offered, offeredOn: on('2026-08-24') }, [{}], 'inFlight', null],
    [
      'offered six business days ago',
      { ...offered, offeredOn: on('2026-08-21') },
      [{}],
      'status',
      'offered 2026-08-21 and never acknowledged; the vendor lists it as open',
    ],
    [
      'offered six business days ago and unknown there',
      { ...offered, offeredOn: on('2026-08-21') },
      [],
      'status',
      'offered 2026-08-21 and never acknowledged; the vendor does not list it',
    ],
    ['refused and gone', { status: 'refused' }, [], 'gone', null],
    ['refused and worked', { status: 'refused' }, [{}], 'status', 'the vendor refused it and lists it as open'],
    ['recalled ten business days ago', recalled('2026-08-17'), [{}], 'inFlight', null],
    ['recalled ten business days ago and gone', recalled('2026-08-17'), [], 'inFlight', null],
    ['recalled eleven business days ago', recalled('2026-08-14'), [{}], 'status', 'recalled 2026-08-14; the vendor still lists it as open'],
    [
      'recalled eleven business days ago and gone',
      recalled('2026-08-14'),
      [],
      'status',
      'recalled 2026-08-14 and the return never confirmed; the vendor does not list it',
    ],
    ['returned and closed', returned('2026-08-20'), [closed], 'gone', null],
    ['returned on the day of the list', returned('2026-08-31'), [{}], 'inFlight', null],
    ['returned the day before', returned('2026-08-30'), [{}], 'status', 'returned 2026-08-30; the vendor still lists it as open'],
  ])('%s', (_, ours, theirs, is, words) => {
    const { pairs } = matchInventory({
      ours: ours === null ? [] : [{ ...placed, ...ours }],
      theirs: theirs.map((row) => ({ ...open, ...row })),
      asOf,
      days,
    });
    expect(pairs).toHaveLength(1);
    expect([pairs[0]?.difference?.kind ?? pairs[0]?.is, pairs[0]?.difference?.words ?? null]).toEqual([is, words]);
  });

  test('what is at stake is what one side has more than the other', () => {
    const ours = [placed, { ...placed, reference: 'A2-p1', ...returned('2026-08-01') }, { ...placed, reference: 'A3-p1' }];
    const theirs = [
      { ...open, balanceCents: cents(130_000) },
      { ...open, reference: 'A2-p1' },
    ];
    const match = matchInventory({ ours, theirs, asOf, days });
    expect(match.pairs.map(({ difference: d }) => [d?.kind, d?.oursCents, d?.theirsCents])).toEqual([
      ['balance', 135_000, 130_000],
      ['status', 0, 135_000],
      ['missing', 135_000, 0],
    ]);
    expect(inventoryTotals(match)).toEqual({
      ours: 3,
      theirs: 2,
      matched: 0,
      inFlight: 0,
      differing: 3,
      differingCents: 275_000,
      differingBasisPoints: 10_000,
    });
  });
});

const status = fc.constantFrom('offered' as const, 'placed' as const, 'refused' as const, 'recallSent' as const, 'returned' as const);
const day = fc.integer({ min: -60, max: 0 }).map((before) => addDays(asOf, before));
const anyReference = fc.integer({ min: 1, max: 12 }).map((n) => `A${n}-p1`);
const ourSide = fc.uniqueArray(
  fc.record({
    reference: anyReference,
    status,
    balance: fc.integer({ min: 0, max: 3 }),
    offeredOn: day,
    later: fc.integer({ min: 0, max: 20 }),
  }),
  { selector: ({ reference: of }) => of, maxLength: 10 },
);
const theirSide = fc.array(
  fc.record({
    reference: anyReference,
    status: fc.constantFrom('open' as const, 'held' as const, 'closed' as const),
    balance: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 14 },
);

test('what is matched, on its way, different and gone is everything on both sides, once', () => {
  const property = fc.property(ourSide, theirSide, (mine, yours) => {
    const ours = mine.map(({ balance, later, ...one }): OurPlacement => {
      const then = addDays(one.offeredOn, later);
      const balances = { balanceCents: cents(balance * 100), balanceBeforeCents: cents(balance * 100) };
      return { ...placed, ...one, ...balances, placedOn: one.status === 'offered' ? null : then, recalledOn: then, returnedOn: then };
    });
    const theirs = yours.map(
      ({ balance, ...one }, n): InventoryRow => ({ ...open, ...one, balanceCents: cents(balance * 100), offset: n }),
    );
    const match = matchInventory({ ours, theirs, asOf, days });
    expect(match.pairs.flatMap((pair) => (pair.ours === null ? [] : [pair.ours.reference]))).toEqual(
      ours.map((one) => one.reference).toSorted(),
    );
    const offsets = match.pairs.flatMap((pair) => pair.theirs.map(({ offset }) => offset));
    expect(offsets.toSorted((a, b) => a - b)).toEqual(theirs.map(({ offset }) => offset));
    const of = (is: string) => match.pairs.filter((pair) => pair.is === is).flatMap((pair) => pair.theirs.map((row) => row.balanceCents));
    expect(sum([...of('matched'), ...of('inFlight'), ...of('differs'), ...of('gone')])).toBe(sum(theirs.map((row) => row.balanceCents)));
    for (const { is, difference } of match.pairs) expect(difference === null).toBe(is !== 'differs');
  });
  fc.assert(property, { numRuns: 500 });
});

test('never worked: only what the vendor holds open and had time for, the oldest first', () => {
  const at = (reference: string, placedOn: string, more: Partial<OurPlacement> = {}) => ({
    ...placed,
    reference,
    placedOn: on(placedOn),
    ...more,
  });
  const row = (reference: string, lastWorkedOn: string | null, more: Partial<InventoryRow> = {}) => ({
    ...open,
    reference,
    lastWorkedOn: lastWorkedOn === null ? null : on(lastWorkedOn),
    ...more,
  });
  const found = neverWorked({
    ours: [
      at('worked', '2026-07-24'),
      at('late', '2026-07-24'),
      at('workedBefore', '2026-04-01'),
      at('young', '2026-08-17'),
      at('unlisted', '2026-08-16'),
      at('held', '2026-05-01'),
      at('back', '2026-05-01', returned('2026-06-01')),
    ],
    theirs: [
      row('worked', '2026-07-24'),
      row('late', null),
      row('workedBefore', '2026-03-31'),
      row('young', null),
      row('held', null, { status: 'held' }),
      row('back', null),
    ],
    asOf,
    withinDays: 14,
  });
  expect(found.late.map(({ reference: of, days: age }) => [of, age])).toEqual([
    ['workedBefore', 152],
    ['late', 38],
    ['unlisted', 15],
  ]);
  expect(found.bands.map(({ name, held, neverWorked: never }) => [name, held, never])).toEqual([
    ['0-30', 2, 2],
    ['31-60', 2, 1],
    ['61-120', 0, 0],
    ['over 120', 2, 1],
  ]);
});
