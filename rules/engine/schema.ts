import { actions, effectiveBases, queues } from '../domain/decision.ts';
import { catalogue, catalogueVersion } from './catalogue.ts';
import type { FactDeclaration } from './declare-fact.ts';
import { bounds as conditionBounds, isFor } from './read-condition.ts';
import { type Operator, operators } from './operators.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Where the API serves it (client/api). */
export const schemaPath = '/schemas/ruleset.json';

const text: Schema = { type: 'string', minLength: 1 };
const date: Schema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const whole: Schema = { type: 'integer' };
const plain: Schema = { anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'boolean' }] };
const camelCase = '^[a-z][A-Za-z0-9]*$';
const codePatterns = { carc: '^[A-Z]?\\d{1,3}$', rarc: '^[A-Z]{1,2}\\d{1,3}$' } as const;

/**
 * JSON Schema (2020-12) of one rule set file, made from the catalogue, the actions and the operators, for editors that complete and hover.
 * What it cannot say (priorities, code lists, proofs) is for `recourse rules lint`.
 */
export function ruleSetSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: schemaPath,
    title: `Recourse rule set, catalogue ${catalogueVersion}`,
    ...object({ ruleSet: { type: 'string', pattern: camelCase }, title: text, rules: { type: 'array', items: { $ref: '#/$defs/rule' } } }),
    $defs: {
      rule: ruleSchema,
      condition: { oneOf: [{ $ref: '#/$defs/group' }, { $ref: '#/$defs/comparison' }] },
      group: groupSchema,
      comparison: {
        ...object({ fact: { type: 'string' }, operator: { type: 'string' }, value: true }),
        oneOf: comparisons(),
      },
      event: eventSchema,
      meta: metaSchema,
      test: testSchema,
      facts: { type: 'object', additionalProperties: false, properties: givenProperties() },
    },
  };
}

function object(properties: Schema, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', additionalProperties: false, required, properties };
}

const ruleSchema = object({
  name: { type: 'string', pattern: '^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*$' },
  priority: { type: 'integer', minimum: 1, description: '1 fallback · 100 any payer · 1000 payer class · 2000 payer and above' },
  conditions: { $ref: '#/$defs/condition' },
  event: { $ref: '#/$defs/event' },
  meta: { $ref: '#/$defs/meta' },
  tests: { type: 'array', minItems: 1, items: { $ref: '#/$defs/test' } },
});

const members: Schema = { type: 'array', maxItems: conditionBounds.members, items: { $ref: '#/$defs/condition' } };
const groupSchema: Schema = {
  oneOf: [object({ all: members }), object({ any: { ...members, minItems: 1 } }), object({ not: { $ref: '#/$defs/condition' } })],
};

const timerSchema = object({
  id: { type: 'string', pattern: camelCase },
  duration: { type: 'string', pattern: '^[1-9]\\d{0,2} (business days?|days?|weeks?)$' },
});

const eventSchema = object({
  type: { const: 'nextAction' },
  params: {
    type: 'object',
    required: ['action', 'queue'],
    properties: { action: { enum: actions }, queue: { enum: queues }, timer: timerSchema },
    propertyNames: { pattern: camelCase },
    additionalProperties: { oneOf: [plain, object({ fact: { enum: Object.keys(catalogue) } })] },
  },
});

const basis: Schema = {
  enum: effectiveBases,
  description:
    'Which date of the case decides whether the rule applies: the day of the decision, the first day of service, or the day the denial was received',
};

