import { type CivilDate, isCivilDate } from '../domain/civil-date.ts';
import { DomainError } from '../domain/failures.ts';
import { type Cents, cents, parseAmount } from '../domain/money.ts';
import { headerOf, isFixed, trailerOf } from './file-layout.ts';
import { type FieldOf, isLaidOutKind, type layoutFields, type LayoutKind, totalledBy } from './layout-fields.ts';
import { type Line, linesOf, splitDelimited, splitFixed } from './split-lines.ts';
import type { FileColumn, FileLayout } from './vendor-contract.ts';

/** Why a file is not read, and the byte where it went wrong. */
export class LayoutFault extends DomainError {
  readonly offset: number;
  constructor(code: string, message: string, offset: number) {
    super(code, message);
    this.offset = offset;
  }
}

/** One record, read field by field; a fault names line and column, never the value. What is empty is null, and a fault where the layout requires it. */
interface RecordOf<Field extends string> {
  /** As an editor counts: the header is line 1. */
  readonly line: number;
  readonly offset: number;
  /** '' when it is empty or the layout has no such column. */
  readonly text: (field: Field) => string;
  /** @throws LayoutFault when it is empty */
  readonly required: (field: Field) => string;
  readonly date: (field: Field) => CivilDate | null;
  readonly requiredDate: (field: Field) => CivilDate;
  readonly cents: (field: Field) => Cents | null;
  readonly requiredCents: (field: Field) => Cents;
  readonly count: (field: Field) => number | null;
  readonly word: <Word extends string>(field: Field, words: readonly Word[]) => Word | null;
  readonly requiredWord: <Word extends string>(field: Field, words: readonly Word[]) => Word;
  readonly fault: (field: Field, expected: string) => LayoutFault;
}

export type ReadRecord<K extends keyof typeof layoutFields> = RecordOf<FieldOf<K>>;

/** A whole file; its last record is null where the layout has none. */
export interface ReadFile<K extends LayoutKind> {
  readonly records: readonly ReadRecord<K>[];
  readonly last: ReadRecord<'trailer'> | null;
}

/** Whether a file that begins with this line is one of that layout. */
export function isOfLayout(firstLine: string, layout: FileLayout): boolean {
  return firstLine.replace(/^\uFEFF/, '').trimEnd() === headerOf(layout)?.trimEnd();
}

export function readRecords<K extends LayoutKind>(
  text: string,
  layout: FileLayout & { readonly kind: K },
  hash: (text: string) => string,
): readonly ReadRecord<K>[] {
  return readFile(text, layout, hash).records;
}

/** @throws LayoutFault when the file is not as the layout says, or its trailer tells another count, total or hash: then nothing of it counts */
export function readFile<K extends LayoutKind>(
  text: string,
  layout: FileLayout & { readonly kind: K },
  hash: (text: string) => string,
): ReadFile<K> {
  const lines = linesOf(text);
  const header = headerOf(layout);
  if (header !== null && !isOfLayout(lines[0]?.text ?? '', layout))
    throw new LayoutFault('layout.header', `line 1: the file must begin with ${header}`, 0);
  const rest = header === null ? lines : lines.slice(1);
  const trailer = trailerOf(layout);
  if (trailer === null) return { records: rest.map((line) => recordOf(layout.columns, line, cellsOf(line, layout))), last: null };
  const line = rest.at(-1);
  if (line === undefined || !line.text.startsWith(isFixed(layout) ? trailer.mark : `${trailer.mark}${layout.separator}`))
    throw new LayoutFault('layout.trailer', `the file must end with its ${trailer.mark} record: it is not whole`, line?.offset ?? 0);
  const records = rest.slice(0, -1).map((one) => recordOf(layout.columns, one, cellsOf(one, layout)));
  const last = recordOf(trailer.columns, line, trailerCells(line, layout));
  proveWhole(layout, records, { last, columns: trailer.columns, before: text.slice(0, line.at) }, hash);
  return { records, last };
}

function cellsOf(line: Line, layout: FileLayout): readonly string[] {
  const { columns } = layout;
  return isFixed(layout) ? splitFixed(line.text, widthsOf(columns)) : delimited(line, layout, columns.length);
}

function trailerCells(line: Line, layout: FileLayout): readonly string[] {
  const { mark, columns } = trailerOf(layout) ?? { mark: '', columns: [] };
  return isFixed(layout)
    ? splitFixed(line.text.slice(mark.length), widthsOf(columns))
    : delimited(line, layout, columns.length + 1).slice(1);
}

function widthsOf(columns: readonly FileColumn[]): readonly number[] {
  return columns.map(({ width }) => width ?? 0);
}

