import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Database } from '../client.ts';
import { instantOf, instantOrNull } from '../convert.ts';
import { facilityId } from '../facility.ts';

export interface StoredPublication {
  readonly id: string;
  readonly number: number;
  readonly hash: string;
  readonly titles: readonly string[];
  readonly draftId: string | null;
  readonly policy: string;
  readonly publishedBy: string;
  readonly approvedBy: string | null;
  readonly why: string;
  readonly publishedAt: Instant;
  /** Accounts told so far, and how far that is. */
  readonly told: number;
  readonly sweep: number;
  readonly cursor: string | null;
  readonly settledAt: Instant | null;
}

/** The newest first: the first is live. */
export async function listPublications(db: Database, limit = 100): Promise<readonly StoredPublication[]> {
  const rows = await db.rulePublication.findMany({ where: { facilityId }, orderBy: { number: 'desc' }, take: limit, include });
  return rows.map(publicationOf);
}

export async function readPublication(db: Database, id: string): Promise<StoredPublication | null> {
  const row = await db.rulePublication.findUnique({ where: { id }, include });
  return row === null ? null : publicationOf(row);
}

/** Those of which not every account concerned was told. */
export async function readUnsettled(db: Database): Promise<readonly StoredPublication[]> {
  const rows = await db.rulePublication.findMany({ where: { facilityId, settledAt: null }, orderBy: { number: 'asc' }, include });
  return rows.map(publicationOf);
}

/** The publication that the draft became; null until then. */
export async function readDraftPublication(db: Database, draftId: string): Promise<string | null> {
  return (await db.rulePublication.findUnique({ where: { draftId }, select: { id: true } }))?.id ?? null;
}

/** The version of the publication with that number. */
export async function readHashOf(db: Database, number: number): Promise<string | null> {
  const where = { facilityId_number: { facilityId, number } };
  return (await db.rulePublication.findUnique({ where, select: { hash: true } }))?.hash ?? null;
}

const include = { version: { select: { titles: true } } } as const;

type PublicationRow = Omit<StoredPublication, 'titles' | 'publishedAt' | 'settledAt'> & {
  readonly publishedAt: Date;
  readonly settledAt: Date | null;
  readonly version: { readonly titles: readonly string[] };
};

function publicationOf(row: PublicationRow): StoredPublication {
  const { id, number, hash, draftId, policy, publishedBy, approvedBy, why, told, sweep, cursor } = row;
  const moments = { publishedAt: instantOf(row.publishedAt), settledAt: instantOrNull(row.settledAt) };
  return { id, number, hash, titles: row.version.titles, draftId, policy, publishedBy, approvedBy, why, told, sweep, cursor, ...moments };
}
