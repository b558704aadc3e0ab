import { describe, expect, test } from '@jest/globals';
import { type CivilDate, civilDate } from '../../../rules/domain/civil-date.ts';
import { allocatePayment, allocateReversal, type PayableAccount } from '../../../rules/plans/allocate.ts';
import { scheduleOf, sharesOf } from '../../../rules/plans/schedule.ts';
import { RandomNumbers } from '../../support/random-numbers.ts';

const oldestFirst = { order: 'oldestFirst', vendorsLast: true, namedAccount: 'plan' } as const;
const proportional = { ...oldestFirst, order: 'proportional' } as const;

function account(accountId: string, balanceCents: number, about: Partial<PayableAccount> = {}): PayableAccount {
  return { accountId, balanceCents, servicedThrough: civilDate('2026-01-01'), isWithVendor: false, unpaid: [], ...about };
}

const day = (text: string): { readonly servicedThrough: CivilDate } => ({ servicedThrough: civilDate(text) });

function parts(
  amount: number,
  accounts: readonly PayableAccount[],
  policy: Parameters<typeof allocatePayment>[2] = oldestFirst,
): Record<string, number> {
  return Object.fromEntries(allocatePayment(amount, accounts, policy).map((part) => [part.accountId, part.cents]));
}

describe('a payment for several accounts', () => {
  const two = [account('new', 10_000, day('2026-03-01')), account('old', 5_000, day('2026-02-01'))];
  test.each([
    ['pays the oldest first', 5_000, { old: 5_000 }],
    ['goes on with the next', 5_001, { old: 5_000, new: 1 }],
    ['pays all', 15_000, { old: 5_000, new: 10_000 }],
    ['leaves what is too much on the last one', 15_007, { old: 5_000, new: 10_007 }],
  ])('%s', (_, amount, expected) => {
    expect(parts(amount, two)).toEqual(expected);
  });

  test('by size, where the policy says so', () => {
    expect(parts(100, two, proportional)).toEqual({ old: 33, new: 67 });
  });

  test('balances with a vendor come last', () => {
    const withVendor = account('placed', 5_000, { ...day('2026-01-01'), isWithVendor: true });
    expect(parts(15_001, [withVendor, ...two])).toEqual({ old: 5_000, new: 10_000, placed: 1 });
    expect(parts(1, [withVendor, ...two], { ...oldestFirst, vendorsLast: false })).toEqual({ placed: 1 });
  });

  test('an instalment comes before anything older, and one of two accounts is shared by its size', () => {
    const whole = scheduleOf({ totalCents: 15_000, instalmentCents: 5_000, firstDueOn: civilDate('2026-04-01') });
    const [a = [], b = []] = sharesOf(whole, [10_000, 5_000]);
    const planned = [account('a', 10_000, { ...day('2026-03-01'), unpaid: a }), account('b', 5_000, { ...day('2026-03-02'), unpaid: b })];
    const older = account('older', 9_000, day('2025-01-01'));
    expect(parts(5_000, [...planned, older])).toEqual({ a: 3_333, b: 1_667 });
    expect(parts(16_000, [...planned, older])).toEqual({ a: 10_000, b: 5_000, older: 1_000 });
  });

  test('where nobody owes anything it is a credit on the account serviced last; without an account it is nobody’s', () => {
    expect(parts(500, [account('old', 0, day('2026-02-01')), account('new', -20, day('2026-03-01'))])).toEqual({ new: 500 });
    expect(allocatePayment(500, [], oldestFirst)).toEqual([]);
  });

  test('laws: to the cent, nobody gets more than is owed while another owes, the same again is the same', () => {
    const seed = 8_003;
    const random = new RandomNumbers(seed);
    for (let n = 0; n < 500; n += 1) {
      const accounts = randomAccounts(random);
      const amount = 1 + random.next(300_000);
      const policy = random.pick([oldestFirst, proportional, { ...oldestFirst, vendorsLast: false }]);
      const got = allocatePayment(amount, accounts, policy);
      const said = `seed ${seed}, case ${n}: ${amount} over ${JSON.stringify(accounts)}`;
      expect([said, got.reduce((sum, part) => sum + part.cents, 0)]).toEqual([said, amount]);
      expect([said, got.every((part) => part.cents > 0)]).toEqual([said, true]);
      expect([said, new Set(got.map((part) => part.accountId)).size]).toEqual([said, got.length]);
      const owed = accounts.reduce((sum, a) => sum + Math.max(0, a.balanceCents), 0);
      const over = got.filter((part) => part.cents > Math.max(0, accounts.find((a) => a.accountId === part.accountId)?.balanceCents ?? 0));
      expect([said, over.length]).toEqual([said, amount > owed ? 1 : 0]);
      expect([said, allocatePayment(amount, accounts.toReversed(), policy)]).toEqual([said, got]);
    }
  });

  test('law: two payments leave every account where their sum leaves it, when the oldest is paid first', () => {
    const seed = 8_004;
    const random = new RandomNumbers(seed);
    for (let n = 0; n < 200; n += 1) {
      const accounts = randomAccounts(random).map((one) => ({ ...one, unpaid: [] }));
      const [first, second] = [1 + random.next(90_000), 1 + random.next(90_000)];
      const before = parts(first, accounts);
      const between = accounts.map((one) => ({ ...one, balanceCents: one.balanceCents - (before[one.accountId] ?? 0) }));
      const after = parts(second, between);
      const owed = accounts.reduce((sum, a) => sum + Math.max(0, a.balanceCents), 0);
      if (first + second > owed) continue;
      const together = parts(first + second, accounts);
      const said = `seed ${seed}, case ${n}`;
      for (const { accountId } of accounts)
        expect([said, (before[accountId] ?? 0) + (after[accountId] ?? 0)]).toEqual([said, together[accountId] ?? 0]);
    }
  });
});

test('a reversal takes back from every part by its size, to the cent', () => {
  const went = [
    { accountId: 'a', cents: 3_333 },
    { accountId: 'b', cents: 1_667 },
  ];
  expect(allocateReversal(5_000, went)).toEqual(went);
  expect(allocateReversal(100, went)).toEqual([
    { accountId: 'a', cents: 67 },
    { accountId: 'b', cents: 33 },
  ]);
  expect(() => allocateReversal(1, [])).toThrow('positive sum');
});

function randomAccounts(random: RandomNumbers): PayableAccount[] {
  return Array.from({ length: 1 + random.next(5) }, (_, n) => {
    const balanceCents = random.next(5) === 0 ? -random.next(5_000) : random.next(60_000);
    const servicedThrough = civilDate(`2026-0${1 + random.next(4)}-1${random.next(10)}`);
    const firstDueOn = civilDate(`2026-06-0${1 + random.next(3)}`);
    const instalmentCents = 1 + random.next(30_000);
    const hasPlan = balanceCents > 0 && random.next(2) === 0;
    const unpaid = hasPlan
      ? scheduleOf({ totalCents: balanceCents + random.next(3_000), instalmentCents: instalmentCents + 1_000, firstDueOn })
      : [];
    return { accountId: `a${n}`, balanceCents, servicedThrough, isWithVendor: random.next(4) === 0, unpaid };
  });
}
