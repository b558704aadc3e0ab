import { createHash } from 'node:crypto';
import type { PrismaClient, Transaction } from '../client.ts';
import { facilityId } from '../facility.ts';
import { type FileFault, inputJson } from '../convert.ts';
import { uuidv7 } from '../ids.ts';

/** Stores the bytes once: the same content, under any name, is the file that is known. */
export async function registerInboundFile(
  prisma: PrismaClient,
  file: { readonly name: string; readonly content: Uint8Array; readonly receivedAt: Date },
): Promise<{ readonly fileId: string; readonly isNew: boolean }> {
  const sha256 = createHash('sha256').update(file.content).digest('hex');
  const known = await prisma.inboundFile.findFirst({ where: { facilityId, sha256 }, select: { id: true } });
  if (known !== null) return { fileId: known.id, isNew: false };
  const id = uuidv7();
  const row = { id, sha256, name: file.name, content: new Uint8Array(file.content), receivedAt: file.receivedAt, status: 'registered' };
  const { count } = await prisma.inboundFile.createMany({ data: [row], skipDuplicates: true });
  if (count === 1) return { fileId: id, isNew: true };
  const other = await prisma.inboundFile.findFirstOrThrow({ where: { facilityId, sha256 }, select: { id: true } });
  return { fileId: other.id, isNew: false };
}

/** Two readers of one file come one after another. */
export async function lockInboundFile(tx: Transaction, fileId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "InboundFile" WHERE "id" = ${fileId}::uuid FOR NO KEY UPDATE`;
}

export async function settleInboundFile(
  tx: Transaction,
  fileId: string,
  outcome: { readonly status: 'stored' | 'duplicate'; readonly summary: string },
): Promise<void> {
  await tx.inboundFile.update({ where: { id: fileId }, data: { ...outcome, readAt: new Date() } });
}

export async function refuseInboundFile(prisma: PrismaClient, fileId: string, fault: FileFault): Promise<void> {
  await prisma.inboundFile.updateMany({
    where: { id: fileId, status: 'registered' },
    data: { status: 'refused', fault: inputJson(fault), summary: fault.message, readAt: new Date() },
  });
}
