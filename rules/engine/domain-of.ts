import { addDays, isCivilDate } from '../domain/civil-date.ts';
import type { DecisionPoint, FactValue } from '../domain/decision.ts';
import { catalogue, type FactId } from './catalogue.ts';
import type { FactDeclaration } from './declare-fact.ts';
import { isList, operators } from './operators.ts';
import type { Leaf } from './rule.ts';

/** One class of values of a fact that these comparisons cannot tell apart: a representative, and what each comparison answers. */
export interface ValueClass {
  readonly value: FactValue;
  readonly holds: ReadonlyMap<Leaf, boolean>;
}

/** Stands for every value the rules do not name. */
const unnamed = 'other';

/** A code a list fact may hold beside those named; null when all there are are named. */
export function freeCode(fact: FactId, named: readonly unknown[]): string | null {
  const { values }: FactDeclaration = catalogue[fact];
  return values === null ? `${unnamed}~` : (values.find((v) => !named.includes(v)) ?? null);
}

/**
 * The finite partition of a scalar fact's values that the comparisons induce, as complete as the operators are: equal values, both sides of
 * every number and date, every prefix with and without more after it, one value that nobody names, and null.
 */
export function classesOf(fact: FactId, leaves: readonly Leaf[], point: DecisionPoint): readonly ValueClass[] {
  const declaration: FactDeclaration = catalogue[fact];
  const values = declaration.points.includes(point) ? valuesOf(declaration, leaves) : [];
  const nullable = declaration.nullable ? [null] : [];
  const classes = new Map<string, ValueClass>();
  for (const value of fact === 'point' ? [point] : [...values, ...nullable]) {
    const holds = new Map(leaves.map((leaf) => [leaf, operators[leaf.operator].holds(value, leaf.value)]));
    const signature = [...holds.values()].map(Number).join('');
    if (!classes.has(signature)) classes.set(signature, { value, holds });
  }
  return [...classes.values()];
}

function valuesOf(declaration: FactDeclaration, leaves: readonly Leaf[]): readonly FactValue[] {
  const named: readonly unknown[] = [...new Set(leaves.flatMap(({ value }): readonly unknown[] => (isList(value) ? value : [value])))];
  switch (declaration.type) {
    case 'boolean':
      return [true, false];
    case 'integer':
      return integers(declaration, named);
    case 'text':
      return declaration.values ?? (declaration.unit === 'date' ? dates(named) : texts(named));
    case 'list':
      return [];
  }
}

/** What is counted, and a share, is never below zero. */
function integers({ unit }: FactDeclaration, named: readonly unknown[]): readonly number[] {
  const around = named.filter((v) => typeof v === 'number').flatMap((v) => [v, v - 1, v + 1]);
  return [0, ...around].filter((v) => Number.isSafeInteger(v) && (v >= 0 || (unit !== 'count' && unit !== 'percent')));
}

function dates(named: readonly unknown[]): readonly string[] {
  const around = named.flatMap((v) => (typeof v === 'string' && isCivilDate(v) ? [v, addDays(v, -1), addDays(v, 1)] : []));
  return ['2026-01-01', ...around];
}

function texts(named: readonly unknown[]): readonly string[] {
  const written = named.filter((v) => typeof v === 'string');
  let free = unnamed;
  while (written.some((v) => free.startsWith(v) && v !== '')) free = `${free === unnamed ? '' : free}~`;
  return [...written, ...written.map((v) => `${v}~`), free];
}
