import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../client/knowledge.ts';
import { envelope } from '../../client/scenario/to-x12.ts';
import { examine } from '../../prisma/reads/doctor.ts';
import { readUnmatchedTask } from '../../prisma/reads/unmatched.ts';
import { submitSettlement } from '../../prisma/writes/task-form.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import type { Settlement } from '../../rules/domain/unmatched.ts';
import { readX12File } from '../../rules/x12/read-file.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();
const sent = fileText(claimOf('A100'), '2026-06-15');
/** Of A100’s patient and charge, under a key that we never gave. */
const lost = fileText(remittanceOf('A100', { payerClaim: 'ICN-LOST' }), '2026-07-01').replace('CLP*A100*', 'CLP*LOST1*');

let world: StoredWorld;

beforeEach(async () => {
  world = await StoredWorld.open({ knowledge });
  world.now = instant('2026-06-16T14:00:00Z');
  await world.receive('one.837', sent);
});

afterEach(() => world.close());

async function openTasks() {
  const rows = await world.store.prisma.task.findMany({ where: { accountId: null, status: 'open' }, orderBy: { id: 'asc' } });
  const tasks = await Promise.all(rows.map(({ id }) => readUnmatchedTask(world.store.prisma, id)));
  return tasks.flatMap((task) => (task === null ? [] : [task]));
}

async function theTask() {
  const [task, ...others] = await openTasks();
  if (task === undefined || others.length > 0) throw new Error(`one task is open, not ${others.length + (task === undefined ? 0 : 1)}`);
  return task;
}

async function settle(taskId: string, settlement: Partial<Settlement> & Pick<Settlement, 'outcome'>, formId: string = randomUUID()) {
  await submitSettlement(world.store.prisma, { taskId, settlement: { by: 'pat', ...settlement }, formId });
  return world.activities.settleUnmatched({ taskId, formId, asOf: world.now });
}

/** Settles, delivers and lets the account take its turn. */
async function give(accountNumber: string, accountId: string) {
  const { id } = await theTask();
  const settled = await settle(id, { outcome: 'matched', accountId });
  if (settled.kind === 'settled') {
    const { fileId } = settled;
    const before = world.messages.length;
    await world.activities.deliverEvents({ fileId, accountId, limit: 1, clockShiftMs: 0 });
    for (const message of world.messages.slice(before)) await world.turn(message.accountId, { eventIds: message.eventIds });
  }
  return { settled, account: await world.account(accountNumber) };
}

