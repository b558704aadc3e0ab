import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../client/knowledge.ts';
import { readsOf } from '../../client/reads.ts';
import { envelope } from '../../client/scenario/to-x12.ts';
import { registerInboundFile } from '../../prisma/writes/inbound-file.ts';
import { submitSettlement } from '../../prisma/writes/task-form.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import { readX12File } from '../../rules/x12/read-file.ts';
import { type Answer, writeAnswer } from '../../rules/x12/write-999.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';

const sentOn = '2026-06-15';

/** A file of ours to UHC01 with these claims, each in a transaction set of its own, under that control number. */
function sentFile(number: string, ...accounts: readonly string[]): string {
  const claims = accounts.flatMap((account) => {
    const [transaction] = readX12File(Buffer.from(fileText(claimOf(account), sentOn), 'latin1'));
    return transaction?.kind === 'claims' ? transaction.claims : [];
  });
  const ours = { ...envelope(civilDate(sentOn), { from: 'RECOURSE', to: 'UHC01', about: number }), interchangeControlNumber: number };
  const sets = claims.map((claim, n) => {
    const transactionControlNumber = String(n + 1).padStart(4, '0');
    return write837({ ...ours, groupControlNumber: number, transactionControlNumber }, [claim]);
  });
  const body = sets.map((text) => text.slice(text.indexOf('ST*'), text.indexOf('GE*'))).join('');
  const [first = ''] = sets;
  return `${first.slice(0, first.indexOf('ST*'))}${body}${first.slice(first.indexOf('GE*')).replace('GE*1', `GE*${sets.length}`)}`;
}

/** From UHC01 to us. */
function answerFile(answer: Answer, on = '2026-06-16', from = 'UHC01'): string {
  return writeAnswer(envelope(civilDate(on), { from, to: 'RECOURSE', about: JSON.stringify(answer) }), answer);
}

function functional(groupControlNumber: string, ...codes: readonly string[]): Answer {
  const transactions = codes.map((code, n) => ({ controlNumber: String(n + 1).padStart(4, '0'), code }));
  return { interchange: null, group: { functionalId: 'HC', groupControlNumber, code: codes.includes('R') ? 'P' : 'A', transactions } };
}

function interchange(interchangeControlNumber: string): Answer {
  return { interchange: { interchangeControlNumber, code: 'A', note: '000' }, group: null };
}

let world: StoredWorld;

beforeEach(async () => {
  world = await StoredWorld.open({ knowledge: loadKnowledge() });
  world.now = instant('2026-06-17T14:00:00Z');
});

afterEach(() => world.close());

async function theTask() {
  const { id } = await world.store.prisma.task.findFirstOrThrow({ where: { accountId: null }, orderBy: { id: 'desc' } });
  const shown = await readsOf(world.store.prisma).unmatched(id);
  if (shown === null || shown === 'many') throw new Error('the task is shown');
  return shown;
}

async function give(to: { readonly accountId?: string; readonly submissionKey?: string }) {
  const { id: taskId } = await theTask();
  const formId = randomUUID();
  await submitSettlement(world.store.prisma, { taskId, settlement: { outcome: 'matched', by: 'pat', ...to }, formId });
  return world.activities.settleUnmatched({ taskId, formId, asOf: world.now });
}

/** Which submission heard what: `A100 functional rejected`. */
async function heard(): Promise<readonly string[]> {
  const rows = await world.store.prisma.accountEvent.findMany({ where: { kind: 'submissionAcknowledged' }, select: { body: true } });
  return rows
    .map(({ body }): string => {
      const { submissionKey, level, verdict }: ReturnType<typeof JSON.parse> = body;
      return `${submissionKey} ${level} ${verdict}`;
    })
    .sort();
}

