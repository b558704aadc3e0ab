import type { RuleDraft } from '../../rules/administration/draft.ts';
import type { Instant } from '../../rules/domain/civil-date.ts';
import type { KnowledgeFiles } from '../../rules/lifecycle/knowledge.ts';
import type { Database } from '../client.ts';
import { auditDetailsOf, civilOrNull, draftOf, instantOf, knowledgeFilesOf } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { type AuditEntry, auditHash } from '../writes/rule-audit.ts';

export interface StoredDraft extends RuleDraft {
  readonly id: string;
  readonly title: string;
  readonly createdAt: Instant;
}

/** The newest first. */
export async function listDrafts(db: Database, onlyOpen: boolean): Promise<readonly StoredDraft[]> {
  const where = { facilityId, ...(onlyOpen ? { status: { in: ['draft', 'submitted', 'approved'] } } : {}) };
  const rows = await db.ruleDraft.findMany({ where, orderBy: { id: 'desc' }, omit: { files: true } });
  return rows.map((row) => ({ ...draftOf(row), id: row.id, title: row.title, createdAt: instantOf(row.createdAt) }));
}

export async function readDraft(db: Database, id: string): Promise<StoredDraft | null> {
  const row = await db.ruleDraft.findUnique({ where: { id }, omit: { files: true } });
  return row === null ? null : { ...draftOf(row), id, title: row.title, createdAt: instantOf(row.createdAt) };
}

export async function readDraftFiles(db: Database, id: string): Promise<KnowledgeFiles | null> {
  const row = await db.ruleDraft.findUnique({ where: { id }, select: { files: true } });
  return row === null ? null : knowledgeFilesOf(row.files);
}

export interface StoredAudit extends AuditEntry {
  readonly number: number;
  /** False when this entry, or one before it, is not as it was written. */
  readonly isSound: boolean;
}

/** The whole chain, oldest first, each link proved. */
export async function readAudit(db: Database): Promise<readonly StoredAudit[]> {
  const rows = await db.ruleAudit.findMany({ where: { facilityId }, orderBy: { number: 'asc' } });
  let previous = '';
  let isSound = true;
  return rows.map((row, index) => {
    const { number, by, deed, draftId, previousSha256, sha256 } = row;
    const entry = { number, at: instantOf(row.at), by, deed, draftId, details: auditDetailsOf(row.details) };
    isSound = isSound && number === index + 1 && previousSha256 === previous && sha256 === auditHash(entry, previous);
    previous = sha256;
    return { ...entry, isSound };
  });
}

/** What a draft was made of; null when there is none. */
export async function readFirstHash(db: Database, draftId: string): Promise<string | null> {
  const created = await db.ruleAudit.findFirst({ where: { draftId, deed: 'created' }, select: { details: true } });
  return created === null ? null : String(auditDetailsOf(created.details).contentHash);
}

/** Emergencies that nobody looked at yet. */
export async function readUnreviewed(db: Database): Promise<readonly { readonly id: string; readonly reviewDueOn: string }[]> {
  const rows = await db.ruleDraft.findMany({
    where: { facilityId, status: 'published', reviewedBy: null, NOT: { reviewDueOn: null } },
    select: { id: true, reviewDueOn: true },
  });
  return rows.flatMap(({ id, reviewDueOn }) => {
    const on = civilOrNull(reviewDueOn);
    return on === null ? [] : [{ id, reviewDueOn: on }];
  });
}
