import { IntakeFault } from '../intake/fault.ts';

export interface CsvRow<Column extends string> {
  /** As a spreadsheet counts: the header is row 1. */
  readonly number: number;
  /** Byte offset of the row in the file. */
  readonly offset: number;
  readonly cell: (column: Column) => string;
}

/**
 * Reads a file of comma-separated values (RFC 4180) whose header is exactly `columns`. @throws IntakeFault naming row and column, never a value.
 */
export function readCsv<Column extends string>(content: Uint8Array, columns: readonly Column[]): readonly CsvRow<Column>[] {
  const text = decode(content);
  const records = splitRecords(text);
  const [header, ...rows] = records;
  if (header === undefined || header.cells.join(',') !== columns.join(','))
    throw new IntakeFault('feed.header', `row 1: the header must be ${columns.join(',')}`, 0);
  return rows.map(({ number, offset, cells }) => {
    if (cells.length !== columns.length)
      throw new IntakeFault('feed.columns', `row ${number}: expected ${columns.length} columns, ${cells.length} came`, offset);
    return { number, offset, cell: (column) => cells[columns.indexOf(column)] ?? '' };
  });
}

function decode(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new IntakeFault('feed.encoding', 'the file is not UTF-8 text', 0);
  }
}

interface CsvRecord {
  readonly number: number;
  readonly offset: number;
  readonly cells: readonly string[];
}

const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function splitRecords(text: string): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let bytes = Buffer.byteLength(text.slice(0, at));
  while (at < text.length) {
    const number = records.length + 1;
    const start = at;
    const cells: string[] = [];
    for (let end = ','; end === ','; ) {
      cell.lastIndex = at;
      const match = cell.exec(text);
      if (match === null)
        throw new IntakeFault('feed.quoting', `row ${number}, column ${cells.length + 1}: a quotation mark is not where it may be`, bytes);
      cells.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
      at = cell.lastIndex;
      end = match[3] ?? '';
    }
    if (cells.length > 1 || cells[0] !== '') records.push({ number, offset: bytes, cells });
    bytes += Buffer.byteLength(text.slice(start, at));
  }
  return records;
}
