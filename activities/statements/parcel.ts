import { setImmediate as turnOfOthers } from 'node:timers/promises';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { amountText, type Cents, sum } from '../../rules/domain/money.ts';
import type { StatedAccount } from '../../rules/statements/statement.ts';
import type { ElectronicWay, Way } from '../../rules/statements/way.ts';
import type { ParcelFile } from '../dependencies.ts';
import { type PrintedStatements, type PrintFor, type PrintPlace, setStatements } from '../letters/patient/print.ts';
import type { Sheet } from '../letters/patient/sheet.ts';
import { csvText } from '../outbound/csv.ts';
import { sha256Of } from '../outbound/manifest.ts';

/** A statement that is about to be set in type. */
export interface Draft {
  readonly sheet: Sheet;
  readonly via: Way;
  /** E-mail address or phone number; empty for mail. */
  readonly electronicAddress: string;
  readonly addressee: {
    readonly name: string;
    readonly line1: string;
    readonly line2: string;
    readonly city: string;
    readonly state: string;
    readonly postalCode: string;
  };
  /** English name of a language that was wanted and is not written. */
  readonly languageWanted: string | null;
  readonly dueCents: Cents;
  readonly accounts: readonly Pick<StatedAccount, 'accountNumber' | 'dueCents'>[];
  readonly payByOn: CivilDate;
  readonly payUrl: string;
}

export interface MadeStatement {
  readonly draft: Draft;
  /** Name of the file in which it stands, and where. */
  readonly file: string;
  readonly place: Pick<PrintPlace, 'firstPage' | 'pages'>;
}

export interface StatementParcel {
  /** The manifest is the last. */
  readonly files: readonly ParcelFile[];
  readonly made: readonly MadeStatement[];
  /** Numbers of those that no font of ours can set, and why. */
  readonly unset: ReadonlyMap<string, string>;
}

interface ParcelQuestion {
  /** Of the parcel, such as `statements-000000123`. */
  readonly parcel: string;
  readonly on: CivilDate;
  readonly perPrintFile: number;
  readonly drafts: readonly Draft[];
}

const folder = 'statements';

/**
 * What a run hands to the mail house: print files in the order of the mail (postal code, then number), an index with one row per statement, messages to
 * those who get theirs by e-mail or text with a PDF/UA for each, and last a manifest with pages, counts and hashes, which says that the parcel is whole.
 * The same drafts give the same bytes.
 */
export async function makeParcel({ parcel, on, perPrintFile, drafts }: ParcelQuestion): Promise<StatementParcel> {
  const unset = new Map<string, string>();
  const files: ParcelFile[] = [];
  const made: MadeStatement[] = [];
  const mail = drafts.filter(({ via }) => via === 'mail').toSorted(byPost);
  for (let from = 0; from < mail.length; from += perPrintFile) {
    await turnOfOthers();
    const group = mail.slice(from, from + perPrintFile);
    const name = `${parcel}-${String(from / perPrintFile + 1).padStart(3, '0')}.pdf`;
    const { printed, set } = setMostOf(group, `Statements of ${on}`, unset);
    if (printed === null) continue;
    files.push({ folder, name, content: printed.content, mediaType: 'application/pdf' });
    made.push(...set.map((draft, n) => ({ draft, file: name, place: printed.places[n] ?? nowhere })));
  }
  const electronic = drafts.filter(({ via }) => via !== 'mail').toSorted((a, b) => compare(a.sheet.number, b.sheet.number));
  for (const draft of electronic) {
    const one = setAlone(draft, unset);
    if (one === null) continue;
    const name = `${parcel}-statement-${draft.sheet.number}.pdf`;
    files.push({ folder, name, content: one.content, mediaType: 'application/pdf' });
    made.push({ draft, file: name, place: { firstPage: 1, pages: one.pages } });
  }
  const lists = listsOf(parcel, made);
  const whole = [...files, ...lists];
  return { files: made.length === 0 ? [] : [...whole, manifest({ parcel, on, made, files: whole })], made, unset };
}

const nowhere = { firstPage: 0, pages: 0 };

/** One that cannot be set does not keep the others: it is found by halves, and the others are set without it. */
function setMostOf(
  group: readonly Draft[],
  title: string,
  unset: Map<string, string>,
): { readonly printed: PrintedStatements | null; readonly set: readonly Draft[] } {
  const whole = attempt(group, title, 'print');
  if ('pages' in whole) return { printed: whole, set: group };
  const [only] = group;
  if (group.length === 1 && only !== undefined) {
    unset.set(only.sheet.number, whole.fault);
    return { printed: null, set: [] };
  }
  const half = Math.ceil(group.length / 2);
  const sound = [group.slice(0, half), group.slice(half)].flatMap((part) => setMostOf(part, title, unset).set);
  return sound.length === 0 ? { printed: null, set: [] } : setMostOf(sound, title, unset);
}

function setAlone(draft: Draft, unset: Map<string, string>): PrintedStatements | null {
  const one = attempt([draft], draft.sheet.title, 'screen');
  if ('pages' in one) return one;
  unset.set(draft.sheet.number, one.fault);
  return null;
}

