import { describe, expect, test } from '@jest/globals';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { DeniedAccount, personDecides } from '../../support/denied-account.ts';

const account = (payer = 'AETNA1') => new DeniedAccount(personDecides).sent('2026-03-02', payer, 'commercial');

function appealed(): DeniedAccount {
  const a = account().acknowledged('2026-03-03', 'A2').remitted('2026-03-20', ['1 CO-50 1000']);
  a.done('2026-03-20', 'chooseNextStep', 'appeal');
  a.done('2026-03-23', 'prepareAppeal', 'ready');
  return a.out('2026-03-23');
}

describe('late and strange: nothing throws, and one dated step is ahead', () => {
  test('a 277CA after the 835 changes no clock and takes nobody’s work away', () => {
    const a = account().remitted('2026-03-20', ['1 CO-50 1000']);
    const before = [a.openTasks, a.running];
    a.acknowledged('2026-03-25', 'A2');
    expect([a.openTasks, a.running]).toEqual(before);
    a.acknowledged('2026-03-26', 'A7');
    expect([a.openTasks, a.running, a.caseStatus]).toEqual([...before, 'open']);
    expect(a.account.claims[0]?.submissions[0]?.status).toBe('accepted');
  });

  test('a remittance after a rejection of the same submission: what was adjudicated was not rejected', () => {
    const a = account().acknowledged('2026-03-03', 'A7').remitted('2026-03-20', ['1 CO-50 1000']);
    expect(a.account.claims[0]?.submissions[0]).toMatchObject({ status: 'received', rejection: null });
    expect(a.openTasks).toEqual(['chooseNextStep [denials]']);
  });

  test('a remittance that was hunted ends the hunt', () => {
    const a = account().acknowledged('2026-03-03', 'A2');
    const armed = () => a.account.timers.filter((t) => t.status === 'armed').map((t) => t.id);
    const finalised = { submissionKey: 'A1', category: 'F1', status: '65', payerClaimNumber: null, fileId: 'f', offset: 0 };
    a.turn('2026-03-18', [{ kind: 'statusAnswered', ...finalised, on: civilDate('2026-03-18') }]);
    expect(armed()).toEqual(['payment:claim1']);
    a.remitted('2026-03-20', ['1 CO-50 1000']);
    expect(armed()).toEqual([]);
  });

  test('a second answer to a filed appeal is refused', () => {
    const a = appealed();
    const task = a.account.tasks.find((t) => t.kind === 'recordPayerAnswer')?.id ?? '';
    const answer = { formId: 'x', taskId: task, form: { outcome: 'overturned', by: 'pat' } } as const;
    expect(a.turn('2026-05-01', [], [answer]).refusals).toEqual([]);
    expect(a.turn('2026-05-02', [], [{ ...answer, formId: 'y', form: { outcome: 'upheld', by: 'pat' } }]).refusals).toEqual([
      { formId: 'y', reason: `task ${task} is already done` },
    ]);
    expect(a.caseStatus).toBe('overturned');
    expect(a.account.timers.filter((t) => t.status === 'armed').map((t) => [t.id, t.on])).toEqual([['payment:c1', '2026-05-31']]);
  });

  test('an answer to another level is refused and the one that is due stays due', () => {
    const a = appealed();
    const due = a.running;
    expect(a.done('2026-05-01', 'recordPayerAnswer', 'upheld', { answeredLevel: 2 })).toContain(
      'the answer is about level 2, and what was filed on 2026-03-23 is level 1',
    );
    expect(a.running).toEqual(due);
    expect(a.done('2026-05-01', 'recordPayerAnswer', 'upheld', { answeredLevel: 1 })).toBeNull();
  });

  test('a request for documents after the denial is answered beside the case, by the payer’s date', () => {
    const a = account().remitted('2026-03-20', ['1 CO-50 1000']);
    const where = { on: civilDate('2026-03-24'), dueOn: civilDate('2026-04-23'), payerClaimNumber: null, fileId: 'f', offset: 0 };
    a.turn('2026-03-24', [{ kind: 'documentsRequested', submissionKey: 'A1', attachmentControlNumber: 'X', codes: ['11504-8'], ...where }]);
    expect(a.openTasks).toEqual(['chooseNextStep [denials]', 'answerRequest [followUp] 2026-04-23']);
    expect(a.done('2026-04-01', 'answerRequest', 'answered')).toContain('need the receipt it gave (reference)');
    expect(a.done('2026-04-01', 'answerRequest', 'ready')).toBeNull();
    expect(a.account.commands.at(-1)?.command).toMatchObject({
      kind: 'sendDocuments',
      params: { attachmentControlNumber: 'X', request: 't2' },
    });
    expect(a.out('2026-04-01').openTasks).toEqual(['chooseNextStep [denials]']);
  });

  test('money while an appeal is open is its answer: the case is recovered, and nobody waits for a letter', () => {
    const a = appealed().remitted('2026-04-20', ['1 CO-45 200']);
    expect(a.account.claims[0]?.cases[0]).toMatchObject({
      status: 'recovered',
      paths: [{ answer: 'overturned', answeredOn: '2026-04-20' }],
    });
    expect([a.openTasks, a.running]).toEqual([[], {}]);
  });

  test('money for a corrected claim is no answer to a dispute: nobody disputed anything', () => {
    const a = account().acknowledged('2026-03-03', 'A2').remitted('2026-03-20', ['1 CO-4 1000']);
    a.done('2026-03-20', 'chooseNextStep', 'replacementClaim');
    a.done('2026-03-21', 'correctClaim', 'ready');
    const status = a.out('2026-03-21').caseStatus;
    a.remitted('2026-04-20', ['1 CO-45 200']);
    const [c] = a.account.claims[0]?.cases ?? [];
    expect([status, c?.status, c?.paths.map(({ kind, answer }) => [kind, answer])]).toEqual([
      'awaitingAnswer',
      'recovered',
      [['replacement', null]],
    ]);
  });

  test('a replacement while an appeal is open is refused and the appeal goes on', () => {
    const a = appealed();
    expect(a.refused('2026-04-01', 'replacementClaim')).not.toBeNull();
    expect(a.knows({ ourDataWrong: true }).refused('2026-04-01', 'replacementClaim')).toContain('has no answer yet');
    expect(a.caseStatus).toBe('awaitingAnswer');
  });

  test('a void waits for the take-back, and the reversal leaves the charge to a person', () => {
    const a = account().remitted('2026-03-20', ['1 CO-109 400']);
    a.done('2026-03-20', 'chooseNextStep', 'voidClaim');
    expect(a.lastPath).toBe('void');
    a.done('2026-03-21', 'correctClaim', 'ready');
    a.done('2026-03-21', 'approveSending', 'approved', { by: 'sam', role: 'supervisor' });
    expect(a.account.commands.at(-1)?.command).toMatchObject({ kind: 'submitClaim', params: { frequency: '8' } });
    a.out('2026-03-21');
    expect(a.account.timers.filter((t) => t.status === 'armed').map((t) => [t.id, t.on])).toEqual([['takeBack:claim1', '2026-04-20']]);
    const late = a.account;
    a.goTo('2026-04-20');
    expect(a.openTasks).toContain('callPayer [credits]');
    a.account = late;
    const [given] = a.account.claims[0]?.remittances ?? [];
    const adjustments = given?.adjustments.map((x) => ({ ...x, cents: -x.cents })) ?? [];
    const taken = { status: '22', chargeCents: -100_000, paidCents: -60_000 };
    a.turn('2026-04-10', [{ ...a.remittance('2026-04-10', []), ...taken, adjustments } as never]);
    expect(a.caseStatus).toBe('undone');
    expect(a.account.tasks.at(-1)?.title).toBe('Decide who owes $1,000.00 of the voided claim');
  });

  test('a claim that the payer before forwarded is not billed again, unless the next payer never got it', () => {
    const a = account();
    const [first] = a.account.claims;
    if (first === undefined) throw new Error('the account has a claim');
    a.account = { ...a.account, claims: [first, { ...first, sequence: 2, submissions: [] }] };
    a.remitted('2026-03-20', ['1 PR-2 200'], { crossover: true, status: '19' });
    a.account = { ...a.account, claims: a.account.claims.map((c) => ({ ...c, cases: [] })) };
    const next = { kind: 'claim', sequence: 2 } as const;
    expect(a.refusedAt('2026-03-25', 'nextPayer', next, 'billNextPayer')).toContain('a duplicate (N522)');
  });

  test('what is corrected keeps its frequency: a rejected claim goes again as 1, a rejected replacement as 7', () => {
    const frequency = (a: DeniedAccount) => a.account.commands.at(-1)?.command.params.frequency;
    const rejected = account().acknowledged('2026-03-03', 'A7');
    rejected.done('2026-03-04', 'chooseNextStep', 'newClaim');
    rejected.done('2026-03-04', 'correctClaim', 'ready');
    expect(frequency(rejected)).toBe('1');

    const a = account().acknowledged('2026-03-03', 'A2').remitted('2026-03-20', ['1 CO-4 1000']);
    a.done('2026-03-20', 'chooseNextStep', 'replacementClaim');
    a.done('2026-03-21', 'correctClaim', 'ready');
    expect([a.lastPath, frequency(a)]).toEqual(['replacement', '7']);
    a.out('2026-03-21');
    const key = a.account.claims[0]?.submissions.at(-1)?.key ?? '';
    a.acknowledged('2026-03-23', 'A7', 'payer', key);
    a.done('2026-03-24', 'chooseNextStep', 'newClaim');
    a.done('2026-03-24', 'correctClaim', 'ready');
    expect(frequency(a)).toBe('7');
  });

  test('a payer that has accepted a claim is not asked before its time', () => {
    const a = account().acknowledged('2026-03-03', 'A2');
    const claim = { kind: 'claim', sequence: 1 } as const;
    expect(a.refusedAt('2026-03-10', 'silent', claim, 'sendStatusInquiry')).toContain('it is asked from 2026-03-17 on');
    a.goTo('2026-03-17');
    expect(a.refusedAt('2026-03-17', 'silent', claim, 'sendStatusInquiry')).toBeNull();
  });
});

