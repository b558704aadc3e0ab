import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../client/knowledge.ts';
import { listInboundFiles } from '../../prisma/reads/inbound-files.ts';
import { readBytes } from '../../prisma/reads/inbound-bytes.ts';
import { readQueuePage } from '../../prisma/reads/queue-page.ts';
import { registerInboundFile } from '../../prisma/writes/inbound-file.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import { readX12File } from '../../rules/x12/read-file.ts';
import { envelope } from '../../client/scenario/to-x12.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();
const sent = fileText(claimOf('A100'), '2026-06-15');

let world: StoredWorld;

beforeEach(async () => {
  world = await StoredWorld.open({ knowledge });
  world.now = instant('2026-06-16T14:00:00Z');
});

afterEach(() => world.close());

/** How many rows there are of everything a file may bring. */
async function rows() {
  const { prisma } = world.store;
  const [accounts, events, submissions, remittances, claims, payments, lines, tasks] = await Promise.all([
    prisma.account.count(),
    prisma.accountEvent.count(),
    prisma.submission.count(),
    prisma.remittance.count(),
    prisma.remittanceClaim.count(),
    prisma.patientPayment.count(),
    prisma.ledgerLine.count(),
    prisma.task.count(),
  ]);
  return { accounts, events, submissions, remittances, claims, payments, lines, tasks };
}

async function unmatchedTasks() {
  const { tasks } = await readQueuePage(world.store.prisma, { queue: 'unmatched', limit: 10 });
  return tasks.map(({ kind, accountId, candidates }) => ({ kind, accountId, candidates: candidates.map((c) => c.accountNumber) }));
}

describe('an 837', () => {
  test('opens its accounts once: the same file, and the same claims in another envelope, change nothing', async () => {
    expect(await world.receive('one.837', sent)).toEqual({ status: 'stored', summary: '1 new accounts', undelivered: 2 });
    const before = await rows();
    expect(await world.receive('again.837', sent)).toMatchObject({ status: 'alreadyStored', undelivered: 0 });
    const otherEnvelope = sent.replace(/^(ISA.*?)\*0900/, '$1*0901');
    expect(otherEnvelope).not.toBe(sent);
    expect(await world.receive('other-envelope.837', otherEnvelope)).toMatchObject({ status: 'alreadyStored' });
    expect(await rows()).toEqual(before);
    const files = await listInboundFiles(world.store.prisma, { limit: 10 });
    expect(files.map(({ name, status }) => [name, status])).toEqual([
      ['other-envelope.837', 'duplicate'],
      ['one.837', 'stored'],
    ]);
  });

  test('with a replacement of a claim whose payer number is known joins that account', async () => {
    await world.receive('one.837', sent);
    await world.receive('one.277ca', fileText({ acknowledgement: { claim: 'A100', code: 'A2', payerClaim: 'ICN1' } }, '2026-06-16'));
    const [transaction] = readX12File(Buffer.from(sent, 'latin1'));
    if (transaction?.kind !== 'claims') throw new Error('an 837 was written');
    const [claim] = transaction.claims;
    if (claim === undefined) throw new Error('one claim was written');
    const from = envelope(civilDate('2026-06-20'), { from: 'HIS', to: 'UHC01', about: 'replacement' });
    const replacing = (submissionKey: string, originalPayerClaimNumber: string) =>
      write837(from, [{ ...claim, submissionKey, frequency: '7', originalPayerClaimNumber }]);
    expect(await world.receive('replacement.837', replacing('A100R', 'ICN1'))).toMatchObject({ summary: '1 claims of known accounts' });
    expect(await world.receive('stray.837', replacing('A100S', 'ICN-OTHER'))).toMatchObject({ summary: '1 claims unmatched' });
    const account = await world.account('A100');
    expect(account.claims[0]?.submissions.map(({ key, frequency }) => [key, frequency])).toEqual([
      ['A100', '1'],
      ['A100R', '7'],
    ]);
    expect(await unmatchedTasks()).toEqual([{ kind: 'matchClaim', accountId: null, candidates: ['A100'] }]);
  });
});

