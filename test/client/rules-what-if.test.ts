import { describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleSetPaths, shippedFiles } from '../../client/knowledge.ts';
import { draftFiles } from '../../client/draft-files.ts';
import type { ReceiptCheck } from '../../client/receipt-check.ts';
import type { CoverageMap } from '../../rules/administration/coverage.ts';
import { fakeEngine, recourse } from '../support/fake-engine.ts';
import { oneAccount } from '../support/one-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const shipped = ruleSetPaths().find((path) => path.endsWith('default.json')) ?? '';
const toClearance = withAnswer('denied.authorization', { action: 'routeToPerson', queue: 'clearance' });

/** The shipped default set, in which one rule answers otherwise. */
function withAnswer(name: string, params: object): string {
  const set = JSON.parse(readFileSync(shipped, 'utf8'));
  const rules = set.rules.map((rule: { readonly name: string }) =>
    rule.name === name ? { ...rule, event: { type: 'nextAction', params } } : rule,
  );
  return JSON.stringify({ ...set, rules }, null, 2);
}

const facts = {
  point: 'denied',
  'payer.id': 'P9',
  'denial.carc': '197',
  'denial.category': 'AUT',
  'denial.group': 'CO',
  'left.reconsiderationDays': 90,
};

function files(decisions: readonly unknown[]) {
  const folder = temporaryFolder();
  const [draft, path] = [join(folder, 'default.json'), join(folder, 'decisions.jsonl')];
  writeFileSync(draft, toClearance);
  writeFileSync(path, decisions.map((decision) => JSON.stringify(decision)).join('\n'));
  return { draft, path };
}

describe('recourse rules what-if', () => {
  test('weighs a draft on the decisions of a file, without an engine', async () => {
    const { draft, path } = files([
      { id: 'A1', asOf: '2026-11-01', facts: { ...facts, 'denial.amountCents': 100_00 } },
      { id: 'A2', asOf: '2026-11-01', facts: { ...facts, point: 'credit', 'credit.cents': 5_00 } },
    ]);
    const { exit, out } = await recourse(
      ['rules', 'what-if', '--draft', draft, '--decisions', path, '--json'],
      new Error('no engine is asked'),
    );
    expect(exit).toBe(0);
    expect(JSON.parse(out).report).toMatchObject({
      decisions: 2,
      changed: { count: 1, cents: 100_00 },
      flows: [{ fromRule: 'denied.authorization', toRule: 'denied.authorization', toAction: 'routeToPerson' }],
      examples: [{ account: 'A1' }],
    });
    const read = await recourse(['rules', 'what-if', '--draft', draft, '--decisions', path], new Error('no engine is asked'));
    expect(read.out).toContain('Of 2 decisions 1 ($100.00) would be won by another rule or answered otherwise');
    expect(read.out).toContain('Live: denied.authorization answers');
  });

  test('names the line of a file that is no decision', async () => {
    const { draft, path } = files([
      { id: 'A1', asOf: '2026-11-01', facts },
      { id: 'A2', asOf: '2026-02-30', facts },
    ]);
    const { exit, err } = await recourse(['rules', 'what-if', '--draft', draft, '--decisions', path]);
    expect(exit).toBe(1);
    expect(err).toMatch(/line 2 of .*asOf must be an existing date/);
  });

  test('without a draft, or with one that is not there, is wrong usage; a broken one is a "no"', async () => {
    expect((await recourse(['rules', 'what-if'])).exit).toBe(2);
    expect((await recourse(['rules', 'what-if', '--draft', 'nowhere.json'])).exit).toBe(2);
    const { draft, path } = files([]);
    writeFileSync(draft, toClearance.replace('"clearance"', '"elsewhere"'));
    const { exit, err } = await recourse(['rules', 'what-if', '--draft', draft, '--decisions', path]);
    expect({ exit, err }).toMatchObject({ exit: 1, err: expect.stringContaining('there is no queue "elsewhere"') });
  });

  test('shows none that was never made, without asking for a draft', async () => {
    expect((await recourse(['rules', 'what-if', 'show'])).out).toBe('No what-if was made yet.\n');
    expect(await recourse(['rules', 'what-if', 'show', 'x'])).toMatchObject({
      exit: 1,
      err: expect.stringContaining('There is no such what-if.'),
    });
  });

  test('a file takes the place of the live one of its name, a folder of all', () => {
    const { draft } = files([]);
    const live = shippedFiles();
    const one = draftFiles(live, [draft]);
    expect(one.ruleFiles.map(({ name }) => name)).toEqual(live.ruleFiles.map(({ name }) => name));
    expect(one.ruleFiles.find(({ name }) => name === 'default.json')?.text).toBe(toClearance);
    expect(draftFiles(live, [join(draft, '..')]).ruleFiles).toEqual([{ name: 'default.json', text: toClearance }]);
  });
});

