import { expect, test } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { freshCount, isDue, shadowOf } from '../../activities/shadow.ts';
import { loadKnowledge } from '../../client/knowledge.ts';

const { ruleSet, decide } = loadKnowledge();
const { receipt } = decide({ point: 'denied', 'denial.carc': '197', 'denial.group': 'CO' }, '2026-06-01');
const ids = Array.from({ length: 20_000 }, (_, n) => `0196-account:q${n}`);
const due = ids.filter(isDue);
const [one = ''] = due;

async function watched(given: typeof receipt, times = 1) {
  const lines: string[] = [];
  const count = freshCount();
  const shadow = shadowOf(ruleSet, (line) => lines.push(line), count);
  for (let n = 0; n < times; n += 1) shadow(one, given);
  for (let n = 0; n < 2_000 && count.checked + lines.length < Math.min(times, 20); n += 1) await turn();
  return { lines, count };
}

test('about one decision in a hundred is due, and which follows from its id', () => {
  expect([due.length > 150, due.length < 250]).toEqual([true, true]);
  expect(ids.filter(isDue)).toEqual(due);
});

test('a decision that json-rules-engine shares is no news', async () => {
  expect(await watched(receipt)).toEqual({ lines: [], count: { checked: 1, differed: 0, skipped: 0 } });
});

test('a difference is told with ids and without facts', async () => {
  const { lines, count } = await watched({ ...receipt, winner: { ...receipt.winner, ruleId: 'denied.other' } });
  expect(count).toEqual({ checked: 1, differed: 1, skipped: 0 });
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
    level: 'error',
    event: 'rules.shadow-differs',
    decisionId: one,
    ours: 'denied.other',
    jsonRulesEngine: receipt.winner.ruleId,
  });
  expect(lines.join()).not.toContain('197');
});

test('another rule set’s decisions are left alone, and a crowd is let go', async () => {
  expect((await watched({ ...receipt, ruleSetHash: 'other' }, 0)).count.checked).toBe(0);
  expect((await watched(receipt, 25)).count).toEqual({ checked: 20, differed: 0, skipped: 5 });
});
