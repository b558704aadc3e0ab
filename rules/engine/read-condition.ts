import { catalogue, declarationOf, type FactId } from './catalogue.ts';
import { type Report, step } from './fault.ts';
import { isOperatorId, operatorIds, operators } from './operators.ts';
import { type CodeSets, valueFault } from './read-value.ts';
import type { Condition, Leaf } from './rule.ts';

/** RULES §2: what an administrator's JSON can cost is bounded. */
export const bounds = { depth: 32, leaves: 200, members: 40, listed: 200 };

interface Reading {
  readonly report: Report;
  readonly codes: CodeSets;
  leaves: number;
}

/** Reads a rule's `conditions`; null when something in it was reported. An empty `all` is read and judged by the caller. */
export function readCondition(raw: unknown, report: Report, codes: CodeSets): Condition | null {
  return readAny(raw, '/conditions', 1, { report, codes, leaves: 0 });
}

function readAny(raw: unknown, pointer: string, depth: number, reading: Reading): Condition | null {
  if (depth > bounds.depth) return refuse(reading, pointer, 'bounds', `nest at most ${bounds.depth} deep; split the rule`);
  if (!isObject(raw)) return refuse(reading, pointer, 'shape', 'write an object: all, any, not, or fact with operator and value');
  const group = (['all', 'any', 'not'] as const).filter((key) => Object.hasOwn(raw, key));
  if (group.length === 0) return readLeaf(raw, pointer, reading);
  const [kind] = group;
  if (kind === undefined || Object.keys(raw).length > 1)
    return refuse(reading, pointer, 'shape', 'a group has exactly one key: all, any or not');
  const at = pointer + step(kind);
  if (kind === 'not') {
    const member = readAny(raw['not'], at, depth + 1, reading);
    return member === null ? null : { kind, member };
  }
  return readGroup(raw[kind], kind, { at, depth }, reading);
}

function readGroup(raw: unknown, kind: 'all' | 'any', place: { at: string; depth: number }, reading: Reading): Condition | null {
  const { at, depth } = place;
  if (!Array.isArray(raw)) return refuse(reading, at, 'shape', `"${kind}" takes a list of conditions`);
  const emptyIsMeant = kind === 'all' && depth === 1;
  if (raw.length === 0 && !emptyIsMeant)
    return refuse(reading, at, 'empty-group', `an empty "${kind}" matches everything; remove it or name a condition`);
  if (raw.length > bounds.members) return refuse(reading, at, 'bounds', `at most ${bounds.members} members; use "in" or split the rule`);
  const members = raw.map((member: unknown, index) => readAny(member, at + step(index), depth + 1, reading));
  const read = members.filter((member) => member !== null);
  return read.length === members.length ? { kind, members: read } : null;
}

function readLeaf(raw: Readonly<Record<string, unknown>>, pointer: string, reading: Reading): Leaf | null {
  const { fact, operator, value, ...rest } = raw;
  reading.leaves += 1;
  if (reading.leaves === bounds.leaves + 1) refuse(reading, pointer, 'bounds', `at most ${bounds.leaves} comparisons; split the rule`);
  for (const key of Object.keys(rest))
    if (key === 'path') refuse(reading, pointer + step(key), 'path-present', 'a path can run code; use a flat fact of the catalogue');
    else if (key === 'condition')
      return refuse(
        reading,
        pointer + step(key),
        'named-condition',
        'conditions cannot name others (they could go in circles); write it out here',
      );
    else refuse(reading, pointer + step(key), 'shape', 'a comparison has only fact, operator and value');
  if (typeof fact !== 'string' || !isFactId(fact))
    return refuse(reading, `${pointer}/fact`, 'unknown-fact', `there is no fact ${JSON.stringify(fact)}; use an id of the catalogue`);
  if (typeof operator !== 'string' || !isOperatorId(operator))
    return refuse(
      reading,
      `${pointer}/operator`,
      'unknown-operator',
      `there is no operator ${JSON.stringify(operator)}; use one of ${[...operatorIds].join(', ')}`,
    );
  if (!isComparable(fact, operator, pointer, reading)) return null;
  const fault = valueFault(catalogue[fact], operators[operator], value, reading.codes);
  if (fault !== null) return refuse(reading, `${pointer}/value`, fault.check, fault.message);
  if (!isFactValue(value) || (Array.isArray(value) && value.length > bounds.listed))
    return refuse(reading, `${pointer}/value`, 'bounds', `at most ${bounds.listed} values; split the rule`);
  return { kind: 'leaf', pointer, fact, operator, value };
}

function isComparable(fact: FactId, operator: keyof typeof operators, pointer: string, reading: Reading): boolean {
  const { type, unit } = catalogue[fact];
  const { types, expects }: { types: readonly string[]; expects: string } = operators[operator];
  if (isFor({ types, expects }, type, unit)) return true;
  const needs = expects === 'date' ? 'a date' : expects === 'prefix' ? 'a text that is no date' : types.join(' or ');
  refuse(reading, `${pointer}/operator`, 'wrong-type', `"${operator}" compares ${needs}; the fact "${fact}" is ${type}`);
  return false;
}

/** Dates are compared as dates, by their own operators. */
export function isFor(
  { types, expects }: { readonly types: readonly string[]; readonly expects: string },
  type: string,
  unit: string | null,
): boolean {
  return types.includes(type) && (expects !== 'date' || unit === 'date') && (expects !== 'prefix' || unit !== 'date');
}

function refuse(reading: Reading, pointer: string, check: Parameters<Report>[1], message: string): null {
  reading.report(pointer, check, message);
  return null;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isFactId(id: string): id is FactId {
  return declarationOf(id) !== null;
}

/** Only reached by values that `valueFault` let through. */
function isFactValue(value: unknown): value is Leaf['value'] {
  return value !== undefined;
}
