import { beforeEach, describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../../client/knowledge.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import type { Task, TaskKind } from '../../../rules/domain/task.ts';
import type { Advanced } from '../../../rules/lifecycle/contract.ts';
import { PureAccount } from '../../support/pure-account.ts';

const knowledge = loadKnowledge();
let account: PureAccount;
let key: string;

/** A claim denied as not necessary; the person who prepares the appeal says that it is ready. */
beforeEach(() => {
  account = new PureAccount(knowledge);
  account.open('2026-03-02', { payerId: 'UHC01' });
  account.deny('2026-04-01', [{ group: 'CO', carc: '50', cents: 100_000 }]);
  const choice = open('chooseNextStep');
  if (choice !== undefined) account.complete('2026-04-02', choice.id, 'appeal');
  const { commands } = account.complete('2026-04-03', (open('prepareAppeal') ?? open('prepareReconsideration'))?.id ?? 'none', 'ready');
  key = commands[0]?.key ?? 'none';
});

function open(kind: TaskKind): Task | undefined {
  return account.account.tasks.find((task) => task.kind === kind && task.status === 'open');
}

function ended(result: 'refused' | 'unknown', reason: string): Advanced {
  const on = civilDate('2026-04-03');
  return account.turn('2026-04-03', [{ kind: 'commandCarriedOut', key, result, receipt: null, reason, on, submissionKey: null }]);
}

function reported(arrived: boolean): Advanced {
  const on = civilDate('2026-04-06');
  return account.turn('2026-04-06', [{ kind: 'deliveryReported', key, arrived, receipt: 'CERT-1', on, fileId: 'f9', offset: 0 }]);
}

function commandStatus(): string | undefined {
  return account.account.commands.find(({ command }) => command.key === key)?.status;
}

describe('an appeal in doubt', () => {
  beforeEach(() => {
    ended('unknown', 'gateway.in-doubt: no answer came');
  });

  test('waits for a person, and nothing is sent again', () => {
    expect(open('resolveDelivery')).toMatchObject({ commandKey: key, reason: expect.stringContaining('may or may not have arrived') });
    expect(open('recordPayerAnswer')).toBeUndefined();
  });

  test('that arrived is filed: the payer owes an answer', () => {
    const { commands } = account.complete('2026-04-07', open('resolveDelivery')?.id ?? 'none', 'arrived');
    expect([commands, commandStatus()]).toEqual([[], 'sent']);
    expect(open('recordPayerAnswer')).toBeDefined();
    expect(account.account.claims[0]?.cases[0]).toMatchObject({ status: 'awaitingAnswer', paths: [{ filedOn: '2026-04-07' }] });
  });

  test('that its carrier reports as delivered is filed on that day, and no person is needed', () => {
    reported(true);
    expect(commandStatus()).toBe('sent');
    expect(open('resolveDelivery')).toBeUndefined();
    expect(account.account.claims[0]?.cases[0]).toMatchObject({ status: 'awaitingAnswer', paths: [{ filedOn: '2026-04-06' }] });
    expect(open('recordPayerAnswer')).toBeDefined();
  });

  test('that did not arrive is sent once more, under a new key', () => {
    const { commands } = account.complete('2026-04-07', open('resolveDelivery')?.id ?? 'none', 'didNotArrive');
    expect(commands).toHaveLength(1);
    expect(commands[0]?.key).not.toBe(key);
    expect(commandStatus()).toBe('refused');
  });

  test('that cannot be sent ends its path, and a person chooses another', () => {
    account.complete('2026-04-07', open('resolveDelivery')?.id ?? 'none', 'cannotSend');
    expect(account.account.claims[0]?.cases[0]?.status).toBe('open');
    expect(open('chooseNextStep')).toBeDefined();
  });
});

test('an appeal that was sent and came back goes to a person', () => {
  account.carryOut('2026-04-03', key);
  expect(open('resolveDelivery')).toBeUndefined();
  reported(false);
  expect(open('resolveDelivery')).toMatchObject({ reason: expect.stringContaining('CERT-1') });
});

test('an appeal through a portal is uploaded by a person before its deadline; the confirmation number is the receipt', () => {
  ended('unknown', 'gateway.portal: the packet waits for a person to upload it');
  const task = open('uploadToPortal');
  expect(task?.legalOn).not.toBeNull();
  expect(account.complete('2026-04-04', task?.id ?? 'none', 'uploaded').refusals).toMatchObject([
    { reason: expect.stringContaining('confirmation number') },
  ]);
  const form = { outcome: 'uploaded', by: 'pat', reference: 'PORTAL-1' } as const;
  account.turn('2026-04-05', [], [{ formId: 'portal', taskId: task?.id ?? 'none', form }]);
  expect(account.account.commands.find(({ command }) => command.key === key)).toMatchObject({ status: 'sent', receipt: 'PORTAL-1' });
});
