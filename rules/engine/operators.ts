import type { FactValue } from '../domain/decision.ts';
import type { FactType } from './declare-fact.ts';

/**
 * The comparisons a rule may make. Each is total (never throws, always a boolean) and strict (no text is ever read as a number).
 *
 * 1. Unknown is never evidence: over a null fact every operator is false, the negative ones too; only `isAbsent` holds. To match
 *    "different or unknown", write `{"not": {… equal …}}`.
 * 2. A value of another type than the fact's is false as well, for the same reason.
 * 3. Over a value of the right type, those that json-rules-engine also has answer what its own would (see the tests).
 */
export interface Operator {
  readonly types: readonly FactType[];
  readonly expects: 'scalar' | 'prefix' | 'member' | 'list' | 'range' | 'date' | 'true';
  readonly holds: (actual: FactValue, expected: FactValue) => boolean;
}

type Holds = Operator['holds'];

const scalar: readonly FactType[] = ['integer', 'text', 'boolean'];
const anyType: readonly FactType[] = [...scalar, 'list'];

export const operators = {
  equal: { types: scalar, expects: 'scalar', holds: (a, e) => a !== null && a === e },
  notEqual: { types: scalar, expects: 'scalar', holds: (a, e) => a !== null && typeof a === typeof e && a !== e },
  in: { types: ['integer', 'text'], expects: 'list', holds: (a, e) => isMember(a) && isList(e) && e.includes(a) },
  notIn: { types: ['integer', 'text'], expects: 'list', holds: (a, e) => isMember(a) && isList(e) && !e.includes(a) },
  contains: { types: ['list'], expects: 'member', holds: (a, e) => isList(a) && isMember(e) && a.includes(e) },
  doesNotContain: { types: ['list'], expects: 'member', holds: (a, e) => isList(a) && isMember(e) && !a.includes(e) },
  lessThan: { types: ['integer'], expects: 'scalar', holds: numbers((a, e) => a < e) },
  lessThanInclusive: { types: ['integer'], expects: 'scalar', holds: numbers((a, e) => a <= e) },
  greaterThan: { types: ['integer'], expects: 'scalar', holds: numbers((a, e) => a > e) },
  greaterThanInclusive: { types: ['integer'], expects: 'scalar', holds: numbers((a, e) => a >= e) },
  /** Both ends included. */
  between: { types: ['integer'], expects: 'range', holds: isBetween },
  startsWith: { types: ['text'], expects: 'prefix', holds: texts((a, e) => a.startsWith(e)) },
  before: { types: ['text'], expects: 'date', holds: texts((a, e) => a < e) },
  after: { types: ['text'], expects: 'date', holds: texts((a, e) => a > e) },
  onOrBefore: { types: ['text'], expects: 'date', holds: texts((a, e) => a <= e) },
  onOrAfter: { types: ['text'], expects: 'date', holds: texts((a, e) => a >= e) },
  isEmpty: { types: ['list'], expects: 'true', holds: (a) => isList(a) && a.length === 0 },
  isNotEmpty: { types: ['list'], expects: 'true', holds: (a) => isList(a) && a.length > 0 },
  isPresent: { types: anyType, expects: 'true', holds: (a) => a !== null },
  isAbsent: { types: anyType, expects: 'true', holds: (a) => a === null },
} as const satisfies Record<string, Operator>;

export type OperatorId = keyof typeof operators;

export const operatorIds = new Set(Object.keys(operators));

export function isOperatorId(id: string): id is OperatorId {
  return operatorIds.has(id);
}

export function isList(value: unknown): value is readonly (number | string)[] {
  return Array.isArray(value);
}

function isMember(value: FactValue): value is number | string {
  return typeof value === 'number' || typeof value === 'string';
}

function numbers(compare: (a: number, e: number) => boolean): Holds {
  return (a, e) => typeof a === 'number' && typeof e === 'number' && compare(a, e);
}

/** ISO dates compare as text. */
function texts(compare: (a: string, e: string) => boolean): Holds {
  return (a, e) => typeof a === 'string' && typeof e === 'string' && compare(a, e);
}

function isBetween(actual: FactValue, expected: FactValue): boolean {
  if (typeof actual !== 'number' || !isList(expected)) return false;
  const [low, high] = expected;
  return typeof low === 'number' && typeof high === 'number' && low <= actual && actual <= high;
}
