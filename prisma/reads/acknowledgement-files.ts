import type { Database } from '../client.ts';

export interface KeptAcknowledgement {
  readonly id: string;
  readonly folder: string;
  readonly name: string;
  readonly content: string;
  readonly isSent: boolean;
}

/** True when what answers that file was settled before, even when that was nothing. */
export async function wasAnswered(db: Database, fileId: string): Promise<boolean> {
  const { unanswered } = await db.inboundFile.findUniqueOrThrow({ where: { id: fileId }, select: { unanswered: true } });
  return unanswered !== null;
}

/** What answers that inbound file, in the order of its groups. */
export async function readAcknowledgements(db: Database, inboundFileId: string): Promise<readonly KeptAcknowledgement[]> {
  const select = { id: true, folder: true, name: true, content: true, sentAt: true };
  const rows = await db.acknowledgementFile.findMany({ where: { inboundFileId }, orderBy: { position: 'asc' }, select });
  return rows.map(({ sentAt, ...row }) => ({ ...row, isSent: sentAt !== null }));
}
