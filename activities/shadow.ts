import type { DecisionReceipt } from '../rules/domain/decision.ts';
import { messageOf } from '../rules/domain/failures.ts';
import { type Oracle, oracleOf } from '../rules/engine/oracle.ts';
import type { RuleSet } from '../rules/engine/rule.ts';
import type { ShadowBook } from './shadow-book.ts';

/** One decision in this many is decided again by json-rules-engine. */
const oneIn = 100;

/** Checks that wait; more are let go, so that a slow oracle never holds memory. */
const mostWaiting = 20;

export type Shadow = (id: string, receipt: DecisionReceipt) => void;

/**
 * Decides one decision in a hundred again with json-rules-engine, beside the work: it never delays or changes a decision. Which ones follows
 * from the decision's id alone. A difference is an error line of JSON with the ids, never a fact; every check is noted in the book.
 */
export function shadowOf(ruleSet: RuleSet, report: (line: string) => void, { note }: Pick<ShadowBook, 'note'>): Shadow {
  let oracle: Oracle | null = null;
  let waiting = 0;
  const check = async (id: string, { facts, asOf, winner }: DecisionReceipt): Promise<void> => {
    try {
      oracle ??= oracleOf(ruleSet);
      const theirs = await oracle(facts, asOf);
      const ours = winner.ruleId;
      if (theirs === ours) return note({ kind: 'checked' });
      note({ kind: 'differed', decisionId: id, ruleSetHash: ruleSet.hash, ours, theirs });
      report(told('rules.shadow-differs', { decisionId: id, asOf, ruleSet: ruleSet.hash, ours, jsonRulesEngine: theirs }));
    } catch (error) {
      note({ kind: 'failed' });
      report(told('rules.shadow-failed', { decisionId: id, ruleSet: ruleSet.hash, message: messageOf(error) }));
    } finally {
      waiting -= 1;
    }
  };
  return (id, receipt) => {
    if (receipt.ruleSetHash !== ruleSet.hash || !isDue(id)) return;
    if (waiting >= mostWaiting) return note({ kind: 'skipped' });
    waiting += 1;
    setImmediate(() => void check(id, receipt));
  };
}

/** FNV-1a of the id: the same decisions whenever and wherever they are made again. */
export function isDue(id: string): boolean {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i += 1) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0;
  return hash % oneIn === 0;
}

function told(event: string, about: Readonly<Record<string, string>>): string {
  const next = 'keep the decision as it stands; compare it with recourse rules decide and report both lines';
  return JSON.stringify({ level: 'error', event, ...about, next });
}
