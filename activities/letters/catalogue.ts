import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { attachmentKinds } from '../../rules/domain/attachment.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { payerClasses } from '../../rules/domain/deadline.ts';
import { DenialCategory } from '../../rules/domain/denial.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { fieldTitles } from './fields.ts';
import { parseText, variablesIn } from './text.ts';

export const letterPaths = ['reconsideration', 'appeal', 'documents', 'dispute'] as const;
export type LetterPath = (typeof letterPaths)[number];

const pageKinds = ['remittance', 'claim', 'acceptance'] as const;
export type PageKind = (typeof pageKinds)[number];

/** What can stand for an item of a checklist: a field of the letter, a page we make, a document that a person added. */
const evidence = z
  .string()
  .refine(isEvidence, { error: 'must be field:<name>, page:<kind> or attachment:<kind>, with a name that is known' });

const checklist = z.array(z.strictObject({ title: z.string().min(1), anyOf: z.array(evidence).min(1) }));

const template = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  version: z.int().min(1),
  since: z.iso.date(),
  file: z.string().regex(/^[a-z-]+\.v\d+\.liquid$/),
  path: z.enum(letterPaths),
  level: z.int().min(1).optional(),
  payerClasses: z.array(z.enum(payerClasses)).optional(),
  categories: z.array(z.enum(DenialCategory)).optional(),
  title: z.string().min(1),
  pages: z.array(z.enum(pageKinds)),
  checklist,
});

const catalogue = z.strictObject({ title: z.string(), source: z.string(), common: checklist, templates: z.array(template) });

export type ChecklistItem = z.output<typeof checklist>[number];
export type Template = z.output<typeof template> & { readonly text: string };

export interface Catalogue {
  /** What every packet to a payer holds. */
  readonly common: readonly ChecklistItem[];
  readonly templates: readonly Template[];
}

export interface LetterQuestion {
  readonly path: LetterPath;
  readonly level: number;
  readonly payerClass: string;
  readonly category: string;
  readonly on: CivilDate;
}

/** @throws DomainError `letters.invalid` naming the template, and what is wrong with it */
export function readCatalogue(text: string, readTemplate: (file: string) => string): Catalogue {
  const parsed = catalogue.safeParse(JSON.parse(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new DomainError(
      'letters.invalid',
      `catalogue.json, at /${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'not as it should be'}`,
    );
  }
  const templates = parsed.data.templates.map((one) => ({ ...one, text: readTemplate(one.file) }));
  for (const one of templates) checkText(one);
  const names = templates.map(({ id, version }) => `${id} version ${version}`);
  const twice = names.find((name, n) => names.indexOf(name) !== n);
  if (twice !== undefined) throw new DomainError('letters.invalid', `${twice} is there twice; a text that changed is another version`);
  return { common: parsed.data.common, templates };
}

let shipped: Catalogue | null = null;

export function shippedCatalogue(): Catalogue {
  const read = (file: string): string => readFileSync(join(import.meta.dirname, 'templates', file), 'utf8');
  shipped ??= readCatalogue(read('catalogue.json'), read);
  return shipped;
}

/** The first that fits, in the version of that day. @throws DomainError `letters.none` */
export function templateFor({ templates }: Catalogue, question: LetterQuestion): Template {
  const fits = templates.filter((one) => one.since <= question.on && isFor(one, question));
  const [first] = fits;
  const found = fits.filter(({ id }) => id === first?.id).toSorted((a, b) => b.version - a.version)[0];
  if (found === undefined) throw new DomainError('letters.none', `no letter is written for a ${question.path} on ${question.on}`);
  return found;
}

function isFor(one: Template, { path, level, payerClass, category }: LetterQuestion): boolean {
  return (
    one.path === path &&
    (one.level === undefined || one.level === level) &&
    (one.payerClasses === undefined || one.payerClasses.some((known) => known === payerClass)) &&
    (one.categories === undefined || one.categories.some((known) => known === category))
  );
}

function checkText({ id, version, text }: Template): void {
  const name = `${id} version ${version}`;
  const unknown = variablesIn(parseText(name, text)).find((variable) => !(variable in fieldTitles));
  if (unknown !== undefined)
    throw new DomainError(
      'letters.invalid',
      `${name} uses ${unknown}, which is no field; fields are ${Object.keys(fieldTitles).join(', ')}`,
    );
}

function isEvidence(text: string): boolean {
  const [kind, name = ''] = text.split(':');
  if (kind === 'field') return name in fieldTitles;
  if (kind === 'page') return pageKinds.some((known) => known === name);
  return kind === 'attachment' && attachmentKinds.some((known) => known === name);
}