describe('a broken file', () => {
  test('changes nothing and keeps its fault with the byte', async () => {
    await world.receive('one.837', sent);
    const before = await rows();
    const truncated = fileText(claimOf('A200'), '2026-06-15').replace(/\nSE\*[\s\S]*$/, '\n');
    expect(await world.receive('cut.837', truncated)).toMatchObject({ status: 'refused', undelivered: 0 });
    expect(await world.receive('notes.txt', 'hello')).toMatchObject({ status: 'refused' });
    expect(await rows()).toEqual(before);
    const refused = await listInboundFiles(world.store.prisma, { status: 'refused', limit: 10 });
    expect(refused.map(({ name, fault }) => [name, fault?.code, typeof fault?.offset])).toEqual([
      ['notes.txt', 'file.unknown-format', 'number'],
      ['cut.837', 'x12.truncated', 'number'],
    ]);
  });

  test('keeps what was complete before the fault, and one person is asked for the rest', async () => {
    const two = `${fileText(claimOf('A300'), '2026-06-15')}${fileText(claimOf('A301'), '2026-06-15').replace(/\nIEA\*[\s\S]*$/, '\n')}`;
    expect(await world.receive('two.837', two)).toMatchObject({ status: 'partlyStored', summary: '2 new accounts' });
    const cut = `${fileText(claimOf('A302'), '2026-06-15')}${fileText(remittanceOf('A302'), '2026-07-01').replace(/\nSE\*[\s\S]*$/, '\n')}`;
    expect(await world.receive('cut.edi', cut)).toMatchObject({ status: 'partlyStored', summary: '1 new accounts' });
    expect(await rows()).toMatchObject({ accounts: 3, remittances: 0, claims: 0, tasks: 2 });
    expect((await unmatchedTasks()).map(({ kind }) => kind)).toEqual(['repairFile', 'repairFile']);
    const [file] = await listInboundFiles(world.store.prisma, { limit: 1 });
    expect(file).toMatchObject({ status: 'partlyStored', faults: [{ code: 'x12.truncated' }] });
    expect(await world.receive('cut.edi', cut)).toMatchObject({ status: 'partlyStored', undelivered: 0 });
    expect(await rows()).toMatchObject({ accounts: 3, tasks: 2 });
  });
});

