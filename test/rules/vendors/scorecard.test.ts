import { describe, expect, test } from '@jest/globals';
import { civilDate as on } from '../../../rules/domain/civil-date.ts';
import { cents } from '../../../rules/domain/money.ts';
import type { OurPlacement } from '../../../rules/vendors/inventory.ts';
import { scorecard } from '../../../rules/vendors/scorecard.ts';

const placed = (reference: string, placedOn: string, more: Partial<OurPlacement> = {}): OurPlacement => ({
  reference,
  accountNumber: reference,
  tier: 'badDebt1',
  status: 'placed',
  placedCents: cents(100_000),
  balanceCents: cents(100_000),
  balanceBeforeCents: cents(100_000),
  offeredOn: on(placedOn),
  placedOn: on(placedOn),
  recalledOn: null,
  returnedOn: null,
  ageDays: 120,
  ...more,
});

const question = {
  placements: [
    placed('a', '2026-03-02', { offeredOn: on('2026-03-01') }),
    placed('b', '2026-03-31', { offeredOn: on('2026-03-26'), placedCents: cents(300_000) }),
    placed('c', '2026-06-10', { recalledOn: on('2026-08-01'), returnedOn: on('2026-08-04') }),
    placed('d', '2026-06-10', { recalledOn: on('2026-08-14'), status: 'recallSent', tier: 'badDebt2', placedCents: cents(24_999) }),
    placed('e', '2026-06-10', { status: 'refused', placedOn: null }),
    placed('f', '2026-08-01', { status: 'offered', placedOn: null }),
  ],
  payments: [
    { reference: 'a', paidOn: on('2026-04-01'), cents: cents(10_000) },
    { reference: 'a', paidOn: on('2026-04-02'), cents: cents(10_000) },
    { reference: 'b', paidOn: on('2026-06-29'), cents: cents(60_000) },
    { reference: 'x', paidOn: on('2026-06-29'), cents: cents(60_000) },
  ],
  complaints: 2,
  asOf: on('2026-08-31'),
  days: { acknowledgement: 5, recall: 10 },
};

describe('the scorecard of a vendor', () => {
  const card = scorecard(question);

  test('what was placed and what came of it', () => {
    expect([card.placements, card.placedCents, card.collectedCents, card.liquidationBasisPoints, card.refused]).toEqual([
      4, 524_999, 80_000, 1_524, 1,
    ]);
    expect([card.complaints, card.complaintsPerThousand]).toEqual([2, 500]);
  });

  test('liquidation by batch and age: a batch says nothing of an age that its youngest has not reached', () => {
    expect(card.batches.map(({ month, tier, placements }) => [month, tier, placements])).toEqual([
      ['2026-06', 'badDebt1', 1],
      ['2026-06', 'badDebt2', 1],
      ['2026-03', 'badDebt1', 2],
    ]);
    expect(card.batches[2]?.after).toEqual([
      { days: 30, basisPoints: 250 },
      { days: 60, basisPoints: 500 },
      { days: 90, basisPoints: 2_000 },
      { days: 180, basisPoints: null },
      { days: 365, basisPoints: null },
    ]);
  });

  test('a batch is old enough on the day itself', () => {
    const [batch] = scorecard({ ...question, placements: question.placements.slice(0, 2), asOf: on('2026-06-29') }).batches;
    expect(batch?.after.map(({ basisPoints }) => basisPoints)).toEqual([250, 500, 2_000, null, null]);
  });

  test('by balance, every placement in one band', () => {
    expect(card.bands.map(({ name, placements }) => [name, placements])).toEqual([
      ['below $250', 1],
      ['$250 to $999', 0],
      ['$1,000 to $4,999', 3],
      ['$5,000 and more', 0],
    ]);
  });

  test('how long it takes to acknowledge and to give back', () => {
    expect(card.acknowledgement).toEqual({ count: 4, median: 0, ninetieth: 5, longest: 5, waiting: 1, late: 1 });
    expect(card.recall).toEqual({ count: 1, median: 3, ninetieth: 3, longest: 3, waiting: 1, late: 1 });
  });

  test('a vendor without placements has an empty one', () => {
    const empty = scorecard({ ...question, placements: [], payments: [], complaints: 0 });
    expect([empty.liquidationBasisPoints, empty.complaintsPerThousand, empty.recall.median]).toEqual([0, 0, null]);
  });
});
