import { describe, expect, test } from '@jest/globals';
import type { SettleAnswer } from '../../client/settling.ts';
import { fakeEngine, recourse } from '../support/fake-engine.ts';
import { oneAccount, unmatchedTask } from '../support/one-account.ts';

describe('recourse task candidates', () => {
  test('shows what came in, the accounts it may belong to, and why', async () => {
    const { exit, out } = await recourse(['task', 'candidates', 'unmatched/1a2b3c4d']);
    expect({ exit, out }).toEqual({
      exit: 0,
      out: [
        'unmatched/1a2b3c4d  Find the account of a remittance claim',
        'Neither CLP01 nor CLP07 is known here.',
        'Payer 60054, $120.00, in a.835 at byte 512, safe by 2026-09-12',
        'Outcomes: matched, notOurs, sentBack',
        '',
        '   Account  Evidence',
        '1  10023    charge equal, service date 1 day off',
        '',
      ].join('\n'),
    });
  });

  test('says what to do when no task has that name', async () => {
    const { exit, err } = await recourse(['task', 'candidates', 'unmatched/ffffffff']);
    expect(exit).toBe(1);
    expect(err).toContain('✗ There is no such unmatched task.');
  });
});

describe('recourse task settle', () => {
  const given = ['task', 'settle', 'unmatched/1a2b3c4d', '--by', 'pat'];

  test('posts to a candidate or to any account, and says what the account does next', async () => {
    const engine = fakeEngine();
    const { exit, out } = await recourse([...given, '--candidate', '1'], engine);
    expect({ exit, out }).toEqual({
      exit: 0,
      out: [
        '✓ Posted $120.00 to account 10023; its next step is 2026-10-09, appeal1.',
        'Now disputing, $2,400.00, owner queue appeals.',
        'Open: t3 Write the appeal [appeals]',
        '',
      ].join('\n'),
    });
    await recourse([...given, '--account', '10023'], engine);
    const settlement = { outcome: 'matched', by: 'pat', accountId: oneAccount.id };
    expect(engine.settlements).toMatchObject([{ taskId: unmatchedTask.id, settlement }, { settlement }]);
  });

  test('closes with a reason', async () => {
    const engine = fakeEngine();
    const closing = ['--outcome', 'sentBack', '--note', 'not our patient', '--reference', 'R1', '--form-id', 'f1'];
    expect(await recourse([...given, ...closing], engine)).toMatchObject({
      exit: 0,
      out: '✓ unmatched/1a2b3c4d is closed: sent back.\n',
    });
    const settlement = { outcome: 'sentBack', by: 'pat', note: 'not our patient', reference: 'R1' };
    expect(engine.settlements).toEqual([{ taskId: unmatchedTask.id, settlement, formId: 'f1' }]);
  });

  test.each<[SettleAnswer, string]>([
    [{ kind: 'refused', reason: 'it needs a note' }, '✗ unmatched/1a2b3c4d was refused: it needs a note\n'],
    [
      { kind: 'settledBefore', outcome: 'notOurs', accountId: null },
      '✗ unmatched/1a2b3c4d was settled before: not ours. Nothing was done again.\n',
    ],
    [{ kind: 'underWay' }, '✗ unmatched/1a2b3c4d was taken but has no answer yet; repeat with --form-id f1 to get it.\n'],
  ])('answers %j with 1', async (settled, out) => {
    const parameters = [...given, '--outcome', 'notOurs', '--form-id', 'f1'];
    expect(await recourse(parameters, fakeEngine({ settled }))).toEqual({ exit: 1, out, err: '' });
  });

  test('sends nothing when it is not said how the task ends', async () => {
    const engine = fakeEngine();
    const wrong = [given, [...given, '--outcome', 'perhaps'], [...given, '--candidate', '1', '--account', '10023'], given.slice(0, 3)];
    for (const parameters of wrong) expect((await recourse(parameters, engine)).exit).toBe(2);
    for (const parameters of [
      ['--candidate', '2'],
      ['--account', 'nobody'],
    ])
      expect((await recourse([...given, ...parameters], engine)).exit).toBe(1);
    expect((await recourse(['task', 'settle', '10023/t3', '--by', 'pat', '--candidate', '1'], engine)).exit).toBe(2);
    expect(engine.settlements).toEqual([]);
  });
});
