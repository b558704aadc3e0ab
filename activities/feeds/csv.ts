import { csvRecords } from '../../rules/domain/csv.ts';
import { IntakeFault } from '../intake/fault.ts';

export interface CsvRow<Column extends string> {
  /** As a spreadsheet counts: the header is row 1. */
  readonly number: number;
  /** Byte offset of the row in the file. */
  readonly offset: number;
  readonly cell: (column: Column) => string;
}

/**
 * Reads a file of comma-separated values (RFC 4180) whose header is exactly `columns`. @throws IntakeFault, or CsvFault, naming row and column, never a value.
 */
export function readCsv<Column extends string>(content: Uint8Array, columns: readonly Column[]): readonly CsvRow<Column>[] {
  const [header, ...rows] = csvRecords(content);
  if (header === undefined || header.cells.join(',') !== columns.join(','))
    throw new IntakeFault('feed.header', `row 1: the header must be ${columns.join(',')}`, 0);
  return rows.map(({ number, offset, cells }) => {
    if (cells.length !== columns.length)
      throw new IntakeFault('feed.columns', `row ${number}: expected ${columns.length} columns, ${cells.length} came`, offset);
    return { number, offset, cell: (column) => cells[columns.indexOf(column)] ?? '' };
  });
}
