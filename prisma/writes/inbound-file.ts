import { createHash } from 'node:crypto';
import { DomainError } from '../../rules/domain/failures.ts';
import type { PrismaClient, Transaction } from '../client.ts';
import { type Counts, countsJson, type FileFault, inputJson } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { uuidv7 } from '../ids.ts';

/** The bytes of a file: whole when it is small, else as they come. */
export type FileBytes = Uint8Array | AsyncIterable<Uint8Array>;

export interface RegisteredInboundFile {
  readonly fileId: string;
  readonly sha256: string;
  /** False when the same content was registered before, under this name or another. */
  readonly isNew: boolean;
}

const chunkBytes = 1_048_576;
/** A place in a file is an int of PostgreSQL. */
const largestFileBytes = 2_147_483_647;
/** A gigabyte takes half a minute; a slow disk may take longer. */
const patienceMs = 3_600_000;

/**
 * Stores the bytes once: the same content, under any name, is the file that is known. They are hashed on their way and never stand in
 * memory as a whole; whoever is interrupted leaves nothing.
 * @throws DomainError `file.too-large` at 2 GB
 */
export async function registerInboundFile(
  prisma: PrismaClient,
  file: { readonly name: string; readonly content: FileBytes; readonly receivedAt: Date },
): Promise<RegisteredInboundFile> {
  if (file.content instanceof Uint8Array) {
    const sha256 = createHash('sha256').update(file.content).digest('hex');
    const known = await findByContent(prisma, sha256);
    if (known !== null) return { fileId: known, sha256, isNew: false };
  }
  const fileId = uuidv7();
  const hash = createHash('sha256');
  let sha256 = '';
  const store = async (tx: Transaction): Promise<RegisteredInboundFile> => {
    // Its hash is known at its end; until then nobody sees the row.
    const row = { id: fileId, sha256: fileId, name: file.name, size: 0, receivedAt: file.receivedAt, status: 'registered' };
    await tx.inboundFile.create({ data: row, select: { id: true } });
    const size = await writeChunks(tx, fileId, hashed(file.content, hash));
    sha256 = hash.digest('hex');
    const known = await findByContent(tx, sha256);
    if (known === null) {
      await tx.inboundFile.update({ where: { id: fileId }, data: { sha256, size }, select: { id: true } });
      return { fileId, sha256, isNew: true };
    }
    await tx.inboundFileChunk.deleteMany({ where: { fileId } });
    await tx.inboundFile.delete({ where: { id: fileId }, select: { id: true } });
    return { fileId: known, sha256, isNew: false };
  };
  try {
    return await prisma.$transaction(store, { maxWait: 10_000, timeout: patienceMs });
  } catch (error) {
    // The same content came in twice at once, and the other was faster.
    const known = sha256 === '' ? null : await findByContent(prisma, sha256);
    if (known === null) throw error;
    return { fileId: known, sha256, isNew: false };
  }
}

async function findByContent(db: PrismaClient | Transaction, sha256: string): Promise<string | null> {
  return (await db.inboundFile.findFirst({ where: { facilityId, sha256 }, select: { id: true } }))?.id ?? null;
}

async function* hashed(content: FileBytes, hash: ReturnType<typeof createHash>): AsyncGenerator<Uint8Array> {
  const parts = content instanceof Uint8Array ? [content] : content;
  for await (const part of parts) {
    hash.update(part);
    yield part;
  }
}

/** @returns how many bytes were written */
async function writeChunks(tx: Transaction, fileId: string, parts: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  let index = 0;
  let chunk = new Uint8Array(chunkBytes);
  let filled = 0;
  const write = async (): Promise<void> => {
    const bytes = chunk.subarray(0, filled);
    if (filled > 0)
      await tx.$executeRaw`INSERT INTO "InboundFileChunk" ("fileId", "index", "bytes") VALUES (${fileId}::uuid, ${index}, ${bytes})`;
    index += 1;
    filled = 0;
  };
  for await (const part of parts) {
    size += part.length;
    if (size > largestFileBytes)
      throw new DomainError('file.too-large', 'a file may have at most 2,147,483,647 bytes: ask for it in parts');
    for (let at = 0; at < part.length; ) {
      const taken = part.subarray(at, at + chunkBytes - filled);
      chunk.set(taken, filled);
      filled += taken.length;
      at += taken.length;
      if (filled === chunkBytes) await write();
    }
  }
  await write();
  return size;
}

/** What reading a file has come to so far; kept with every batch, so that a reader that was interrupted goes on. */
export interface ReadingMark {
  /** Every transaction before this byte is done with. */
  readonly settledTo: number;
  readonly counts: Counts;
  readonly faults: readonly FileFault[];
}

/**
 * Locks the row for the rest of the transaction.
 * @throws when another reader of the same file was faster; this one has to begin again.
 */
export async function lockInboundFile(tx: Transaction, fileId: string, { settledTo }: ReadingMark): Promise<void> {
  const [row] = await tx.$queryRaw<{ readonly status: string; readonly settledTo: number }[]>`
    SELECT "status", "settledTo" FROM "InboundFile" WHERE "id" = ${fileId}::uuid FOR NO KEY UPDATE`;
  if (row?.status !== 'registered' || row.settledTo !== settledTo)
    throw new Error(`file ${fileId} is read by another reader, which is ahead: begin again`);
}

/** Moves the mark of a file on, in the transaction of what was done up to it; the row is locked by the caller. */
export async function moveMark(tx: Transaction, fileId: string, { settledTo, counts, faults }: ReadingMark): Promise<void> {
  const data = { settledTo, counts: countsJson(counts), faults: inputJson(faults) };
  await tx.inboundFile.update({ where: { id: fileId }, data, select: { id: true } });
}

/** A reader begins, or goes on. */
export async function beginReading(prisma: PrismaClient, fileId: string): Promise<void> {
  await prisma.inboundFile.updateMany({ where: { id: fileId, startedAt: null }, data: { startedAt: new Date() } });
}

/** How far the reader is, for whoever watches. */
export async function noteProgress(
  tx: Transaction,
  fileId: string,
  progress: { readonly bytesDone: number; readonly claimsDone: number },
): Promise<void> {
  await tx.inboundFile.updateMany({ where: { id: fileId, status: 'registered' }, data: progress });
}

export interface FileSettlement {
  readonly status: 'stored' | 'partlyStored' | 'duplicate' | 'refused';
  readonly summary: string;
  /** The first that was found; null when there was none. */
  readonly fault: FileFault | null;
}

/** Only once: a file that was settled stays as it is. */
export async function settleInboundFile(
  db: Transaction | PrismaClient,
  fileId: string,
  { status, summary, fault }: FileSettlement,
): Promise<void> {
  await db.$executeRaw`
    UPDATE "InboundFile" SET "status" = ${status}, "summary" = ${summary}, "fault" = ${fault === null ? null : JSON.stringify(fault)}::jsonb,
      "bytesDone" = "size", "readAt" = now()
    WHERE "id" = ${fileId}::uuid AND "status" = 'registered'`;
}
