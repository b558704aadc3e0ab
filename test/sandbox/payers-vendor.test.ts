import { describe, expect, test } from '@jest/globals';
import type { Delivery, SentFile } from '../../client/sandbox/peer.ts';
import type { Manners } from '../../client/sandbox/payers/manners.ts';
import { VendorDesk } from '../../client/sandbox/payers/vendor-desk.ts';
import type { PayerWorld } from '../../client/sandbox/payers/world.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { manners, noon, play, worldOf } from './payer-play.ts';

const desk = new VendorDesk('VENDOR1');
const day = civilDate('2026-01-15');
const placement = {
  placementId: 'A1-p1',
  accountNumber: 'A1',
  tier: 'badDebt1',
  balanceCents: 25_555,
  guarantorLastName: 'TESTWELL, "T"',
};
const placed: SentFile = { folder: 'vendors/VENDOR1', name: 'placement-000000001.csv', content: desk.write('placement', [placement], day) };
const recalled: SentFile = {
  folder: 'vendors/VENDOR1',
  name: 'recall-000000002.csv',
  content: desk.write('recall', [{ placementId: 'A1-p1', recalledOn: '2026-01-15', reason: 'dispute' }], day),
};
const updated: SentFile = {
  folder: 'vendors/VENDOR1',
  name: 'update-000000003.csv',
  content: desk.write('update', [{ placementId: 'A1-p1', what: 'payment', on: '2026-01-15', cents: -20_000, balanceCents: 5_555 }], day),
};

function vendorWorld(change: Partial<Manners['vendors'][number]>): PayerWorld {
  const vendors = manners.vendors.map((vendor) => ({ ...vendor, ...change }));
  return worldOf(1, [], { vendors });
}

const always = <T extends string>(choice: T) => [{ choice, weight: 1 }];

/** Of every file that came, in their order, what it says. */
function events(came: readonly Delivery[]) {
  return came.flatMap(({ content }): readonly (readonly unknown[])[] => {
    const [acknowledged, payments, returned, statuses] = [
      desk.read('acknowledgement', content, day),
      desk.read('payments', content, day),
      desk.read('returns', content, day),
      desk.read('statuses', content, day),
    ];
    return [
      ...(acknowledged ?? []).map((row) => [row.text('verdict'), row.text('file'), row.count('count'), row.cents('totalCents')]),
      ...(payments ?? []).map((row) => ['paid', row.text('placementId'), row.cents('cents'), row.cents('feeCents')]),
      ...(returned ?? []).map((row) => ['returned', row.text('placementId'), row.text('reason')]),
      ...(statuses ?? []).map((row) => ['status', row.text('placementId'), row.text('status')]),
    ];
  });
}

const calm = { counts: always('right'), reports: always('nothing'), fees: always('right') } as const;
const placementName = 'placement-000000001.csv';

describe('a vendor', () => {
  test('counts the file, pays what it collects and gives the account back; a file that comes twice is counted once', () => {
    const world = vendorWorld({ ...calm, acknowledges: always('accepted'), collects: always('part') });
    const said = events(
      play(world, [
        { sent: placed, at: noon(0) },
        { sent: placed, at: noon(1) },
      ]),
    );
    const [truth] = world.truth().placements;
    const collected = Number(truth?.collectedCents);
    expect(truth).toMatchObject({ vendor: 'VENDOR1', accountNumber: 'A1', placedCents: 25_555, state: 'returned' });
    expect(said).toEqual([
      ['received', placementName, 1, 25_555],
      ['paid', 'A1-p1', collected, Math.round(collected * 0.225)],
      ['returned', 'A1-p1', 'uncollectible'],
    ]);
  });

  test('refuses a record, and counts it', () => {
    const world = vendorWorld({ ...calm, acknowledges: always('rejected') });
    expect(events(play(world, [{ sent: placed, at: noon(0) }]))).toEqual([
      ['received', placementName, 1, 25_555],
      ['rejected', placementName, null, null],
    ]);
    expect(world.truth().placements).toMatchObject([{ state: 'rejected', collectedCents: 0 }]);
  });

  test('that is silent says nothing, and the placement stays offered', () => {
    const world = vendorWorld({ ...calm, acknowledges: always('silent') });
    expect(play(world, [{ sent: placed, at: noon(0) }])).toEqual([]);
    expect(world.truth().placements).toMatchObject([{ state: 'offered' }]);
  });

  test.each([
    ['wrongCount', 2, 25_555],
    ['wrongTotal', 1, 25_455],
  ] as const)('makes a mistake (%s), and corrects it', (mistake, count, total) => {
    const world = vendorWorld({ ...calm, counts: always(mistake), acknowledges: always('accepted'), collects: always('nothing') });
    expect(events(play(world, [{ sent: placed, at: noon(0) }])).slice(0, 2)).toEqual([
      ['received', placementName, count, total],
      ['received', placementName, 1, 25_555],
    ]);
  });

  test('takes a wrong fee, and says what it hears', () => {
    const world = vendorWorld({
      ...calm,
      fees: always('wrong'),
      reports: always('bankrupt'),
      acknowledges: always('accepted'),
      collects: always('all'),
    });
    const said = events(play(world, [{ sent: placed, at: noon(0) }]));
    expect(said).toContainEqual(['paid', 'A1-p1', 25_555, 5_850]);
    expect(said).toContainEqual(['status', 'A1-p1', 'bankrupt']);
  });

  test('collects no more than it was told is owed', () => {
    const world = vendorWorld({ ...calm, acknowledges: always('accepted'), collects: always('all') });
    const said = events(
      play(world, [
        { sent: placed, at: noon(0) },
        { sent: updated, at: noon(10) },
      ]),
    );
    expect(said).toContainEqual(['paid', 'A1-p1', 5_555, 1_250]);
  });

  test('gives a recalled account back and collects no more of it', () => {
    const world = vendorWorld({ ...calm, acknowledges: always('accepted'), collects: always('all'), recall: always('returned') });
    const said = events(
      play(world, [
        { sent: placed, at: noon(0) },
        { sent: recalled, at: noon(10) },
      ]),
    );
    expect(said).toEqual([
      ['received', placementName, 1, 25_555],
      ['returned', 'A1-p1', 'recalled'],
    ]);
    expect(world.truth().placements).toMatchObject([{ state: 'returned', collectedCents: 0 }]);
  });

  test('reads nothing of a file that is not whole', () => {
    const world = vendorWorld({ ...calm, acknowledges: always('accepted') });
    const torn = { ...placed, content: placed.content.replace(/TRL.*/, '') };
    expect(() => world.receive(torn, noon(0))).toThrow('it is not whole');
  });
});
