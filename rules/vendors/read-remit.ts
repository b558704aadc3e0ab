import { CsvFault } from '../domain/csv.ts';
import type { RemitLine, RemitTotal } from './cash.ts';
import { type FeedRow, readFeed, type VendorWords } from './feed-table.ts';

export const remitColumns = [
  'vendor',
  'remit_id',
  'remitted_on',
  'record',
  'placement_id',
  'payment_id',
  'paid_on',
  'paid_to',
  'paid_by',
  'amount',
  'fee',
  'net',
] as const;
type Column = (typeof remitColumns)[number];

/** What a vendor transfers and how it comes to it. */
export interface Remit {
  readonly vendor: string;
  readonly total: RemitTotal;
  readonly lines: readonly RemitLine[];
}

/**
 * Reads a vendor's remit: a row `payment` for each (negative for what is taken back), then one row `total`: in `amount` what the vendor collected, in
 * `fee` all fees, in `net` what it transfers. A total that does not add up is a difference, not a fault; one that is not there is. @throws CsvFault
 */
export function readRemit(content: Uint8Array, words?: VendorWords): Remit {
  const rows = readFeed(content, remitColumns, words);
  const last = rows.at(-1);
  if (last === undefined || last.oneOf('record', ['payment', 'total']) !== 'total')
    throw new CsvFault('vendor.no-total', 'the last row must be the total: the file was cut short', last?.offset ?? 0);
  const vendor = last.text('vendor');
  const total = {
    remitId: last.text('remit_id'),
    remittedOn: last.date('remitted_on'),
    grossCents: last.amount('amount'),
    feeCents: last.amount('fee'),
    netCents: last.amount('net'),
  };
  const lines = rows.slice(0, -1).map((row) => {
    if (row.oneOf('record', ['payment']) !== 'payment' || row.text('vendor') !== vendor || row.text('remit_id') !== total.remitId)
      throw row.fault('remit_id', 'must name the same vendor and the same remit as the total');
    return lineOf(row, total.remitId);
  });
  return { vendor, total, lines };
}

function lineOf(row: FeedRow<Column>, remitId: string): RemitLine {
  return {
    remitId,
    reference: row.text('placement_id'),
    paymentId: row.text('payment_id'),
    paidOn: row.date('paid_on'),
    paidTo: row.oneOf('paid_to', ['vendor', 'client']),
    paidBy: row.oneOf('paid_by', ['patient', 'payer']),
    cents: row.amount('amount'),
    feeCents: row.amount('fee'),
    offset: row.offset,
  };
}
