import type { VendorStatement } from '../../rules/domain/unmatched.ts';
import { amountCell, dateCell, oneOf, requiredText } from './cells.ts';
import { readCsv } from './csv.ts';

export const vendorEventColumns = ['placement_id', 'event', 'on', 'reason', 'amount', 'payment_id'] as const;

export function readVendorEvents(content: Uint8Array): readonly VendorStatement[] {
  return readCsv(content, vendorEventColumns).map((row) => {
    const about = { reference: requiredText(row, 'placement_id'), on: dateCell(row, 'on'), offset: row.offset };
    const event = oneOf(row, 'event', ['ack-accepted', 'ack-rejected', 'payment', 'returned']);
    if (event !== 'payment') return { ...about, event, reason: row.cell('reason') };
    return { ...about, event, cents: amountCell(row, 'amount'), paymentId: requiredText(row, 'payment_id') };
  });
}
