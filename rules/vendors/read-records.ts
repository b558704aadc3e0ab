import { type CivilDate, isCivilDate } from '../domain/civil-date.ts';
import { DomainError } from '../domain/failures.ts';
import { type Cents, cents, parseAmount } from '../domain/money.ts';
import { headerOf, isFixed, trailerOf } from './file-layout.ts';
import { type FieldOf, isLaidOutKind, type LayoutKind, totalledBy } from './layout-fields.ts';
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

/** One record, read field by field; a fault names line and column, never the value. */
export interface ReadRecord<K extends LayoutKind> {
  /** As an editor counts: the header is line 1. */
  readonly line: number;
  readonly offset: number;
  /** '' when it is empty or the layout has no such column. */
  readonly text: (field: FieldOf<K>) => string;
  /** @throws LayoutFault when it is empty */
  readonly required: (field: FieldOf<K>) => string;
  readonly date: (field: FieldOf<K>) => CivilDate | null;
  readonly cents: (field: FieldOf<K>) => Cents | null;
  readonly count: (field: FieldOf<K>) => number | null;
  readonly fault: (field: FieldOf<K>, expected: string) => LayoutFault;
}

interface AnyRecord {
  readonly line: number;
  readonly offset: number;
  readonly text: (field: string) => string;
  readonly required: (field: string) => string;
  readonly date: (field: string) => CivilDate | null;
  readonly cents: (field: string) => Cents | null;
  readonly count: (field: string) => number | null;
  readonly fault: (field: string, expected: string) => LayoutFault;
}

/** Whether a file that begins with this line is one of that layout. */
export function isOfLayout(firstLine: string, layout: FileLayout): boolean {
  return firstLine.replace(/\r$/, '').trimEnd() === headerOf(layout)?.trimEnd();
}

/** @throws LayoutFault when the file is not as the layout says, or its trailer tells another count, total or hash: then nothing of it counts */
export function readRecords<K extends LayoutKind>(
  text: string,
  layout: FileLayout & { readonly kind: K },
  hash: (text: string) => string,
): readonly ReadRecord<K>[] {
  const lines = linesOf(text);
  const header = headerOf(layout);
  if (header !== null && !isOfLayout(lines[0]?.text ?? '', layout))
    throw new LayoutFault('layout.header', `line 1: the file must begin with ${header}`, 0);
  const rest = header === null ? lines : lines.slice(1);
  const trailer = trailerOf(layout);
  if (trailer === null) return rest.map((line) => recordOf(layout, line, cellsOf(line, layout)));
  const last = rest.at(-1);
  if (last === undefined || !last.text.startsWith(trailer.mark))
    throw new LayoutFault('layout.trailer', `the file must end with its ${trailer.mark} record: it is not whole`, last?.offset ?? 0);
  const body = rest.slice(0, -1).map((line) => recordOf(layout, line, cellsOf(line, layout)));
  proveWhole(layout, body, { line: last, cells: trailerCells(last, layout), before: text.slice(0, last.at) }, hash);
  return body;
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

function recordOf(layout: FileLayout, line: Line, cells: readonly string[]): AnyRecord {
  const at = (field: string) => layout.columns.findIndex((column) => column.field === field);
  const text = (field: string) => ours(cells[at(field)] ?? '', layout.columns[at(field)]);
  const fault = (field: string, expected: string) =>
    new LayoutFault('layout.cell', `line ${line.number}, column ${layout.columns[at(field)]?.header ?? field}: ${expected}`, line.offset);
  const filled = <T>(field: string, read: (cell: string) => T | null, expected: string): T | null => {
    const cell = text(field);
    if (cell === '') {
      if (layout.columns[at(field)]?.isRequired === true) throw fault(field, 'must not be empty');
      return null;
    }
    const value = read(cell);
    if (value === null) throw fault(field, expected);
    return value;
  };
  const formatOf = (field: string) => layout.columns[at(field)]?.format;
  return {
    line: line.number,
    offset: line.offset,
    text,
    required: (field) => filled(field, (cell) => cell, '') ?? requiredOr(fault(field, 'must not be empty')),
    date: (field) =>
      filled(
        field,
        (cell) => dateOf(cell, formatOf(field)),
        `must be an existing date written ${dateWords[formatOf(field) ?? 'text'] ?? 'YYYY-MM-DD'}`,
      ),
    cents: (field) => filled(field, (cell) => centsOf(cell, formatOf(field)), 'must be an amount with at most two decimals'),
    count: (field) => filled(field, (cell) => (/^\d{1,9}$/.test(cell) ? Number(cell) : null), 'must be a whole number'),
    fault,
  };
}

function requiredOr(fault: LayoutFault): never {
  throw fault;
}

/** Theirs to ours. */
function ours(cell: string, column: FileColumn | undefined): string {
  const known = Object.entries(column?.codes ?? {}).find(([, theirs]) => theirs === cell);
  return known?.[0] ?? cell;
}

const dateWords: Readonly<Record<string, string>> = { compactDate: 'YYYYMMDD', usDate: 'MM/DD/YYYY' };

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
  readonly line: Line;
  readonly cells: readonly string[];
  readonly before: string;
}

/** What its last record says of the file must be so. */
function proveWhole(layout: FileLayout, body: readonly AnyRecord[], trailer: Trailer, hash: (text: string) => string): void {
  const columns = trailerOf(layout)?.columns ?? [];
  const by = isLaidOutKind(layout.kind) ? totalledBy[layout.kind] : null;
  const total = by === null ? null : body.reduce((all, record) => all + centsIn(layout, record, by), 0);
  columns.forEach(({ field, header, format }, n) => {
    const cell = trailer.cells[n] ?? '';
    const fits =
      field === 'recordCount'
        ? Number(cell) === body.length
        : field === 'totalCents'
          ? total === null || centsOf(cell, format) === total
          : field !== 'contentHash' || cell === hash(trailer.before);
    if (!fits)
      throw new LayoutFault(
        'layout.trailer',
        `line ${trailer.line.number}, column ${header}: it does not fit the ${body.length} records before it; the file is not whole`,
        trailer.line.offset,
      );
  });
}

function centsIn(layout: FileLayout, record: AnyRecord, field: string): number {
  return layout.columns.some((column) => column.field === field) ? (record.cents(field) ?? 0) : 0;
}
