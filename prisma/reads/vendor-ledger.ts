import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { RemitLine, RemitTotal } from '../../rules/vendors/cash.ts';
import type { DifferenceKind, StandingDifference } from '../../rules/vendors/difference.ts';
import type { InventoryRow, InventoryTotals } from '../../rules/vendors/inventory.ts';
import type { Database } from '../client.ts';
import { centsOf, civilOf, civilOrNull, dateOf } from '../convert.ts';
import { differenceKindOf, holdingStatusOf, remitPartyOf } from '../convert-vendors.ts';
import { facilityId } from '../facility.ts';

/** The inventory that counts: of the latest day, the one that came last. */
export interface StoredInventory extends InventoryTotals {
  readonly id: string;
  readonly asOf: CivilDate;
  readonly receivedOn: CivilDate;
}

export async function readLatestInventory(db: Database, vendor: string): Promise<StoredInventory | null> {
  const row = await db.vendorInventory.findFirst({ where: { facilityId, vendor }, orderBy: [{ asOf: 'desc' }, { id: 'desc' }] });
  if (row === null) return null;
  const { id, ours, theirs, matched, inFlight, differing } = row;
  const all = matched + inFlight + differing;
  return {
    id,
    asOf: civilOf(row.asOf),
    receivedOn: civilOf(row.receivedOn),
    ours,
    theirs,
    matched,
    inFlight,
    differing,
    differingCents: centsOf(row.differingCents),
    differingBasisPoints: all === 0 ? 0 : Math.round((10_000 * differing) / all),
  };
}

export async function readHoldings(db: Database, inventoryId: string): Promise<readonly InventoryRow[]> {
  const rows = await db.vendorHolding.findMany({ where: { inventoryId }, orderBy: { offset: 'asc' } });
  return rows.map(({ reference, status, balanceCents, lastWorkedOn, offset }) => {
    return {
      reference,
      status: holdingStatusOf(status),
      balanceCents: centsOf(balanceCents),
      lastWorkedOn: civilOrNull(lastWorkedOn),
      offset,
    };
  });
}

export async function readRemitTotals(db: Database, vendor: string): Promise<readonly RemitTotal[]> {
  const rows = await db.vendorRemit.findMany({ where: { facilityId, vendor }, orderBy: [{ remittedOn: 'asc' }, { id: 'asc' }] });
  return rows.map(({ remitId, remittedOn, grossCents, feeCents, netCents }) => ({
    remitId,
    remittedOn: civilOf(remittedOn),
    grossCents: centsOf(grossCents),
    feeCents: centsOf(feeCents),
    netCents: centsOf(netCents),
  }));
}

/** Every line of every remit of the vendor, in the order in which it remitted; of one remit, in its own. */
export async function readRemitLines(db: Database, vendor: string): Promise<readonly RemitLine[]> {
  const rows = await db.vendorRemitLine.findMany({
    where: { remit: { facilityId, vendor } },
    include: { remit: { select: { remitId: true, remittedOn: true } } },
    orderBy: [{ remit: { remittedOn: 'asc' } }, { remitRowId: 'asc' }, { offset: 'asc' }],
  });
  return rows.map(({ remit, reference, paymentId, offset, ...row }) => ({
    remitId: remit.remitId,
    reference,
    paymentId,
    offset,
    paidOn: civilOf(row.paidOn),
    ...remitPartyOf(row),
    cents: centsOf(row.amountCents),
    feeCents: centsOf(row.feeCents),
  }));
}

/** A difference with where it was found. */
export interface FiledDifference extends StandingDifference {
  readonly vendor: string;
  readonly fileId: string;
  readonly fileName: string;
}

export interface DifferencesQuestion {
  readonly vendor?: string;
  readonly kinds?: readonly DifferenceKind[];
  /** First found on that day or before. */
  readonly until?: CivilDate;
  readonly limit?: number;
}

/** Those that stand, the oldest first. */
export async function readDifferences(
  db: Database,
  { vendor, kinds, until, limit }: DifferencesQuestion,
): Promise<readonly FiledDifference[]> {
  const rows = await db.vendorDifference.findMany({
    where: {
      facilityId,
      settledOn: null,
      ...(vendor === undefined ? {} : { vendor }),
      ...(kinds === undefined ? {} : { kind: { in: [...kinds] } }),
      ...(until === undefined ? {} : { firstFoundOn: { lte: dateOf(until) } }),
    },
    orderBy: [{ firstFoundOn: 'asc' }, { vendor: 'asc' }, { kind: 'asc' }, { about: 'asc' }],
    ...(limit === undefined ? {} : { take: limit }),
  });
  const files = await db.inboundFile.findMany({
    where: { id: { in: [...new Set(rows.map(({ fileId }) => fileId))] } },
    select: { id: true, name: true },
  });
  const names = new Map(files.map(({ id, name }) => [id, name]));
  return rows.map(({ acceptedBy, acceptedOn, note, ...row }) => ({
    id: row.id,
    vendor: row.vendor,
    kind: differenceKindOf(row.kind),
    about: row.about,
    reference: row.reference,
    oursCents: centsOf(row.oursCents),
    theirsCents: centsOf(row.theirsCents),
    words: row.words,
    firstFoundOn: civilOf(row.firstFoundOn),
    lastFoundOn: civilOf(row.lastFoundOn),
    accepted: acceptedBy === null || acceptedOn === null ? null : { by: acceptedBy, on: civilOf(acceptedOn), note: note ?? '' },
    fileId: row.fileId,
    fileName: names.get(row.fileId) ?? '',
  }));
}

