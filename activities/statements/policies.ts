import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStatementPolicies, type StatementPolicy } from '../../rules/statements/read-statement-policies.ts';

let shipped: readonly StatementPolicy[] | null = null;

/** Those that ship with the house. */
export function shippedStatementPolicies(): readonly StatementPolicy[] {
  shipped ??= readStatementPolicies(
    readFileSync(join(import.meta.dirname, '..', '..', 'rules', 'reference', 'statement-policies.json'), 'utf8'),
  );
  return shipped;
}
