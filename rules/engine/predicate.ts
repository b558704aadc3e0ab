import type { Facts, FactValue } from '../domain/decision.ts';
import { isList } from './operators.ts';
import type { Condition, Leaf } from './rule.ts';

export type Predicate = (facts: Facts) => boolean;

/**
 * A condition as one synchronous closure, chosen once by operator and value so that nothing is looked up while facts are compared.
 * Answers what `operators[…].holds` answers (operators.ts is the definition, a test compares the two); a fact left out is null.
 */
export function predicate(condition: Condition): Predicate {
  switch (condition.kind) {
    case 'leaf':
      return comparison(condition);
    case 'not': {
      const inner = predicate(condition.member);
      return (facts) => !inner(facts);
    }
    case 'all':
      return every(condition.members.map(predicate));
    case 'any':
      return some(condition.members.map(predicate));
  }
}

/** Small groups, the most common ones, are written out: no loop, no array. */
export function every(members: readonly Predicate[]): Predicate {
  const [a, b, c, ...rest] = members;
  if (a === undefined) return () => true;
  if (b === undefined) return a;
  if (c === undefined) return (facts) => a(facts) && b(facts);
  if (rest.length === 0) return (facts) => a(facts) && b(facts) && c(facts);
  const others = every(rest);
  return (facts) => a(facts) && b(facts) && c(facts) && others(facts);
}

function some(members: readonly Predicate[]): Predicate {
  const [a, b, c, ...rest] = members;
  if (a === undefined) return () => true;
  if (b === undefined) return a;
  if (c === undefined) return (facts) => a(facts) || b(facts);
  if (rest.length === 0) return (facts) => a(facts) || b(facts) || c(facts);
  const others = some(rest);
  return (facts) => a(facts) || b(facts) || c(facts) || others(facts);
}

function comparison({ fact, operator, value }: Leaf): Predicate {
  switch (operator) {
    case 'equal':
      return (facts) => facts[fact] === value;
    case 'notEqual':
      return notEqual(fact, value);
    case 'in':
      return member(fact, value);
    case 'notIn':
      return notMember(fact, value);
    case 'contains':
      return (facts) => includes(facts[fact], value);
    case 'doesNotContain':
      return (facts) => isList(facts[fact]) && !includes(facts[fact], value);
    case 'isEmpty':
      return (facts) => lengthOf(facts[fact]) === 0;
    case 'isNotEmpty':
      return (facts) => lengthOf(facts[fact]) > 0;
    case 'isPresent':
      return (facts) => facts[fact] !== null && facts[fact] !== undefined;
    case 'isAbsent':
      return (facts) => facts[fact] === null || facts[fact] === undefined;
    case 'startsWith':
    case 'before':
    case 'after':
    case 'onOrBefore':
    case 'onOrAfter':
      return textComparison(fact, operator, String(value));
    case 'lessThan':
    case 'lessThanInclusive':
    case 'greaterThan':
    case 'greaterThanInclusive':
      return numberComparison(fact, operator, Number(value));
    case 'between':
      return between(fact, value);
  }
}

function notEqual(fact: string, value: FactValue): Predicate {
  const type = typeof value;
  return (facts) => {
    const actual = facts[fact];
    return actual !== value && actual !== null && typeof actual === type;
  };
}

function member(fact: string, value: FactValue): Predicate {
  const listed: ReadonlySet<unknown> = new Set(isList(value) ? value : []);
  return (facts) => listed.has(facts[fact]);
}

function notMember(fact: string, value: FactValue): Predicate {
  const listed: ReadonlySet<unknown> = new Set(isList(value) ? value : []);
  return (facts) => {
    const actual = facts[fact];
    return (typeof actual === 'string' || typeof actual === 'number') && !listed.has(actual);
  };
}

function includes(actual: FactValue | undefined, value: FactValue): boolean {
  return isList(actual) && (typeof value === 'string' || typeof value === 'number') && actual.includes(value);
}

function lengthOf(actual: FactValue | undefined): number {
  return isList(actual) ? actual.length : -1;
}

type NumberOperator = 'lessThan' | 'lessThanInclusive' | 'greaterThan' | 'greaterThanInclusive';

function numberComparison(fact: string, operator: NumberOperator, value: number): Predicate {
  switch (operator) {
    case 'lessThan':
      return (facts) => {
        const actual = facts[fact];
        return typeof actual === 'number' && actual < value;
      };
    case 'lessThanInclusive':
      return (facts) => {
        const actual = facts[fact];
        return typeof actual === 'number' && actual <= value;
      };
    case 'greaterThan':
      return (facts) => {
        const actual = facts[fact];
        return typeof actual === 'number' && actual > value;
      };
    case 'greaterThanInclusive':
      return (facts) => {
        const actual = facts[fact];
        return typeof actual === 'number' && actual >= value;
      };
  }
}

function between(fact: string, value: FactValue): Predicate {
  const [low, high] = isList(value) ? value.map(Number) : [];
  if (low === undefined || high === undefined) return () => false;
  return (facts) => {
    const actual = facts[fact];
    return typeof actual === 'number' && low <= actual && actual <= high;
  };
}

type TextOperator = 'startsWith' | 'before' | 'after' | 'onOrBefore' | 'onOrAfter';

/** ISO dates compare as text. */
function textComparison(fact: string, operator: TextOperator, value: string): Predicate {
  const compare = textTests[operator];
  return (facts) => {
    const actual = facts[fact];
    return typeof actual === 'string' && compare(actual, value);
  };
}

const textTests: Readonly<Record<TextOperator, (actual: string, value: string) => boolean>> = {
  startsWith: (actual, value) => actual.startsWith(value),
  before: (actual, value) => actual < value,
  after: (actual, value) => actual > value,
  onOrBefore: (actual, value) => actual <= value,
  onOrAfter: (actual, value) => actual >= value,
};
