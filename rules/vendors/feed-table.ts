import { type CivilDate, isCivilDate } from '../domain/civil-date.ts';
import { CsvFault, csvRecords } from '../domain/csv.ts';
import { type Cents, parseAmount } from '../domain/money.ts';

/** One row, by our names for its columns. A fault names row and column, never the value. */
export class FeedRow<Column extends string> {
  readonly offset: number;
  readonly #number: number;
  readonly #cells: ReadonlyMap<string, string>;

  constructor(number: number, offset: number, cells: ReadonlyMap<string, string>) {
    this.#number = number;
    this.offset = offset;
    this.#cells = cells;
  }

  text(column: Column): string {
    const text = this.#cells.get(column) ?? '';
    if (text === '') throw this.fault(column, 'must not be empty');
    return text;
  }

  textOrNull(column: Column): string | null {
    const text = this.#cells.get(column) ?? '';
    return text === '' ? null : text;
  }

  date(column: Column): CivilDate {
    const date = this.dateOrNull(column);
    if (date === null) throw this.fault(column, 'must be a date written YYYY-MM-DD');
    return date;
  }

  dateOrNull(column: Column): CivilDate | null {
    const text = this.#cells.get(column) ?? '';
    if (text === '') return null;
    if (!isCivilDate(text)) throw this.fault(column, 'must be an existing date written YYYY-MM-DD, or empty');
    return text;
  }

  /** Dollars, also zero and negative, as cents. */
  amount(column: Column): Cents {
    const amount = parseAmount(this.text(column));
    if (amount === null) throw this.fault(column, 'must be an amount with at most two decimals');
    return amount;
  }

  count(column: Column): number {
    const text = this.text(column);
    if (!/^\d{1,9}$/.test(text)) throw this.fault(column, 'must be a whole number');
    return Number(text);
  }

  countOrNull(column: Column): number | null {
    return this.textOrNull(column) === null ? null : this.count(column);
  }

  oneOf<Value extends string>(column: Column, values: readonly Value[]): Value {
    const found = values.find((value) => value === this.#cells.get(column));
    if (found === undefined) throw this.fault(column, `must be one of ${values.join(', ')}`);
    return found;
  }

  fault(column: Column, expected: string): CsvFault {
    return new CsvFault('feed.cell', `row ${this.#number}, column ${column}: ${expected}`, this.offset);
  }
}

/** The rows below the header; columns that we do not ask for are passed over. @throws CsvFault */
export function readFeed<Column extends string>(content: Uint8Array, columns: readonly Column[]): readonly FeedRow<Column>[] {
  const [header, ...rows] = csvRecords(content);
  const places = columns.map((column) => ({ column, at: header?.cells.indexOf(column) ?? -1 }));
  const lacking = places.filter(({ at }) => at < 0).map(({ column }) => column);
  if (lacking.length > 0) throw new CsvFault('feed.header', `row 1: the header lacks ${lacking.join(', ')}`, 0);
  const width = header?.cells.length ?? 0;
  return rows.map(({ number, offset, cells }) => {
    if (cells.length !== width)
      throw new CsvFault('feed.columns', `row ${number}: expected ${width} columns, ${cells.length} came`, offset);
    return new FeedRow<Column>(number, offset, new Map(places.map(({ column, at }) => [column, cells[at] ?? ''])));
  });
}
