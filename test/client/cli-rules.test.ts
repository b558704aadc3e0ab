import { describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../client/engine.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { fakeEngine, recourse } from '../support/fake-engine.ts';
import { oneAccount } from '../support/one-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('recourse rules check', () => {
  test('holds for the rules of this checkout', async () => {
    const { exit, out } = await recourse(['rules', 'check']);
    expect(exit).toBe(0);
    expect(out).toMatch(/✓ \d+ rules in \d+ files, \d+ tests, 0 failed/);
  });

  test('names every fault with file and pointer, and ends with 1', async () => {
    const path = join(temporaryFolder(), 'broken.json');
    writeFileSync(path, JSON.stringify({ ruleSet: 'broken', title: 'Broken', rules: [{ name: 'x' }] }));
    const { exit, out } = await recourse(['rules', 'check', path]);
    expect(exit).toBe(1);
    expect(out).toContain('✗ broken.json:1:47 #/rules/0/priority shape');
  });
});

describe('recourse rules, offline', () => {
  const written = (name: string, content: unknown) => {
    const path = join(temporaryFolder(), name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const denied = { point: 'denied', 'payer.id': 'AETNA1', 'denial.carc': '197', 'denial.group': 'CO' };
  const shipped = () => JSON.parse(readFileSync(join(import.meta.dirname, '../../rules/sets/default.json'), 'utf8'));

  test('decide names the winner, who matched too, and where the others failed', async () => {
    const { exit, out } = await recourse(['rules', 'decide', '--facts', written('f.json', denied), '--as-of', '2026-06-01', '--json']);
    expect(exit).toBe(0);
    const { winner, action, timer, matched, nearMisses } = JSON.parse(out);
    expect({ action, timer }).toEqual({ action: 'reconsideration', timer: null });
    expect(matched[0]).toBe(winner);
    expect(nearMisses[0]).toMatchObject({ ruleId: expect.any(String), failed: { fact: expect.any(String), held: expect.any(Boolean) } });
  });

  test('decide refuses facts it does not know, and files that hold none', async () => {
    const unknown = await recourse(['rules', 'decide', '--facts', written('f.json', { ...denied, 'denial.crac': '16' })]);
    expect([unknown.exit, unknown.err]).toEqual([1, expect.stringContaining('there is no fact "denial.crac"')]);
    expect((await recourse(['rules', 'decide', '--facts', written('f.json', '{')])).exit).toBe(2);
    expect((await recourse(['rules', 'decide', '--facts', '/nowhere/f.json'])).exit).toBe(2);
    expect((await recourse(['rules', 'decide'])).exit).toBe(2);
  });

  test('lint says where a fault is', async () => {
    const broken = await recourse(['rules', 'lint', written('b.json', '{\n  "ruleSet": "b",\n  "title": 5,\n  "rules": []\n}')]);
    expect([broken.exit, broken.out]).toEqual([1, expect.stringContaining('✗ b.json:3:12 #/title shape')]);
  });

  test('lint says what it did not look at, and looks when it is told to', async () => {
    const path = written('a.json', shipped());
    const offline = await recourse(['rules', 'lint', path], new Error('no engine is asked'));
    expect([offline.exit, offline.out]).toEqual([0, expect.stringContaining('- Not looked at: unmatched-rule, only-fallback.')]);
    const { rules } = shipped();
    const [{ name }] = rules;
    const lintEvidence: Engine['trials']['lintEvidence'] = async () => ({
      today: civilDate('2026-11-25'),
      liveBefore: new Set([name]),
      lastMatchedOn: new Map([[name, civilDate('2026-03-01')]]),
      onlyFallback: [],
    });
    const engine = fakeEngine();
    const { out } = await recourse(['rules', 'lint', path, '--stored'], { ...engine, trials: { ...engine.trials, lintEvidence } });
    expect(out).not.toContain('Not looked at');
    expect(out).toMatch(
      /! a\.json:\d+:\d+ #\/rules\/0 unmatched-rule: no decision of the last 90 days met its conditions \(it last did on 2026-03-01\)/,
    );
  });

  test('diff tells added, removed and changed rules field by field', async () => {
    const document = shipped();
    const [first, second, ...others] = document.rules;
    const changed = { ...first, meta: { ...first.meta, version: first.meta.version + 1 } };
    const before = written('a.json', document);
    const after = written('b.json', { ...document, rules: [changed, ...others, { ...second, name: 'rejected.other' }] });
    const { exit, out } = await recourse(['rules', 'diff', before, after, '--json']);
    expect(exit).toBe(0);
    const { added, removed, changed: fields } = JSON.parse(out);
    expect({ added, removed }).toEqual({ added: ['rejected.other'], removed: [second.name] });
    expect(fields).toEqual([
      { ruleId: first.name, fields: [expect.objectContaining({ pointer: '/meta/version', words: expect.stringContaining('→') })] },
    ]);
  });

  test('format lays a file out once and for all, and leaves its hash alone', async () => {
    const path = written('c.json', shipped());
    const hash = async () => JSON.parse((await recourse(['rules', 'check', path, '--json'])).out).hash;
    const before = await hash();
    expect((await recourse(['rules', 'format', '--check', path])).exit).toBe(1);
    expect((await recourse(['rules', 'format', path])).out).toContain('1 of 1 files changed');
    const once = readFileSync(path, 'utf8');
    expect((await recourse(['rules', 'format', path])).out).toContain('0 of 1 files changed');
    expect([readFileSync(path, 'utf8') === once, await hash()]).toEqual([true, before]);
  });
});

describe('recourse rules draft', () => {
  test('needs an id and somebody who does it', async () => {
    expect((await recourse(['rules', 'draft', 'approve', 'mine', '--by', 'ben'])).exit).toBe(2);
    expect((await recourse(['rules', 'draft', 'approve', oneAccount.id])).exit).toBe(2);
    expect((await recourse(['rules', 'draft', 'plan', oneAccount.id, '--by', 'ana', '--policy', 'never'])).exit).toBe(2);
    expect((await recourse(['rules', 'draft', 'new', 'title', '--by', 'ana', '--from', temporaryFolder()])).exit).toBe(2);
  });

  test('says why it was refused, and ends with 1', async () => {
    const engine = fakeEngine({ rules: { act: async () => ({ kind: 'refused', reason: 'ask a second person' }) } });
    const { exit, out } = await recourse(['rules', 'draft', 'approve', oneAccount.id, '--by', 'ana'], engine);
    expect({ exit, out }).toEqual({ exit: 1, out: '✗ Refused: ask a second person\n' });
  });

  test('passes on the revision that was seen', async () => {
    const seen: unknown[] = [];
    const engine = fakeEngine({ rules: { act: async (...given) => (seen.push(given), { kind: 'unknown' }) } });
    const { exit, err } = await recourse(['rules', 'draft', 'submit', oneAccount.id, '--by', 'ana', '--revision', '7'], engine);
    expect({ exit, seen }).toEqual({ exit: 1, seen: [[oneAccount.id, { kind: 'submit' }, { by: 'ana', revision: 7 }]] });
    expect(err).toContain('There is no such draft.');
  });
});
