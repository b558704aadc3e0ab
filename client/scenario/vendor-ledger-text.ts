import { csvLine } from '../../rules/domain/csv.ts';
import { amountText, sum } from '../../rules/domain/money.ts';
import { type Inventory, inventoryColumns } from '../../rules/vendors/read-inventory.ts';
import { type Remit, remitColumns } from '../../rules/vendors/read-remit.ts';

/** A vendor's inventory in our own columns. */
export function inventoryText({ vendor, asOf, rows }: Inventory): string {
  const total = ['total', String(rows.length), '', amountText(sum(rows.map(({ balanceCents }) => balanceCents))), ''];
  const placements = rows.map((row) => ['placement', row.reference, row.status, amountText(row.balanceCents), row.lastWorkedOn ?? '']);
  return tableOf(
    inventoryColumns,
    [...placements, total].map((cells) => [vendor, asOf, ...cells]),
  );
}

/** A vendor's remit in our own columns. */
export function remitText({ vendor, total, lines }: Remit): string {
  const payments = lines.map((line) => [
    'payment',
    line.reference,
    line.paymentId,
    line.paidOn,
    line.paidTo,
    line.paidBy,
    amountText(line.cents),
    amountText(line.feeCents),
    '',
  ]);
  const last = ['total', '', '', '', '', '', amountText(total.grossCents), amountText(total.feeCents), amountText(total.netCents)];
  return tableOf(
    remitColumns,
    [...payments, last].map((cells) => [vendor, total.remitId, total.remittedOn, ...cells]),
  );
}

function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, ...rows].map((cells) => `${csvLine(cells)}\r\n`).join('');
}
