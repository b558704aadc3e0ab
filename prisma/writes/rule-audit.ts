import { createHash } from 'node:crypto';
import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Transaction } from '../client.ts';
import { inputJson } from '../convert.ts';
import { facilityId } from '../facility.ts';

export interface AuditEntry {
  readonly at: Instant;
  readonly by: string;
  readonly deed: string;
  readonly draftId: string | null;
  /** What was done: hashes, numbers, reasons. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

/** One after another, so that each entry can carry the hash of the one before it. */
const auditLock = 72_001;

/** Appends an entry to the chain. @returns its number */
export async function appendAudit(tx: Transaction, entry: AuditEntry): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${auditLock})`;
  const last = await tx.ruleAudit.findFirst({ where: { facilityId }, orderBy: { number: 'desc' }, select: { number: true, sha256: true } });
  const { at, by, deed, draftId, details } = entry;
  const number = (last?.number ?? 0) + 1;
  const previousSha256 = last?.sha256 ?? '';
  const sha256 = auditHash({ ...entry, number }, previousSha256);
  await tx.ruleAudit.create({
    data: { number, at: new Date(at), by, deed, draftId, details: inputJson(details), previousSha256, sha256 },
  });
  return number;
}

/** What an entry's hash is made of; the order of the details does not count. */
export function auditHash(entry: AuditEntry & { readonly number: number }, previousSha256: string): string {
  const { number, at, by, deed, draftId } = entry;
  const details = Object.entries(entry.details).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([previousSha256, number, at, by, deed, draftId, details]))
    .digest('hex');
}
