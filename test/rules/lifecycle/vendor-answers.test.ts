import { expect, test } from '@jest/globals';
import { loadKnowledge } from '../../../client/knowledge.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import type { TaskKind, TaskOutcome } from '../../../rules/domain/task.ts';
import { VendorAccount } from '../../support/vendor-account.ts';

const knowledge = loadKnowledge();

function openTask(account: VendorAccount, kind: TaskKind) {
  return account.account.tasks.find((task) => task.kind === kind && task.status === 'open');
}

/** Silent about the offer of 2026-07-30: somebody asks, and says what the vendor answered. */
function asked(outcome: TaskOutcome): VendorAccount {
  const account = new VendorAccount(knowledge).offered();
  account.live('2026-07-31', '2026-08-07');
  const task = openTask(account, 'chaseVendor');
  expect(account.complete('2026-08-10', task?.id ?? '', outcome).refusals).toEqual([]);
  return account;
}

test('a silent vendor that was asked and has the balance works it from that day; nothing chases it any more', () => {
  const account = asked('acknowledged');
  expect(account.account.patient.placements[0]).toMatchObject({ status: 'placed', placedOn: '2026-08-10' });
  expect([openTask(account, 'chaseVendor'), account.account.patient.status]).toEqual([undefined, 'placed']);
});

test('one that was asked and does not have it gives it back: the next question is ours', () => {
  const account = asked('returned');
  expect(account.account.patient.placements[0]).toMatchObject({ status: 'returned', returnedOn: '2026-08-10' });
  expect([openTask(account, 'chaseVendor'), account.account.patient.status]).toEqual([undefined, 'recalled']);
});

test('money dated before the placement may be a payment that we posted ourselves', () => {
  const account = new VendorAccount(knowledge).placed();
  account.pays('2026-08-10', 4_000, { via: 'vendor', dated: '2026-08-01' });
  expect(openTask(account, 'checkVendor')).toMatchObject({
    title: 'The vendor reports $40.00 paid before the placement',
    reason:
      'It is dated 2026-08-01, and the placement began on 2026-08-04: it may be a payment that we posted ourselves. No fee is due for it: see that it is remitted whole.',
    amountCents: 4_000,
  });
});

test('money dated after the recall came while the vendor should have stopped', () => {
  const account = new VendorAccount(knowledge).placed();
  account.tell('2026-08-20', { do: 'hold', by: 'pat', hold: 'bankruptcy', reference: 'BK-1' });
  account.live('2026-08-20', '2026-08-20');
  account.pays('2026-08-24', 4_000, { via: 'vendor', dated: '2026-08-20' });
  expect(openTask(account, 'checkVendor')).toBeUndefined();
  account.pays('2026-08-25', 4_000, { via: 'vendor', dated: '2026-08-21' });
  expect(openTask(account, 'checkVendor')).toMatchObject({
    title: 'The vendor reports $40.00 paid after the recall',
    reason:
      'It is dated 2026-08-21, and the balance was recalled on 2026-08-20: the vendor went on collecting, or the payment crossed the recall. No fee is due for it: see that it is remitted whole.',
  });
});

test.each([
  ['returned', 'insufficient funds', 'the payment came back (insufficient funds)'],
  ['moved', '', 'the payment was moved to another account'],
] as const)('a payment that was %s is taken back by a line of its own, in words', (as, reason, words) => {
  const account = new VendorAccount(knowledge);
  const paymentId = account.pays('2026-04-10', 4_000, { via: 'direct' });
  const back = { paymentId, reversalId: 'R1', cents: 4_000, on: civilDate('2026-04-20'), as, reason, via: 'direct' } as const;
  account.turn('2026-04-20', [{ kind: 'patientPaymentReversed', ...back, fileId: 'f10', offset: 5 }]);
  expect(account.account.lines.at(-1)).toMatchObject({ id: 'payment:R1#1', cents: 4_000, undoes: `payment:${paymentId}#1` });
  expect(account.story.join('\n')).toContain(words);
});

test('a hold that is released leaves no review behind', () => {
  const account = new VendorAccount(knowledge);
  const reviews = () => account.account.timers.filter(({ id, status }) => status === 'armed' && id.startsWith('reviewHold'));
  account.tell('2026-04-02', { do: 'hold', by: 'pat', hold: 'bankruptcy', reference: 'BK-1' });
  expect(reviews()).toHaveLength(1);
  account.tell('2026-04-03', { do: 'release', by: 'pat', hold: 'bankruptcy' });
  expect(reviews()).toEqual([]);
});
