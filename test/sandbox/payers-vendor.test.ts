import { describe, expect, test } from '@jest/globals';
import type { Delivery, SentFile } from '../../client/sandbox/peer.ts';
import type { Manners } from '../../client/sandbox/payers/manners.ts';
import { VendorDesk } from '../../client/sandbox/payers/vendor-desk.ts';
import type { PayerWorld } from '../../client/sandbox/payers/world.ts';
import { civilDate, daysBetween, instant, wallTimeAt } from '../../rules/domain/civil-date.ts';
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

  describe('of all that it has', () => {
    const lawful = { lists: always('right'), extras: 0, remits: always('right'), corrects: 0, contacts: always('lawful') } as const;
    const works = (change: Partial<Manners['vendors'][number]>) => {
      const held = { ...calm, ...lawful, acknowledges: always('accepted'), collects: always('part'), ...change } as const;
      const world = vendorWorld(held);
      return { came: play(world, [{ sent: placed, at: noon(0) }]), world };
    };
    const textsOf = (came: readonly Delivery[], kind: string) =>
      came.filter(({ name }) => name.includes(`-${kind}-`)).map(({ content }) => content);
    const listed = (came: readonly Delivery[]) =>
      textsOf(came, 'inventory').map((text) =>
        (desk.read('inventory', text, day) ?? []).map((row) => [row.text('placementId'), row.text('status'), row.cents('balanceCents')]),
      );

    test('it lists the balance every week until it gives it back, and then nothing', () => {
      const { came, world } = works({ keepsDays: 150 });
      const lists = listed(came);
      const left = 25_555 - Number(world.truth().placements[0]?.collectedCents);
      expect(new Set(lists.map((rows) => JSON.stringify(rows)))).toEqual(
        new Set([JSON.stringify([['A1-p1', 'open', 25_555]]), JSON.stringify([['A1-p1', 'open', left]]), '[]']),
      );
      expect(lists.length).toBeGreaterThan(20);
      expect(lists.at(-1)).toEqual([]);
      expect(world.truth().vendorMistakes).toEqual([]);
    });

    test('it transfers each payment once, less its fee, and says so within the days of the contract', () => {
      const { came, world } = works({});
      const paid = Number(world.truth().placements[0]?.collectedCents);
      const rows = textsOf(came, 'remit').flatMap((text) => desk.read('remit', text, day) ?? []);
      expect(rows.map((row) => [row.text('paymentId'), row.cents('cents'), row.cents('feeCents')])).toEqual([
        ['A1-p1-V1', paid, Math.round(paid * 0.225)],
      ]);
      expect(rows.map((row) => daysBetween(row.requiredDate('paidOn'), row.requiredDate('remittedOn')) <= 15)).toEqual([true]);
      expect(world.truth().placements[0]?.unremitted).toEqual([]);
    });

    test('it writes first, with the notice, and calls by day, each contact once', () => {
      const rows = textsOf(works({}).came, 'contacts').flatMap((text) => text.trimEnd().split('\n').slice(1));
      const cells = rows.map((row) => row.split(','));
      expect(cells[0]).toEqual(expect.arrayContaining(['A1-p1-C0', 'letter', 'notice', 'sent', 'yes']));
      expect(cells.length).toBeGreaterThan(3);
      expect(new Set(cells.map(([id]) => id)).size).toBe(cells.length);
      const hours = cells.map(([, , at = '']) => Number(wallTimeAt(instant(at), 'America/New_York').slice(0, 2)));
      expect(hours.every((hour) => hour >= 8 && hour < 21)).toBe(true);
    });

    const centsShort = (text: string) => {
      const [net = 0, fee = 0, gross = 0] = text
        .trimEnd()
        .split(',')
        .toReversed()
        .map((cell) => Math.round(100 * Number(cell)));
      return gross - fee - net;
    };

    test.each([
      ['missing', { lists: always('missing') }, 'A1-p1', 'inventory', (text: string) => !text.includes('A1-p1,')],
      ['balance', { lists: always('wrongBalance') }, 'A1-p1', 'inventory', (text: string) => text.includes('A1-p1,open,260.55,')],
      ['extra', { extras: 1 }, 'X2026-01-21-p1', 'inventory', (text: string) => text.includes('X2026-01-21-p1,open,')],
      ['contact', { contacts: always('atNight') }, 'A1-p1-C2', 'contacts', (text: string) => /A1-p1-C2,A1-p1,[\d-]+T03:00/.test(text)],
      ['fee', { fees: always('wrong') }, 'A1-p1-V1', 'remit', (text: string) => text.includes('A1-p1-V1')],
      ['total', { remits: always('wrongNet') }, /^VENDOR1-2026-/, 'remit', (text: string) => centsShort(text) === 100],
    ] as const)('it says something wrong (%s), and knows it', (kind, change, about, file, isWrong) => {
      const { came, world } = works(change);
      const mistakes = world.truth().vendorMistakes;
      expect(new Set(mistakes.map((one) => one.kind))).toEqual(new Set([kind]));
      expect(mistakes.map((one) => one.about)).toContainEqual(typeof about === 'string' ? about : expect.stringMatching(about));
      expect(textsOf(came, file).some(isWrong)).toBe(true);
    });

    test('it puts a wrong fee right in its next remit', () => {
      const { came, world } = works({ fees: always('wrong'), corrects: 1 });
      const fees = textsOf(came, 'remit').flatMap((text) => (desk.read('remit', text, day) ?? []).map((row) => row.cents('feeCents')));
      expect(fees.slice(1)).toEqual([-100]);
      expect(world.truth().vendorMistakes).toMatchObject([{ kind: 'fee', about: 'A1-p1-V1', isPutRight: true }]);
    });
  });

  test('reads nothing of a file that is not whole', () => {
    const world = vendorWorld({ ...calm, acknowledges: always('accepted') });
    const torn = { ...placed, content: placed.content.replace(/TRL.*/, '') };
    expect(() => world.receive(torn, noon(0))).toThrow('it is not whole');
  });
});
