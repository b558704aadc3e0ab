import type { CivilDate, Instant } from '../../rules/domain/civil-date.ts';
import type { RemittanceClaim } from '../../rules/domain/remittance.ts';
import type { AwaitedKey, UnmatchedItem } from '../../rules/domain/unmatched.ts';
import type { Database, Transaction } from '../client.ts';
import { civilOf, instantOf, unmatchedItemOf } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { remittanceClaimOf } from './remittances.ts';

/** An open task that waited for one of these keys. */
export interface Waiting {
  readonly taskId: string;
  /** Where what waits lies. */
  readonly fileId: string;
  readonly key: string;
  readonly remittanceClaimId: string | null;
  readonly item: UnmatchedItem;
}

type WaitingRow = Omit<Waiting, 'item'> & { readonly item: Parameters<typeof unmatchedItemOf>[0] };

/** Open tasks that wait for these keys, held for this transaction, in the order in which what waits came. */
export async function takeWaiting(tx: Transaction, kind: AwaitedKey['kind'], keys: readonly string[]): Promise<readonly Waiting[]> {
  if (keys.length === 0) return [];
  const rows = await tx.$queryRaw<WaitingRow[]>`
    SELECT k."taskId", t."fileId", k."key", k."remittanceClaimId", u."item"
    FROM "AwaitedKey" k JOIN "Task" t ON t."id" = k."taskId" JOIN "UnmatchedItem" u ON u."taskId" = k."taskId"
    WHERE k."facilityId" = ${facilityId}::uuid AND k."kind" = ${kind} AND k."key" = ANY(${[...new Set(keys)]}::text[]) AND t."status" = 'open'
    ORDER BY t."id", k."remittanceClaimId" FOR NO KEY UPDATE OF t`;
  return rows.map(({ item, ...row }) => ({ ...row, item: unmatchedItemOf(item) }));
}

/** A remittance claim that is unmatched, with what its remittance says of all of them. */
export interface HeldClaim {
  readonly id: string;
  readonly claim: RemittanceClaim;
  readonly payerId: string;
  readonly paidOn: CivilDate;
  readonly receivedAt: Instant;
  readonly fileId: string;
}

/** Those of them that are unmatched still, in the order in which they came. */
export async function readHeldClaims(db: Database, ids: readonly string[]): Promise<readonly HeldClaim[]> {
  const rows = await db.remittanceClaim.findMany({
    where: { id: { in: [...ids] }, outcome: 'unmatched' },
    include: { remittance: { select: { payerId: true, paidOn: true, fileId: true, file: { select: { receivedAt: true } } } } },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => {
    const { payerId, paidOn, fileId, file } = row.remittance;
    return { id: row.id, claim: remittanceClaimOf(row), payerId, paidOn: civilOf(paidOn), receivedAt: instantOf(file.receivedAt), fileId };
  });
}

/** Keys of the unmatched claims of a remittance that stand on something of ours by now. */
export async function readKeysThatCame(db: Database, remittanceId: string): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ key: string }[]>`
    SELECT DISTINCT c."submissionKey" AS "key" FROM "RemittanceClaim" c
    JOIN "Submission" s ON s."facilityId" = c."facilityId" AND s."submissionKey" = c."submissionKey"
    WHERE c."remittanceId" = ${remittanceId}::uuid AND c."outcome" = 'unmatched'`;
  return rows.map(({ key }) => key);
}

/** Of a file of claims: who sent each of its groups to whom, under which control numbers. */
export async function readEnvelopesOf(db: Database, fileId: string) {
  const select = { senderId: true, receiverId: true, groupControlNumber: true, interchangeControlNumber: true } as const;
  const where = { fileId, kind: 'claims' };
  return db.inboundTransaction.findMany({
    where,
    select,
    distinct: ['senderId', 'receiverId', 'groupControlNumber', 'interchangeControlNumber'],
    orderBy: { offset: 'asc' },
  });
}
