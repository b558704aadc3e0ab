import type { Database } from '../client.ts';

export interface KeptAcknowledgement {
  readonly id: string;
  readonly folder: string;
  readonly name: string;
  readonly content: string;
  readonly isSent: boolean;
}

/** What answers that inbound file, in the order of its groups. */
export async function readAcknowledgements(db: Database, inboundFileId: string): Promise<readonly KeptAcknowledgement[]> {
  const select = { id: true, folder: true, name: true, content: true, sentAt: true };
  const rows = await db.acknowledgementFile.findMany({ where: { inboundFileId }, orderBy: { position: 'asc' }, select });
  return rows.map(({ sentAt, ...row }) => ({ ...row, isSent: sentAt !== null }));
}
