/**
 * What an account waits for, as short text of which a hash is kept with every turn. The same text can be made of the database's columns
 * without unpacking a projection (prisma/reads/agenda.ts), so that a million accounts are compared in seconds.
 */
import type { Account, AccountDeadline } from '../domain/account.ts';

export interface Agenda {
  /** The last turn. */
  readonly seq: number;
  readonly terminal: boolean;
  /** Milliseconds since 1970; null when only a message can move the account. */
  readonly nextActionAtMs: number | null;
  /** SHA-256 of `openDeadlinesText`. */
  readonly deadlinesHash: string;
}

export function agendaText({ seq, terminal, nextActionAtMs, deadlinesHash }: Agenda): string {
  return [seq, terminal ? 't' : 'f', nextActionAtMs ?? '', deadlinesHash].join('|');
}

/** One line per open deadline, by id. */
export function openDeadlinesText({ deadlines }: Pick<Account, 'deadlines'>): string {
  return deadlines
    .filter(({ status }) => status === 'open')
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(deadlineLine)
    .join('\n');
}

/** Everything of a deadline that says when. */
export function deadlineLine({ id, deadline }: Pick<AccountDeadline, 'id' | 'deadline'>): string {
  const { kind, policyId, anchor, anchorOn, nominalOn, legalOn, safeByOn } = deadline;
  return [id, kind, policyId, anchor, anchorOn, nominalOn, legalOn, safeByOn].join('|');
}
