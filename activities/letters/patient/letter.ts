import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import { DomainError } from '../../../rules/domain/failures.ts';
import type { LanguageChoice, WrittenLanguage } from '../../../rules/statements/language.ts';
import { letterWords, type WordList } from '../../../rules/statements/letter-words.ts';
import type { StatementPolicy } from '../../../rules/statements/read-statement-policies.ts';
import { dayInWords, renderText } from '../text.ts';
import { type LetterKind, type PatientTemplate, patientTemplateFor, shippedPatientCatalogue } from './catalogue.ts';
import { labels } from './labels.ts';
import { type LetterSheet, setPatientLetter } from './print.ts';
import type { Party } from './sheet.ts';
import { statementTexts } from './texts.ts';

/** Money in cents, days as civil dates, lists as their lines, or as items of letter-words.json; rows with fields of their own. */
export type LetterFields = Readonly<Record<string, string | number | readonly string[] | readonly LetterRow[]>>;
type LetterRow = Readonly<Record<string, string | number>>;

export interface PatientLetterQuestion {
  readonly kind: LetterKind;
  /** Those that templates/catalogue.json names for this kind; one that is not known is absent. */
  readonly fields: LetterFields;
  readonly on: CivilDate;
  /** How it is called, such as `plan-offer-000000123`. */
  readonly reference: string;
  readonly accountNumbers: readonly string[];
  readonly language: LanguageChoice;
  readonly to: Party;
  readonly sender: Party;
  readonly policy: StatementPolicy;
  readonly catalogue?: readonly PatientTemplate[];
}

export interface PatientLetter {
  readonly title: string;
  /** Name of the text, with language and version. */
  readonly template: string;
  readonly pages: number;
  /** PDF/UA-1 */
  readonly content: Uint8Array;
}

/** A letter to a patient in their language. @throws DomainError `letter.missing-field` naming the field, `letter.wrong-field`, `letter.cannot-be-set` */
export function writePatientLetter(question: PatientLetterQuestion): PatientLetter {
  const template = patientTemplateFor(question.catalogue ?? shippedPatientCatalogue(), question.kind, question.on);
  const { content, pages } = setPatientLetter(letterSheet(question, template));
  const { written } = question.language;
  return { title: template.titles[written], template: template.texts[written].name, pages, content };
}

/** What the layout sets of it. */
export function letterSheet(question: PatientLetterQuestion, template: PatientTemplate): LetterSheet {
  const { language, policy, sender, fields, reference } = question;
  const { written, wanted } = language;
  const words = labels[written];
  checkFields(template, fields);
  const { name, text } = template.texts[written];
  const office = { phone: policy.phone, hours: policy.hours[written], payUrl: policy.payUrl };
  const given = { letter: inWords(template, fields, written), office, assistance: policy.assistance, sender: { name: sender.name } };
  const notice = statementTexts(written).assistance;
  return {
    language: written,
    sender,
    head: [dayInWords(question.on, written), `${words.phone}: ${policy.phone}`],
    to: [question.to.name, ...question.to.lines],
    title: template.titles[written],
    facts: [
      [words.accounts, question.accountNumbers.join(', ')],
      [words.reference, reference],
    ],
    blocks: [
      ...renderText(name, text, given, written),
      ...(template.assistanceNotice ? renderText(notice.name, notice.text, given, written) : []),
      ...(wanted === null ? [] : [{ kind: 'paragraph' as const, text: notInThatLanguage(wanted, policy.phone) }]),
    ],
    closing: words.closing,
    signer: words.office,
    footer: `${sender.name} · ${reference}`,
    page: words.page,
    of: words.of,
  };
}

/** The items of its lists, as that language says them. */
function inWords({ fields: declared }: PatientTemplate, given: LetterFields, language: WrittenLanguage): LetterFields {
  const said: Record<string, LetterFields[string]> = { ...given };
  for (const [name, what] of Object.entries(declared)) {
    const list = listNamed(what);
    const items = said[name];
    if (list !== null && Array.isArray(items)) said[name] = items.map((item: unknown) => letterWords(list, String(item), language));
  }
  return said;
}

function listNamed(what: string | undefined): WordList | null {
  return what === 'missingItems' || what === 'denialReasons' || what === 'extraordinaryActions' ? what : null;
}

function notInThatLanguage(wanted: string, phone: string): string {
  return `Our records say that you prefer ${wanted}. We do not have this letter in that language yet. Call ${phone}: an interpreter is free for you.`;
}

function checkFields({ fields: declared, kind }: PatientTemplate, given: LetterFields): void {
  const stranger = Object.keys(given).find((name) => !(name in declared));
  if (stranger !== undefined) throw new DomainError('letter.wrong-field', `letter ${kind} has no field ${stranger}`);
  for (const [name, what] of Object.entries(declared)) {
    const value = given[name];
    if (value === undefined && !what.endsWith('?'))
      throw new DomainError(
        'letter.missing-field',
        `letter ${kind} needs ${name} (${what}), which is not known; nothing is sent with a blank`,
      );
    if (value !== undefined && !fits(value, what.replace('?', '')))
      throw new DomainError('letter.wrong-field', `letter ${kind}: ${name} must be a ${what.replace('?', '')}`);
  }
}

function fits(value: LetterFields[string], what: string): boolean {
  if (what === 'money' || what === 'count') return Number.isSafeInteger(value);
  if (what === 'list' || what === 'rows' || listNamed(what) !== null) return Array.isArray(value) && value.length > 0;
  return typeof value === 'string' && value !== '' && (what !== 'day' || /^\d{4}-\d\d-\d\d$/.test(value));
}
