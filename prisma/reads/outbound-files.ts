import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Database } from '../client.ts';
import { instantOrNull } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { Prisma } from '../generated/client.ts';

export interface OutboundFileEntry {
  readonly id: string;
  readonly folder: string;
  readonly name: string;
  readonly sha256: string;
  /** Null until it was delivered. */
  readonly sentAt: Instant | null;
  readonly receipt: string | null;
  /** Null for what stands for no account alone: a TA1 or 999, which answers an inbound file, and what a run sent. */
  readonly accountId: string | null;
  readonly accountNumber: string | null;
  readonly commandKey: string | null;
  readonly answers: { readonly fileId: string; readonly fileName: string } | null;
}

interface Row extends Omit<OutboundFileEntry, 'sentAt' | 'answers'> {
  readonly sentAt: Date | null;
  readonly fileId: string | null;
  readonly fileName: string | null;
}

/** Everything that was sent, the latest first; `before` is the id of the last one of the page before. */
export async function listOutboundFiles(
  db: Database,
  { before, limit }: { readonly before?: string; readonly limit: number },
): Promise<readonly OutboundFileEntry[]> {
  const earlier = before === undefined ? Prisma.empty : Prisma.sql`AND f."id" < ${before}::uuid`;
  const rows = await db.$queryRaw<Row[]>`
    SELECT * FROM (
      (SELECT f."id", f."folder", f."name", f."sha256", f."sentAt", f."receipt", a."id" AS "accountId", a."accountNumber",
        i."key" AS "commandKey", NULL::uuid AS "fileId", NULL AS "fileName"
      FROM "OutboundFile" f LEFT JOIN "Intent" i ON i."id" = f."intentId" LEFT JOIN "Account" a ON a."id" = i."accountId"
      WHERE f."facilityId" = ${facilityId}::uuid ${earlier} ORDER BY f."id" DESC LIMIT ${limit})
      UNION ALL
      (SELECT f."id", f."folder", f."name", f."sha256", f."sentAt", f."receipt", NULL, NULL, NULL, n."id", n."name"
      FROM "AcknowledgementFile" f JOIN "InboundFile" n ON n."id" = f."inboundFileId"
      WHERE f."facilityId" = ${facilityId}::uuid ${earlier} ORDER BY f."id" DESC LIMIT ${limit})
    ) sent ORDER BY "id" DESC LIMIT ${limit}`;
  return rows.map(({ sentAt, fileId, fileName, ...row }) => {
    const answers = fileId === null || fileName === null ? null : { fileId, fileName };
    return { ...row, sentAt: instantOrNull(sentAt), answers };
  });
}

/** PHI: what was sent, byte for byte. Null when there is no such file. */
export async function readOutboundContent(db: Database, fileId: string): Promise<OutboundBytes | null> {
  return db.outboundFile.findUnique({ where: { id: fileId }, select: { name: true, mediaType: true, sha256: true, content: true } });
}

export interface OutboundBytes {
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly content: Uint8Array;
}

export interface SentFileEntry {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly command: string;
  /** Of the intent: issued | sent | refused | unknown */
  readonly status: string;
  readonly receipt: string | null;
  /** What whoever carried it said later. */
  readonly confirmation: string | null;
}

export async function listOutboundOf(db: Database, accountId: string): Promise<readonly SentFileEntry[]> {
  const rows = await db.outboundFile.findMany({
    where: { intent: { accountId } },
    orderBy: { id: 'asc' },
    omit: { content: true },
    include: { intent: { select: { key: true, status: true, receipt: true, confirmation: true } } },
  });
  return rows.flatMap(({ id, name, mediaType, sha256, intent }) => {
    if (intent === null) return [];
    return {
      id,
      name,
      mediaType,
      sha256,
      command: intent.key,
      status: intent.status,
      receipt: intent.receipt,
      confirmation: intent.confirmation,
    };
  });
}

export interface SentParcel {
  readonly intentId: string;
  readonly accountId: string;
  readonly commandKey: string;
}

/** By the name under which whoever carries it calls it. */
export async function readParcels(db: Database, parcels: readonly string[]): Promise<ReadonlyMap<string, SentParcel>> {
  const where = { facilityId, parcel: { in: [...parcels] } };
  const rows = await db.intent.findMany({ where, select: { id: true, accountId: true, key: true, parcel: true } });
  return new Map(rows.map(({ id: intentId, accountId, key: commandKey, parcel }) => [parcel ?? '', { intentId, accountId, commandKey }]));
}
