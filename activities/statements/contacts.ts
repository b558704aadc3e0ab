import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Way } from '../../rules/statements/way.ts';
import type { Transaction } from '../../prisma/client.ts';

export interface PatientContact {
  readonly guarantorId: string;
  readonly channel: Way;
  readonly purpose: 'statement';
  /** On whose behalf: we ourselves. */
  readonly by: 'us';
  readonly at: Instant;
}

/** The contact ledger, as statements use it. */
export interface PatientContacts {
  /** Which contact rule refuses it, in words; null where it may be. */
  readonly refuse: (tx: Transaction, contact: PatientContact) => Promise<string | null>;
  /** Again with the same key changes nothing. */
  readonly record: (tx: Transaction, contact: PatientContact & { readonly key: string }) => Promise<void>;
}

/** Where no contact ledger is kept nobody's consent is known: statements go by mail. */
export const withoutLedger: PatientContacts = {
  refuse: (_tx, { channel }) => Promise.resolve(channel === 'mail' ? null : 'no consent to be reached this way is known'),
  record: () => Promise.resolve(),
};
