import { describe, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import {
  letterKinds,
  type PatientTemplate,
  readPatientCatalogue,
  shippedPatientCatalogue,
} from '../../activities/letters/patient/catalogue.ts';
import { letterSheet, type LetterFields, type PatientLetterQuestion, writePatientLetter } from '../../activities/letters/patient/letter.ts';
import { patientText } from '../../activities/letters/patient/texts.ts';
import { shippedStatementPolicies } from '../../activities/statements/policies.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { languageFor, writtenLanguages } from '../../rules/statements/language.ts';
import { letterWords, type WordList, wordLists } from '../../rules/statements/letter-words.ts';
import { policyFor } from '../../rules/statements/read-statement-policies.ts';

const on = civilDate('2026-06-01');
const policy = policyFor(shippedStatementPolicies(), '', on);
const catalogue = shippedPatientCatalogue();
const values = {
  money: 46_250,
  day: '2026-07-22',
  count: 12,
  list: ['One thing', 'Another'],
  text: 'Words',
  ...wordLists,
  rows: [{ number: 'A-1001', awardCents: 11_100, oweCents: 22_200, refundCents: 33_300 }],
} as const;

/** Every field of a letter, or only those that it cannot do without. */
function fieldsOf(template: PatientTemplate, isWhole: boolean): LetterFields {
  const wanted = Object.entries(template.fields).filter(([, what]) => isWhole || !what.endsWith('?'));
  return Object.fromEntries(wanted.map(([name, what]) => [name, valueOf(what.replace('?', ''))]));
}

function valueOf(what: string): LetterFields[string] {
  return Object.entries(values).find(([name]) => name === what)?.[1] ?? '';
}

function question(template: PatientTemplate, language: string, fields = fieldsOf(template, true)): PatientLetterQuestion {
  const sender = { name: 'General Hospital', lines: ['1 Main Street', 'Springfield, IL 62701'] };
  const to = { name: 'Ana Rivera', lines: ['12 Oak Street', 'Springfield, IL 62701'] };
  const about = { kind: template.kind, on, reference: 'letter-1', accountNumbers: ['A-1001'], policy, sender, to };
  return { ...about, fields, language: languageFor(language) };
}

const said = (template: PatientTemplate, language: string, isWhole = true): string =>
  JSON.stringify(letterSheet(question(template, language, fieldsOf(template, isWhole)), template));

describe.each(catalogue)('letter $kind', (template: PatientTemplate) => {
  test.each(['en', 'es'])('in %s says all it is given', async (language) => {
    const text = said(template, language);
    expect(text).not.toMatch(/undefined|null|\[object|NaN/);
    for (const what of Object.values(template.fields)) {
      if (what.startsWith('money')) expect(text).toContain('$462.50');
      if (what.startsWith('day')) expect(text).toContain(language === 'en' ? 'July 22, 2026' : '22 de julio de 2026');
      if (what.startsWith('list')) expect(text).toContain('Another');
      if (what.startsWith('rows')) for (const amount of ['$111.00', '$222.00', '$333.00']) expect(text).toContain(amount);
    }
    const { content, pages } = writePatientLetter(question(template, language));
    expect((await PDFDocument.load(content)).getPageCount()).toBe(pages);
  });

  test('does without what it can do without', () => {
    for (const language of writtenLanguages) expect(said(template, language, false)).not.toMatch(/undefined|null|\[object|NaN/);
  });

  test('is refused by the name of a field that it needs', () => {
    const fields = fieldsOf(template, false);
    for (const name of Object.keys(fields)) {
      const { [name]: _, ...others } = fields;
      const refused = expect.objectContaining({ code: 'letter.missing-field', message: expect.stringContaining(name) });
      expect(() => writePatientLetter(question(template, 'en', others))).toThrow(refused);
    }
  });

  test('names the assistance office where it asks for money or goes against the patient', () => {
    const text = said(template, 'en');
    expect(text).toContain(policy.assistance.phone);
    if (template.assistanceNotice) expect(text).toContain(policy.assistance.url);
  });
});

const lists = ['missingItems', 'denialReasons', 'extraordinaryActions'] as const satisfies readonly WordList[];

describe.each(lists)('the words of %s', (list: WordList) => {
  test.each([...wordLists[list]])('say “%s” in each language in its own words, in the letters that list it', (item) => {
    const words = writtenLanguages.map((language) => letterWords(list, item, language));
    expect(new Set([item, ...words]).size).toBe(1 + writtenLanguages.length);
    const letters = catalogue.filter(({ fields }) => Object.values(fields).includes(list));
    expect(letters).not.toEqual([]);
    for (const template of letters)
      for (const language of writtenLanguages) expect(said(template, language)).toContain(letterWords(list, item, language));
  });

  test('refuse what they do not have, also what every object has', () => {
    for (const item of ['', 'constructor', 'Proof of income'])
      expect(() => letterWords(list, item, 'es')).toThrow(expect.objectContaining({ code: 'letter.wrong-field' }));
  });
});

test('every kind has its letter, and every file of a letter is one of the catalogue', () => {
  expect(catalogue.map(({ kind }) => kind).toSorted()).toEqual([...letterKinds].toSorted());
  const files = readdirSync(join(import.meta.dirname, '..', '..', 'activities', 'letters', 'patient', 'templates'));
  const named = catalogue.flatMap(({ texts }) => Object.values(texts).map(({ name }) => `${name}.liquid`));
  const others = files.filter((file) => file.endsWith('.liquid') && !named.includes(file));
  expect(others.every((file) => /^(assistance|statement-opening|statement-notices)\.(en|es)\.v1\.liquid$/.test(file))).toBe(true);
});

test('a letter in a language that is not written says so', () => {
  const [template] = catalogue;
  if (template === undefined) throw new Error('there are letters');
  expect(said(template, 'ko')).toContain('you prefer Korean');
});

test.each([
  [{ months: 'six' }, 'months must be a count'],
  [{ color: 'red' }, 'has no field color'],
])('a field of %j is refused', (wrong, says) => {
  const [template] = catalogue;
  if (template === undefined) throw new Error('there are letters');
  const refused = expect.objectContaining({ code: 'letter.wrong-field', message: expect.stringContaining(says) });
  expect(() => writePatientLetter(question(template, 'en', { ...fieldsOf(template, true), ...wrong }))).toThrow(refused);
});

test('a text that names what it is not given is refused when it is read', () => {
  const broken = (file: string): string => (file.startsWith('plan-offer.es') ? '{{ letter.colour }}' : patientText(file));
  const refused = expect.objectContaining({
    code: 'letters.invalid',
    message: expect.stringContaining('plan-offer.es.v1 uses letter.colour'),
  });
  expect(() => readPatientCatalogue(patientText('catalogue.json'), broken)).toThrow(refused);
});
