import { DomainError } from './failures.ts';

/** Why a file of comma-separated values cannot be read, with the byte where it went wrong. */
export class CsvFault extends DomainError {
  readonly offset: number;
  constructor(code: string, message: string, offset: number) {
    super(code, message);
    this.offset = offset;
  }
}

export interface CsvRecord {
  /** As a spreadsheet counts: the header is row 1. */
  readonly number: number;
  /** Byte offset of the row in the file. */
  readonly offset: number;
  readonly cells: readonly string[];
}

/** The rows of a file of comma-separated values (RFC 4180, UTF-8), the header among them; empty lines are passed over. @throws CsvFault */
export function csvRecords(content: Uint8Array): readonly CsvRecord[] {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  const text = utf8Text(content);
  const records: CsvRecord[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let bytes = byteLength(text.slice(0, at));
  while (at < text.length) {
    const number = records.length + 1;
    const start = at;
    const cells: string[] = [];
    for (let end = ','; end === ','; ) {
      cell.lastIndex = at;
      const match = cell.exec(text);
      if (match === null)
        throw new CsvFault('feed.quoting', `row ${number}, column ${cells.length + 1}: a quotation mark is not where it may be`, bytes);
      cells.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
      at = cell.lastIndex;
      end = match[3] ?? '';
    }
    if (cells.length > 1 || cells[0] !== '') records.push({ number, offset: bytes, cells });
    bytes += byteLength(text.slice(start, at));
  }
  return records;
}

/** A byte order mark stays in it. @throws CsvFault when it is not UTF-8 */
export function utf8Text(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new CsvFault('feed.encoding', 'the file is not UTF-8 text', 0);
  }
}

const encoder = new TextEncoder();

function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** One row, without its end; a cell is quoted where it must be, and one that a spreadsheet would run as a formula is written as text. */
export function csvLine(cells: readonly string[]): string {
  return cells.map(quoted).join(',');
}

function quoted(value: string): string {
  const text = /^[=+@\t]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
