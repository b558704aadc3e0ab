import { z } from 'zod';
import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import { DomainError } from '../../../rules/domain/failures.ts';
import { readReferenceFile } from '../../../rules/domain/reference-file.ts';
import { type WrittenLanguage, writtenLanguages } from '../../../rules/statements/language.ts';
import { parseText, variablesIn } from '../text.ts';
import { patientText } from './texts.ts';

/** Letters to patients; a statement is none of them. */
export const letterKinds = [
  'planOffer',
  'planConfirmation',
  'planDefault',
  'collectionNotice',
  'assistanceMissing',
  'assistanceAward',
  'assistanceDenial',
] as const;
export type LetterKind = (typeof letterKinds)[number];

/**
 * `?` is a field that may be absent. A `list` of letter-words.json comes as what the engine calls its items and is said in the language of the letter;
 * `rows` have fields of their own.
 */
const fieldKind = z.enum([
  'money',
  'day',
  'count',
  'list',
  'text',
  'missingItems',
  'denialReasons',
  'extraordinaryActions',
  'money?',
  'day?',
  'count?',
  'list?',
  'text?',
  'rows?',
]);

const inEachLanguage = z.strictObject({ en: z.string().min(1), es: z.string().min(1) });

const letter = z.strictObject({
  kind: z.enum(letterKinds),
  version: z.int().min(1),
  since: z.iso.date(),
  titles: inEachLanguage,
  /** Whether the notice about financial assistance stands in it. */
  assistanceNotice: z.boolean(),
  fields: z.record(z.string().regex(/^[a-zA-Z]+$/), fieldKind),
});

const shape = z.strictObject({ title: z.string(), source: z.string(), letters: z.array(letter) });

export type PatientTemplate = z.output<typeof letter> & {
  readonly texts: Readonly<Record<WrittenLanguage, { name: string; text: string }>>;
};

/** What every letter to a patient may name beside its own fields. */
const common = ['sender.name', 'office.phone', 'office.hours', 'office.payUrl', 'assistance.phone', 'assistance.url'];

/** @throws DomainError `letters.invalid` naming the letter, and what is wrong with it */
export function readPatientCatalogue(file: string, read: (file: string) => string): readonly PatientTemplate[] {
  const { letters } = readReferenceFile(shape, file, 'letters.invalid');
  return letters.map((one) => {
    const named = (language: WrittenLanguage) => {
      const name = `${kebab(one.kind)}.${language}.v${one.version}`;
      return { name, text: read(`${name}.liquid`) };
    };
    const template = { ...one, texts: { en: named('en'), es: named('es') } };
    for (const language of writtenLanguages) checkText(template, language);
    return template;
  });
}

let shipped: readonly PatientTemplate[] | null = null;

export function shippedPatientCatalogue(): readonly PatientTemplate[] {
  shipped ??= readPatientCatalogue(patientText('catalogue.json'), patientText);
  return shipped;
}

/** The version that counts on that day. @throws DomainError `letters.none` */
export function patientTemplateFor(templates: readonly PatientTemplate[], kind: LetterKind, on: CivilDate): PatientTemplate {
  const begun = templates.filter((one) => one.kind === kind && one.since <= on);
  const found = begun.toSorted((a, b) => b.version - a.version)[0];
  if (found === undefined) throw new DomainError('letters.none', `no letter ${kind} is written for ${on}`);
  return found;
}

function checkText({ texts, fields }: PatientTemplate, language: WrittenLanguage): void {
  const { name, text } = texts[language];
  const known = new Set([...common, ...Object.keys(fields).map((field) => `letter.${field}`)]);
  const used = variablesIn(parseText(name, text, language));
  const unknown = used.find((variable) => !known.has(variable));
  if (unknown !== undefined)
    throw new DomainError('letters.invalid', `${name} uses ${unknown}, which is no field; fields are ${[...known].join(', ')}`);
  const unused = Object.keys(fields).find((field) => !used.includes(`letter.${field}`));
  if (unused !== undefined) throw new DomainError('letters.invalid', `${name} never says letter.${unused}, which it is given`);
}

function kebab(kind: string): string {
  return kind.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}