describe('a 999 or TA1 that names nothing of ours', () => {
  beforeEach(async () => {
    await world.receive('one.837', sentFile('417', 'A100', 'A200'));
    await world.receive('two.837', sentFile('905', 'B100'));
  });

  test('shows which files it may answer and why, and is heard by every claim of the one that is chosen', async () => {
    await world.receive('x.999', answerFile(functional('471', 'A', 'R')));
    const { reason, candidates } = await theTask();
    expect(reason).toBe('No group of ours has the control number 471, which it names.');
    expect(candidates.map(({ why }) => why)).toEqual([
      'one.837 (2 claims), sent 1 day before, partners equal, control number 417 similar, transaction numbers equal, not answered yet',
      'two.837 (1 claim), sent 1 day before, partners equal, control number 905 differs, transaction numbers differ, not answered yet',
    ]);
    const accountId = await world.accountId('A100');
    expect(candidates[0]).toMatchObject({ accountId, submissionKey: 'A100' });
    const settled = await give({ accountId, submissionKey: 'A100' });
    expect(settled).toMatchObject({ kind: 'settled', outcome: 'matched', accountId, isForMany: true, undelivered: 2 });
    expect(await heard()).toEqual(['A100 functional received', 'A200 functional rejected']);
    expect(await theTask()).toMatchObject({ status: 'done', closedBy: 'pat' });
    await world.receive('y.999', answerFile(functional('472', 'A')));
    expect((await theTask()).candidates[1]?.why).toContain('answered before');
  });

  test('is given by an account, whose last submission it then answers; what was never sent it cannot answer', async () => {
    await world.receive('x.ta1', answerFile(interchange('000000001')));
    expect(await give({ accountId: await world.accountId('B100') })).toMatchObject({ kind: 'settled', undelivered: 1 });
    expect(await heard()).toEqual(['B100 interchange received']);
    await world.receive('old.ta1', answerFile(interchange('000000002'), '2026-06-14'));
    expect((await theTask()).candidates).toEqual([]);
    const accountId = await world.accountId('B100');
    expect(await give({ accountId })).toEqual({
      kind: 'refused',
      reason: 'nothing was sent for that account by 2026-06-14, the date of the acknowledgement',
    });
    expect(await give({ accountId, submissionKey: 'A100' })).toEqual({
      kind: 'refused',
      reason: 'that account never sent a claim with that key (CLM01)',
    });
  });

  test('is given by the file that it answers', async () => {
    const reads = readsOf(world.store.prisma);
    expect(await reads.sentFile('nothing.837')).toEqual([]);
    const [one, ...others] = await reads.sentFile('one.837');
    expect({ one, others }).toEqual({ one: { accountId: await world.accountId('A100'), submissionKey: 'A100' }, others: [] });
  });
});

describe('an acknowledgement that comes before what it acknowledges', () => {
  const late = sentFile('417', 'A100', 'A200');

  test('is heard by every claim of it once, with exactly its control number, also when both come again', async () => {
    await world.receive('x.999', answerFile(functional('417', 'A', 'R')));
    await world.receive('x.ta1', answerFile(interchange('000000417')));
    for (const name of ['one.837', 'again.837']) await world.receive(name, name === 'one.837' ? late : `${late}\n`);
    await world.receive('again.999', `${answerFile(functional('417', 'A', 'R'))}\n`);
    expect(await heard()).toEqual([
      'A100 functional received',
      'A100 interchange received',
      'A200 functional rejected',
      'A200 interchange received',
    ]);
    const tasks = await world.store.prisma.task.findMany({ where: { accountId: null }, select: { status: true, closedBy: true } });
    expect(tasks).toEqual([
      { status: 'done', closedBy: 'intake' },
      { status: 'done', closedBy: 'intake' },
    ]);
    expect(await world.store.prisma.accountEvent.count({ where: { deliveredAt: null } })).toBe(0);
  });

  test.each([
    ['another number', answerFile(functional('418', 'A'))],
    ['other partners', answerFile(functional('417', 'A'), '2026-06-16', 'CIGNA1')],
    ['a day before it was sent', answerFile(functional('417', 'A'), '2026-06-14')],
  ])('stays with a person when it has %s', async (_, text) => {
    await world.receive('x.999', text);
    await world.receive('one.837', late);
    expect(await heard()).toEqual([]);
    expect(await theTask()).toMatchObject({ status: 'open' });
  });

  test('is found however both are read at the same time', async () => {
    for (let round = 100; round < 106; round += 1) {
      const texts = [answerFile(functional(String(round), 'A')), sentFile(String(round), `R${round}`)];
      const ids = await Promise.all(
        texts.map((text, n) =>
          registerInboundFile(world.store.prisma, {
            name: `${round}-${n}`,
            content: Buffer.from(text, 'latin1'),
            receivedAt: new Date(world.now),
          }),
        ),
      );
      await Promise.all(ids.map(({ fileId }) => world.activities.readInboundFile({ fileId })));
    }
    expect(await heard()).toHaveLength(6);
  });

  test('a 277CA that names a claim is heard when that claim comes', async () => {
    await world.receive('x.277', fileText({ acknowledgement: { claim: 'A100', code: 'A2', payerClaim: 'ICN9' } }, '2026-06-16'));
    await world.receive('one.837', late);
    expect(await heard()).toEqual(['A100 claim accepted']);
    expect((await world.account('A100')).claims[0]).toMatchObject({ payerClaimNumber: 'ICN9', submissions: [{ status: 'accepted' }] });
    expect(await theTask()).toMatchObject({ status: 'done', outcome: 'matched' });
  });
});
