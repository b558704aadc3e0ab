import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { z } from 'zod';
import { DomainError, invariant } from '../../../rules/domain/failures.ts';
import type { Sheet } from './sheet.ts';
import { patientText } from './texts.ts';

/** Where a statement stands in the document: its first page, counted from 1, and how many it has. */
export interface PrintPlace {
  readonly number: string;
  readonly firstPage: number;
  readonly pages: number;
}

export interface PrintedStatements {
  readonly content: Uint8Array;
  readonly pages: number;
  readonly places: readonly PrintPlace[];
}

/** `print`: ink on paper, PDF/A-2b, a sixth of the bytes. `screen`: PDF/UA-1, for whoever reads it on a screen or has it read to them. */
export type PrintFor = 'print' | 'screen';

const mark = z.object({ value: z.object({ number: z.string(), where: z.enum(['first', 'last']), page: z.int() }) });
const marks = z.array(mark);

let compiler: { readonly node: NodeCompiler; readonly statement: string; readonly letter: string } | null = null;

/** Fonts and layouts are read once in the life of a process, and the fonts are those inside the compiler. */
function theCompiler() {
  compiler ??= {
    node: NodeCompiler.create({ workspace: join(import.meta.dirname, 'templates') }),
    statement: patientText('statement.typ'),
    letter: patientText('letter.typ'),
  };
  return compiler;
}

/** Many statements in one document, in their order: the same sheets give the same bytes. @throws DomainError `letter.cannot-be-set` */
export function setStatements(sheets: readonly Sheet[], title: string, printFor: PrintFor): PrintedStatements {
  const { node, statement } = theCompiler();
  const input = { title, author: sheets[0]?.sender.name ?? '', on: sheets[0]?.on ?? '', statements: sheets };
  const compiled = node.compile({ mainFileContent: statement, inputs: { statements: JSON.stringify(input) } });
  const { result } = compiled;
  if (result === null || compiled.hasError()) throw cannotBeSet();
  const places = placesIn(marks.parse(node.query(result, { selector: '<place>' })), sheets);
  const content = pdfOf(() => node.pdf(result, printFor === 'screen' ? { pdfStandard: 'ua-1' } : { pdfStandard: 'a-2b', pdfTags: false }));
  const pages = result.numOfPages;
  node.evictCache(0);
  return { content, pages, places };
}

/** Everything that letter.typ shows. */
export interface LetterSheet {
  readonly language: string;
  readonly sender: Sheet['sender'];
  readonly head: readonly string[];
  readonly to: readonly string[];
  readonly title: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly blocks: Sheet['opening'];
  readonly closing: string;
  readonly signer: string;
  readonly footer: string;
  readonly page: string;
  readonly of: string;
}

/** One letter to a patient: PDF/UA-1. @throws DomainError `letter.cannot-be-set` */
export function setPatientLetter(sheet: LetterSheet): { readonly content: Uint8Array; readonly pages: number } {
  const { node, letter } = theCompiler();
  const compiled = node.compile({ mainFileContent: letter, inputs: { letter: JSON.stringify(sheet) } });
  const { result } = compiled;
  if (result === null || compiled.hasError()) throw cannotBeSet();
  const content = pdfOf(() => node.pdf(result, { pdfStandard: 'ua-1' }));
  const pages = result.numOfPages;
  node.evictCache(10);
  return { content, pages };
}

function placesIn(found: z.output<typeof marks>, sheets: readonly Sheet[]): readonly PrintPlace[] {
  const pageOf = new Map(found.map(({ value: { number, where, page } }) => [`${number} ${where}`, page]));
  return sheets.map(({ number }) => {
    const firstPage = pageOf.get(`${number} first`);
    const lastPage = pageOf.get(`${number} last`);
    invariant(firstPage !== undefined && lastPage !== undefined, 'every statement marks where it begins and ends');
    return { number, firstPage, pages: lastPage - firstPage + 1 };
  });
}

function pdfOf(make: () => Uint8Array): Uint8Array {
  try {
    return make();
  } catch {
    throw cannotBeSet();
  }
}

/** The compiler's words about a text may repeat it, so they are not told. */
function cannotBeSet(): DomainError {
  return new DomainError(
    'letter.cannot-be-set',
    'it cannot be set: a name or text has a character that our font does not have; mend the name or address of the guarantor',
  );
}
