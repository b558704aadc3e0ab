import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Carried, FoundDifference } from '../../rules/vendors/difference.ts';
import type { InventoryRow, InventoryTotals } from '../../rules/vendors/inventory.ts';
import type { Remit } from '../../rules/vendors/read-remit.ts';
import type { Transaction } from '../client.ts';
import { facilityId } from '../facility.ts';
import { uuidv7 } from '../ids.ts';
import { readFilesNaming } from '../reads/vendor-ledger.ts';
import { insertAll } from './bulk.ts';

/** The files of one vendor are taken in one after another. */
export async function lockVendor(tx: Transaction, vendor: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`vendor-ledger:${vendor}`}, 0))`;
}

/** The list that counts from now on; the rows of the ones before it go, their files stay. */
export async function writeInventory(
  tx: Transaction,
  inventory: {
    readonly vendor: string;
    readonly asOf: CivilDate;
    readonly fileId: string;
    readonly receivedOn: CivilDate;
    readonly rows: readonly InventoryRow[];
  },
  totals: InventoryTotals,
): Promise<void> {
  const { rows, ...row } = inventory;
  const { differingBasisPoints: _, ...counts } = totals;
  const id = uuidv7();
  await tx.vendorHolding.deleteMany({ where: { inventory: { facilityId, vendor: row.vendor } } });
  await insertAll(tx, 'VendorInventory', [{ id, ...row, ...counts }]);
  await insertAll(
    tx,
    'VendorHolding',
    rows.map((holding) => ({ inventoryId: id, ...holding })),
  );
}

export async function writeRemit(tx: Transaction, { vendor, total, lines }: Remit, fileId: string): Promise<void> {
  const id = uuidv7();
  await insertAll(tx, 'VendorRemit', [{ id, vendor, fileId, ...total }]);
  await insertAll(
    tx,
    'VendorRemitLine',
    lines.map(({ remitId: _remitId, cents: amountCents, ...line }) => ({ remitRowId: id, amountCents, ...line })),
  );
}

/**
 * Writes what opened, what still stands (an acceptance ends when an amount changed), and what is settled. `fileId`: null for a look by the clock, which
 * names for what opened the file that told of it.
 */
export async function writeDifferences(
  tx: Transaction,
  { vendor, fileId, on }: { readonly vendor: string; readonly fileId: string | null; readonly on: CivilDate },
  { opened, kept, settled }: Carried,
): Promise<void> {
  const told = fileId === null ? await readFilesNaming(tx, vendor, opened) : null;
  const rows = opened.map((one) => ({
    id: uuidv7(),
    vendor,
    ...one,
    standingKey: standingKeyOf(vendor, one),
    firstFoundOn: on,
    lastFoundOn: on,
    fileId: fileId ?? told?.get(one.about),
  }));
  await insertAll(tx, 'VendorDifference', rows);
  const still = kept.filter(({ isChanged }) => !isChanged).map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE "VendorDifference" SET "lastFoundOn" = ${on}::date, "fileId" = coalesce(${fileId}::uuid, "fileId") WHERE "id" = ANY(${still}::uuid[])`;
  const changed = kept.filter(({ isChanged }) => isChanged).map(({ id, found }) => ({ id, ...found }));
  await tx.$executeRaw`
    UPDATE "VendorDifference" d SET "oursCents" = n."oursCents", "theirsCents" = n."theirsCents", "words" = n."words",
      "lastFoundOn" = ${on}::date, "fileId" = coalesce(${fileId}::uuid, d."fileId"), "acceptedBy" = NULL, "acceptedOn" = NULL, "note" = NULL
    FROM jsonb_populate_recordset(NULL::"VendorDifference", ${JSON.stringify(changed)}::jsonb) n WHERE d."id" = n."id"`;
  const gone = settled.map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE "VendorDifference" SET "settledOn" = ${on}::date, "standingKey" = NULL, "fileId" = coalesce(${fileId}::uuid, "fileId")
    WHERE "id" = ANY(${gone}::uuid[])`;
}

function standingKeyOf(vendor: string, { kind, about }: FoundDifference): string {
  return `${vendor}:${kind}:${about}`;
}
