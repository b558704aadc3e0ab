import { createHash } from 'node:crypto';
import type { PrismaClient, Transaction } from '../client.ts';
import { inputJson, type Unanswered } from '../convert.ts';
import { uuidv7 } from '../ids.ts';
import type { OutboundContent } from './intents.ts';

/** Holds the inbound file for this transaction, so that it is answered once. */
export async function holdInboundFile(tx: Transaction, fileId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "InboundFile" WHERE "id" = ${fileId}::uuid FOR NO KEY UPDATE`;
}

/** The next of the one sequence that everything we send as X12 is numbered from. */
export async function takeControlNumber(tx: Transaction): Promise<bigint> {
  const [row] = await tx.$queryRaw<readonly { readonly number: bigint }[]>`SELECT next_control_number() AS number`;
  if (row === undefined) throw new Error('PostgreSQL gave no control number');
  return row.number;
}

/** Keeps what is about to be delivered, so that a retry delivers the same bytes. */
export async function keepAcknowledgement(
  tx: Transaction,
  file: OutboundContent & { readonly inboundFileId: string; readonly position: number; readonly controlNumber: bigint },
): Promise<void> {
  const sha256 = createHash('sha256').update(file.content).digest('hex');
  await tx.acknowledgementFile.create({ data: { id: uuidv7(), ...file, sha256 } });
}

/** What could not be answered; once, even when that is nothing. */
export async function keepUnanswered(tx: Transaction, fileId: string, unanswered: readonly Unanswered[]): Promise<void> {
  await tx.inboundFile.update({ where: { id: fileId }, data: { unanswered: inputJson(unanswered) }, select: { id: true } });
}

export async function settleAcknowledgement(prisma: PrismaClient, id: string, receipt: string, sentAt: Date): Promise<void> {
  await prisma.acknowledgementFile.updateMany({ where: { id, sentAt: null }, data: { receipt, sentAt } });
}
