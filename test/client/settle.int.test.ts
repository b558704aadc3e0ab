import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { engineOn } from '../../client/engine.ts';
import { createSettling } from '../../client/settling.ts';
import { submitSettlement } from '../../prisma/writes/task-form.ts';
import { startWorker } from '../../worker/temporal-worker.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { recourse } from '../support/fake-engine.ts';
import { testTemporal } from '../support/running-worker.ts';
import { engineForTests } from '../support/test-engine.ts';

const engine = engineForTests();
const on = new Date().toISOString().slice(0, 10);

/** An account that was sent, and a remittance claim of it under a key that nobody knows. */
async function stray(account: string): Promise<{ readonly taskId: string; readonly accountId: string }> {
  const { house } = engine();
  const { prisma } = house;
  const take = (name: string, text: string) =>
    house.intake.ingest({ name, content: Buffer.from(text, 'latin1'), receivedAt: new Date(), clockShiftMs: 0 });
  await take(`${account}.837`, fileText(claimOf(account), on));
  const said = remittanceOf(account, { payerClaim: `ICN-${account}` }, { trace: `T-${account}` });
  await take(`${account}.835`, fileText(said, on).replace(`CLP*${account}*`, `CLP*LOST-${account}*`));
  const { id: taskId } = await prisma.task.findFirstOrThrow({ where: { accountId: null, status: 'open' }, orderBy: { id: 'desc' } });
  const { id: accountId } = await prisma.account.findFirstOrThrow({ where: { accountNumber: account } });
  return { taskId, accountId };
}

async function postings(accountId: string) {
  const { prisma } = engine().house;
  const events = await prisma.accountEvent.count({ where: { accountId, kind: 'remittancePosted' } });
  const payments = await prisma.ledgerLine.count({ where: { accountId, kind: 'payerPayment' } });
  const { balanceCents } = await prisma.account.findUniqueOrThrow({ where: { id: accountId }, select: { balanceCents: true } });
  return { events, payments, balanceCents: Number(balanceCents) };
}

function settling(taskQueue: string) {
  const { client, prisma } = engine().house;
  return createSettling({ client, taskQueue, submitSettlement: (submitted) => submitSettlement(prisma, submitted) });
}

test('the command line lists the candidates, posts to the one that is chosen, and says what is next', async () => {
  const { taskId } = await stray('SET1');
  const { house } = engine();
  const own = { ...engineOn(house), close: () => Promise.resolve() };
  const name = `unmatched/${taskId.slice(-8)}`;
  expect((await recourse(['queue', 'unmatched'], own)).out).toContain(name);
  const listed = await recourse(['task', 'candidates', name], own);
  expect(listed.exit).toBe(0);
  expect(listed.out).toMatch(/1 +SET1 +charge equal, name equal, payer equal/);
  const settled = await recourse(['task', 'settle', name, '--candidate', '1', '--by', 'pat'], own);
  expect(settled.out).toMatch(/^✓ Posted \$1,080\.00 to account SET1; no dated step is ahead\.\nNow closed, \$0\.00, /);
  const again = await recourse(['task', 'settle', name, '--outcome', 'notOurs', '--note', 'x', '--by', 'kim'], own);
  expect(again).toMatchObject({ exit: 1, out: `✗ ${name} was settled before: matched, account SET1. Nothing was done again.\n` });
  expect((await recourse(['task', 'candidates', name], own)).out).toContain(`by pat: matched`);
  expect(await own.examine()).toContainEqual({ name: 'unmatched for more than 7 days', ok: true, found: '0', next: '' });
});

test('two people at once post it once, and the second is told', async () => {
  const { taskId, accountId } = await stray('SET2');
  const other = await stray('SET3');
  const { house } = engine();
  const choose = (by: string, chosen: string) =>
    house.settling.settle({ taskId, settlement: { outcome: 'matched', by, accountId: chosen }, formId: randomUUID() });
  const answers = await Promise.all([choose('pat', accountId), choose('kim', other.accountId)]);
  expect(answers.map(({ kind }) => kind).sort()).toEqual(['done', 'settledBefore']);
  await Promise.all([house.accounts.whenSettled(accountId), house.accounts.whenSettled(other.accountId)]);
  const [one, two] = [await postings(accountId), await postings(other.accountId)];
  expect([one.events + two.events, one.payments + two.payments]).toEqual([1, 1]);
});

