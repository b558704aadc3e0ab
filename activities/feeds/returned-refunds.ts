import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Cents } from '../../rules/domain/money.ts';
import { amountCell, dateCell, oneOf, requiredText } from './cells.ts';
import { readCsv } from './csv.ts';

export const returnedRefundColumns = ['account_number', 'amount', 'says', 'on', 'reference'] as const;

/** A refund that the bank says nobody cashed, or that came back; `reference` is the number of its cheque. */
export interface ReturnedRefundRow {
  readonly accountNumber: string;
  readonly cents: Cents;
  readonly says: 'uncashed' | 'returned';
  readonly on: CivilDate;
  readonly reference: string;
  readonly offset: number;
}

export function readReturnedRefunds(content: Uint8Array): readonly ReturnedRefundRow[] {
  return readCsv(content, returnedRefundColumns).map((row) => ({
    accountNumber: requiredText(row, 'account_number'),
    cents: amountCell(row, 'amount'),
    says: oneOf(row, 'says', ['uncashed', 'returned']),
    on: dateCell(row, 'on'),
    reference: requiredText(row, 'reference'),
    offset: row.offset,
  }));
}