function attempt(group: readonly Draft[], title: string, printFor: PrintFor): PrintedStatements | { readonly fault: string } {
  try {
    const sheets = group.map(({ sheet }) => sheet);
    return setStatements(sheets, title, printFor);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'letter.cannot-be-set') return { fault: `${error.code}: ${error.message}` };
    throw error;
  }
}

function listsOf(parcel: string, made: readonly MadeStatement[]): readonly ParcelFile[] {
  const rows = made.filter(({ draft }) => draft.via === 'mail').map(indexRow);
  const messages = made.flatMap(({ draft, file }) => (draft.via === 'mail' ? [] : [messageOf(draft, draft.via, file)]));
  return [
    ...(rows.length === 0 ? [] : [text(`${parcel}-index.csv`, 'text/csv', csvText(rows))]),
    ...(messages.length === 0
      ? []
      : [text(`${parcel}-messages.jsonl`, 'application/jsonl', `${messages.map((one) => JSON.stringify(one)).join('\n')}\n`)]),
  ];
}

/** By what a mail house inserts, addresses and traces it. */
function indexRow({ draft, file, place }: MadeStatement, n: number): Readonly<Record<string, string>> {
  const { sheet, accounts, addressee, languageWanted, dueCents, payByOn } = draft;
  return {
    sequence: String(n + 1),
    statement: sheet.number,
    print_file: file,
    first_page: String(place.firstPage),
    pages: String(place.pages),
    name: addressee.name,
    address_1: addressee.line1,
    address_2: addressee.line2,
    city: addressee.city,
    state: addressee.state,
    postal_code: addressee.postalCode,
    language: sheet.language,
    language_wanted: languageWanted ?? '',
    account_dues: accounts.map((one) => `${one.accountNumber} ${amountText(one.dueCents)}`).join('; '),
    amount_due: amountText(dueCents),
    pay_by: payByOn,
    scan_line: sheet.slip.scanLine,
  };
}

/** Names nobody's care, amount or account: those are behind the sign-in, and in the PDF. */
function messageOf({ sheet, electronicAddress, payUrl }: Draft, via: ElectronicWay, file: string) {
  const { name } = sheet.sender;
  const words = messages[sheet.language](name, payUrl, sheet.number);
  const about = { statement: sheet.number, via, to: electronicAddress, language: sheet.language };
  if (via === 'text') return { ...about, text: `${words.body} ${words.stopText}` };
  return { ...about, subject: words.subject, text: `${words.body}\n\n${words.stopEmail}`, document: file };
}

const messages = {
  en: (name: string, url: string, number: string) => ({
    subject: `New statement from ${name}`,
    body: `${name}: you have a new statement. See it, or ask for help with it, at ${url} with number ${number}.`,
    stopText: 'Reply STOP to get no more texts.',
    stopEmail: 'To get no more e-mails from us, answer this one with the word STOP.',
  }),
  es: (name: string, url: string, number: string) => ({
    subject: `Nuevo estado de cuenta de ${name}`,
    body: `${name}: tiene un nuevo estado de cuenta. Véalo, o pida ayuda, en ${url} con el número ${number}.`,
    stopText: 'Responda STOP para no recibir más mensajes.',
    stopEmail: 'Para no recibir más correos nuestros, responda a este con la palabra STOP.',
  }),
} as const;

function manifest({
  parcel,
  on,
  made,
  files,
}: Pick<ParcelQuestion, 'parcel' | 'on'> & { readonly made: readonly MadeStatement[]; readonly files: readonly ParcelFile[] }): ParcelFile {
  const inFile = (name: string): readonly MadeStatement[] => made.filter(({ file }) => file === name);
  const told = {
    parcel,
    writtenOn: on,
    statements: made.length,
    byWay: countBy(made.map(({ draft }) => draft.via)),
    byLanguage: countBy(made.map(({ draft }) => draft.sheet.language)),
    pages: pagesOf(made),
    amountDue: amountText(sumOf(made)),
    files: files.map(({ name, mediaType = '', content }) => {
      const within = inFile(name);
      const about = { name, mediaType, bytes: content.byteLength, sha256: sha256Of(content) };
      return within.length === 0 ? about : { ...about, statements: within.length, pages: pagesOf(within) };
    }),
  };
  return text(`${parcel}-manifest.json`, 'application/json', `${JSON.stringify(told, null, 2)}\n`);
}

function pagesOf(made: readonly MadeStatement[]): number {
  return made.reduce((total, { place }) => total + place.pages, 0);
}

function sumOf(made: readonly MadeStatement[]): Cents {
  return sum(made.map(({ draft }) => draft.dueCents));
}

function countBy(values: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const value of values.toSorted()) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function text(name: string, mediaType: string, content: string): ParcelFile {
  return { folder, name, content: Buffer.from(content), mediaType };
}

function byPost(a: Draft, b: Draft): number {
  return compare(a.addressee.postalCode, b.addressee.postalCode) || compare(a.sheet.number, b.sheet.number);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