const metaSchema = object(
  {
    version: { type: 'integer', minimum: 1 },
    status: { enum: ['active', 'paused'] },
    owner: text,
    payers: { type: 'array', minItems: 1, items: text },
    effective: object({ from: date, to: { oneOf: [date, { type: 'null' }] }, basis }),
    citation: { type: 'array', items: text, description: 'Sources, each with where and when it was seen. Empty only beside practice.' },
    practice: { ...text, description: 'What no source says and is ours to set: a cadence, a threshold, the usual first step.' },
    confirmed: { type: 'boolean', description: 'Whether somebody read the cited text and it says so.' },
    toConfirm: { ...object({ fact: text, who: text }), description: 'What is not confirmed yet, and who could say.' },
    why: text,
    reviewBy: date,
    breaker: object({
      accounts: { type: 'integer', minimum: 1 },
      cents: { type: 'integer', minimum: 1 },
      windowDays: { type: 'integer', minimum: 1, maximum: 90 },
    }),
  },
  ['practice', 'confirmed', 'toConfirm', 'breaker'],
);

const factValue: Schema = { anyOf: [plain, { type: 'null' }, { type: 'array' }] };
const testSchema = object(
  {
    name: text,
    asOf: date,
    given: { $ref: '#/$defs/facts' },
    expect: {
      ...object({ wins: text, matches: { type: 'boolean' }, params: { type: 'object', additionalProperties: factValue } }),
      required: [],
      minProperties: 1,
    },
  },
  ['asOf'],
);

function givenProperties(): Schema {
  return Object.fromEntries(
    Object.entries<FactDeclaration>(catalogue).map(([id, declaration]) => {
      const known = declaration.type === 'list' ? { type: 'array', items: scalarOf(declaration) } : scalarOf(declaration);
      return [id, { anyOf: [known, { type: 'null' }] }];
    }),
  );
}

/** One shape per kind of fact and of comparison value; the facts of one kind share it. */
function comparisons(): readonly Schema[] {
  const kinds = new Map<string, { readonly declaration: FactDeclaration; readonly facts: Schema[] }>();
  for (const [id, declaration] of Object.entries<FactDeclaration>(catalogue)) {
    const { type, unit, values, codeSet } = declaration;
    const key = JSON.stringify([type, unit === 'date', values, codeSet]);
    const kind = kinds.get(key) ?? { declaration, facts: [] };
    kind.facts.push({ const: id, description: describe(declaration) });
    kinds.set(key, kind);
  }
  return [...kinds.values()].map(({ declaration, facts }) => ({
    properties: { fact: { oneOf: facts } },
    oneOf: [...operatorsFor(declaration)].map(([expects, names]) => ({
      properties: { operator: { enum: names }, value: comparedWith(expects, declaration) },
    })),
  }));
}

function operatorsFor({ type, unit }: FactDeclaration): ReadonlyMap<string, readonly string[]> {
  const byValue = new Map<string, string[]>();
  for (const [operator, { types, expects }] of Object.entries<Operator>(operators)) {
    if (!isFor({ types, expects }, type, unit)) continue;
    byValue.set(expects, [...(byValue.get(expects) ?? []), operator]);
  }
  return byValue;
}

function comparedWith(expects: string, declaration: FactDeclaration): Schema {
  switch (expects) {
    case 'true':
      return { const: true };
    case 'date':
      return date;
    case 'prefix':
      return text;
    case 'range':
      return { type: 'array', prefixItems: [whole, whole], minItems: 2, maxItems: 2 };
    case 'list':
      return { type: 'array', minItems: 1, maxItems: conditionBounds.listed, items: scalarOf(declaration) };
    default:
      return scalarOf(declaration);
  }
}

function scalarOf({ type, values, codeSet, unit }: FactDeclaration): Schema {
  if (type === 'integer') return whole;
  if (type === 'boolean') return { type: 'boolean' };
  if (values !== null) return { enum: values };
  if (codeSet !== null) return { type: 'string', pattern: codePatterns[codeSet] };
  return unit === 'date' ? date : { type: 'string' };
}

function describe({ doc, unit, nullUntil, points }: FactDeclaration): string {
  const known = `Known at ${points.join(', ')}.`;
  return [doc, ...(unit === null ? [] : [`Unit: ${unit}.`]), known, ...(nullUntil === null ? [] : [`Null until ${nullUntil}.`])].join(' ');
}