describe('an 835', () => {
  beforeEach(() => world.receive('one.837', sent));

  test('is posted once: in a file of another name and envelope it changes nothing', async () => {
    const paid = fileText(remittanceOf('A100'), '2026-07-01');
    expect(await world.receive('a.835', paid)).toMatchObject({ summary: '1 remittance claims posted' });
    const before = await rows();
    const reissued = paid.replaceAll(/(ST\*835\*|SE\*\d+\*)0001/g, '$10009');
    expect(reissued).not.toBe(paid);
    expect(await world.receive('b.835', reissued)).toMatchObject({ summary: '1 remittances already recorded', undelivered: 0 });
    expect(await rows()).toEqual(before);
  });

  test('posts cents that can be traced to the segment that says them', async () => {
    await world.receive('a.835', fileText(remittanceOf('A100'), '2026-07-01'));
    const { lines } = await world.account('A100');
    const said = [];
    for (const { kind, source } of lines) {
      if (!('fileId' in source)) throw new Error('every line came from a file');
      const bytes = await readBytes(world.store.prisma, source.fileId, { offset: source.offset, length: 3 });
      said.push([kind, Buffer.from(bytes).toString('latin1')]);
    }
    expect(said).toEqual([
      ['charge', 'CLM'],
      ['payerPayment', 'CLP'],
      ['contractual', 'CAS'],
    ]);
  });

  test('with a known trace and other content is refused by name and kept; the rest of its file is posted', async () => {
    await world.receive('a.835', fileText(remittanceOf('A100'), '2026-07-01'));
    const before = await rows();
    const other = fileText(remittanceOf('A100', { paid: '1000.00', adjust: ['CO-45 480.00'] }), '2026-07-01');
    const rest = fileText(remittanceOf('NOBODY', {}, { trace: 'TRACE2' }), '2026-07-01');
    expect(await world.receive('b.835', `${other}${rest}`)).toMatchObject({
      status: 'stored',
      summary: '1 remittances refused (remittance.trace-reused), 1 remittance claims unmatched',
      undelivered: 0,
    });
    const { lines, events, ...after } = await rows();
    expect({ lines, events }).toEqual({ lines: before.lines, events: before.events });
    expect(after).toMatchObject({ remittances: before.remittances + 2, claims: before.claims + 2, tasks: before.tasks + 2 });
    const { tasks } = await readQueuePage(world.store.prisma, { queue: 'unmatched', limit: 10 });
    const [refused] = tasks.filter(({ kind }) => kind === 'resolveReusedTrace');
    expect(refused?.reason).toBe(
      'remittance.trace-reused: TRN02 TRACE1 of payer UHC01: a remittance of 2026-07-01 for $1,080.00 is posted under it; this one is of 2026-07-01 for $1,000.00 and says something else. Nothing of it was posted.',
    );
    expect(refused?.outcomes).toEqual(['correctedReceived', 'sentBack']);
    // The refused one again, in a file of its own, is no second task.
    expect(await world.receive('c.835', other.replaceAll(/(ST\*835\*|SE\*\d+\*)0001/g, '$10007'))).toMatchObject({
      summary: '1 remittances already recorded',
    });
  });

  test('is posted once in another envelope, with other delimiters and with other line ends', async () => {
    const paid = fileText(remittanceOf('A100'), '2026-07-01');
    await world.receive('a.835', paid);
    const before = await rows();
    const delimiters = paid.replaceAll('*', '|').replaceAll(':', '>').replaceAll('~', '!');
    const oneLine = paid.replaceAll('\n', '');
    const crlf = oneLine.replaceAll('~', '~\r\n');
    const reissued = paid.replace(/^(ISA.*?)\*0900/, '$1*0901');
    for (const [name, text] of Object.entries({ delimiters, oneLine, crlf, reissued })) {
      expect(text).not.toBe(paid);
      expect((await world.receive(`${name}.835`, text)).summary).toMatch(/^1 (remittances|transactions) already recorded$/);
    }
    expect(await rows()).toEqual(before);
  });

  test('that corrects an unbalanced one under the same trace is posted once and ends the task that asked for it', async () => {
    const right = fileText(remittanceOf('A100'), '2026-07-01');
    await world.receive('wrong.835', right.replace('BPR*I*1080', 'BPR*I*1080.01'));
    expect(await world.receive('right.835', right)).toMatchObject({ summary: '1 remittance claims posted' });
    expect(await unmatchedTasks()).toEqual([]);
    const stored = await world.store.prisma.remittance.findMany({ orderBy: { id: 'asc' }, select: { status: true, postedTrace: true } });
    expect(stored).toEqual([
      { status: 'superseded', postedTrace: null },
      { status: 'posted', postedTrace: 'TRACE1' },
    ]);
    const reissued = right.replaceAll(/(ST\*835\*|SE\*\d+\*)0001/g, '$10009');
    expect(await world.receive('again.835', reissued)).toMatchObject({ summary: '1 remittances already recorded' });
    expect((await world.account('A100')).claims[0]?.remittances).toHaveLength(1);
  });

  test('that does not balance is held: nothing is posted and one person is asked', async () => {
    const unbalanced = fileText(remittanceOf('A100'), '2026-07-01').replace('BPR*I*1080', 'BPR*I*1080.01');
    const before = await rows();
    expect(await world.receive('a.835', unbalanced)).toMatchObject({ status: 'stored', summary: '1 remittances held', undelivered: 0 });
    expect(await rows()).toEqual({ ...before, remittances: 1, claims: 1, tasks: before.tasks + 1 });
    const { tasks } = await readQueuePage(world.store.prisma, { queue: 'unmatched', limit: 1 });
    expect(tasks[0]?.reason).toMatch(
      /^It does not balance at: check; first at the check at byte \d+: expected \$1,080\.00, came \$1,080\.01\. Nothing/,
    );
    expect(await unmatchedTasks()).toEqual([{ kind: 'resolveImbalance', accountId: null, candidates: [] }]);
  });

  test('that pays what was denied ends the work on the denial, tasks and deadlines alike', async () => {
    await world.receive('a.835', fileText(remittanceOf('A100', { paid: '0.00', adjust: ['CO-197 1480.00'] }), '2026-07-01'));
    const open = async () => {
      const { tasks, deadlines } = await world.account('A100');
      return [...tasks, ...deadlines].filter(({ status }) => status === 'open').length;
    };
    expect(await open()).toBeGreaterThan(1);
    await world.receive('b.835', fileText(remittanceOf('A100', {}, { trace: 'TRACE2' }), '2026-07-09'));
    expect(await open()).toBe(0);
  });

  test('for a claim that is not known becomes a task with candidates', async () => {
    await world.receive('a.835', fileText(remittanceOf('UNKNOWN9'), '2026-07-01'));
    expect(await unmatchedTasks()).toEqual([{ kind: 'matchRemittance', accountId: null, candidates: [] }]);
  });
});

