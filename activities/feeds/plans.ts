import { planEvents, type PlanRow } from '../../rules/domain/payment.ts';
import { IntakeFault } from '../intake/fault.ts';
import { amountCell, dateCell, oneOf, requiredText } from './cells.ts';
import { readCsv } from './csv.ts';

export const planColumns = ['plan_id', 'event', 'on', 'accounts', 'instalment', 'months', 'first_due_on', 'by'] as const;

/** Plans offered to patients, agreed with them, declined and ended. `accounts` are account numbers with spaces between; none for a known plan. */
export function readPlans(content: Uint8Array): readonly PlanRow[] {
  return readCsv(content, planColumns).map((row) => ({
    planId: requiredText(row, 'plan_id'),
    event: oneOf(row, 'event', planEvents),
    on: dateCell(row, 'on'),
    accounts: row
      .cell('accounts')
      .split(/\s+/)
      .filter((number) => number !== ''),
    instalmentCents: row.cell('instalment') === '' ? null : amountCell(row, 'instalment'),
    months: row.cell('months') === '' ? null : monthsOf(row.cell('months'), row),
    firstDueOn: row.cell('first_due_on') === '' ? null : dateCell(row, 'first_due_on'),
    by: requiredText(row, 'by'),
    offset: row.offset,
  }));
}

function monthsOf(text: string, { number, offset }: { readonly number: number; readonly offset: number }): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new IntakeFault('feed.cell', `row ${number}, column months: must be a whole number from 1 to 999`, offset);
}