function delimited(line: Line, { separator }: FileLayout, expected: number): readonly string[] {
  const cells = splitDelimited(line.text, separator);
  if (cells === null) throw new LayoutFault('layout.quoting', `line ${line.number}: a quotation mark is not where it may be`, line.offset);
  if (cells.length !== expected)
    throw new LayoutFault('layout.columns', `line ${line.number}: expected ${expected} columns, ${cells.length} came`, line.offset);
  return cells;
}

function recordOf(columns: readonly FileColumn[], line: Line, cells: readonly string[]): RecordOf<string> {
  const at = (field: string) => columns.findIndex((column) => column.field === field);
  const text = (field: string) => ours(cells[at(field)] ?? '', columns[at(field)]);
  const fault = (field: string, expected: string) =>
    new LayoutFault('layout.cell', `line ${line.number}, column ${columns[at(field)]?.header ?? field}: ${expected}`, line.offset);
  const filled = <T>(field: string, read: (cell: string) => T | null, expected: string): T | null => {
    const cell = text(field);
    if (cell === '') {
      if (columns[at(field)]?.isRequired === true) throw fault(field, 'must not be empty');
      return null;
    }
    const value = read(cell);
    if (value === null) throw fault(field, expected);
    return value;
  };
  const known = <T>(field: string, value: T | null): T => {
    if (value === null) throw fault(field, 'must not be empty');
    return value;
  };
  const formatOf = (field: string) => columns[at(field)]?.format;
  const date = (field: string) =>
    filled(
      field,
      (cell) => dateOf(cell, formatOf(field)),
      `must be an existing date written ${dateWords[formatOf(field) ?? 'text'] ?? 'YYYY-MM-DD'}`,
    );
  const amount = (field: string) =>
    filled(field, (cell) => centsOf(cell, formatOf(field)), amountWords[formatOf(field) ?? 'text'] ?? anyAmount);
  const word = <Word extends string>(field: string, words: readonly Word[]) =>
    filled(field, (cell) => words.find((one) => one === cell) ?? null, `must be one of ${words.join(', ')}, or its code in the layout`);
  return {
    line: line.number,
    offset: line.offset,
    text,
    required: (field) => known(field, text(field) || null),
    date,
    requiredDate: (field) => known(field, date(field)),
    cents: amount,
    requiredCents: (field) => known(field, amount(field)),
    count: (field) => filled(field, (cell) => (/^\d{1,9}$/.test(cell) ? Number(cell) : null), 'must be a whole number'),
    word,
    requiredWord: (field, words) => known(field, word(field, words)),
    fault,
  };
}

/** Theirs to ours. */
function ours(cell: string, column: FileColumn | undefined): string {
  const known = Object.entries(column?.codes ?? {}).find(([, theirs]) => theirs.includes(cell));
  return known?.[0] ?? cell;
}

const dateWords: Readonly<Record<string, string>> = { compactDate: 'YYYYMMDD', usDate: 'MM/DD/YYYY' };
const amountWords: Readonly<Record<string, string>> = { cents: 'must be an amount in whole cents' };
const anyAmount = 'must be an amount with at most two decimals';

function dateOf(cell: string, format: FileColumn['format'] | undefined): CivilDate | null {
  const patterns: Readonly<Record<string, RegExp>> = {
    compactDate: /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)$/,
    usDate: /^(?<month>\d\d)\/(?<day>\d\d)\/(?<year>\d{4})$/,
  };
  const parts = (patterns[format ?? ''] ?? /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)$/).exec(cell)?.groups;
  const text = `${parts?.['year']}-${parts?.['month']}-${parts?.['day']}`;
  return parts !== undefined && isCivilDate(text) ? text : null;
}

function centsOf(cell: string, format: FileColumn['format'] | undefined): Cents | null {
  if (format !== 'cents') return parseAmount(cell);
  return /^-?\d{1,15}$/.test(cell) ? cents(Number(cell)) : null;
}

interface Trailer {
  readonly last: RecordOf<string>;
  readonly columns: readonly FileColumn[];
  readonly before: string;
}

/** What its last record says of the file must be so. */
function proveWhole(
  layout: FileLayout,
  records: readonly RecordOf<string>[],
  { last, columns, before }: Trailer,
  hash: (text: string) => string,
): void {
  const by = isLaidOutKind(layout.kind) ? totalledBy[layout.kind] : null;
  const total = by === null ? 0 : records.reduce((all, record) => all + (record.cents(by) ?? 0), 0);
  const proofs: Readonly<Record<string, () => boolean>> = {
    recordCount: () => last.count('recordCount') === records.length,
    totalCents: () => last.cents('totalCents') === total,
    contentHash: () => last.text('contentHash') === hash(before),
  };
  for (const { field, header } of columns) {
    if (proofs[field ?? '']?.() ?? true) continue;
    throw new LayoutFault(
      'layout.trailer',
      `line ${last.line}, column ${header}: it does not fit the ${records.length} records before it; the file is not whole`,
      last.offset,
    );
  }
}
