import { createHash } from 'node:crypto';
import type { Attachment, AttachmentKind } from '../../rules/domain/attachment.ts';
import type { Database } from '../client.ts';
import { attachmentOf } from '../convert.ts';
import { uuidv7 } from '../ids.ts';

export interface NewAttachment {
  readonly accountId: string;
  readonly caseId: string | null;
  readonly kind: AttachmentKind;
  readonly name: string;
  readonly mediaType: string;
  readonly pages: number;
  readonly content: Uint8Array;
  readonly by: string;
}

/** The same bytes as the same kind are kept once per account; one that was taken off comes back. */
export async function keepAttachment(db: Database, { by, content, ...added }: NewAttachment): Promise<Attachment> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  const { accountId, kind } = added;
  const row = await db.attachment.upsert({
    where: { accountId_kind_sha256: { accountId, kind, sha256 } },
    create: { id: uuidv7(), ...added, sha256, size: content.byteLength, content: Uint8Array.from(content), addedBy: by },
    update: { removedAt: null, caseId: added.caseId },
    omit: { content: true },
  });
  return attachmentOf(row);
}

/** It goes with nothing that is sent from now on. @returns false when the account has no such attachment. */
export async function removeAttachment(db: Database, accountId: string, id: string): Promise<boolean> {
  const { count } = await db.attachment.updateMany({ where: { id, accountId, removedAt: null }, data: { removedAt: new Date() } });
  return count === 1;
}
