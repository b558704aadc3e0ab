import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../client/knowledge.ts';
import { readQueuePage } from '../../prisma/reads/queue-page.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import { write277Rfai } from '../../rules/x12/write-277-rfai.ts';
import { write277Status } from '../../rules/x12/write-277-status.ts';
import type { OutboundEnvelope } from '../../rules/x12/write-envelope.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';

let world: StoredWorld;

beforeEach(async () => {
  world = await StoredWorld.open({ knowledge: loadKnowledge() });
  world.now = instant('2026-06-16T14:00:00Z');
  await world.receive('a.837', fileText(claimOf('A100'), '2026-06-15'));
  await world.receive('a.277ca', fileText({ acknowledgement: { claim: 'A100', code: 'A2', payerClaim: 'ICN1' } }, '2026-06-16'));
});

afterEach(() => world.close());

const nobody = { last: 'INVENTED', first: 'NOBODY', middle: '' };
const about = {
  payerId: 'UHC01',
  payerName: 'INVENTED PLAN',
  provider: { name: 'INVENTED CLINIC', npi: '9000000001' },
  subscriber: nobody,
  memberId: 'TESTMEMBER',
  dependent: null,
  payerClaimNumber: null,
  submissionKey: 'A100',
  billType: null,
  clearinghouseTrace: null,
  references: [],
  servicedFrom: null,
  servicedThrough: null,
  lines: [],
} as const;

function from(number: number): OutboundEnvelope {
  return {
    senderId: 'UHC01',
    senderName: 'INVENTED PLAN',
    senderPhone: '5550100100',
    receiverId: 'RECOURSE',
    receiverName: 'RECOURSE',
    sentOn: civilDate('2026-06-30'),
    sentAtTime: '0900',
    interchangeControlNumber: String(number),
    groupControlNumber: String(number),
    transactionControlNumber: '0001',
    usage: 'T',
  };
}

function answer(category: string, status: string, more: object = {}): string {
  const said = {
    codes: [{ category, status, entity: '', codeList: '' }],
    on: civilDate('2026-06-29'),
    chargeCents: null,
    paidCents: null,
    finalizedOn: null,
    remittanceOn: null,
    remittanceTrace: null,
  };
  return write277Status(from(1), [{ ...about, trace: 'A100', statuses: [said], ...more }]);
}

function request(number: number, more: object = {}): string {
  const requested = [
    { codes: [{ category: 'R4', status: '18842-5', entity: '', codeList: 'LOI' }], on: civilDate('2026-06-29'), text: '' },
  ];
  const due = civilDate('2026-07-14');
  return write277Rfai(from(number), [{ ...about, attachmentControlNumber: 'ACN1', requested, dueOn: due, ...more }]);
}

async function openTasks() {
  const { tasks } = await world.account('A100');
  return tasks.filter(({ status }) => status === 'open').map(({ kind, safeByOn, legalOn }) => [kind, safeByOn, legalOn]);
}

describe('a status answer', () => {
  test.each([
    ['in process', 'P1', '20', []],
    ['asking for documents', 'P3', '317', [['answerRequest', '2026-07-06', null]]],
    ['asking the patient', 'P4', '21', [['answerRequest', '2026-07-06', null]]],
    ['that the claim is not there', 'D0', '35', [['chooseNextStep', '2026-07-07', null]]],
  ])('%s reaches the account', async (_, category, status, tasks) => {
    world.now = instant('2026-06-30T14:00:00Z');
    expect(await world.receive('s.277', answer(category, status))).toMatchObject({ status: 'stored', summary: '1 statuses of claims' });
    expect(await openTasks()).toEqual(tasks);
  });

  test('that the claim is finalised sets a day on which the remittance must be there', async () => {
    world.now = instant('2026-06-30T14:00:00Z');
    await world.receive('s.277', answer('F1', '65'));
    const { timers } = await world.account('A100');
    expect(timers.filter(({ status }) => status === 'armed')).toMatchObject([{ id: 'payment:claim1', on: '2026-07-14' }]);
  });

  test('finds its claim by the payer claim number too, and goes to a person when nothing is known', async () => {
    const unknown = { submissionKey: null, trace: 'OTHER' };
    expect(await world.receive('by-number.277', answer('P1', '20', { ...unknown, payerClaimNumber: 'ICN1' }))).toMatchObject({
      summary: '1 statuses of claims',
    });
    expect(await world.receive('stray.277', answer('P1', '20', unknown))).toMatchObject({ summary: '1 statuses unmatched' });
    const { tasks } = await readQueuePage(world.store.prisma, { queue: 'unmatched', limit: 10 });
    expect(tasks.map(({ kind }) => kind)).toEqual(['matchAcknowledgement']);
  });
});

describe('a request for documents', () => {
  test('is one task with the day they are due, however often it comes', async () => {
    world.now = instant('2026-06-29T14:00:00Z');
    expect(await world.receive('r.277', request(1))).toMatchObject({ summary: '1 requests for documents' });
    await world.receive('r-again.277', request(2, { payerClaimNumber: 'ICN1' }));
    expect(await openTasks()).toEqual([['answerRequest', '2026-07-06', '2026-07-14']]);
    const refusal = await world.complete('A100', {
      account: 'A100',
      task: 'answerRequest',
      outcome: 'answered',
      reference: 'PORTAL-7',
      by: 'pat',
    });
    expect(refusal).toBeNull();
    expect(await openTasks()).toEqual([]);
    const { timers } = await world.account('A100');
    expect(timers.filter(({ status }) => status === 'armed').map(({ id }) => id)).toEqual(['payment:claim1']);
  });

  test('for a claim nobody knows is a task with its due date, never lost', async () => {
    expect(await world.receive('r.277', request(1, { submissionKey: 'OTHER' }))).toMatchObject({ summary: '1 requests unmatched' });
    const { tasks } = await readQueuePage(world.store.prisma, { queue: 'unmatched', limit: 10 });
    expect(tasks.map(({ title }) => title)).toEqual(['Find the claim a payer asks documents for, due on 2026-07-14']);
  });
});
