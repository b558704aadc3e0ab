import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { isDue, shadowOf } from '../../activities/shadow.ts';
import { type ShadowBook, shadowBook } from '../../activities/shadow-book.ts';
import { examine } from '../../client/doctor.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { createPrisma, type Store } from '../../prisma/client.ts';
import { writeShadowDay } from '../../prisma/writes/shadow.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import type { DecisionReceipt } from '../../rules/domain/decision.ts';
import { freshDatabase } from '../support/database.ts';
import { fakeEngine, recourse } from '../support/fake-engine.ts';

const { ruleSet, decide } = loadKnowledge();
const { receipt } = decide({ point: 'denied', 'denial.carc': '197', 'denial.group': 'CO' }, '2026-06-01');
const wrong = { ...receipt, winner: { ...receipt.winner, ruleId: 'denied.other' } };
const [first = '', second = ''] = Array.from({ length: 1_000 }, (_, n) => `0196-account:q${n}`).filter(isDue);
const name = 'decisions asked again of json-rules-engine';

let store: Store;

beforeAll(async () => {
  store = createPrisma(await freshDatabase(), 2);
});

afterAll(() => store.close());

/** One worker from its start to its end: what it decided is asked again. */
async function work(decided: readonly (readonly [string, DecisionReceipt])[], now: string): Promise<void> {
  const book: ShadowBook = shadowBook(
    store.prisma,
    (line) => expect(line).toBe('nothing is left unstored'),
    () => instant(now),
  );
  let noted = 0;
  const shadow = shadowOf(ruleSet, () => undefined, {
    note: (note) => {
      noted += 1;
      book.note(note);
    },
  });
  for (const [id, given] of decided) shadow(id, given);
  for (let n = 0; n < 2_000 && noted < decided.length; n += 1) await turn();
  await book.settled();
}

/** Without a Temporal server the doctor still says what the store knows. */
async function found() {
  const checks = await examine({ prisma: store.prisma, client: {} as never, accounts: { state: () => Promise.resolve(null) } });
  return checks.filter((check) => check.name === name);
}

test('the doctor counts over all workers and days, and a decision that was decided otherwise is a finding until somebody removes it', async () => {
  expect(await found()).toEqual([{ name, ok: true, found: '0 so far, 0 differences', next: '' }]);
  await work(
    [
      [first, receipt],
      [second, receipt],
    ],
    '2026-06-01T23:59:00Z',
  );
  await work([[first, receipt]], '2026-06-02T00:01:00Z');
  expect(await found()).toEqual([{ name, ok: true, found: '3 since 2026-06-01, 0 differences', next: '' }]);

  await work(
    [
      [second, wrong],
      [first, receipt],
    ],
    '2026-06-02T09:00:00Z',
  );
  const [finding] = await found();
  expect(finding).toEqual({
    name,
    ok: false,
    found: `5 since 2026-06-01, 1 difference: ${second} (ours denied.other, json-rules-engine ${receipt.winner.ruleId})`,
    next: expect.stringContaining(`recourse explain --receipt ${second}`),
  });
  expect(await recourse(['doctor'], fakeEngine({ checks: finding === undefined ? [] : [finding] }))).toMatchObject({
    exit: 1,
    out: expect.stringContaining(`✗ ${name}: 5 since 2026-06-01, 1 difference: ${second}`),
  });
});

test('a count that comes late changes nothing', async () => {
  const day = { on: '2026-07-01', workerId: '019aa000-0000-7000-8000-000000000001', differed: 0, skipped: 0, failed: 0 };
  for (const checked of [4, 4, 3]) await writeShadowDay(store.prisma, { ...day, checked });
  const rows = await store.prisma.shadowDay.findMany({ where: { on: new Date('2026-07-01') }, select: { checked: true } });
  expect(rows).toEqual([{ checked: 4 }]);
});

test('a store that is away is reported and disturbs nobody', async () => {
  const away = createPrisma('postgres://nobody@127.0.0.1:1/none', 1);
  const lines: string[] = [];
  const book = shadowBook(away.prisma, (line) => lines.push(line));
  book.note({ kind: 'checked' });
  await book.settled();
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(['rules.shadow-not-stored']);
  await away.close();
});
