import { beforeEach, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../../client/knowledge.ts';
import { VendorAccount } from '../../support/vendor-account.ts';

/** Whoever works a balance is told what changed it, and not what it told us itself (DOMAIN §8). */

const knowledge = loadKnowledge();
let account: VendorAccount;
let told = 0;

/** VENDOR1 has 250.00 from 2026-08-04 on. */
beforeEach(() => {
  account = new VendorAccount(knowledge).placed();
  told = account.account.commands.length;
});

/** What was said since the placement, each carried out on that day. */
function said(on: string): readonly unknown[] {
  const fresh = account.account.commands.slice(told).filter(({ status }) => status === 'issued');
  told = account.account.commands.length;
  for (const { command } of fresh) account.carryOut(on, command.key);
  return fresh.map(({ command: { kind, params } }) =>
    kind === 'updateVendor' ? [params.what, params.cents, params.balanceCents] : [kind, params.reason],
  );
}

test('of what the vendor collected nobody tells it; of what came to us it is told the amount and what is left', () => {
  account.pays('2026-08-10', 4_000, { via: 'vendor' });
  expect(said('2026-08-10')).toEqual([]);
  account.pays('2026-08-11', 3_000, { via: 'vendor' });
  expect(said('2026-08-11')).toEqual([]);
  account.pays('2026-08-12', 5_000, { via: 'direct' });
  expect(said('2026-08-12')).toEqual([['payment', -5_000, 13_000]]);
  account.pays('2026-08-13', 2_000, { via: 'vendor' });
  expect(said('2026-08-13')).toEqual([]);
  account.pays('2026-08-14', 1_000, { via: 'direct' });
  expect(said('2026-08-14')).toEqual([['payment', -1_000, 10_000]]);
});

test('a cent that is left stays with the vendor; with the last one the balance is recalled', () => {
  account.pays('2026-08-10', 24_999, { via: 'direct' });
  expect(said('2026-08-10')).toEqual([['payment', -24_999, 1]]);
  account.pays('2026-08-11', 1, { via: 'direct' });
  expect(said('2026-08-11')).toEqual([['recallFromVendor', 'paid in full']]);
});

test('an update is due a business day after the first change that was not told yet', () => {
  account.pays('2026-08-14', 5_000, { via: 'direct' });
  expect(Object.values(account.running)).toContain('2026-08-17');
  account.pays('2026-08-15', 5_000, { via: 'direct' });
  expect(Object.values(account.running)).toContain('2026-08-17');
  said('2026-08-17');
  expect(Object.keys(account.running).filter((id) => id.startsWith('vendorUpdate'))).toEqual([]);
});
