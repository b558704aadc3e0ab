import type { Instant, Zone } from '../domain/civil-date.ts';
import type { Contact, ContactStanding, ProposedContact } from '../domain/contact.ts';
import type { ContactPolicy } from './policy.ts';

/** One proposed contact before one rule. */
export interface Case {
  readonly standing: ContactStanding;
  readonly proposed: ProposedContact;
  readonly policy: ContactPolicy;
  /** Where the person may be; a day or an hour counts in each. */
  readonly zones: readonly Zone[];
}

/** Why a rule refuses. */
export interface Objection {
  readonly because: string;
  /** The first moment at which this rule would not object any more, if nothing else happens; null when waiting does not help. */
  readonly until: Instant | null;
}

/** The accounts that a rule about debts looks at; a contact about everything is about each that was ever spoken of. */
export function debtsOf({ accountIds }: ProposedContact, contacts: readonly Contact[]): readonly string[] {
  if (accountIds.length > 0) return accountIds;
  const spoken = [...new Set(contacts.flatMap((contact) => contact.accountIds))];
  return spoken.length > 0 ? spoken : [everything];
}

const everything = '';

/** A contact that names no account is about all of them. */
export function isAbout({ accountIds }: Pick<Contact, 'accountIds'>, debt: string): boolean {
  return accountIds.length === 0 || debt === everything || accountIds.includes(debt);
}

export function concerns({ accountIds }: Pick<Contact, 'accountIds'>, proposed: ProposedContact): boolean {
  return accountIds.length === 0 || proposed.accountIds.length === 0 || accountIds.some((id) => proposed.accountIds.includes(id));
}

export function lasts({ since, until }: { readonly since: Instant; readonly until: Instant | null }, at: Instant): boolean {
  return since <= at && (until === null || at < until);
}

export function latest(instants: readonly Instant[]): Instant | null {
  return instants.reduce<Instant | null>((last, one) => (last === null || one > last ? one : last), null);
}
