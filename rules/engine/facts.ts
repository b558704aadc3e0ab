import { z } from 'zod';
import { type DecisionPoint, decisionPoints, type Facts, type FactValue } from '../domain/decision.ts';
import { DomainError } from '../domain/failures.ts';
import { declarationOf, factIds } from './catalogue.ts';
import type { FactType } from './declare-fact.ts';
import { isList } from './operators.ts';

/**
 * All declared facts in catalogue order, a missing one null: the same facts give the same bytes.
 * @throws DomainError `facts.unknown`, `facts.wrong-type`: whoever built the facts and the catalogue disagree.
 */
export function completeFacts(given: Facts): Facts {
  for (const id of Object.keys(given)) checkFact(id, given[id] ?? null);
  return Object.fromEntries(factIds.map((id) => [id, given[id] ?? null]));
}

const factsShape: z.ZodType<Facts> = z.record(
  z.string(),
  z.union([z.int(), z.string(), z.boolean(), z.null(), z.array(z.union([z.int(), z.string()])).readonly()]),
);

/** Facts written by a person. @throws DomainError `facts.unknown`, `facts.wrong-type` naming the fact */
export function readFacts(raw: unknown): Facts {
  const read = factsShape.safeParse(raw);
  if (read.success) return completeFacts(read.data);
  const at = read.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new DomainError('facts.wrong-type', `the fact "${at}" must be a whole number, a text, true or false, a list of these, or null`);
}

/** @throws DomainError `facts.no-point` when the facts do not say where the rules are asked. */
export function pointOf(facts: Facts): DecisionPoint {
  const point = decisionPoints.find((p) => p === facts['point']);
  if (point === undefined) throw new DomainError('facts.no-point', `the fact "point" must be one of ${decisionPoints.join(', ')}`);
  return point;
}

/** What is wrong with a value for a fact, in words; null when nothing is. */
export function factFault(id: string, value: FactValue): string | null {
  const declaration = declarationOf(id);
  if (declaration === null) return `there is no fact "${id}"; use an id of the catalogue`;
  if (value === null || isOfType(declaration.type, value)) return null;
  return `the fact "${id}" is ${declaration.type}; write such a value or null`;
}

export function isOfType(type: FactType, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isSafeInteger(value);
    case 'text':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'list':
      return isList(value) && value.every((member) => typeof member === 'string');
  }
}

function checkFact(id: string, value: FactValue): void {
  const fault = factFault(id, value);
  if (fault !== null) throw new DomainError(declarationOf(id) === null ? 'facts.unknown' : 'facts.wrong-type', fault);
}
