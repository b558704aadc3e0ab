import { DomainError } from '../domain/failures.ts';

/** Why a rule set may not be saved: where, which check, and what to do. */
export interface RuleFault {
  readonly file: string;
  /** JSON pointer into the file. */
  readonly pointer: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  readonly check: CheckId;
  readonly message: string;
}

export type CheckId =
  | 'json'
  | 'shape'
  | 'bounds'
  | 'unknown-fact'
  | 'unknown-operator'
  | 'unknown-action'
  | 'unknown-queue'
  | 'unknown-code'
  | 'wrong-type'
  | 'path-present'
  | 'empty-group'
  | 'in-without-list'
  | 'nested-fact-reference'
  | 'duration'
  | 'wait-without-timer'
  | 'no-point'
  | 'fact-not-known-at-point'
  | 'equal-priorities'
  | 'equal-names'
  | 'priority-band'
  | 'payers-differ'
  | 'fallback'
  | 'no-citation'
  | 'unconfirmed-acts'
  | 'unconfirmed-unexplained'
  | 'no-test'
  | 'effective-range'
  | 'named-condition'
  | 'repeated-key'
  | 'unsafe-key'
  | 'dead-condition'
  | 'unreachable-rule'
  | 'timer-beyond-deadline'
  // Warnings:
  | 'redundant-rule'
  | 'no-negative-test'
  | 'negative-over-unknown'
  | 'dollars-or-cents'
  | 'unmatched-rule'
  | 'only-fallback'
  | 'not-given-yet'
  | 'not-decided';

/** Refused whole, with every fault found. */
export class RuleSetFault extends DomainError {
  readonly faults: readonly RuleFault[];
  constructor(faults: readonly RuleFault[]) {
    const shown = faults.slice(0, 5).map((f) => `${f.file}:${f.line}:${f.column} ${f.pointer} ${f.check}: ${f.message}`);
    super('rules.invalid-set', `${faults.length} fault(s) in the rule set. ${shown.join(' ')}`);
    this.faults = faults;
  }
}

/** Reports a fault at a JSON pointer of the file being read. */
export type Report = (pointer: string, check: CheckId, message: string) => void;

/** The key that a step of a JSON pointer names, without its slash. */
export function unstep(written: string): string {
  return written.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** One step of a JSON pointer (RFC 6901). */
export function step(key: PropertyKey): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
