import type { Attachment } from '../../rules/domain/attachment.ts';
import type { Database } from '../client.ts';
import { attachmentOf } from '../convert.ts';

/** What goes with letters about that case, or about none: its own and those of the whole account. All when no case is named. In the order in which they were added. */
export async function listAttachments(db: Database, accountId: string, caseId?: string | null): Promise<readonly Attachment[]> {
  const about = caseId === undefined ? {} : { OR: [{ caseId }, { caseId: null }] };
  const where = { accountId, removedAt: null, ...about };
  const rows = await db.attachment.findMany({ where, orderBy: { id: 'asc' }, omit: { content: true } });
  return rows.map(attachmentOf);
}

/** PHI. By id, in the order of the ids given. */
export async function readAttachmentContents(db: Database, ids: readonly string[]): Promise<readonly Uint8Array[]> {
  const rows = await db.attachment.findMany({ where: { id: { in: [...ids] } }, select: { id: true, content: true } });
  return ids.map((id) => rows.find((row) => row.id === id)?.content ?? new Uint8Array());
}
