import fc from 'fast-check';
import { type DecisionPoint, decisionPoints, type Facts, type FactValue } from '../../rules/domain/decision.ts';
import { catalogue, declarationOf, factIds } from '../../rules/engine/catalogue.ts';
import type { FactDeclaration } from '../../rules/engine/declare-fact.ts';
import { isFor } from '../../rules/engine/read-condition.ts';
import { operators } from '../../rules/engine/operators.ts';

type Json = Record<string, unknown>;

// Few values each, so that comparisons hold about as often as they fail.
const integers = fc.integer({ min: -2, max: 3 });

function textsOf({ values, codeSet, unit }: FactDeclaration): fc.Arbitrary<string> {
  if (unit === 'date') return fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-04');
  if (values !== null) return fc.constantFrom(...values);
  return codeSet === null ? fc.constantFrom('UHC01', 'AETNA1', 'MCARE', '') : fc.constantFrom('16', '50', '197', 'MA130');
}

function scalarOf(declaration: FactDeclaration): fc.Arbitrary<number | string | boolean> {
  if (declaration.type === 'integer') return integers;
  return declaration.type === 'boolean' ? fc.boolean() : textsOf(declaration);
}

function valueOf(declaration: FactDeclaration, expects: string): fc.Arbitrary<unknown> {
  if (expects === 'true') return fc.constant(true);
  if (expects === 'prefix') return fc.constantFrom('U', 'AET', '2026', 'MA');
  if (expects === 'range') return fc.tuple(integers, integers).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
  if (expects === 'list') return fc.array(scalarOf(declaration), { minLength: 1, maxLength: 3 });
  return scalarOf(declaration);
}

/** Comparisons that the validator lets through at the point. */
function leafAt(point: DecisionPoint): fc.Arbitrary<Json> {
  const known = Object.entries<FactDeclaration>(catalogue).filter(([id, { points }]) => id !== 'point' && points.includes(point));
  const comparisons = known.flatMap(([fact, declaration]) =>
    Object.entries(operators)
      .filter(([, operator]) => isFor(operator, declaration.type, declaration.unit))
      .map(([operator, { expects }]) => ({ fact, operator, declaration, expects })),
  );
  return fc
    .constantFrom(...comparisons)
    .chain(({ fact, operator, declaration, expects }) => valueOf(declaration, expects).map((value) => ({ fact, operator, value })));
}

const conditionsMade = new Map<DecisionPoint, fc.Arbitrary<Json>>();

function conditionAt(point: DecisionPoint): fc.Arbitrary<Json> {
  const known = conditionsMade.get(point) ?? makeCondition(point);
  conditionsMade.set(point, known);
  return known;
}

function makeCondition(point: DecisionPoint): fc.Arbitrary<Json> {
  const { tree } = fc.letrec<{ tree: Json; group: Json }>((tie) => ({
    tree: fc.oneof({ maxDepth: 3, depthSize: 'small' }, leafAt(point), tie('group')),
    group: fc.oneof(
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      tie('tree').map((not) => ({ not })),
    ),
  }));
  return tree;
}

const payerGuards: readonly (readonly [Json | null, number, readonly string[]])[] = [
  [null, 100, ['*']],
  [{ fact: 'payer.class', operator: 'equal', value: 'medicare' }, 1000, ['class:medicare']],
  [{ fact: 'payer.id', operator: 'in', value: ['UHC01', 'AETNA1'] }, 2000, ['UHC01', 'AETNA1']],
];

/** Directly under the root, a comparison of the payer would be one more guard. */
function beneath(member: Json): Json {
  return String(member['fact']).startsWith('payer.') ? { any: [member] } : member;
}

export const days = ['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'] as const;
const day = fc.constantFrom(...days);

/** The code rules are found by. */
const leadCode: fc.Arbitrary<Json> = fc
  .constantFrom(['16'], ['50', '197'])
  .map((value) => ({ fact: 'denial.carc', operator: 'in', value }));

function ruleAt(points: readonly DecisionPoint[]): fc.Arbitrary<Json> {
  return fc.constantFrom(...points).chain((point) =>
    fc
      .record({
        guard: fc.constantFrom(...payerGuards),
        members: fc.array(point === 'denied' ? fc.oneof(conditionAt(point), leadCode) : conditionAt(point), { maxLength: 2 }),
        days: fc.tuple(day, fc.option(day)),
        basis: fc.constantFrom('decision', 'decision', 'serviceDate', point === 'denied' ? 'receivedDate' : 'serviceDate'),
        status: fc.constantFrom('active', 'active', 'active', 'paused'),
      })
      .map(({ guard: [guard, band, payers], members, days: [one, other], basis, status }) => {
        const [from, to] = other === null || one <= other ? [one, other] : [other, one];
        return {
          priority: band,
          conditions: {
            all: [{ fact: 'point', operator: 'equal', value: point }, ...(guard === null ? [] : [guard]), ...members.map(beneath)],
          },
          meta: { payers, status, effective: { from, to, basis } },
        };
      }),
  );
}

const tests = [{ name: 'any', given: {}, expect: { matches: false } }];
const meta = { version: 1, status: 'active', owner: 'x', payers: ['*'], citation: ['x'], why: 'x', reviewBy: '2027-01-01' };
const event = { type: 'nextAction', params: { action: 'routeToPerson', queue: 'gaps' } };

function finished(rule: Json, index: number): Json {
  const { priority, conditions } = rule;
  const name = `rule.n${index}`;
  return { name, priority: Number(priority) + index, conditions, event, meta: { ...meta, ...(rule['meta'] as Json) }, tests };
}

/** Random files that `readRuleSet` accepts, most of them about two points. */
export const ruleSetTexts: fc.Arbitrary<string> = fc
  .array(ruleAt(['denied', 'denied', 'credit']), { minLength: 1, maxLength: 7, size: 'max' })
  .map((rules) => {
    const effective = { from: '2020-01-01', to: null, basis: 'decision' };
    const fallback = { name: 'fallback', priority: 1, conditions: { all: [] }, event, meta: { ...meta, effective }, tests };
    return JSON.stringify({ ruleSet: 'random', title: 'Random', rules: [...rules.map(finished), fallback] });
  });

function factValue(id: string): fc.Arbitrary<FactValue> {
  const declaration = declarationOf(id);
  if (declaration === null) return fc.constant(null);
  const value: fc.Arbitrary<FactValue> =
    declaration.type === 'list' ? fc.array(textsOf(declaration), { maxLength: 3 }) : scalarOf(declaration);
  return fc.option(value, { freq: 4 });
}

const points = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom<DecisionPoint>('denied', 'credit') },
  { weight: 1, arbitrary: fc.constantFrom(...decisionPoints) },
);

/** Random facts, about one in five unknown: null or left out. */
export const randomFacts: fc.Arbitrary<Facts> = fc
  .tuple(fc.record(Object.fromEntries(factIds.map((id) => [id, factValue(id)]))), points, fc.boolean())
  .map(([facts, point, leftOut]) => {
    const known = Object.entries(facts).filter(([, value]) => value !== null || !leftOut);
    return { ...Object.fromEntries(known), point };
  });

export const randomDay = day;
