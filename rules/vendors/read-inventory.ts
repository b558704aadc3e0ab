import type { CivilDate } from '../domain/civil-date.ts';
import type { InventoryRow } from './inventory.ts';
import { type KnownOfFile, vendorOf } from './known-of-file.ts';
import type { ReadFile, ReadRecord } from './read-records.ts';

/** What a vendor says that it holds at the end of a day. */
export interface Inventory {
  readonly vendor: string;
  readonly asOf: CivilDate;
  readonly rows: readonly InventoryRow[];
}

/**
 * A vendor's inventory. Its last record proves count and sum, so that a list that was cut short is never taken for one in which placements are missing; in
 * a layout without one nothing does. The day is the one on which it came where it names none.
 * @throws LayoutFault
 */
export function readInventory(file: ReadFile<'inventory'>, known: KnownOfFile): Inventory {
  const vendor = vendorOf(file, known);
  const asOf = file.last?.date('asOf') ?? file.records[0]?.date('asOf') ?? known.receivedOn;
  const rows = file.records.map((record) => {
    if ((record.date('asOf') ?? asOf) !== asOf) throw record.fault('asOf', 'must be the same day in all records');
    return rowOf(record);
  });
  return { vendor, asOf, rows };
}

function rowOf(record: ReadRecord<'inventory'>): InventoryRow {
  return {
    reference: record.required('placementId'),
    status: record.word('status', ['open', 'held', 'closed']) ?? 'open',
    balanceCents: record.requiredCents('balanceCents'),
    lastWorkedOn: record.date('lastWorkedOn'),
    offset: record.offset,
  };
}
