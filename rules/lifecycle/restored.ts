import type { Account } from '../domain/account.ts';

/** Parts of an account as they were. */
export type Restored = Partial<Omit<Account, 'id' | 'eventCount' | 'undone'>>;

/** What counts the account's life is never put back. */
export function isRestored(parts: Readonly<Record<string, unknown>>): parts is Restored {
  return !('id' in parts || 'eventCount' in parts || 'undone' in parts);
}
