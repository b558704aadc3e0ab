import { type CivilDate, type Instant, instant, isCivilDate } from '../../rules/domain/civil-date.ts';
import { type Cents, parseAmount } from '../../rules/domain/money.ts';
import { IntakeFault } from '../intake/fault.ts';
import type { CsvRow } from './csv.ts';

/** Strict readers of one cell. A fault names row and column, never the value. */

export function requiredText<Column extends string>(row: CsvRow<Column>, column: Column): string {
  const text = row.cell(column);
  if (text === '') throw fault(row, column, 'must not be empty');
  return text;
}

export function dateCell<Column extends string>(row: CsvRow<Column>, column: Column): CivilDate {
  const text = row.cell(column);
  if (!isCivilDate(text)) throw fault(row, column, 'must be an existing date written YYYY-MM-DD');
  return text;
}

/** Dollars above zero, as cents. */
export function amountCell<Column extends string>(row: CsvRow<Column>, column: Column): Cents {
  const amount = parseAmount(row.cell(column));
  if (amount === null || amount <= 0) throw fault(row, column, 'must be an amount above zero with at most two decimals');
  return amount;
}

export function oneOf<Column extends string, Value extends string>(row: CsvRow<Column>, column: Column, values: readonly Value[]): Value {
  const found = values.find((value) => value === row.cell(column));
  if (found === undefined) throw fault(row, column, `must be one of ${values.join(', ')}`);
  return found;
}

/** A moment with its offset, such as `2026-03-16T15:00:00-05:00`. */
export function instantCell<Column extends string>(row: CsvRow<Column>, column: Column): Instant {
  try {
    return instant(row.cell(column));
  } catch {
    throw fault(row, column, 'must be a moment with its offset, such as 2026-03-16T15:00:00-05:00');
  }
}

export function yesNoCell<Column extends string>(row: CsvRow<Column>, column: Column): boolean {
  return oneOf(row, column, ['yes', 'no']) === 'yes';
}

function fault<Column extends string>(row: CsvRow<Column>, column: Column, expected: string): IntakeFault {
  return new IntakeFault('feed.cell', `row ${row.number}, column ${column}: ${expected}`, row.offset);
}
