import type { PaidFor, PaymentRow } from '../../rules/domain/payment.ts';
import { IntakeFault } from '../intake/fault.ts';
import { amountCell, dateCell, oneOf, requiredText } from './cells.ts';
import { type CsvRow, readCsv } from './csv.ts';

export const paymentColumns = [
  'event',
  'payment_id',
  'account_number',
  'guarantor_id',
  'plan_id',
  'amount',
  'on',
  'via',
  'of',
  'reason',
] as const;
type Row = CsvRow<(typeof paymentColumns)[number]>;

/**
 * Payments of patients, for one account, a plan or everything of a guarantor (`of:10023` names the guarantor of that account); what the bank took back
 * (`returned`, `of` the payment) and what belongs elsewhere (`moved`). `via` is `vendor` when the patient paid a vendor; any other word is us.
 */
export function readPayments(content: Uint8Array): readonly PaymentRow[] {
  return readCsv(content, paymentColumns).map((row): PaymentRow => {
    const about = { on: dateCell(row, 'on'), cents: amountCell(row, 'amount'), offset: row.offset };
    const id = requiredText(row, 'payment_id');
    switch (oneOf(row, 'event', ['payment', 'returned', 'moved'])) {
      case 'payment':
        return {
          ...about,
          event: 'payment',
          paymentId: id,
          to: purpose(row),
          via: requiredText(row, 'via') === 'vendor' ? 'vendor' : 'direct',
        };
      case 'returned':
        return { ...about, event: 'returned', reversalId: id, of: requiredText(row, 'of'), reason: row.cell('reason') };
      case 'moved':
        return { ...about, event: 'moved', reversalId: id, of: requiredText(row, 'of'), reason: row.cell('reason'), to: purpose(row) };
    }
  });
}

function purpose(row: Row): PaidFor {
  const [accountNumber, guarantorId, planId] = [row.cell('account_number'), row.cell('guarantor_id'), row.cell('plan_id')];
  if ([accountNumber, guarantorId, planId].filter((text) => text !== '').length !== 1)
    throw new IntakeFault(
      'feed.cell',
      `row ${row.number}: one of account_number, guarantor_id and plan_id must be given, and only one`,
      row.offset,
    );
  if (planId !== '') return { kind: 'plan', planId };
  if (accountNumber !== '') return { kind: 'account', accountNumber };
  if (guarantorId.startsWith('of:')) return { kind: 'guarantorOf', accountNumber: guarantorId.slice(3) };
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(guarantorId)) return { kind: 'guarantor', guarantorId };
  throw new IntakeFault(
    'feed.cell',
    `row ${row.number}, column guarantor_id: must be the id of a guarantor, or of: and an account number`,
    row.offset,
  );
}
