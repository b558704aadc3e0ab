import type { Facts, FactValue } from '../../rules/domain/decision.ts';
import { declarationOf, factIds } from '../../rules/engine/catalogue.ts';
import type { RuleFile } from '../../rules/engine/rule-set.ts';
import type { RandomNumbers } from '../support/random-numbers.ts';

type Json = Record<string, unknown>;

const carcs = ['16', '18', '22', '29', '45', '50', '96', '97', '109', '151', '167', '197', '198', '204', '210', '226', '252'];
const rarcs = ['MA130', 'N115', 'N386', 'N290', 'M127', 'N706', 'N54'];
const kinds = ['surgery', 'imaging', 'drug', 'evaluation', 'therapy'];

/** About forty rules per payer, as an administrator would write them; every fortieth stands for all payers. In files of 2,000 rules. */
export function payerRules(size: number, random: RandomNumbers): readonly RuleFile[] {
  const rules = Array.from({ length: size - 1 }, (_, n) => ruleOf(n, size, random));
  const fallback = {
    name: 'fallback',
    priority: 1,
    conditions: { all: [] },
    event: { type: 'nextAction', params: { action: 'routeToPerson', queue: 'gaps' } },
    meta: metaFor(['*']),
    tests,
  };
  const all = [...rules, fallback];
  return Array.from({ length: Math.ceil(all.length / 2_000) }, (_, n) => {
    const text = JSON.stringify({ ruleSet: `bench${n}`, title: 'Rules for a benchmark', rules: all.slice(n * 2_000, (n + 1) * 2_000) });
    return { name: `bench${n}.json`, text };
  });
}

const payersFor = (size: number) => Math.max(1, Math.ceil(size / 40));
const payerId = (n: number) => `PAYER${n}`;
const tests = [{ name: 'any', given: {}, expect: { matches: false } }];

function metaFor(payers: readonly string[]): Json {
  const effective = { from: '2020-01-01', to: null, basis: 'decision' };
  return {
    version: 1,
    status: 'active',
    owner: 'denials',
    payers,
    effective,
    citation: ['bench'],
    why: 'A benchmark.',
    reviewBy: '2027-01-01',
  };
}

function ruleOf(n: number, size: number, random: RandomNumbers): Json {
  const anyPayer = n % 40 === 0;
  const payer = payerId(n % payersFor(size));
  const members: Json[] = [
    leaf('point', 'equal', n % 5 === 4 ? 'upheld' : 'denied'),
    ...(anyPayer ? [] : [leaf('payer.id', 'equal', payer)]),
    leaf('denial.carc', 'in', [random.pick(carcs), random.pick(carcs)]),
    ...Array.from({ length: 1 + random.next(3) }, () => conditionFrom(random)),
    leaf('left.appealDays', 'greaterThanInclusive', random.next(30)),
  ];
  return {
    name: `bench.n${n}`,
    priority: anyPayer ? 100 + n / 40 : 2_000 + n,
    conditions: { all: members },
    event: { type: 'nextAction', params: { action: 'appeal', queue: 'appeals' } },
    meta: metaFor(anyPayer ? ['*'] : [payer]),
    tests,
  };
}

function conditionFrom(random: RandomNumbers): Json {
  switch (random.next(6)) {
    case 0:
      return leaf('denial.rarcs', 'contains', random.pick(rarcs));
    case 1:
      return leaf('denial.amountCents', 'greaterThan', random.next(500_000));
    case 2:
      return leaf('path.attempts', 'lessThan', 1 + random.next(3));
    case 3:
      return { any: [leaf('evidence.authorization', 'equal', true), leaf('denial.serviceCategories', 'contains', random.pick(kinds))] };
    case 4:
      return { not: leaf('denial.group', 'equal', 'PR') };
    default:
      return leaf('payer.state', 'in', ['TX', 'CA', 'NY', 'FL']);
  }
}

function leaf(fact: string, operator: string, value: unknown): Json {
  return { fact, operator, value };
}

/** The whole catalogue of a denial, as the lifecycle gives it: nine facts in ten are known. */
export function realisticFacts(size: number, random: RandomNumbers): Facts {
  const facts: Record<string, FactValue> = {};
  for (const id of factIds) facts[id] = random.next(10) === 0 ? null : anyValue(id, random);
  return {
    ...facts,
    point: random.next(5) === 4 ? 'upheld' : 'denied',
    'payer.id': payerId(random.next(payersFor(size))),
    'denial.carc': random.pick(carcs),
    'denial.rarcs': [random.pick(rarcs), random.pick(rarcs)],
    'denial.group': random.pick(['CO', 'CO', 'PR', 'PI']),
    'denial.serviceCategories': [random.pick(kinds)],
    'payer.state': random.pick(['TX', 'CA', 'NY', 'FL', 'OH']),
    'left.appealDays': random.next(120),
    'path.attempts': random.next(4),
  };
}

function anyValue(id: string, random: RandomNumbers): FactValue {
  const declaration = declarationOf(id);
  const values = declaration?.values ?? ['A', 'B', 'C'];
  switch (declaration?.type) {
    case 'integer':
      return random.next(600_000);
    case 'boolean':
      return random.next(2) === 0;
    case 'list':
      return [random.pick(values)];
    default:
      return random.pick(values);
  }
}
