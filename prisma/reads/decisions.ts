import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Decision, DecisionReceipt, RuleAnswer } from '../../rules/domain/decision.ts';
import type { Database } from '../client.ts';
import { answerOf, instantOf, receiptOf } from '../convert.ts';

export interface StoredDecision {
  readonly id: string;
  readonly seq: number;
  readonly questionKey: string;
  readonly point: string;
  readonly decidedAt: Instant;
  readonly answer: RuleAnswer;
  /** Why the lifecycle did not let it happen; null when it did. */
  readonly refusal: string | null;
  readonly receipt: DecisionReceipt;
}

/** What the rules decided on an account, the latest first. */
export async function readDecisions(db: Database, accountId: string, limit = 20): Promise<readonly StoredDecision[]> {
  const rows = await db.decision.findMany({ where: { accountId }, orderBy: { number: 'desc' }, take: limit });
  return rows.map(({ id, seq, questionKey, point, decidedAt, answer, refusal, receipt }) => {
    return { id, seq, questionKey, point, decidedAt: instantOf(decidedAt), answer: answerOf(answer), refusal, receipt: receiptOf(receipt) };
  });
}

/** For `explain`: null when nothing was decided yet. */
export async function readLastDecision(db: Database, accountId: string): Promise<StoredDecision | null> {
  return (await readDecisions(db, accountId, 1))[0] ?? null;
}

/** A decision with what proves it. */
export interface ProvenDecision {
  readonly id: string;
  readonly accountNumber: string;
  readonly decision: Decision;
  /** Taken when it was decided; null on decisions made before it was kept. */
  readonly receiptHash: string | null;
}

/** Null when there is no such decision. */
export async function readProvenDecision(db: Database, id: string): Promise<ProvenDecision | null> {
  const row = await db.decision.findUnique({ where: { id }, include: { account: { select: { accountNumber: true } } } });
  if (row === null) return null;
  const { answer, receipt, receiptHash, account } = row;
  return { id, accountNumber: account.accountNumber, decision: { answer: answerOf(answer), receipt: receiptOf(receipt) }, receiptHash };
}
