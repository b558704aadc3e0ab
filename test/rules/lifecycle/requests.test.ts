import { beforeEach, describe, expect, test } from '@jest/globals';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { proposalsOf } from '../../../rules/lifecycle/proposals.ts';
import { DeniedAccount, personDecides } from '../../support/denied-account.ts';

let a: DeniedAccount;
const told = { submissionKey: 'A1', on: civilDate('2026-03-10'), payerClaimNumber: 'ICN1', fileId: 'f', offset: 0 };

beforeEach(() => {
  a = new DeniedAccount(personDecides).sent('2026-03-02', 'AETNA1', 'commercial');
});

function ended(result: 'refused' | 'unknown', reason: string): void {
  const { key } = a.account.commands.at(-1)?.command ?? { key: 'none' };
  a.turn('2026-03-11', [
    { kind: 'commandCarriedOut', key, result, receipt: null, reason, on: civilDate('2026-03-11'), submissionKey: null },
  ]);
}

describe('a request for documents about a claim nobody denied', () => {
  beforeEach(() => {
    const request = { attachmentControlNumber: 'ACN1', codes: ['18842-5'], dueOn: civilDate('2026-03-24') };
    a.turn('2026-03-10', [{ kind: 'documentsRequested', ...told, ...request }]);
    a.done('2026-03-11', 'answerRequest', 'ready');
  });

  test('leaves once under the number the payer gave, and the claim is waited for', () => {
    const id = a.account.tasks[0]?.id;
    const params = { sequence: 1, formTask: id, request: id, attachmentControlNumber: 'ACN1' };
    expect(a.account.commands.map(({ command }) => command)).toMatchObject([{ kind: 'sendDocuments', subject: { kind: 'claim' }, params }]);
    a.out('2026-03-11');
    expect(a.account.timers.map(({ id: timer, on }) => [timer, on])).toContainEqual(['payment:claim1', '2026-04-10']);
    expect(proposalsOf(a.account)).toMatchObject([{ id, kind: 'documents', state: 'carriedOut', commandKey: 'sendDocuments:1' }]);
    expect(a.done('2026-03-12', 'answerRequest', 'ready')).not.toBeNull();
  });

  test('of which nobody knows whether it arrived stays a person’s, whatever the payer says of the claim; sent again, it is the same request', () => {
    ended('unknown', 'gateway.in-doubt: no answer came');
    a.acknowledged('2026-03-12', 'A2');
    expect(a.openTasks).toEqual(['resolveDelivery [supervisor]']);
    expect(a.done('2026-03-13', 'resolveDelivery', 'didNotArrive')).toBeNull();
    const [first, again] = a.account.commands.map(({ command }) => command);
    expect(again).toEqual({ ...first, key: 'sendDocuments:2' });
  });

  test('that goes through a portal is to be uploaded by the day the payer gave', () => {
    ended('refused', 'gateway.portal: a person uploads it');
    const { safeByOn, legalOn } = a.account.tasks[0] ?? {};
    expect(a.account.tasks.at(-1)).toMatchObject({ kind: 'uploadToPortal', safeByOn, legalOn });
    expect(legalOn).toBe('2026-03-24');
    expect(a.done('2026-03-12', 'uploadToPortal', 'uploaded', { reference: 'P-1' })).toBeNull();
    expect(a.account.timers.map(({ id, on }) => [id, on])).toContainEqual(['payment:claim1', '2026-04-11']);
  });
});

test.each([
  ['P3', 'ready', null, ['sendDocuments']],
  ['P3', 'answered', 'need the receipt it gave (reference)', []],
  ['P4', 'ready', 'the payer asks the patient', []],
  ['P4', 'answered', null, []],
  ['P4', 'cannotAnswer', null, []],
] as const)('after the status %s the outcome %s is refused for %p and issues %p', (category, outcome, refusal, commands) => {
  a.turn('2026-03-10', [{ kind: 'statusAnswered', ...told, category, status: '21' }]);
  const came = a.done('2026-03-11', 'answerRequest', outcome);
  expect(came ?? '').toContain(refusal ?? '');
  expect([came === null, a.account.commands.map(({ command }) => command.kind)]).toEqual([refusal === null, commands]);
});
