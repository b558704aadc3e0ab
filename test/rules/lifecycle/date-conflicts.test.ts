import { beforeEach, describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../../client/knowledge.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { PureAccount } from '../../support/pure-account.ts';

const shipped = loadKnowledge();
let account: PureAccount;

beforeEach(() => {
  account = new PureAccount(shipped);
});

/** Lists give Humana 90 and 180 days for a commercial claim. */
function sentToHumana(): void {
  account.open('2026-03-02', { payerId: 'HUMANA1' });
}

function accept(on: string): void {
  const acknowledged = { submissionKey: 'A1', level: 'claim', by: 'payer', verdict: 'accepted', category: 'A2', status: '20' } as const;
  account.turn(on, [
    { kind: 'submissionAcknowledged', ...acknowledged, on: civilDate(on), payerClaimNumber: 'P1', fileId: 'f3', offset: 0 },
  ]);
}

describe('where sources disagree about a date', () => {
  test('the earlier one runs, and a supervisor is told what the others say', () => {
    sentToHumana();
    expect(account.running['filing:claim1']).toBe('2026-05-31');
    expect(account.openTasks).toEqual(['heedEarlierDate [supervisor] 2026-05-31']);
    expect(account.account.tasks[0]).toMatchObject({
      title: 'Sources disagree about a date: filing by 2026-05-31',
      reason:
        'Sources disagree: humana-filing-commercial says Sunday 2026-05-31 and is kept as the safer; humana-filing-180-days says Saturday 2026-08-29.',
      safeByOn: '2026-05-29',
      amountCents: 100_000,
    });
  });

  test('the task is withdrawn once what the date was for is done', () => {
    sentToHumana();
    accept('2026-03-04');
    expect(account.openTasks).toEqual([]);
    expect(account.account.tasks[0]).toMatchObject({ kind: 'heedEarlierDate', status: 'withdrawn' });
  });

  test('it stays when the earlier date passed: the later one may still be open, and the window of the work itself is what closes', () => {
    sentToHumana();
    accept('2026-03-04');
    account.deny('2026-04-01', [{ group: 'CO', carc: '197', cents: 100_000 }]);
    expect(account.openTasks).toEqual(['heedEarlierDate [supervisor] 2026-05-31', 'prepareReconsideration [appeals] 2026-05-31']);
    account.goTo('2026-06-01');
    expect(account.openTasks).toEqual(['heedEarlierDate [supervisor] 2026-05-31', 'chooseNextStep [supervisor]']);
  });

  test('it is withdrawn with its case', () => {
    sentToHumana();
    accept('2026-03-04');
    account.deny('2026-04-01', [{ group: 'CO', carc: '197', cents: 100_000 }]);
    const paid = { remittanceClaimId: 'r9', fileId: 'f4', offset: 0, remittanceOn: civilDate('2026-04-20'), crossover: false } as const;
    const claim = { submissionKey: 'A1', sequence: 1, payerClaimNumber: 'P1', adjustments: [] } as const;
    account.turn('2026-04-20', [
      {
        kind: 'remittancePosted',
        ...paid,
        ...claim,
        status: '22',
        chargeCents: -100_000,
        paidCents: 0,
        adjustments: [{ group: 'CO', carc: '197', cents: -100_000, lineNumber: null, rarcs: [], offset: 1 }],
      },
      { kind: 'remittancePosted', ...paid, ...claim, remittanceClaimId: 'r10', status: '1', chargeCents: 100_000, paidCents: 100_000 },
    ]);
    expect([account.openTasks, account.account.tasks.filter(({ kind }) => kind === 'heedEarlierDate').map(({ status }) => status)]).toEqual(
      [[], ['withdrawn', 'withdrawn']],
    );
  });

  test('nothing is said of a payer about whom they agree', () => {
    account.open('2026-03-02', { payerId: 'UHC01' });
    expect(account.openTasks).toEqual([]);
  });
});