describe('a remittance claim without an account', () => {
  test('is offered with its evidence, posted to the account that a person names, and its payer number is learnt', async () => {
    await world.receive('lost.835', lost);
    const task = await theTask();
    // The world lives in the past: the task has waited for more than a week.
    expect((await examine(world.store.prisma)).oldUnmatched).toEqual([task.id]);
    const accountId = await world.accountId('A100');
    const why = 'charge equal, name equal, payer equal';
    expect(task).toMatchObject({ kind: 'matchRemittance', amountCents: 108_000, candidates: [{ accountId, accountNumber: 'A100', why }] });

    const { settled, account } = await give('A100', accountId);
    expect(settled).toMatchObject({ kind: 'settled', outcome: 'matched', accountId, undelivered: 1 });
    expect(account.lines.map(({ kind, cents }) => [kind, cents])).toEqual([
      ['charge', 148_000],
      ['payerPayment', -108_000],
      ['contractual', -40_000],
    ]);
    expect(await openTasks()).toEqual([]);
    expect(await world.store.prisma.remittanceClaim.findFirst({ select: { outcome: true, accountId: true } })).toEqual({
      outcome: 'posted',
      accountId,
    });
    const found = await examine(world.store.prisma);
    const { unbalanced, undeliveredEvents, oldUnmatched } = found;
    expect({ unbalanced, undeliveredEvents, oldUnmatched }).toEqual({ unbalanced: [], undeliveredEvents: [], oldUnmatched: [] });

    const reversal = remittanceOf(
      'A100',
      { payerClaim: 'ICN-LOST', status: '22', charge: '-1480.00', paid: '-1080.00', adjust: ['CO-45 -400.00'] },
      { trace: 'TRACE2', provider: [{ code: 'FB', reference: 'F', amount: '-1080.00' }] },
    );
    const again = fileText(reversal, '2026-07-09').replace('CLP*A100*', 'CLP*LOST1*');
    expect(await world.receive('reversal.835', again)).toMatchObject({ summary: '1 remittance claims posted' });
  });

  test('is posted once, whoever settles it first and however often', async () => {
    await world.receive('lost.835', lost);
    const { id } = await theTask();
    await world.receive('two.837', fileText(claimOf('A200'), '2026-06-15'));
    const [a, b] = [await world.accountId('A100'), await world.accountId('A200')];
    const answers = await Promise.all([
      settle(id, { outcome: 'matched', accountId: a }),
      settle(id, { outcome: 'matched', accountId: b }),
      settle(id, { outcome: 'notOurs', note: 'no such patient' }),
    ]);
    const [first] = answers;
    expect(answers).toEqual([first, first, first]);
    const posted = await world.store.prisma.accountEvent.count({ where: { kind: 'remittancePosted' } });
    const isPosted = first?.kind === 'settled' && first.outcome === 'matched';
    expect(posted).toBe(isPosted ? 1 : 0);
    const forms = await world.store.prisma.taskForm.findMany({ where: { taskId: id }, select: { status: true } });
    expect(forms.map(({ status }) => status).sort()).toEqual(['accepted', 'refused', 'refused']);
  });

  test('that is written and not delivered is found by the doctor, and delivered when anybody settles it again', async () => {
    await world.receive('lost.835', lost);
    const { id } = await theTask();
    const accountId = await world.accountId('A100');
    await settle(id, { outcome: 'matched', accountId });
    expect((await examine(world.store.prisma)).undeliveredEvents).toHaveLength(1);
    const again = await settle(id, { outcome: 'sentBack', note: 'unknown' });
    expect(again).toMatchObject({ kind: 'settled', outcome: 'matched', accountId, undelivered: 1 });
  });

  test('is closed without an account only with a reason', async () => {
    await world.receive('lost.835', lost);
    const { id } = await theTask();
    expect(await settle(id, { outcome: 'notOurs' })).toEqual({ kind: 'refused', reason: 'the outcome notOurs needs a note that says why' });
    expect(await settle(id, { outcome: 'matched', accountId: randomUUID() })).toMatchObject({ kind: 'refused' });
    expect(await settle(id, { outcome: 'handled', note: 'x' })).toEqual({
      kind: 'refused',
      reason: 'a task of kind matchRemittance cannot end as handled; it can end as: matched, notOurs, sentBack',
    });
    expect(await settle(id, { outcome: 'notOurs', note: 'another hospital' })).toMatchObject({ kind: 'settled', accountId: null });
    expect(await world.store.prisma.remittanceClaim.findFirst({ select: { outcome: true } })).toEqual({ outcome: 'notOurs' });
    expect(await world.store.prisma.taskForm.count({ where: { taskId: id, status: 'refused' } })).toBe(3);
  });
});

describe('numbers that are not believed', () => {
  test('our key on a claim of another name and charge posts nothing and is shown to a person', async () => {
    const foreign = fileText(remittanceOf('OTHER', { charge: '900.00', paid: '900.00', adjust: [] }), '2026-07-01');
    await world.receive('collision.835', foreign.replace('CLP*OTHER*', 'CLP*A100*'));
    const task = await theTask();
    expect(task.reason).toBe('Its numbers name account A100, but it looks like another claim: charge differs, name differs, payer equal.');
    expect((await world.account('A100')).claims[0]?.remittances).toEqual([]);
  });

  test('another payer’s use of a number is not this payer’s claim', async () => {
    await world.receive('a.835', fileText(remittanceOf('A100', { payerClaim: 'SAME1' }), '2026-07-01'));
    const other = remittanceOf(
      'B777',
      { payerClaim: 'SAME1', charge: '50.00', paid: '50.00', adjust: [] },
      { payer: 'CIGNA1', trace: 'C1' },
    );
    expect(await world.receive('b.835', fileText(other, '2026-07-02'))).toMatchObject({ summary: '1 remittance claims unmatched' });
  });

  test('a claim that the payer split is found under both of its numbers', async () => {
    for (const payerClaim of ['ICN1', 'ICN2'])
      await world.receive(`${payerClaim}.277`, fileText({ acknowledgement: { claim: 'A100', code: 'A2', payerClaim } }, '2026-06-16'));
    const half = (payerClaim: string) => {
      const said = { payerClaim, charge: '740.00', paid: '540.00', adjust: ['CO-45 200.00'] };
      return fileText(remittanceOf('A100', said, { trace: payerClaim }), '2026-07-01').replace('CLP*A100*', 'CLP*LOST*');
    };
    for (const number of ['ICN1', 'ICN2'])
      expect(await world.receive(`${number}.835`, half(number))).toMatchObject({ summary: '1 remittance claims posted' });
    expect((await world.account('A100')).claims[0]?.remittances).toHaveLength(2);
    expect(await world.store.prisma.payerClaimNumber.count()).toBe(2);
  });
});