/** A task that asks about the differences of one kind with one vendor. */
export interface DifferenceTask {
  readonly id: string;
  readonly vendor: string;
  readonly of: DifferenceKind;
}

export const differenceTaskKind = 'settleVendorDifferences';

/** What begins the number of such a task within the intake: `vendor:VENDOR1:fee:<file>`. */
export function differenceTaskKey(vendor: string): string {
  return `vendor:${vendor}:`;
}

/** The open ones; of one vendor, or of all. */
export async function readDifferenceTasks(db: Database, vendor?: string): Promise<readonly DifferenceTask[]> {
  const startsWith = vendor === undefined ? 'vendor:' : differenceTaskKey(vendor);
  const open = await db.task.findMany({
    where: { facilityId, accountId: null, kind: differenceTaskKind, status: 'open', localId: { startsWith } },
    select: { id: true, localId: true },
  });
  return open.map(({ id, localId }) => {
    const [, of, kind] = localId.split(':');
    return { id, vendor: of ?? '', of: differenceKindOf(kind ?? '') };
  });
}

/** Complaints that were placed as holds on accounts while the vendor had them. */
export async function countComplaints(db: Database, vendor: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(DISTINCT e."id") AS "count" FROM "AccountEvent" e JOIN "Placement" p ON p."accountId" = e."accountId"
    WHERE p."facilityId" = ${facilityId}::uuid AND p."vendor" = ${vendor} AND p."placedOn" IS NOT NULL
      AND e."kind" = 'holdPlaced' AND e."body"->>'hold' = 'complaint'
      AND e."occurredAt"::date >= p."placedOn" AND (p."returnedOn" IS NULL OR e."occurredAt"::date <= p."returnedOn")`;
  return Number(row?.count ?? 0);
}

/** A vendor as the list of vendors shows it. */
export interface VendorCounts {
  readonly vendor: string;
  readonly offered: number;
  readonly placed: number;
  readonly recalling: number;
  readonly returned: number;
  readonly refused: number;
}

/** Vendors that were ever offered a balance. */
export async function countPlacements(db: Database): Promise<readonly VendorCounts[]> {
  const rows = await db.placement.groupBy({ by: ['vendor', 'status'], where: { facilityId }, _count: true, orderBy: { vendor: 'asc' } });
  const vendors = [...new Set(rows.map(({ vendor }) => vendor))];
  return vendors.map((vendor) => {
    const of = (status: string) => rows.find((row) => row.vendor === vendor && row.status === status)?._count ?? 0;
    return {
      vendor,
      offered: of('offered'),
      placed: of('placed'),
      recalling: of('recallSent'),
      returned: of('returned'),
      refused: of('refused'),
    };
  });
}

/** The last file of each vendor by day, and what stands with it. */
export async function readVendorDays(db: Database): Promise<readonly VendorDays[]> {
  const inventories = await db.vendorInventory.groupBy({ by: ['vendor'], where: { facilityId }, _max: { asOf: true } });
  const remits = await db.vendorRemit.groupBy({ by: ['vendor'], where: { facilityId }, _max: { remittedOn: true } });
  const vendors = [...new Set([...inventories, ...remits].map(({ vendor }) => vendor))];
  return vendors.map((vendor) => ({
    vendor,
    inventoryOn: civilOrNull(inventories.find((row) => row.vendor === vendor)?._max.asOf ?? null),
    remittedOn: civilOrNull(remits.find((row) => row.vendor === vendor)?._max.remittedOn ?? null),
  }));
}

export interface VendorDays {
  readonly vendor: string;
  readonly inventoryOn: CivilDate | null;
  readonly remittedOn: CivilDate | null;
}

/** When the first balance that a vendor still has was placed there; vendors without one are not named. */
export async function readHeldSince(db: Database): Promise<ReadonlyMap<string, CivilDate>> {
  const rows = await db.placement.groupBy({ by: ['vendor'], where: { facilityId, status: 'placed' }, _min: { placedOn: true } });
  return new Map(rows.flatMap(({ vendor, _min }) => (_min.placedOn === null ? [] : [[vendor, civilOf(_min.placedOn)] as const])));
}

/** Every vendor to which anything was ever offered, by name. */
export async function readVendorsEver(db: Database): Promise<readonly string[]> {
  const rows = await db.placement.groupBy({ by: ['vendor'], where: { facilityId }, orderBy: { vendor: 'asc' } });
  return rows.map(({ vendor }) => vendor);
}

/** The file that told of each payment or remit that differs, by its number: that of the payment, else of the remit in which it stands, or is. */
export async function readFilesNaming(
  db: Database,
  vendor: string,
  differences: readonly { readonly about: string }[],
): Promise<ReadonlyMap<string, string>> {
  const about = differences.map((one) => one.about);
  const rows = await db.$queryRaw<{ about: string; fileId: string }[]>`
    SELECT a."about", coalesce(
      (SELECT "fileId" FROM "PatientPayment" WHERE "facilityId" = ${facilityId}::uuid AND "paymentId" = a."about"),
      (SELECT r."fileId" FROM "VendorRemit" r JOIN "VendorRemitLine" l ON l."remitRowId" = r."id"
        WHERE r."facilityId" = ${facilityId}::uuid AND r."vendor" = ${vendor} AND l."paymentId" = a."about" ORDER BY r."remittedOn" DESC LIMIT 1),
      (SELECT "fileId" FROM "VendorRemit" WHERE "facilityId" = ${facilityId}::uuid AND "vendor" = ${vendor} AND "remitId" = a."about"))::text AS "fileId"
    FROM unnest(${about}::text[]) a("about")`;
  return new Map(rows.map((row) => [row.about, row.fileId]));
}
