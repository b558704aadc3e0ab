import { describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../../client/knowledge.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import type { Task, TaskKind } from '../../../rules/domain/task.ts';
import { bucketBalance } from '../../../rules/lifecycle/balances.ts';
import { PureAccount } from '../../support/pure-account.ts';

const knowledge = loadKnowledge();

/** The patient owed 100.00 and paid 160.00 on 2026-05-04: 60.00 are the patient's, and a refund of them was declined. */
function overpaid(ownerState = 'OH'): PureAccount {
  const account = new PureAccount(knowledge);
  const owner = { guarantorId: 'g1', language: 'en', isMinor: false, mailReturnedOn: null, accounts: 1, owedElsewhereCents: 0 };
  account.guarantor = { ...owner, state: ownerState, lastStatementOn: null };
  account.open('2026-03-02', { payerId: 'UHC01' });
  account.deny('2026-04-01', [{ group: 'PR', carc: '1', cents: 10_000 }]);
  account.carryOut('2026-04-01', 'sendStatement:1');
  const paid = { kind: 'patientPaid', paymentId: 'PAY1', cents: 16_000, on: civilDate('2026-05-04'), via: 'direct' } as const;
  account.turn('2026-05-04', [{ ...paid, fileId: 'f3', offset: 0 }]);
  return account;
}

function open(account: PureAccount, kind: TaskKind): Task | undefined {
  return account.account.tasks.find((task) => task.kind === kind && task.status === 'open');
}

function answer(
  account: PureAccount,
  on: string,
  kind: TaskKind,
  outcome: 'approved' | 'noticeSent' | 'ownerFound' | 'reported',
  reference?: string,
) {
  const form = { outcome, by: 'sam', role: 'supervisor', ...(reference === undefined ? {} : { reference }) } as const;
  return account.turn(on, [], [{ formId: `${kind}${on}`, taskId: open(account, kind)?.id ?? 'none', form }]).refusals[0]?.reason ?? null;
}

/** Ohio keeps property five years. */
const dormantOn = '2031-05-04';

describe('a credit of the patient', () => {
  test.each([
    ['OH', dormantOn],
    ['FL', '2031-05-04'],
    ['TX', '2029-05-04'],
    ['WY', '2029-05-04'],
    ['', dormantOn],
  ])('of an owner in %p becomes dormant on %s, counted from the last payment', (state, on) => {
    expect(overpaid(state).running).toMatchObject({ 'dormancy:credit-patient': on });
  });

  test('that is given back has no clock', () => {
    const account = overpaid();
    answer(account, '2026-05-05', 'approveRefund', 'approved');
    account.carryOut('2026-05-05', 'requestRefund:1');
    expect(bucketBalance(account.account, 'patient')).toBe(0);
    expect(account.running).not.toHaveProperty('dormancy:credit-patient');
  });

  test('that lies until then is written to its owner about, and reported with a confirmation', () => {
    const account = overpaid();
    account.goTo('2031-05-04');
    expect(open(account, 'sendDueDiligenceNotice')).toBeUndefined();
    account.goTo('2031-05-05');
    expect(open(account, 'sendDueDiligenceNotice')).toMatchObject({ queue: 'credits', amountCents: 6_000, legalOn: '2031-07-03' });
    expect(account.running).toMatchObject({ 'escheat:credit-patient': '2031-09-01' });
    answer(account, '2031-05-10', 'sendDueDiligenceNotice', 'noticeSent');
    expect(open(account, 'reportUnclaimed')).toMatchObject({ legalOn: '2031-09-01' });
    expect(answer(account, '2031-08-01', 'reportUnclaimed', 'reported')).toContain('confirmation of the state’s report');
    expect(answer(account, '2031-08-02', 'reportUnclaimed', 'reported', 'OH-1')).toBeNull();
    expect(bucketBalance(account.account, 'patient')).toBe(0);
    expect(account.account.lines.at(-1)).toMatchObject({ kind: 'escheat', cents: 6_000 });
    expect(account.running).not.toHaveProperty('escheat:credit-patient');
  });

  test('whose owner is found is refunded, and its clock begins again', () => {
    const account = overpaid();
    account.goTo('2031-05-05');
    answer(account, '2031-05-10', 'sendDueDiligenceNotice', 'ownerFound');
    expect(open(account, 'approveRefund')).toMatchObject({ amountCents: 6_000 });
    expect(account.running).not.toHaveProperty('escheat:credit-patient');
  });

  test('that nobody reported in time is a supervisor’s', () => {
    const account = overpaid();
    account.goTo('2031-09-02');
    expect(account.account.tasks.some((t) => t.queue === 'supervisor' && t.title.includes('reported to the state'))).toBe(true);
  });
});

describe('a refund that came back', () => {
  function returned(account: PureAccount, cents: number): void {
    const said = { kind: 'refundReturned', cents, says: 'uncashed', on: civilDate('2026-11-02'), reference: 'CHK1' } as const;
    account.turn('2026-11-02', [{ ...said, fileId: 'f9', offset: 0 }]);
  }

  test('stands as a credit again, and its years count from the day it was sent', () => {
    const account = overpaid();
    answer(account, '2026-05-05', 'approveRefund', 'approved');
    account.carryOut('2026-05-05', 'requestRefund:1');
    returned(account, 6_000);
    expect(bucketBalance(account.account, 'patient')).toBe(-6_000);
    expect(account.running).toMatchObject({ 'dormancy:credit-patient#2': '2031-05-05' });
    expect(open(account, 'approveRefund')).toBeDefined();
    returned(account, 6_000);
    expect(open(account, 'checkPosting')).toBeDefined();
    expect(bucketBalance(account.account, 'patient')).toBe(-6_000);
  });
});