describe('a remittance that may not be posted', () => {
  const right = fileText(remittanceOf('A100'), '2026-07-01');

  test('that does not balance ends with the one that corrects it or goes back to the payer, and never posts', async () => {
    await world.receive('wrong.835', right.replace('BPR*I*1080', 'BPR*I*1080.01'));
    const { id } = await theTask();
    const accountId = await world.accountId('A100');
    expect(await settle(id, { outcome: 'matched', accountId })).toEqual({
      kind: 'refused',
      reason: 'a task of kind resolveImbalance cannot end as matched; it can end as: correctedReceived, sentBack',
    });
    expect(await settle(id, { outcome: 'correctedReceived' })).toMatchObject({ kind: 'refused' });
    expect(await settle(id, { outcome: 'correctedReceived', reference: 'TRACE7' })).toMatchObject({
      kind: 'refused',
      reason: 'no other remittance of this payer is posted under that trace; take the corrected file in first',
    });
    await world.receive('corrected.835', fileText(remittanceOf('A100', {}, { trace: 'TRACE7' }), '2026-07-03'));
    expect(await settle(id, { outcome: 'correctedReceived', reference: 'TRACE1' })).toMatchObject({ kind: 'refused' });
    expect(await settle(id, { outcome: 'correctedReceived', reference: 'TRACE7' })).toMatchObject({ kind: 'settled', accountId: null });
    expect(await world.store.prisma.remittance.count({ where: { status: 'superseded' } })).toBe(1);
    expect((await world.account('A100')).claims[0]?.remittances).toHaveLength(1);
  });
});

describe('what else has no account', () => {
  test('an acknowledgement is heard by the account that a person names, and teaches the payer’s number', async () => {
    await world.receive('x.277', fileText({ acknowledgement: { claim: 'NOBODY', code: 'A2', payerClaim: 'ICN9' } }, '2026-06-16'));
    const { settled, account } = await give('A100', await world.accountId('A100'));
    expect(settled).toMatchObject({ kind: 'settled', outcome: 'matched' });
    expect(account.claims[0]).toMatchObject({ payerClaimNumber: 'ICN9', submissions: [{ key: 'A100', status: 'accepted' }] });
  });

  test('a replacement joins the account that a person names, with the number that it replaces', async () => {
    const [transaction] = readX12File(Buffer.from(sent, 'latin1'));
    const [claim] = transaction?.kind === 'claims' ? transaction.claims : [];
    if (claim === undefined) throw new Error('one claim was written');
    const from = envelope(civilDate('2026-06-20'), { from: 'HIS', to: 'UHC01', about: 'replacement' });
    const replacing = { ...claim, submissionKey: 'A100R', frequency: '7', originalPayerClaimNumber: 'ICN5' } as const;
    await world.receive('replacement.837', write837(from, [replacing]));
    const [candidate] = (await theTask()).candidates;
    expect(candidate?.accountNumber).toBe('A100');
    const { account } = await give('A100', candidate?.accountId ?? '');
    expect(account.claims[0]?.submissions.map(({ key }) => key)).toEqual(['A100', 'A100R']);
    const paid = fileText(remittanceOf('A100', { payerClaim: 'ICN5' }), '2026-07-01').replace('CLP*A100*', 'CLP*LOST*');
    expect(await world.receive('paid.835', paid)).toMatchObject({ summary: '1 remittance claims posted' });
  });

  test('a patient’s payment is posted once to the account that a person names', async () => {
    await world.receive('p.csv', 'payment_id,account_number,amount,paid_on,via\nPAY2,NOBODY,5.00,2026-06-16,portal\n');
    const { account } = await give('A100', await world.accountId('A100'));
    expect(account.patient.paidCents).toBe(500);
    expect(await world.store.prisma.patientPayment.findFirst({ select: { accountId: true } })).toEqual({ accountId: account.id });
  });

  test('a vendor’s word needs an account that is with a vendor', async () => {
    await world.receive('v.csv', 'placement_id,event,on,reason,amount,payment_id\nX-p1,returned,2026-06-16,closed,,\n');
    const { settled } = await give('A100', await world.accountId('A100'));
    expect(settled).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/^the account has 0 open placements/) });
    expect(await openTasks()).toHaveLength(1);
  });
});
