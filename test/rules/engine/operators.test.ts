import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Engine } from 'json-rules-engine';
import type { FactValue } from '../../../rules/domain/decision.ts';
import { predicate } from '../../../rules/engine/predicate.ts';
import { isOperatorId, type OperatorId, operators } from '../../../rules/engine/operators.ts';

const member = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom('', '1', '10', '9', '2026-01-01', 'MA130'));
const anything: fc.Arbitrary<FactValue> = fc.oneof(member, fc.boolean(), fc.constant(null), fc.array(member, { maxLength: 3 }));

const all = Object.keys(operators).filter(isOperatorId);
const negative = new Set<OperatorId>(['notEqual', 'notIn', 'doesNotContain']);

/** Only what `valueFault` lets through is ever compiled. */
function isWellTyped(id: OperatorId, value: FactValue): boolean {
  const { expects } = operators[id];
  if (expects === 'list' || expects === 'range') return Array.isArray(value) && (expects === 'list' || isRange(value));
  if (value === null || typeof value === 'object') return expects === 'true';
  if (id === 'lessThan' || id === 'lessThanInclusive' || id === 'greaterThan' || id === 'greaterThanInclusive')
    return typeof value === 'number';
  return expects === 'prefix' || expects === 'date' || expects === 'member' ? typeof value === 'string' : true;
}

function isRange(value: readonly unknown[]): boolean {
  return value.length === 2 && value.every((v) => typeof v === 'number');
}

describe('operators', () => {
  test.each(all)('%s answers true or false to anything, and false to what is not known', (id) => {
    fc.assert(
      fc.property(anything, anything, (actual, expected) => {
        expect(typeof operators[id].holds(actual, expected)).toBe('boolean');
        expect(operators[id].holds(null, expected)).toBe(id === 'isAbsent');
      }),
    );
  });

  test.each([
    ['equal', '1', 1, false],
    ['notEqual', '1', 1, false],
    ['notEqual', '1', '2', true],
    ['in', '1', '10', false],
    ['lessThan', '10', '9', false],
    ['lessThan', 9, 10, true],
    ['between', 10, [10, 20], true],
    ['between', 20, [10, 20], true],
    ['between', 21, [10, 20], false],
    ['startsWith', 'MA130', 'MA', true],
    ['before', '2026-01-31', '2026-02-01', true],
    ['before', '2026-02-01', '2026-02-01', false],
    ['onOrBefore', '2026-02-01', '2026-02-01', true],
    ['after', '2026-02-02', '2026-02-01', true],
    ['onOrAfter', '2026-02-01', '2026-02-01', true],
    ['isEmpty', [], true, true],
    ['isNotEmpty', ['x'], true, true],
    ['isPresent', '', true, true],
  ] as const)('%s over %j with %j is %j', (id, actual, expected, holds) => {
    expect(operators[id].holds(actual, expected)).toBe(holds);
  });

  test.each(all)('%s compiled answers what it is defined to answer', (operator) => {
    fc.assert(
      fc.property(anything, anything, (actual, value) => {
        if (!isWellTyped(operator, value)) return;
        const leaf = { kind: 'leaf', pointer: '', fact: 'payer.id', operator, value } as const;
        expect(predicate(leaf)({ 'payer.id': actual })).toBe(operators[operator].holds(actual, value));
        expect(predicate(leaf)({})).toBe(operator === 'isAbsent');
      }),
      { numRuns: 500 },
    );
  });

  test('answer what json-rules-engine’s own would, when the types are right', async () => {
    const own = [
      'equal',
      'notEqual',
      'in',
      'notIn',
      'contains',
      'doesNotContain',
      'lessThan',
      'lessThanInclusive',
      'greaterThan',
      'greaterThanInclusive',
    ] as const;
    const small = fc.integer({ min: -3, max: 3 });
    const lists = fc.array(small, { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...own), small, small, lists, async (operator, a, b, list) => {
        const actual = operator.toLowerCase().includes('contain') ? list : a;
        const value = operator === 'in' || operator === 'notIn' ? list : b;
        const engine = new Engine([{ conditions: { all: [{ fact: 'x', operator, value }] }, event: { type: 'hit' } }]);
        engine.addFact('x', actual);
        expect(operators[operator].holds(actual, value)).toBe((await engine.run()).events.length === 1);
      }),
      { numRuns: 500 },
    );
    expect(own.filter((id) => negative.has(id))).toHaveLength(negative.size);
  });
});
