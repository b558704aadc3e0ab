import { beforeEach, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../../client/knowledge.ts';
import { addDays, civilDate } from '../../../rules/domain/civil-date.ts';
import { PureAccount } from '../../support/pure-account.ts';

/** Whoever works a balance is told what changed it, and not what it told us itself (DOMAIN §8). */

const knowledge = loadKnowledge();
const place = { fileId: 'f9', offset: 0 };
let account: PureAccount;
let told = 0;

/** The payer leaves 250.00 to the patient on 2026-04-01; after three statements VENDOR1 has it from 2026-08-04 on. */
beforeEach(() => {
  account = new PureAccount(knowledge);
  account.open('2026-03-02', { payerId: 'UHC01' });
  account.deny('2026-04-01', [
    { group: 'CO', carc: '45', cents: 50_000 },
    { group: 'PR', carc: '1', cents: 25_000 },
  ]);
  for (let day = civilDate('2026-04-01'); day <= '2026-07-30'; day = addDays(day, 1)) {
    account.goTo(day);
    for (const { command, status } of account.account.commands) if (status === 'issued') account.carryOut(day, command.key);
  }
  account.turn('2026-08-04', [{ kind: 'vendorAcknowledged', placementId: 'p1', accepted: true, on: civilDate('2026-08-04'), reason: '' }]);
  told = account.account.commands.length;
});

function pays(on: string, cents: number, via: 'vendor' | 'direct'): void {
  const paymentId = `pay${account.account.eventCount}`;
  const through = via === 'vendor' ? { placementId: 'p1' } : {};
  account.turn(on, [{ kind: 'patientPaid', paymentId, cents, on: civilDate(on), via, ...through, ...place }]);
}

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
  pays('2026-08-10', 4_000, 'vendor');
  expect(said('2026-08-10')).toEqual([]);
  pays('2026-08-11', 3_000, 'vendor');
  expect(said('2026-08-11')).toEqual([]);
  pays('2026-08-12', 5_000, 'direct');
  expect(said('2026-08-12')).toEqual([['payment', -5_000, 13_000]]);
  pays('2026-08-13', 2_000, 'vendor');
  expect(said('2026-08-13')).toEqual([]);
  pays('2026-08-14', 1_000, 'direct');
  expect(said('2026-08-14')).toEqual([['payment', -1_000, 10_000]]);
});

test('a cent that is left stays with the vendor; with the last one the balance is recalled', () => {
  pays('2026-08-10', 24_999, 'direct');
  expect(said('2026-08-10')).toEqual([['payment', -24_999, 1]]);
  pays('2026-08-11', 1, 'direct');
  expect(said('2026-08-11')).toEqual([['recallFromVendor', 'paid in full']]);
});

test('an update is due a business day after the first change that was not told yet', () => {
  pays('2026-08-14', 5_000, 'direct');
  expect(Object.values(account.running)).toContain('2026-08-17');
  pays('2026-08-15', 5_000, 'direct');
  expect(Object.values(account.running)).toContain('2026-08-17');
  said('2026-08-17');
  expect(Object.keys(account.running).filter((id) => id.startsWith('vendorUpdate'))).toEqual([]);
});
