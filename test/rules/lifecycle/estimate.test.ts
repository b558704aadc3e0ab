import { beforeEach, describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../../client/knowledge.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { aboveEstimateCents } from '../../../rules/lifecycle/estimate.ts';
import { PureAccount } from '../../support/pure-account.ts';

const knowledge = loadKnowledge();
let account: PureAccount;

/** Billed 900.00 on 2026-04-01. */
beforeEach(() => {
  account = new PureAccount(knowledge);
  account.open('2026-03-02', { payerId: 'UHC01' });
  account.deny('2026-04-01', [{ group: 'PR', carc: '1', cents: 90_000 }]);
  account.carryOut('2026-04-01', 'sendStatement:1');
});

function estimate(cents: number, on = '2026-04-02'): string | null {
  return account.tell(on, { do: 'estimate', by: 'pat', cents, givenOn: civilDate('2026-02-20') });
}

function dispute(on: string): string | null {
  return account.tell(on, { do: 'hold', by: 'pat', hold: 'estimateDispute' });
}

describe('a dispute of a bill above its good-faith estimate', () => {
  test('needs an estimate', () => {
    expect(dispute('2026-04-10')).toContain('no good-faith estimate is known');
  });

  test.each([
    [50_001, 'the bill is 399.99 above'],
    [50_000, null],
    [49_999, null],
  ])('an estimate of %d cents against a bill of 900.00: %s', (cents, refusal) => {
    estimate(cents);
    const answer = dispute('2026-04-10');
    if (refusal === null) expect(answer).toBeNull();
    else expect(answer?.replace('$', '')).toContain(refusal);
  });

  test('a payment does not make the bill smaller', () => {
    estimate(50_000);
    const paid = { kind: 'patientPaid', paymentId: 'PAY1', cents: 20_000, on: civilDate('2026-04-05'), via: 'direct' } as const;
    account.turn('2026-04-05', [{ ...paid, fileId: 'f3', offset: 0 }]);
    expect(aboveEstimateCents(account.account)).toBe(40_000);
    expect(dispute('2026-04-10')).toBeNull();
  });

  test('can be made for 120 days from the first bill', () => {
    estimate(50_000);
    expect(account.running).toMatchObject({ 'estimateDispute:patient': '2026-07-30' });
    account.goTo('2026-07-31');
    expect(dispute('2026-07-31')).toContain('ended on 2026-07-30');
  });

  test('on the last day is in time', () => {
    estimate(50_000);
    account.goTo('2026-07-30');
    expect(dispute('2026-07-30')).toBeNull();
  });

  test('stops every bill while it runs', () => {
    estimate(50_000);
    dispute('2026-04-10');
    account.goTo('2026-06-20');
    expect(account.account.commands.map(({ command }) => command.kind)).toEqual(['sendStatement']);
  });
});

test('a bill less than 400 dollars above its estimate opens no window', () => {
  estimate(50_001);
  account.goTo('2026-05-20');
  expect(account.account.deadlines.some(({ deadline }) => deadline.kind === 'estimateDispute')).toBe(false);
});
