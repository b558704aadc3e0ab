import { z } from 'zod';
import { isCivilDate } from '../domain/civil-date.ts';
import { decisionPoints, effectiveBases, type FactValue } from '../domain/decision.ts';
import { basisWords } from './effective.ts';
import { factFault } from './facts.ts';
import { type Report, step } from './fault.ts';
import { readAnswer } from './read-answer.ts';
import { readCondition } from './read-condition.ts';
import type { CodeSets } from './read-value.ts';
import { type Condition, fallbackPriority, type Rule, restrictionOn } from './rule.ts';

const date = z.string().refine(isCivilDate, 'write an existing date as YYYY-MM-DD');
const words = z.string().trim().min(1, 'write something');
const factValue: z.ZodType<FactValue> = z.union([
  z.int(),
  z.string(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.int(), z.string()])).readonly(),
]);

const testShape = z.strictObject({
  name: words,
  asOf: date.optional(),
  given: z.record(z.string(), factValue),
  expect: z
    .strictObject({ wins: words.optional(), matches: z.boolean().optional(), params: z.record(z.string(), factValue).optional() })
    .refine((expect) => Object.keys(expect).length > 0, 'expect wins, matches or params'),
});

const ruleShape = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/, 'name a rule with dots and camelCase, such as denied.coding'),
  priority: z.int().min(1),
  conditions: z.unknown(),
  event: z.unknown(),
  meta: z.strictObject({
    version: z.int().min(1),
    status: z.enum(['active', 'paused']),
    owner: words,
    payers: z.array(words).min(1, 'write ["*"] for every payer'),
    effective: z.strictObject({ from: date, to: date.nullable(), basis: z.enum(effectiveBases) }),
    citation: z.array(words),
    practice: words.optional(),
    confirmed: z.boolean().optional(),
    toConfirm: z.strictObject({ fact: words, who: words }).optional(),
    why: words,
    reviewBy: date,
    breaker: z.strictObject({ accounts: z.int().min(1), cents: z.int().min(1), windowDays: z.int().min(1).max(90) }).optional(),
  }),
  tests: z.array(testShape),
});

/** Reads one rule of a file; null when something in it was reported. Pointers are from the rule's root. */
export function readRule(raw: unknown, report: Report, codes: CodeSets): Omit<Rule, 'place'> | null {
  let sound = true;
  const note: Report = (...fault) => {
    sound = false;
    report(...fault);
  };
  const shape = ruleShape.safeParse(raw);
  if (!shape.success) {
    for (const { path, message } of shape.error.issues) note(path.map(step).join(''), 'shape', message);
    return null;
  }
  const { name, priority, conditions, event, meta, tests } = shape.data;
  if (meta.citation.length === 0 && meta.practice === undefined)
    note('/meta/citation', 'no-citation', 'name the regulation or payer page that says so, or say under "practice" what is our own policy');
  if (tests.length === 0) note('/tests', 'no-test', 'add one example that matches and one that nearly does');
  if (meta.effective.to !== null && meta.effective.to < meta.effective.from)
    note(
      '/meta/effective',
      'effective-range',
      `by ${basisWords[meta.effective.basis]} it ends on ${meta.effective.to} before it begins on ${meta.effective.from}`,
    );
  tests.forEach((test, index) => {
    for (const [id, value] of Object.entries(test.given)) {
      const fault = factFault(id, value);
      if (fault !== null) note(`/tests/${index}/given${step(id)}`, fault.startsWith('there is no') ? 'unknown-fact' : 'wrong-type', fault);
    }
  });
  const condition = readCondition(conditions, note, codes);
  const answer = readAnswer(event, note);
  if (condition === null || answer === null || !sound) return null;
  const source = JSON.stringify({ name, priority, conditions, event });
  return {
    id: name,
    priority,
    points: pointsOf(condition, priority),
    payerIds: restrictionOn(condition, 'payer.id'),
    condition,
    answer,
    meta,
    tests,
    source,
  };
}

/** Empty for a rule that does not say where it is asked; the fallback is asked everywhere. */
function pointsOf(condition: Condition, priority: number): Rule['points'] {
  if (priority === fallbackPriority) return decisionPoints;
  const named = restrictionOn(condition, 'point') ?? [];
  return decisionPoints.filter((point) => named.includes(point));
}
