import type { CivilDate } from '../domain/civil-date.ts';
import type { ContactCapacity, ContactChannel, ContactOutcome, ContactPlace, ContactPurpose } from '../domain/contact.ts';

/** One rule about who may reach a person, dated, as a compliance officer keeps it (rules/reference/contact-policies.json; DOMAIN §7.5). */
export interface ContactPolicy {
  readonly id: string;
  readonly title: string;
  readonly binds: readonly ContactCapacity[];
  /** The kinds of contact that it can refuse, and that it counts. */
  readonly channels: readonly ContactChannel[];
  readonly purposes: readonly ContactPurpose[];
  /** Of the person; null: everywhere. */
  readonly states: readonly string[] | null;
  /** The day of the contact, both ends counted; of a revocation also the day on which it was said. */
  readonly effective: { readonly from: CivilDate | null; readonly to: CivilDate | null };
  /** `practice`: what this house asks of itself and of its vendors beyond the law. */
  readonly basis: 'law' | 'practice';
  readonly confirmed: 'confirmed' | 'secondary' | 'unconfirmed';
  readonly citation: string;
  readonly source: string;
  readonly seenOn: CivilDate;
  readonly rule: ContactRule;
}

export interface Reach {
  /** Of each account that the contact is about, or of all of them together. */
  readonly per: 'debt' | 'person';
  /** The contacts of the same party, or of us and all vendors. */
  readonly across: 'party' | 'everyone';
}

export type ContactRule =
  /** Not more than `most` within any `days` consecutive days. */
  | ({ readonly kind: 'cap'; readonly most: number; readonly days: number; readonly uncounted: readonly ContactOutcome[] } & Reach)
  /** None on the day of a conversation, which is day 1, nor on the others of `days`. */
  | ({ readonly kind: 'afterConversation'; readonly days: number } & Reach)
  /** `HH:MM` on a clock where the person is; `until` is not counted. */
  | { readonly kind: 'hours'; readonly from: string; readonly until: string }
  /** Times and places that the person called inconvenient. */
  | { readonly kind: 'inconvenient' }
  | { readonly kind: 'place'; readonly never: readonly ContactPlace[] }
  /** Facts or holds of these names. */
  | { readonly kind: 'stop'; readonly stops: readonly string[] }
  | { readonly kind: 'consent'; readonly automatedOnly: boolean }
  /** From the end of that many business days after it was said; 0: from that moment. `automated` reaches calls and texts whichever was named. */
  | {
      readonly kind: 'revocation';
      readonly automatedOnly: boolean;
      readonly businessDays: number;
      readonly reaches: 'channel' | 'automated';
    }
  | { readonly kind: 'optOut' }
  /** The notice goes out in or within so many days of the first communication; a written dispute inside its period stops until verified. */
  | { readonly kind: 'validation'; readonly days: number; readonly disputeDays: number; readonly mailBusinessDays: number }
  /** Only who works the account speaks about it. */
  | { readonly kind: 'oneParty' };
