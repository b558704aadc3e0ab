import { ApplicationFailure } from '@temporalio/common';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../client/knowledge.ts';
import { readAccountFile } from '../../prisma/reads/account-file.ts';
import { readLastDecision } from '../../prisma/reads/decisions.ts';
import { readQueuePage } from '../../prisma/reads/queue-page.ts';
import { submitTaskForm } from '../../prisma/writes/task-form.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();
const opening = fileText(claimOf('A100'), '2026-06-15');
const rejection = fileText({ acknowledgement: { claim: 'A100', code: 'A7', status: '164' } }, '2026-06-16');

let world: StoredWorld;
let accountId: string;

beforeEach(async () => {
  world = await StoredWorld.open({ knowledge });
  world.now = instant('2026-06-16T14:00:00Z');
  await world.receive('a.837', opening);
  accountId = await world.accountId('A100');
});

afterEach(() => world.close());

function turn(seq: number, formIds: readonly string[] = []) {
  return world.activities.advance({ accountId, seq, asOf: world.now, eventIds: [], formIds });
}

test('the same turn twice gives the first answer and writes nothing', async () => {
  const first = await turn(2);
  const { prisma } = world.store;
  const before = await prisma.accountEvent.count();
  world.now = instant('2026-12-01T14:00:00Z');
  expect(await turn(2)).toEqual(first);
  expect(await prisma.accountEvent.count()).toBe(before);
  expect(await prisma.advance.count()).toBe(2);
});

test('a turn that is not the next one is refused for good', async () => {
  const refusal = turn(4);
  await expect(refusal).rejects.toThrow('has taken turn 1: the next is not turn 4');
  await expect(refusal).rejects.toMatchObject({ type: 'advance.out-of-sequence', nonRetryable: true });
  await expect(refusal).rejects.toBeInstanceOf(ApplicationFailure);
});

test('two turns at the same time are one turn', async () => {
  const [a, b] = await Promise.all([turn(2), turn(2)]);
  expect(a).toEqual(b);
  expect(await world.store.prisma.advance.count()).toBe(2);
});

test('an account that never turned resumes at 0, one that did where it stands', async () => {
  expect(await world.activities.resumeAccount({ accountId })).toMatchObject({
    seq: 1,
    phase: 'submitted',
    payerId: 'UHC01',
    balanceCents: 148000,
  });
  await expect(world.activities.resumeAccount({ accountId: '00000000-0000-7000-8000-00000000dead' })).rejects.toMatchObject({
    type: 'account.unknown',
  });
});

test('a rejection becomes a task in its queue, a decision with its receipt, and words without a name', async () => {
  await world.receive('r.277ca', rejection);
  const { tasks } = await readQueuePage(world.store.prisma, { queue: 'rejections', limit: 10 });
  expect(tasks).toMatchObject([{ accountNumber: 'A100', taskId: 't1', kind: 'correctClaim', outcomes: ['ready', 'cannotCorrect'] }]);
  expect(await readLastDecision(world.store.prisma, accountId)).toMatchObject({
    point: 'rejected',
    refusal: null,
    answer: { queue: 'rejections' },
  });
  const { details, openTasks, queue } = await world.activities.resumeAccount({ accountId });
  expect({ queue, tasks: openTasks.map((t) => t.id) }).toEqual({ queue: 'rejections', tasks: ['t1'] });
  const patient = await world.store.prisma.accountPatient.findUniqueOrThrow({ where: { accountId } });
  const file = await readAccountFile(world.store.prisma, accountId);
  const shown = JSON.stringify([details, file]);
  expect(shown).not.toContain(patient.lastName);
  expect(file?.timeline.map((entry) => entry.position)).toEqual(file?.timeline.map((_, index) => index + 1));
});

test('a form is taken once; one that does not fit is refused with the reason', async () => {
  await world.receive('r.277ca', rejection);
  const { prisma } = world.store;
  const wrong = await submitTaskForm(prisma, { accountId, taskId: 't1', form: { outcome: 'approved', by: 'pat' } });
  const seq = (await world.activities.resumeAccount({ accountId })).seq;
  expect((await turn(seq + 1, [wrong])).refusals).toMatchObject([{ formId: wrong }]);
  const right = await submitTaskForm(prisma, { accountId, taskId: 't1', form: { outcome: 'ready', by: 'pat', memberId: 'M-CORRECT' } });
  const taken = await turn(seq + 2, [wrong, right]);
  expect({ refusals: taken.refusals, commands: taken.commands.map((c) => c.kind) }).toEqual({ refusals: [], commands: ['submitClaim'] });
  const forms = await prisma.taskForm.findMany({ orderBy: { id: 'asc' } });
  expect(forms.map(({ status }) => status)).toEqual(['refused', 'accepted']);
  const events = await prisma.accountEvent.findMany({ where: { accountId }, select: { body: true } });
  expect(JSON.stringify(events)).not.toContain('M-CORRECT');
  expect((await world.activities.resumeAccount({ accountId })).commands).toEqual(taken.commands);
});
