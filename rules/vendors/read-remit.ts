import { CsvFault } from '../domain/csv.ts';
import { amountText, minus, parseAmount, sum, zeroCents } from '../domain/money.ts';
import type { RemitLine, RemitTotal } from './cash.ts';
import { type FeedRow, readFeed } from './feed-table.ts';
import { type LaidOut, type LaidOutRow, readLaidOut, type Trailer } from './laid-out.ts';

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
 * `fee` all fees, in `net` what it transfers. A total that does not add up is a difference, not a fault; one that is not there is.
 * @param own how the vendor lays it out, where the contract says that it is otherwise
 * @throws CsvFault
 */
export function readRemit(content: Uint8Array, own: LaidOut | null = null): Remit {
  const rows = own === null ? readFeed(content, remitColumns) : readLaidOut(content, own, totalOf);
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

/** In a vendor's own layout the total of the trailer is what it transfers; without a trailer it is what the rows come to. */
function totalOf(rows: readonly LaidOutRow[], trailer: Trailer | null): LaidOutRow {
  const amounts = (column: Column, among: readonly LaidOutRow[]) =>
    sum(among.map((row) => parseAmount(row.get(column) ?? '') ?? zeroCents));
  const gross = amounts(
    'amount',
    rows.filter((row) => row.get('paid_to') === 'vendor'),
  );
  const fee = amounts('fee', rows);
  return new Map([
    ['record', 'total'],
    ['remit_id', rows[0]?.get('remit_id') ?? ''],
    ['remitted_on', rows[0]?.get('remitted_on') ?? ''],
    ['amount', amountText(gross)],
    ['fee', amountText(fee)],
    ['net', trailer?.total ?? amountText(minus(gross, fee))],
  ]);
}
