import { z } from 'zod';
import { isCivilDate } from '../domain/civil-date.ts';
import { deadlineKinds, payerClasses } from '../domain/deadline.ts';
import { DenialCategory } from '../domain/denial.ts';
import { readReferenceFile } from '../domain/reference-file.ts';
import { stepNeeds, stepPaths, type WayOfAppeal } from '../domain/way-of-appeal.ts';

const text = z.string().trim().min(1);
const texts = z.array(text).min(1);
const date = z.string().refine(isCivilDate, 'a date that exists, written YYYY-MM-DD').pipe(z.custom<WayOfAppeal['seenOn']>());
const category = z.enum(Object.values(DenialCategory));

const scope = z.strictObject({
  payerIds: texts.exactOptional(),
  payerClasses: z.array(z.enum(payerClasses)).min(1).exactOptional(),
  states: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .min(1)
    .exactOptional(),
  contracted: z.boolean().exactOptional(),
  selfFunded: z.boolean().exactOptional(),
  remarks: texts.exactOptional(),
});

/** What a step leaves out is the plain case: filed once, the first, for any denial, nothing needed. */
const step = z.strictObject({
  name: z.string().regex(/^[a-z][a-zA-Z0-9]*$/),
  title: text,
  path: z.enum(stepPaths),
  level: z.int().min(1).max(9).default(1),
  deadline: z.enum(deadlineKinds),
  answer: z.enum(deadlineKinds).nullable().default(null),
  times: z.int().min(1).max(9).default(1),
  after: z.array(text).default([]),
  directlyFor: z.array(z.union([category, z.literal('medicalJudgement')])).default([]),
  onlyFor: z.array(category).default([]),
  afterSilence: z.boolean().default(false),
  needs: z.array(z.enum(stepNeeds)).default([]),
});

const way = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-zA-Z0-9-]*$/),
    title: text,
    applies: scope.default({}),
    isBeside: z.boolean().default(false),
    oneAtATimePer: z.enum(['line', 'claim']).default('line'),
    notFor: z.array(category).default([]),
    steps: z.array(step),
    effective: z.strictObject({ from: date.nullable(), to: date.nullable() }).default({ from: null, to: null }),
    citation: text,
    source: text,
    seenOn: date,
    confirmed: z.enum(['confirmed', 'secondary', 'unconfirmed']),
  })
  .superRefine(({ steps }, context) => {
    steps.forEach(({ name, after, path, level }, index) => {
      const before = steps.slice(0, index);
      if (before.some((other) => other.name === name))
        context.addIssue({ code: 'custom', path: ['steps', index, 'name'], message: `${name} is already the name of a step of this way` });
      for (const earlier of after)
        if (!before.some((other) => other.name === earlier))
          context.addIssue({ code: 'custom', path: ['steps', index, 'after'], message: `${earlier} is no step before this one` });
      if (path === 'appeal' && before.some((other) => other.path === 'appeal' && other.level >= level))
        context.addIssue({ code: 'custom', path: ['steps', index, 'level'], message: 'the levels of appeals must rise' });
    });
  });

const ways = z.array(way).superRefine((all, context) => {
  all.forEach(({ id }, index) => {
    const first = all.findIndex((other) => other.id === id);
    if (first < index) context.addIssue({ code: 'custom', path: [index, 'id'], message: `id ${id} is already used at ways[${first}]` });
  });
  if (!all.some(({ applies, isBeside }) => Object.keys(applies).length === 0 && !isBeside))
    context.addIssue({ code: 'custom', path: [], message: 'one way must be for everybody: no payer may be without one' });
});

/**
 * Reads rules/reference/ways-of-appeal.json, `{ "ways": [...] }`.
 * @throws DomainError `reference.ways-of-appeal`, naming every fault by its path
 */
export function readWays(file: string): readonly WayOfAppeal[] {
  return readReferenceFile(z.strictObject({ ways }), file, 'reference.ways-of-appeal').ways;
}
