import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';
import { type FileFault, fileFaultOf, instantOf } from '../convert.ts';

export interface InboundFileEntry {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly receivedAt: Instant;
  /** registered | stored | refused | duplicate */
  readonly status: string;
  readonly summary: string;
  readonly fault: FileFault | null;
}

const columns = { id: true, name: true, sha256: true, receivedAt: true, status: true, summary: true, fault: true } as const;

/** The latest first. */
export async function listInboundFiles(
  db: Database,
  { status, limit }: { readonly status?: string; readonly limit: number },
): Promise<readonly InboundFileEntry[]> {
  const where = { facilityId, ...(status === undefined ? {} : { status }) };
  const rows = await db.inboundFile.findMany({ where, orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }], take: limit, select: columns });
  return rows.map(({ receivedAt, fault, ...row }) => {
    return { ...row, receivedAt: instantOf(receivedAt), fault: fileFaultOf(fault) };
  });
}
