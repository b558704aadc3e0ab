import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WrittenLanguage } from '../../../rules/statements/language.ts';

interface NamedText {
  readonly name: string;
  readonly text: string;
}

type StatementTexts = Readonly<Record<'opening' | 'assistance' | 'notices', NamedText>>;

let known: Readonly<Record<WrittenLanguage, StatementTexts>> | null = null;

/** A text or layout of templates/. */
export function patientText(file: string): string {
  return readFileSync(join(import.meta.dirname, 'templates', file), 'utf8');
}

/** What a statement says beside its amounts. */
export function statementTexts(language: WrittenLanguage): StatementTexts {
  known ??= { en: read('en'), es: read('es') };
  return known[language];
}

function read(language: WrittenLanguage): StatementTexts {
  const named = (text: string): NamedText => {
    const name = `${text}.${language}.v1`;
    return { name, text: patientText(`${name}.liquid`) };
  };
  return { opening: named('statement-opening'), assistance: named('assistance'), notices: named('statement-notices') };
}
