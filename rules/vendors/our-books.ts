import { csvLine } from '../domain/csv.ts';
import { amountText } from '../domain/money.ts';
import type { OurPayment } from './cash.ts';
import { type FeedRow, readFeed } from './feed-table.ts';
import type { OurPlacement } from './inventory.ts';
import type { OurSide } from './our-side.ts';

const columns = [
  'record',
  'placement_id',
  'account_number',
  'tier',
  'status',
  'placed',
  'balance',
  'balance_before',
  'offered_on',
  'placed_on',
  'recalled_on',
  'returned_on',
  'age_days',
  'payment_id',
  'paid_on',
  'paid_to',
  'amount',
  'bounced',
  'refunded',
] as const;
type Column = (typeof columns)[number];
type Cells = Partial<Record<Column, string | null>>;

/** Our side of a vendor's ledger as a table that a spreadsheet opens and `readOurBooks` reads. Numbers only, nobody's name. */
export function ourBooksText({ placements, payments }: OurSide): string {
  const rows = [...placements.map(placementCells), ...payments.map(paymentCells)];
  const lines = rows.map((cells) => csvLine(columns.map((column) => cells[column] ?? '')));
  return [columns.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

function placementCells(placement: OurPlacement): Cells {
  return {
    record: 'placement',
    placement_id: placement.reference,
    account_number: placement.accountNumber,
    tier: placement.tier,
    status: placement.status,
    placed: amountText(placement.placedCents),
    balance: amountText(placement.balanceCents),
    balance_before: amountText(placement.balanceBeforeCents),
    offered_on: placement.offeredOn,
    placed_on: placement.placedOn,
    recalled_on: placement.recalledOn,
    returned_on: placement.returnedOn,
    age_days: placement.ageDays === null ? '' : String(placement.ageDays),
  };
}

function paymentCells(payment: OurPayment): Cells {
  return {
    record: 'payment',
    placement_id: payment.reference,
    payment_id: payment.paymentId,
    paid_on: payment.paidOn,
    paid_to: payment.via === 'vendor' ? 'vendor' : 'client',
    amount: amountText(payment.cents),
    bounced: amountText(payment.bouncedCents),
    refunded: amountText(payment.refundedCents),
  };
}

/** Reads what `ourBooksText` writes. @throws CsvFault naming row and column */
export function readOurBooks(content: Uint8Array): OurSide {
  const rows = readFeed(content, columns).map((row) => ({ row, record: row.oneOf('record', ['placement', 'payment']) }));
  return {
    placements: rows.filter(({ record }) => record === 'placement').map(({ row }) => placementOf(row)),
    payments: rows.filter(({ record }) => record === 'payment').map(({ row }) => paymentOf(row)),
  };
}

function placementOf(row: FeedRow<Column>): OurPlacement {
  return {
    reference: row.text('placement_id'),
    accountNumber: row.text('account_number'),
    tier: row.text('tier'),
    status: row.oneOf('status', ['offered', 'placed', 'refused', 'recallSent', 'returned']),
    placedCents: row.amount('placed'),
    balanceCents: row.amount('balance'),
    balanceBeforeCents: row.amount('balance_before'),
    offeredOn: row.date('offered_on'),
    placedOn: row.dateOrNull('placed_on'),
    recalledOn: row.dateOrNull('recalled_on'),
    returnedOn: row.dateOrNull('returned_on'),
    ageDays: row.countOrNull('age_days'),
  };
}

function paymentOf(row: FeedRow<Column>): OurPayment {
  return {
    paymentId: row.text('payment_id'),
    reference: row.textOrNull('placement_id'),
    paidOn: row.date('paid_on'),
    cents: row.amount('amount'),
    via: row.oneOf('paid_to', ['vendor', 'client']) === 'vendor' ? 'vendor' : 'direct',
    bouncedCents: row.amount('bounced'),
    refundedCents: row.amount('refunded'),
  };
}
