import { createHash } from 'node:crypto';
import type { Database } from '../prisma/client.ts';
import { readProvenDecision } from '../prisma/reads/decisions.ts';
import { readFilesOfRuleSet } from '../prisma/reads/rule-versions.ts';
import { decisionText, type Rerun, rerun } from '../rules/engine/rerun.ts';
import { readRules } from './knowledge.ts';

/** A stored receipt, proved or disproved. */
export interface ReceiptCheck {
  readonly decisionId: string;
  readonly accountNumber: string;
  readonly ruleSetHash: string;
  readonly winner: string;
  /** Whether what is stored is what was stored when it was decided. */
  readonly bytes: 'asDecided' | 'changed' | 'hashNotKept';
  /** The decision asked again of the rules it names; null when these are not stored. */
  readonly rerun: Rerun | null;
}

/** Null when there is no such decision. */
export async function checkReceipt(db: Database, decisionId: string): Promise<ReceiptCheck | null> {
  const proven = await readProvenDecision(db, decisionId);
  if (proven === null) return null;
  const { accountNumber, decision, receiptHash } = proven;
  const { ruleSetHash, winner } = decision.receipt;
  const files = await readFilesOfRuleSet(db, ruleSetHash);
  const hash = createHash('sha256').update(decisionText(decision)).digest('hex');
  return {
    decisionId,
    accountNumber,
    ruleSetHash,
    winner: winner.ruleId,
    bytes: receiptHash === null ? 'hashNotKept' : hash === receiptHash ? 'asDecided' : 'changed',
    rerun: files === null ? null : rerun(decision, readRules(files.ruleFiles)),
  };
}
