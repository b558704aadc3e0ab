import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';
import { type FileFault, fileFaultOf, fileFaultsOf, instantOf, instantOrNull, type Unanswered, unansweredOf } from '../convert.ts';
import type { Prisma } from '../generated/client.ts';

export interface InboundFileEntry {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly receivedAt: Instant;
  /** Bytes. */
  readonly size: number;
  /** registered | stored | partlyStored | refused | duplicate */
  readonly status: string;
  readonly summary: string;
  /** The first of `faults`, which are in the order of the file. */
  readonly fault: FileFault | null;
  readonly faults: readonly FileFault[];
  /** While it is being read. */
  readonly progress: ReadingProgress | null;
  /** The TA1 and 999 that answer it, and what could not be answered and why. */
  readonly answers: readonly { readonly name: string; readonly sentAt: Instant | null }[];
  readonly unanswered: readonly Unanswered[];
}

export interface ReadingProgress {
  readonly bytes: number;
  readonly percent: number;
  readonly claims: number;
  /** Since its reading began, interruptions included. */
  readonly claimsPerSecond: number;
}

/** The file without its bytes. */
const columns = {
  id: true,
  name: true,
  sha256: true,
  size: true,
  receivedAt: true,
  status: true,
  summary: true,
  fault: true,
  faults: true,
  bytesDone: true,
  claimsDone: true,
  startedAt: true,
  unanswered: true,
  acknowledgements: { select: { name: true, sentAt: true }, orderBy: { position: 'asc' } },
} as const;

/** The latest first. */
export async function listInboundFiles(
  db: Database,
  { status, limit }: { readonly status?: string; readonly limit: number },
): Promise<readonly InboundFileEntry[]> {
  const where = { facilityId, ...(status === undefined ? {} : { status }) };
  const rows = await db.inboundFile.findMany({ where, orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }], take: limit, select: columns });
  return rows.map(toEntry);
}

/** One file; null when there is none. */
export async function readInboundFile(db: Database, fileId: string): Promise<InboundFileEntry | null> {
  const row = await db.inboundFile.findUnique({ where: { id: fileId }, select: columns });
  return row === null ? null : toEntry(row);
}

type Row = Prisma.InboundFileGetPayload<{ select: typeof columns }>;

function toEntry({
  bytesDone,
  claimsDone,
  startedAt,
  receivedAt,
  fault,
  faults,
  unanswered,
  acknowledgements,
  ...row
}: Row): InboundFileEntry {
  const isReading = row.status === 'registered' && startedAt !== null;
  const seconds = startedAt === null ? 0 : (Date.now() - startedAt.getTime()) / 1000;
  const progress = {
    bytes: bytesDone,
    // All bytes read is not the end: accounts are still being told.
    percent: Math.min(99, Math.floor((100 * bytesDone) / Math.max(1, row.size))),
    claims: claimsDone,
    claimsPerSecond: Math.round(claimsDone / Math.max(1, seconds)),
  };
  const said = { fault: fileFaultOf(fault), faults: fileFaultsOf(faults), progress: isReading ? progress : null };
  const answers = acknowledgements.map(({ name, sentAt }) => ({ name, sentAt: instantOrNull(sentAt) }));
  return { ...row, receivedAt: instantOf(receivedAt), ...said, answers, unanswered: unansweredOf(unanswered) };
}
