import type { KnowledgeFiles } from '../../rules/lifecycle/knowledge.ts';
import { invariant } from '../../rules/domain/failures.ts';
import type { Database, Transaction } from '../client.ts';
import { knowledgeFilesOf } from '../convert.ts';
import { facilityId } from '../facility.ts';

export interface LiveRules {
  readonly hash: string;
  /** Of its publication. */
  readonly number: number;
  readonly publicationId: string;
  /** Null for the rules as shipped. */
  readonly draftId: string | null;
}

const rulesLock = 72_002;

/** No publication comes between reading the rules and writing what they decided: whoever publishes waits for this transaction. */
export async function holdRules(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${rulesLock})`;
}

/** One publication at a time, after every turn that the rules before it decide. */
export async function changeRules(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${rulesLock})`;
}

/** The version that decides now; null before the first start of an engine. */
export async function readLiveRules(db: Database): Promise<LiveRules | null> {
  const live = await db.rulePublication.findFirst({
    where: { facilityId },
    orderBy: { number: 'desc' },
    select: { hash: true, number: true, id: true, draftId: true },
  });
  return live === null ? null : { hash: live.hash, number: live.number, publicationId: live.id, draftId: live.draftId };
}

/** The version that decides for an account opened at that moment: a publication that spares running accounts counts only for those opened after it. */
export async function readRulesFor(db: Database, openedAt: Date): Promise<string | null> {
  const found = await db.rulePublication.findFirst({
    where: { facilityId, OR: [{ policy: { not: 'keepOld' } }, { publishedAt: { lte: openedAt } }] },
    orderBy: { number: 'desc' },
    select: { hash: true },
  });
  return found?.hash ?? null;
}

/** The version that was the latest at that moment; null when none was published by then. */
export async function readHashAt(db: Database, at: Date): Promise<string | null> {
  const found = await db.rulePublication.findFirst({
    where: { facilityId, publishedAt: { lte: at } },
    orderBy: { number: 'desc' },
    select: { hash: true },
  });
  return found?.hash ?? null;
}

export async function readRuleFiles(db: Database, hash: string): Promise<KnowledgeFiles> {
  const version = await db.ruleVersion.findUnique({ where: { hash }, select: { files: true } });
  invariant(version !== null, 'a published version of the rules is stored');
  return knowledgeFilesOf(version.files);
}

/** A version with the rule set of that hash, as receipts name it; null when none was ever stored. */
export async function readFilesOfRuleSet(db: Database, ruleSetHash: string): Promise<KnowledgeFiles | null> {
  const version = await db.ruleVersion.findFirst({ where: { ruleSetHash }, orderBy: { createdAt: 'asc' }, select: { files: true } });
  return version === null ? null : knowledgeFilesOf(version.files);
}
