import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Database } from '../client.ts';
import { instantOrNull } from '../convert.ts';
import { facilityId } from '../facility.ts';

export interface OutboundFileEntry {
  readonly id: string;
  readonly folder: string;
  readonly name: string;
  readonly sha256: string;
  /** Null until it was delivered. */
  readonly sentAt: Instant | null;
  readonly receipt: string | null;
  readonly accountId: string;
  readonly commandKey: string;
}

/** The latest first; `before` is the id of the last one of the page before. */
export async function listOutboundFiles(
  db: Database,
  { before, limit }: { readonly before?: string; readonly limit: number },
): Promise<readonly OutboundFileEntry[]> {
  const rows = await db.outboundFile.findMany({
    where: { facilityId, ...(before === undefined ? {} : { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: limit,
    omit: { content: true },
    include: { intent: { select: { accountId: true, key: true } } },
  });
  return rows.map(({ id, folder, name, sha256, sentAt, receipt, intent }) => {
    return { id, folder, name, sha256, sentAt: instantOrNull(sentAt), receipt, accountId: intent.accountId, commandKey: intent.key };
  });
}

/** PHI: what was sent, byte for byte. Null when there is no such file. */
export async function readOutboundContent(db: Database, fileId: string): Promise<string | null> {
  const row = await db.outboundFile.findUnique({ where: { id: fileId }, select: { content: true } });
  return row?.content ?? null;
}
