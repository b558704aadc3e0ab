import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { SentPlacement } from '../../rules/vendors/acknowledge-file.ts';
import type { Database } from '../client.ts';
import { centsOf, civilOf, civilOrNull } from '../convert.ts';
import { facilityId } from '../facility.ts';

/** Whoever pays the patient's part. PHI. */
export interface WhoPays {
  readonly lastName: string;
  readonly firstName: string;
  readonly bornOn: CivilDate | null;
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: string;
  readonly mailReturnedOn: CivilDate | null;
}

export async function readWhoPays(db: Database, id: string): Promise<WhoPays | null> {
  const row = await db.guarantor.findUnique({ where: { id } });
  if (row === null) return null;
  const { lastName, firstName, line1, line2, city, state, postalCode, phone, email, language } = row;
  const dates = { bornOn: civilOrNull(row.bornOn), mailReturnedOn: civilOrNull(row.mailReturnedOn) };
  return { lastName, firstName, line1, line2, city, state, postalCode, phone, email, language, ...dates };
}

export interface PlacementFile {
  readonly id: string;
  readonly vendor: string;
  readonly name: string;
  /** sent | agreed | disputed */
  readonly status: string;
  /** What the vendor said of it last is of that day; null while it said nothing. */
  readonly saidOn: CivilDate | null;
  readonly taskId: string | null;
  readonly placements: readonly (SentPlacement & { readonly accountId: string; readonly placementId: string })[];
}

const members = {
  placements: { select: { accountId: true, placementId: true, reference: true, balanceCents: true }, orderBy: { reference: 'asc' } },
} as const;

/** The file of that name, else the one in which a placement of that reference went; null when neither is known. */
export async function findPlacementFile(
  db: Database,
  { name, reference }: { readonly name: string; readonly reference: string },
): Promise<PlacementFile | null> {
  const id = name === '' ? ((await db.placement.findFirst({ where: { facilityId, reference } }))?.vendorFileId ?? null) : null;
  if (name === '' && id === null) return null;
  const where = id === null ? { facilityId, name } : { id };
  const row = await db.vendorFile.findFirst({ where, include: members });
  if (row === null) return null;
  const placements = row.placements.map(({ balanceCents, ...one }) => ({ ...one, balanceCents: Number(centsOf(balanceCents)) }));
  return {
    id: row.id,
    vendor: row.vendor,
    name: row.name,
    status: row.status,
    saidOn: civilOrNull(row.saidOn),
    taskId: row.taskId,
    placements,
  };
}

export interface PlacementFileEntry {
  readonly vendor: string;
  readonly name: string;
  readonly sentOn: CivilDate;
  readonly count: number;
  readonly totalCents: number;
  readonly status: string;
  readonly saidOn: CivilDate | null;
  readonly saidCount: number | null;
  readonly saidTotalCents: number | null;
  readonly rejected: number | null;
}

/** The latest first; of one vendor or of all. */
export async function listPlacementFiles(db: Database, vendor: string | null, limit: number): Promise<PlacementFileEntry[]> {
  const where = { facilityId, ...(vendor === null ? {} : { vendor }) };
  const rows = await db.vendorFile.findMany({ where, orderBy: { runNumber: 'desc' }, take: limit });
  return rows.map(({ vendor: to, name, sentOn, count, totalCents, status, saidOn, saidCount, saidTotalCents, rejected }) => ({
    vendor: to,
    name,
    sentOn: civilOf(sentOn),
    count,
    totalCents: Number(centsOf(totalCents)),
    status,
    saidOn: civilOrNull(saidOn),
    saidCount,
    saidTotalCents: saidTotalCents === null ? null : Number(centsOf(saidTotalCents)),
    rejected,
  }));
}
