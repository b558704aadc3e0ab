import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Cents } from '../../rules/domain/money.ts';
import { amountCell, dateCell, oneOf, requiredText } from './cells.ts';
import { readCsv } from './csv.ts';

export const vendorEventColumns = ['placement_id', 'event', 'on', 'reason', 'amount', 'payment_id'] as const;

/** What a vendor says about a placement; `reference` is our number for it. */
export type VendorEventRow = { readonly reference: string; readonly on: CivilDate; readonly offset: number } & (
  | { readonly event: 'ack-accepted' | 'ack-rejected' | 'returned'; readonly reason: string }
  | { readonly event: 'payment'; readonly cents: Cents; readonly paymentId: string }
);

export function readVendorEvents(content: Uint8Array): readonly VendorEventRow[] {
  return readCsv(content, vendorEventColumns).map((row) => {
    const about = { reference: requiredText(row, 'placement_id'), on: dateCell(row, 'on'), offset: row.offset };
    const event = oneOf(row, 'event', ['ack-accepted', 'ack-rejected', 'payment', 'returned']);
    if (event !== 'payment') return { ...about, event, reason: row.cell('reason') };
    return { ...about, event, cents: amountCell(row, 'amount'), paymentId: requiredText(row, 'payment_id') };
  });
}
