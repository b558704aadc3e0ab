import type { CivilDate } from '../domain/civil-date.ts';
import { DomainError } from '../domain/failures.ts';
import { amountText, cents, sum } from '../domain/money.ts';
import { headerOf, isFixed, trailerOf } from './file-layout.ts';
import { type FieldOf, layoutFields, type LayoutKind, totalledBy } from './layout-fields.ts';
import type { FileColumn, FileLayout } from './vendor-contract.ts';

export type FieldValue = string | number | boolean | null;
/** Values by field: text, civil dates, whole cents, counts, true or false; null and absent are not known. */
export type WrittenRecord<K extends keyof typeof layoutFields> = Readonly<Partial<Record<FieldOf<K>, FieldValue>>>;

export interface WrittenFile {
  readonly text: string;
  readonly count: number;
  /** Null where a file of that kind has no total. */
  readonly totalCents: number | null;
}

/**
 * The file of these records as the layout says it. `hash` is of everything before the trailer.
 * @param last what the last record says besides count, total and hash
 * @throws DomainError `layout.value`, naming record and column, never the value: required and not known, too long, or not of its type
 */
export function writeRecords<K extends LayoutKind>(
  layout: FileLayout & { readonly kind: K },
  records: readonly WrittenRecord<K>[],
  hash: (text: string) => string,
  last: WrittenRecord<'trailer'> = {},
): WrittenFile {
  const header = headerOf(layout);
  const lines = records.map((record, n) => {
    return line(layout, layout.columns, { kind: layout.kind, values: new Map(Object.entries(record)), number: n + 1 });
  });
  const body = [...(header === null ? [] : [header]), ...lines].map((text) => `${text}${end}`).join('');
  const totalCents = totalOf(layout.kind, records);
  const written = { count: records.length, totalCents };
  const trailer = trailerOf(layout);
  if (trailer === null) return { text: body, ...written };
  const values = new Map<string, FieldValue | undefined>([
    ['recordCount', records.length],
    ['totalCents', totalCents],
    ['contentHash', hash(body)],
    ...Object.entries(last),
  ]);
  const closing = line(layout, trailer.columns, { kind: 'trailer', values, number: records.length + 1 });
  return { text: `${body}${trailer.mark}${isFixed(layout) ? '' : layout.separator}${closing}${end}`, ...written };
}

const end = '\r\n';

function totalOf(kind: LayoutKind, records: readonly object[]): number | null {
  const by = totalledBy[kind];
  if (by === null) return null;
  return sum(records.map((record) => cents(Number(Object.entries(record).find(([name]) => name === by)?.[1] ?? 0))));
}

interface Given {
  readonly kind: keyof typeof layoutFields;
  readonly values: ReadonlyMap<string, FieldValue | undefined>;
  readonly number: number;
}

function line(layout: FileLayout, columns: readonly FileColumn[], given: Given): string {
  const cells = columns.map((column) => cell(column, given));
  if (!isFixed(layout)) return cells.map((text) => quoted(text, layout.separator)).join(layout.separator);
  return cells.map((text, n) => padded(text, columns[n])).join('');
}

function cell(column: FileColumn, { kind, values, number }: Given): string {
  const { field } = column;
  if (field === null) return column.constant ?? '';
  const value = values.get(field) ?? null;
  const fault = (expected: string) => new DomainError('layout.value', `record ${number}, column ${column.header} (${field}): ${expected}`);
  if (value === null || value === '') {
    if (column.isRequired) throw fault('it is required and not known');
    return '';
  }
  const types: ReadonlyMap<string, string> = new Map(Object.entries(layoutFields[kind]));
  const text = textOf(value, types.get(field) ?? '', column);
  if (text === null) throw fault(`a ${types.get(field) ?? 'known field'} was expected`);
  if (column.width === undefined || text.length <= column.width) return text;
  if (column.tooLong !== 'cut') throw fault(`at most ${column.width} characters, ${text.length} came`);
  return text.slice(0, column.width);
}

function textOf(value: FieldValue, type: string, { format, codes }: FileColumn): string | null {
  switch (type) {
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? dateText(value, format) : null;
    case 'cents':
      return typeof value === 'number' && Number.isSafeInteger(value) ? centsText(value, format) : null;
    case 'count':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
    case 'flag':
      return typeof value === 'boolean' ? flagText(value, format) : null;
    case 'text':
      return typeof value === 'string' ? plainText(codes?.[value]?.[0] ?? value, format) : null;
    default:
      return null;
  }
}

function dateText(value: CivilDate | string, format: FileColumn['format']): string {
  const [year = '', month = '', day = ''] = value.split('-');
  switch (format) {
    case 'compactDate':
      return `${year}${month}${day}`;
    case 'usDate':
      return `${month}/${day}/${year}`;
    default:
      return value;
  }
}

function centsText(value: number, format: FileColumn['format']): string {
  if (format === 'cents') return String(value);
  if (format !== 'fixedDollars') return amountText(cents(value));
  const absolute = Math.abs(value);
  return `${value < 0 ? '-' : ''}${Math.floor(absolute / 100)}.${String(absolute % 100).padStart(2, '0')}`;
}

function flagText(value: boolean, format: FileColumn['format']): string {
  if (format === 'oneZero') return value ? '1' : '0';
  return value ? 'Y' : 'N';
}

/** Line ends and other controls never leave: in a fixed file they would shift what follows. */
function plainText(value: string, format: FileColumn['format']): string {
  const clean = value.replaceAll(/\p{Cc}+/gu, ' ').trim();
  if (format === 'digits') return clean.replaceAll(/\D/g, '');
  return format === 'upper' ? clean.toUpperCase() : clean;
}

/** RFC 4180; text that a spreadsheet would run as a formula is quoted as text. */
function quoted(value: string, delimiter: string): string {
  const text = /^[=+@\t]/.test(value) ? `'${value}` : value;
  return text.includes('"') || text.includes(delimiter) || /[\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Amounts and counts to the right, anything else to the left. */
function padded(text: string, column: FileColumn | undefined): string {
  const width = column?.width ?? text.length;
  const isNumber = typeof column?.field === 'string' && /(cents|count)$/i.test(column.field);
  return isNumber ? text.padStart(width) : text.padEnd(width);
}
