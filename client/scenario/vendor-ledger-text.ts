import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { invariant } from '../../rules/domain/failures.ts';
import { type Inventory, readInventory } from '../../rules/vendors/read-inventory.ts';
import { readFile } from '../../rules/vendors/read-records.ts';
import { readRemit, type Remit } from '../../rules/vendors/read-remit.ts';
import { shippedContracts } from '../../rules/vendors/shipped-contracts.ts';
import { layoutFor } from '../../rules/vendors/vendor-files.ts';
import { writeRecords } from '../../rules/vendors/write-records.ts';
import { contentHash } from '../content-hash.ts';

/** A vendor's inventory and its remit in the layouts of its contract, written and read again. */

export function inventoryText({ vendor, asOf, rows }: Inventory): string {
  const records = rows.map(({ reference, status, balanceCents, lastWorkedOn }) => {
    return { vendor, asOf, placementId: reference, status, balanceCents, lastWorkedOn };
  });
  return writeRecords(layoutOf('inventory', vendor, asOf), records, contentHash, { vendor, asOf }).text;
}

export function remitText({ vendor, total, lines }: Remit): string {
  const { remitId, remittedOn } = total;
  const about = { vendor, remitId, remittedOn };
  const records = lines.map(({ reference, paymentId, paidOn, paidTo, paidBy, cents, feeCents }) => {
    return { ...about, placementId: reference, paymentId, paidOn, paidTo, paidBy, cents, feeCents };
  });
  return writeRecords(layoutOf('remit', vendor, remittedOn), records, contentHash, { vendor, ...total }).text;
}

export function inventoryIn(text: string, vendor: string, receivedOn: CivilDate): Inventory {
  return readInventory(readFile(text, layoutOf('inventory', vendor, receivedOn), contentHash), { vendors: [vendor], receivedOn });
}

export function remitIn(text: string, vendor: string, receivedOn: CivilDate): Remit {
  return readRemit(readFile(text, layoutOf('remit', vendor, receivedOn), contentHash), { vendors: [vendor], receivedOn });
}

function layoutOf<K extends 'inventory' | 'remit'>(kind: K, vendor: string, on: CivilDate) {
  const layout = layoutFor(shippedContracts, { vendor, on }, kind);
  invariant(layout !== null, `there is a plain layout of files of the kind ${kind}`);
  return layout;
}