describe('acknowledgements', () => {
  beforeEach(() => world.receive('one.837', sent));

  test('a 999 and a TA1 reach the claims of the file that they answer', async () => {
    await world.receive('one.999', fileText({ acknowledgement: { claim: 'A100', kind: '999', code: 'A' } }, '2026-06-16'));
    const { claims } = await world.account('A100');
    expect(claims[0]?.submissions[0]).toMatchObject({ status: 'received', functionalAcknowledged: true });
    const [isa = ''] = sent.split('\n');
    const number = isa.split('*')[13] ?? '';
    const refusing = (note: string) => `${isa}\nTA1*${number}*260615*0900*R*${note}~\nIEA*0*${number}~\n`;
    expect(await world.receive('repeated.ta1', refusing('025'))).toMatchObject({ summary: '1 repetitions refused' });
    expect((await world.account('A100')).claims[0]?.submissions[0]).toMatchObject({ status: 'received' });
    await world.receive('one.ta1', refusing('001'));
    expect((await world.account('A100')).claims[0]?.submissions[0]).toMatchObject({ status: 'rejected' });
  });

  test('of something unknown become tasks', async () => {
    await world.receive('x.999', fileText({ acknowledgement: { claim: 'NOBODY', kind: '999', code: 'A' } }, '2026-06-16'));
    await world.receive('x.277ca', fileText({ acknowledgement: { claim: 'NOBODY', code: 'A2' } }, '2026-06-16'));
    const task = { kind: 'matchAcknowledgement', accountId: null, candidates: [] };
    expect(await unmatchedTasks()).toEqual([task, task]);
  });
});

describe('a payments file', () => {
  const header = 'payment_id,account_number,amount,paid_on,via';

  beforeEach(() => world.receive('one.837', sent));

  test('posts each payment once by its own number and asks for the account of what it cannot place', async () => {
    const summary = await world.receive('p1.csv', `${header}\nPAY1,A100,25.00,2026-06-16,portal\nPAY2,NOBODY,5.00,2026-06-16,portal\n`);
    expect(summary.summary).toBe('1 payments posted, 1 payments unmatched');
    const again = await world.receive('p2.csv', `${header}\r\nPAY1,A100,25.00,2026-06-16,portal\r\nPAY3,A100,1.00,2026-06-16,vendor\r\n`);
    expect(again.summary).toBe('1 payments posted, 1 payments already recorded');
    expect((await world.account('A100')).patient.paidCents).toBe(2600);
    expect(await unmatchedTasks()).toMatchObject([{ kind: 'matchPayment' }]);
  });

  test.each([
    ['PAY1,A100,x,2026-06-16,portal', 'row 2, column amount: must be an amount above zero with at most two decimals'],
    ['PAY1,A100,5.00,2026-02-30,portal', 'row 2, column paid_on: must be an existing date written YYYY-MM-DD'],
    ['PAY1,A100,5.00', 'row 2: expected 5 columns, 3 came'],
    ['"PAY1,A100,5.00,2026-06-16,portal', 'row 2, column 1: a quotation mark is not where it may be'],
    [
      'PAY1,A100,5.00,2026-06-16,portal\nPAY1,A100,6.00,2026-06-16,portal',
      'column payment_id names a payment that is stored already and said something else',
    ],
  ])('%j is refused by row and column', async (row, message) => {
    expect(await world.receive('p.csv', `${header}\n${row}\n`)).toEqual({ status: 'refused', summary: message, undelivered: 0 });
  });
});

describe('the number of accounts', () => {
  test('of one file may be a thousand in a few seconds', async () => {
    const [transaction] = readX12File(Buffer.from(sent, 'latin1'));
    const [claim] = transaction?.kind === 'claims' ? transaction.claims : [];
    if (claim === undefined) throw new Error('one claim was written');
    const claims = Array.from({ length: 1000 }, (_, n) => ({ ...claim, submissionKey: `B${n}` }));
    const from = envelope(civilDate('2026-06-15'), { from: 'HIS', to: 'UHC01', about: 'thousand' });
    const content = Buffer.from(write837(from, claims), 'latin1');
    const { fileId } = await registerInboundFile(world.store.prisma, { name: 'b.837', content, receivedAt: new Date(world.now) });
    const began = performance.now();
    expect(await world.activities.readInboundFile({ fileId })).toMatchObject({ status: 'stored', undelivered: 2000 });
    const tookMs = performance.now() - began;
    console.log(`1,000 claims stored in ${Math.round(tookMs)} ms`);
    expect(tookMs).toBeLessThan(10_000);
    expect(await world.activities.deliverEvents({ fileId, limit: 300, clockShiftMs: 0 })).toEqual({ undelivered: 1400 });
    expect(world.messages).toHaveLength(300);
    expect(world.messages[0]?.eventIds).toHaveLength(2);
  });
});