describe('recourse rules coverage', () => {
  test('prints the gaps by dollars, and ends with 1 when there is one', async () => {
    const counted = { denials: 3, cents: 900_00, covered: { denials: 2, cents: 100_00 } };
    const about = { payerId: 'P1', carc: '50', group: 'CO', service: 'imaging', denials: 1, cents: 800_00, undecided: 0 };
    const gap = {
      ...about,
      fault: 'noRule',
      witness: 'HB7',
      witnessId: oneAccount.id,
      witnessCents: 800_00,
      detail: 'no rule names it',
    } as const;
    const map: CoverageMap = { ruleSetHash: 'h', ...counted, gaps: [gap] };
    const engine = fakeEngine();
    const { exit, out } = await recourse(['rules', 'coverage'], { ...engine, trials: { ...engine.trials, coverage: async () => map } });
    expect(exit).toBe(1);
    expect(out).toContain('2 of 3 denials ($100.00 of $900.00) are answered by one rule.');
    expect(out).toMatch(/no rule +P1 +CO-50 +imaging +1 +\$800\.00 +HB7 +no rule names it/);
  });
});

describe('recourse explain --receipt', () => {
  const id = `${oneAccount.id}:q2`;
  const check: ReceiptCheck = {
    decisionId: id,
    accountNumber: '10023',
    ruleSetHash: 'f'.repeat(64),
    winner: 'r',
    bytes: 'asDecided',
    rerun: { kind: 'same' },
  };

  function asking(answer: ReceiptCheck) {
    const engine = fakeEngine();
    return recourse(['explain', '--receipt', '10023/2'], {
      ...engine,
      trials: { ...engine.trials, receipt: async (asked) => (asked === id ? answer : null) },
    });
  }

  test('says that a receipt is proved', async () => {
    const { exit, out } = await asking(check);
    expect(exit).toBe(0);
    expect(out).toContain('the same rules and facts give the same bytes');
  });

  test('names the first difference', async () => {
    const first = { pointer: '/receipt/winner/leaves/1/actual', stored: '29', now: '197' };
    const { exit, out } = await asking({ ...check, bytes: 'changed', rerun: { kind: 'different', first } });
    expect(exit).toBe(1);
    expect(out).toContain('differs first at /receipt/winner/leaves/1/actual:\n    stored: "29"\n    now:    "197"');
  });

  test('says plainly when another evaluator made it, or its rules are not stored', async () => {
    const rerun = { kind: 'otherEvaluator', stored: 'a/1', current: 'a/2', winner: 'same' } as const;
    expect((await asking({ ...check, rerun })).out).toContain(
      'its bytes cannot be compared.\n  Asked again by this one, the same rule wins.',
    );
    expect((await asking({ ...check, rerun: null })).out).toContain('It cannot be asked again');
  });

  test('needs an account or a receipt', async () => {
    expect((await recourse(['explain'])).exit).toBe(2);
    expect((await recourse(['explain', '--receipt', 'nobody:q1'])).exit).toBe(1);
  });
});
