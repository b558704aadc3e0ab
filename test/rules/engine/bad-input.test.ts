import { describe, expect, test } from '@jest/globals';
import { RuleSetFault } from '../../../rules/engine/fault.ts';
import { lint } from '../../../rules/engine/lint.ts';
import { readRuleSet } from '../../../rules/engine/rule-set.ts';
import { RandomNumbers } from '../../support/random-numbers.ts';
import { codes, sha256, shippedFiles } from '../../support/rule-sets.ts';

/** Of this process: what others do on the machine does not count. */
const longestCpuMs = 5_000;
const [shipped] = shippedFiles();
const text = shipped?.text ?? '';

/** The faults of a text, which must come in bounded time and as faults, never as another error. */
function faultsOf(file: string): readonly string[] {
  const before = process.cpuUsage();
  const { faults } = lint([{ name: 'bad.json', text: file }], { hash: sha256, codes });
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(longestCpuMs);
  for (const { message, line, column } of faults) expect([message.length > 10, line >= 1, column >= 1]).toEqual([true, true, true]);
  return [...new Set(faults.map(({ check }) => check))];
}

type Json = Record<string, unknown>;

function withRule(change: (rule: Json, all: unknown[]) => void): string {
  const document = JSON.parse(text);
  change(document.rules[0], document.rules[0].conditions.all);
  return JSON.stringify(document);
}

const code = 'constructor.constructor("return process")().exit(7)';

describe('bad input is named and does nothing:', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['code where a fact is named', withRule((_, all) => all.push({ fact: code, operator: 'equal', value: 1 })), ['unknown-fact']],
    ['code in an operator', withRule((_, all) => all.push({ fact: 'denial.carc', operator: code, value: '1' })), ['unknown-operator']],
    ['code as a code', withRule((_, all) => all.push({ fact: 'rejection.level', operator: 'equal', value: code })), ['wrong-type']],
    [
      'code in a path',
      withRule((_, all) => all.push({ fact: 'payer.id', operator: 'equal', value: 'x', path: `$..[?(${code})]` })),
      ['path-present'],
    ],
    [
      'a name for a condition, which could go in circles',
      withRule((_, all) => all.push({ condition: 'rejected.notFound' })),
      ['named-condition'],
    ],
    ['the prototype', text.replace('"priority"', '"__proto__": {"polluted": 1}, "priority"'), ['unsafe-key']],
    ['a constructor', text.replace('"priority"', '"constructor": {"prototype": {}}, "priority"'), ['unsafe-key']],
    ['a key twice', text.replace('"priority"', '"priority": 1, "priority"'), ['repeated-key']],
    [
      'months',
      withRule(
        (rule) =>
          (rule['event'] = { type: 'nextAction', params: { action: 'wait', queue: 'gaps', timer: { id: 'x', duration: '1 month' } } }),
      ),
      ['duration'],
    ],
    ['a list where an object belongs', text.replace('"rules": [', '"rules": [[],'), ['shape']],
    ['a number that is no safe integer', withRule((rule) => (rule['priority'] = 1e300)), ['shape']],
    ['half a file', text.slice(0, text.length / 2), ['json']],
    ['brackets without end', '['.repeat(1_000_000), ['bounds']],
    ['nested objects without end', `${'{"not":'.repeat(140_000)}1${'}'.repeat(140_000)}`, ['bounds']],
    ['a condition tree of a megabyte', withRule((_, all) => all.push(tree(5))), ['bounds']],
    [
      'a huge list',
      withRule((_, all) => all.push({ fact: 'payer.id', operator: 'in', value: Array.from({ length: 200_000 }, (_v, n) => `P${n}`) })),
      ['bounds'],
    ],
    ['nothing', '', ['json']],
    ['null', 'null', ['shape']],
  ])('%s', (_name, file, checks) => {
    expect(faultsOf(file)).toEqual(checks);
    expect(({} as Json)['polluted']).toBeUndefined();
  });

  test('a place is line and column', () => {
    const lines = text.split('\n');
    const at = lines.findIndex((line) => line.includes('"priority"'));
    const broken = lines.with(at, (lines[at] ?? '').replace(/\d+/, '"high"')).join('\n');
    const [fault] = lint([{ name: 'bad.json', text: broken }], { hash: sha256, codes }).faults;
    expect([fault?.line, fault?.column, fault?.pointer]).toEqual([at + 1, (lines[at] ?? '').search(/\d/) + 1, '/rules/0/priority']);
  });
});

/** 7 to the power of `depth` comparisons. */
function tree(depth: number): Json {
  const comparison = { fact: 'payer.id', operator: 'equal', value: 'AN_ID' };
  return depth === 0 ? comparison : { any: Array.from({ length: 7 }, () => tree(depth - 1)) };
}

describe('mutated rule files', () => {
  const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);
  test(`are read or refused with faults, never anything else, in bounded time (seed ${seed})`, () => {
    const random = new RandomNumbers(seed);
    const small = JSON.stringify({ ...JSON.parse(text), rules: [...JSON.parse(text).rules.slice(0, 3), JSON.parse(text).rules.at(-1)] });
    let refused = 0;
    for (let n = 0; n < 1_500; n += 1) {
      const mutated = n % 2 === 0 ? mutatedText(small, random) : JSON.stringify(mutatedValue(JSON.parse(small), random));
      const before = process.cpuUsage();
      try {
        readRuleSet([{ name: 'mutated.json', text: mutated }], sha256, codes);
      } catch (error) {
        if (!(error instanceof RuleSetFault)) throw new Error(`mutation ${n} of seed ${seed}: ${String(error)}`, { cause: error });
        refused += 1;
      }
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1_000).toBeLessThan(longestCpuMs);
    }
    expect([refused > 500, refused < 1_500]).toEqual([true, true]);
  });
});

function mutatedText(before: string, random: RandomNumbers): string {
  const at = random.next(before.length);
  const length = random.next(6);
  const put = random.pick(['', '{', ']', '"', ',', '\\', '0', '__proto__', 'null', '\u0000', '1e999']);
  return before.slice(0, at) + put + before.slice(at + length);
}

const strange: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  '',
  [],
  {},
  [[]],
  { all: [] },
  { fact: 'point' },
  'denied',
  { constructor: 1 },
  9e15,
];

/** One value somewhere is replaced, removed, or put in again. */
function mutatedValue(value: unknown, random: RandomNumbers): unknown {
  if (typeof value !== 'object' || value === null || random.next(8) === 0) return random.pick(strange);
  const keys = Object.keys(value);
  const key = keys.length === 0 ? '0' : random.pick(keys);
  if (Array.isArray(value)) return value.map((inner: unknown, n) => (String(n) === key ? mutatedValue(inner, random) : inner));
  const inner = (value as Json)[key];
  if (random.next(10) === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return { ...value, [random.next(10) === 0 ? `${key}x` : key]: mutatedValue(inner, random) };
}
