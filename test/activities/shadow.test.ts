import { expect, test } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { isDue, shadowOf } from '../../activities/shadow.ts';
import type { ShadowNote } from '../../activities/shadow-book.ts';
import type { RuleSet } from '../../rules/engine/rule.ts';
import { loadKnowledge } from '../../client/knowledge.ts';

const { ruleSet, decide } = loadKnowledge();
const { receipt } = decide({ point: 'denied', 'denial.carc': '197', 'denial.group': 'CO' }, '2026-06-01');
const ids = Array.from({ length: 20_000 }, (_, n) => `0196-account:q${n}`);
const due = ids.filter(isDue);
const [one = ''] = due;

async function watched(given: typeof receipt, times = 1, rules: RuleSet = ruleSet) {
  const lines: string[] = [];
  const notes: ShadowNote[] = [];
  const shadow = shadowOf(rules, (line) => lines.push(line), { note: (note) => notes.push(note) });
  for (let n = 0; n < times; n += 1) shadow(one, given);
  for (let n = 0; n < 2_000 && notes.length < times; n += 1) await turn();
  return { lines, notes };
}

test('about one decision in a hundred is due, and which follows from its id', () => {
  expect([due.length > 150, due.length < 250]).toEqual([true, true]);
  expect(ids.filter(isDue)).toEqual(due);
});

test('a decision that json-rules-engine shares is no news', async () => {
  expect(await watched(receipt)).toEqual({ lines: [], notes: [{ kind: 'checked' }] });
});

test('a difference is noted and told with ids and without facts', async () => {
  const { lines, notes } = await watched({ ...receipt, winner: { ...receipt.winner, ruleId: 'denied.other' } });
  const theirs = receipt.winner.ruleId;
  expect(notes).toEqual([{ kind: 'differed', decisionId: one, ruleSetHash: ruleSet.hash, ours: 'denied.other', theirs }]);
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
    level: 'error',
    event: 'rules.shadow-differs',
    decisionId: one,
    ours: 'denied.other',
    jsonRulesEngine: theirs,
  });
  expect(lines.join()).not.toContain('197');
});

test('a question to which json-rules-engine has no answer is noted and told', async () => {
  const rules = ruleSet.rules.map((rule) => ({ ...rule, source: '{}' }));
  const { lines, notes } = await watched(receipt, 1, { ...ruleSet, rules });
  expect([notes, JSON.parse(lines[0] ?? '{}')]).toMatchObject([[{ kind: 'failed' }], { event: 'rules.shadow-failed', decisionId: one }]);
});

test('another rule set’s decisions are left alone, and a crowd is let go', async () => {
  expect((await watched({ ...receipt, ruleSetHash: 'other' }, 0)).notes).toEqual([]);
  const { notes } = await watched(receipt, 25);
  const counted = (kind: string) => notes.filter((note) => note.kind === kind).length;
  expect([counted('checked'), counted('skipped')]).toEqual([20, 5]);
});
