import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Cents } from '../../rules/domain/money.ts';
import { amountCell, dateCell, requiredText } from './cells.ts';
import { readCsv } from './csv.ts';

export const patientPaymentColumns = ['payment_id', 'account_number', 'amount', 'paid_on', 'via'] as const;

/** One payment of a patient, as the bank, the portal or the vendor lists it. */
export interface PatientPaymentRow {
  readonly paymentId: string;
  readonly accountNumber: string;
  readonly cents: Cents;
  readonly paidOn: CivilDate;
  readonly via: 'direct' | 'vendor';
  /** Through which placement a vendor got it, where it says. */
  readonly placementId?: string;
  readonly offset: number;
}

/** `via` is `vendor` when the patient paid a vendor; any other word (portal, lockbox, card, …) is a payment to us. */
export function readPatientPayments(content: Uint8Array): readonly PatientPaymentRow[] {
  return readCsv(content, patientPaymentColumns).map((row) => ({
    paymentId: requiredText(row, 'payment_id'),
    accountNumber: requiredText(row, 'account_number'),
    cents: amountCell(row, 'amount'),
    paidOn: dateCell(row, 'paid_on'),
    via: requiredText(row, 'via') === 'vendor' ? 'vendor' : 'direct',
    offset: row.offset,
  }));
}
