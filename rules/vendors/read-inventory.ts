import type { CivilDate } from '../domain/civil-date.ts';
import { CsvFault } from '../domain/csv.ts';
import { amountText, parseAmount, sum, zeroCents } from '../domain/money.ts';
import { type FeedRow, readFeed } from './feed-table.ts';
import { type LaidOut, type LaidOutRow, readLaidOut, type Trailer } from './laid-out.ts';
import type { InventoryRow } from './inventory.ts';

export const inventoryColumns = ['vendor', 'as_of', 'record', 'placement_id', 'status', 'balance', 'last_worked_on'] as const;
type Column = (typeof inventoryColumns)[number];

/** What a vendor says that it holds at the end of a day. */
export interface Inventory {
  readonly vendor: string;
  readonly asOf: CivilDate;
  readonly rows: readonly InventoryRow[];
}

/**
 * Reads a vendor's inventory: a row `placement` for each, then one row `total` with their count in `placement_id` and the sum of their balances, so that
 * a list that was cut short is never taken for one in which placements are missing.
 * @param own how the vendor lays it out, where the contract says that it is otherwise
 * @throws CsvFault
 */
export function readInventory(content: Uint8Array, own: LaidOut | null = null): Inventory {
  const rows = own === null ? readFeed(content, inventoryColumns) : readLaidOut(content, own, totalOf);
  const total = rows.at(-1);
  if (total === undefined || total.oneOf('record', ['placement', 'total']) !== 'total')
    throw new CsvFault('vendor.no-total', 'the last row must be the total: the file was cut short', total?.offset ?? 0);
  const vendor = total.text('vendor');
  const asOf = total.date('as_of');
  const read = rows.slice(0, -1).map((row) => {
    if (row.oneOf('record', ['placement']) !== 'placement' || row.text('vendor') !== vendor || row.date('as_of') !== asOf)
      throw row.fault('vendor', 'must name the same vendor and the same day as the total');
    return rowOf(row);
  });
  if (total.count('placement_id') !== read.length)
    throw total.fault('placement_id', `says another count than the ${read.length} rows above`);
  if (total.amount('balance') !== sum(read.map(({ balanceCents }) => balanceCents)))
    throw total.fault('balance', 'is not the sum of the balances above');
  return { vendor, asOf, rows: read };
}

function rowOf(row: FeedRow<Column>): InventoryRow {
  return {
    reference: row.text('placement_id'),
    status: row.oneOf('status', ['open', 'held', 'closed']),
    balanceCents: row.amount('balance'),
    lastWorkedOn: row.dateOrNull('last_worked_on'),
    offset: row.offset,
  };
}

/** In a vendor's own layout the trailer has the count and the sum; without a trailer nothing proves that the list is whole. */
function totalOf(rows: readonly LaidOutRow[], trailer: Trailer | null): LaidOutRow {
  const balance = amountText(sum(rows.map((row) => parseAmount(row.get('balance') ?? '') ?? zeroCents)));
  return new Map([
    ['record', 'total'],
    ['placement_id', trailer?.count ?? String(rows.length)],
    ['balance', trailer?.total ?? balance],
  ]);
}