test('a refused choice leaves the task open for the next, and the same form again gets the same answer', async () => {
  const { taskId, accountId } = await stray('SET4');
  const { house } = engine();
  const refused = { taskId, settlement: { outcome: 'notOurs', by: 'pat' }, formId: randomUUID() } as const;
  expect(await house.settling.settle(refused)).toMatchObject({ kind: 'refused' });
  const matched = { taskId, settlement: { outcome: 'matched', by: 'pat', accountId }, formId: randomUUID() } as const;
  expect(await house.settling.settle(matched)).toEqual({ kind: 'done', accountId });
  expect(await house.settling.settle(matched)).toEqual({ kind: 'done', accountId });
  await house.accounts.whenSettled(accountId);
  expect(await postings(accountId)).toEqual({ events: 1, payments: 1, balanceCents: 0 });
});

test('a worker that dies between writing and delivering leaves the delivery to the next one', async () => {
  const { taskId, accountId } = await stray('SET5');
  const { house } = engine();
  const taskQueue = `test-${randomUUID()}`;
  let died = (): void => undefined;
  const isDead = new Promise<void>((resolve) => (died = resolve));
  const dying = {
    ...house.activities,
    deliverEvents: () => {
      died();
      return Promise.reject(new Error('the process is gone'));
    },
  };
  const first = await startWorker({ temporal: testTemporal(), taskQueue, activities: dying });
  const answer = settling(taskQueue).settle({ taskId, settlement: { outcome: 'matched', by: 'pat', accountId }, formId: randomUUID() });
  await isDead;
  await first.stop();
  expect(await postings(accountId)).toEqual({ events: 1, payments: 0, balanceCents: 148_000 });

  const next = await startWorker({ temporal: testTemporal(), taskQueue, activities: house.activities });
  try {
    expect(await answer).toEqual({ kind: 'done', accountId });
    await house.accounts.whenSettled(accountId);
    expect(await postings(accountId)).toEqual({ events: 1, payments: 1, balanceCents: 0 });
  } finally {
    await next.stop();
  }
});

test('a stray 999 is given to the file that it answers, and what came and went is listed', async () => {
  const { house } = engine();
  const own = { ...engineOn(house), close: () => Promise.resolve() };
  const take = (name: string, text: string) => own.takeIn({ name, content: Buffer.from(text, 'latin1') });
  await take('ACK1.837', fileText(claimOf('ACK1'), on));
  const unknown = fileText({ acknowledgement: { claim: 'NOBODY', kind: '999', code: 'A' } }, on);
  await take('stray.999', unknown);
  const { id } = await house.prisma.task.findFirstOrThrow({ where: { accountId: null, kind: 'matchAcknowledgement', status: 'open' } });
  const name = `unmatched/${id.slice(-8)}`;
  const lost = await recourse(['task', 'settle', name, '--sent', 'nothing.837', '--by', 'pat'], own);
  expect(lost).toMatchObject({ exit: 1, err: expect.stringContaining('No file of ours with claims has that name.') });
  const given = await recourse(['task', 'settle', name, '--sent', 'ACK1.837', '--by', 'pat'], own);
  expect(given.out).toMatch(/^✓ Given to account ACK1/);
  expect((await recourse(['show', 'ACK1'], own)).out).toMatch(/Clearinghouse received ACK1 on \S+ \(functional A\)/);

  await take('broken.837', 'ISA*00*broken for settling');
  const received = await recourse(['files'], own);
  expect(received.out).toMatch(/ACK1\.837 +stored +1 new accounts +acknowledgement-\d{9}\.999\n/);
  expect(received.out).toContain(
    '! broken.837 could not be answered: the qualifier of an id must have 2 characters (x12.envelope). Next: tell the sender;',
  );
  expect((await recourse(['files', 'sent'], own)).out).toMatch(/acknowledgements +acknowledgement-\d{9}\.999 +answers ACK1\.837\n/);
  expect((await own.examine()).find((check) => check.name === 'files received that could not be answered')).toMatchObject({ ok: false });
});
