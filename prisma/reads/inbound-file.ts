import type { Instant, Zone } from '../../rules/domain/civil-date.ts';
import type { Database } from '../client.ts';
import { type Counts, countsOf, type FileFault, fileFaultOf, fileFaultsOf, instantOf } from '../convert.ts';

/** Under which name a file was registered first, and what was wrong with it. */
export async function readInboundOutcome(
  db: Database,
  fileId: string,
): Promise<{ readonly name: string; readonly fault: FileFault | null }> {
  const { name, fault } = await db.inboundFile.findUniqueOrThrow({ where: { id: fileId }, select: { name: true, fault: true } });
  return { name, fault: fileFaultOf(fault) };
}

export interface FileToRead {
  readonly status: string;
  readonly summary: string;
  /** Bytes. */
  readonly size: number;
  readonly receivedAt: Instant;
  readonly zone: Zone;
  /** Where a reader that was interrupted goes on; see `ReadingMark`. */
  readonly settledTo: number;
  readonly counts: Counts;
  readonly faults: readonly FileFault[];
  readonly claimsDone: number;
}

/** The registered file with the zone of its facility. Null when there is none. */
export async function readFileToRead(db: Database, fileId: string): Promise<FileToRead | null> {
  const row = await db.inboundFile.findUnique({ where: { id: fileId } });
  if (row === null) return null;
  const { zone } = await db.facility.findUniqueOrThrow({ where: { id: row.facilityId }, select: { zone: true } });
  const { status, summary, size, receivedAt, settledTo, counts, faults, claimsDone } = row;
  const mark = { settledTo, counts: countsOf(counts), faults: fileFaultsOf(faults), claimsDone };
  return { status, summary, size, receivedAt: instantOf(receivedAt), zone, ...mark };
}

/** How many transactions of a file were new. */
export async function countTransactions(db: Database, fileId: string): Promise<number> {
  return db.inboundTransaction.count({ where: { fileId } });
}