describe('a denial for late filing', () => {
  const late = (a: DeniedAccount) => a.remitted('2026-07-01', ['1 CO-29 1000']).account.claims[0]?.cases[0]?.timelyFilingProof;

  test('finds the earliest acceptance of any submission by the payer, its file and byte, and tells the rules and the person', () => {
    const a = account().acknowledged('2026-03-05', 'A2');
    expect(late(a)).toEqual({
      submissionKey: 'A1',
      acceptedOn: '2026-03-05',
      fileId: 'f-A2-payer',
      offset: 42,
      limitOn: '2026-06-30',
      isInTime: true,
    });
    expect(a.account.tasks.at(-1)?.reason).toContain(
      'Proof of timely filing: the payer accepted A1 on 2026-03-05, file f-A2-payer at byte 42; the limit was 2026-06-30.',
    );
    const facts = a.standing.at(-1)?.facts;
    expect([
      facts?.['evidence.timelyFilingProof'],
      facts?.['evidence.timelyFilingProofOn'],
      facts?.['evidence.timelyFilingProofFile'],
    ]).toEqual([true, '2026-03-05', 'f-A2-payer@42']);
    expect(facts?.['evidence.timelyFiling']).toBe(true);
  });

  test.each([
    ['nobody answered', (a: DeniedAccount) => a],
    ['the payer only received it (A1)', (a: DeniedAccount) => a.acknowledged('2026-03-05', 'A1')],
    ['a clearinghouse accepted it', (a: DeniedAccount) => a.acknowledged('2026-03-05', 'A2', 'clearinghouse')],
    ['it was rejected', (a: DeniedAccount) => a.acknowledged('2026-03-05', 'A7')],
  ])('has no proof when %s, and says so', (_when, happened) => {
    const a = happened(account());
    expect(late(a)).toBeNull();
    expect(a.account.tasks.at(-1)?.reason).toContain('There is no proof of timely filing');
  });

  test('an acceptance after the limit proves nothing', () => {
    const a = account().acknowledged('2026-07-01', 'A2');
    expect(late(a)).toMatchObject({ isInTime: false, acceptedOn: '2026-07-01' });
    expect(a.standing.at(-1)?.facts['evidence.timelyFiling']).toBe(false);
  });

  test('an acceptance that is heard of only later is attached then', () => {
    const a = account();
    expect(late(a)).toBeNull();
    a.turn('2026-07-03', [
      {
        kind: 'submissionAcknowledged',
        submissionKey: 'A1',
        level: 'claim',
        by: 'payer',
        verdict: 'accepted',
        category: 'A2',
        status: '20',
        on: civilDate('2026-03-06'),
        payerClaimNumber: null,
        fileId: 'late',
        offset: 9,
      },
    ]);
    expect(a.account.claims[0]?.cases[0]?.timelyFilingProof).toMatchObject({ acceptedOn: '2026-03-06', fileId: 'late', isInTime: true });
  });

  test('a rejection and an unprocessable claim leave the filing clock running', () => {
    const rejected = account().acknowledged('2026-03-05', 'A7');
    expect(rejected.running).toHaveProperty('filing:claim1', '2026-06-30');
    const unprocessable = account().remitted('2026-03-20', ['claim CO-16 MA130 1000']);
    expect(unprocessable.running).toHaveProperty('filing:claim1', '2026-06-30');
  });
});
