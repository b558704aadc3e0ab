import type { CivilDate, Instant } from './civil-date.ts';

/** Words of the contact ledger: everybody who speaks with a person about what they owe, us and vendors alike, and what the person said about it. */

export const contactChannels = ['call', 'text', 'email', 'letter', 'inPerson'] as const;
export type ContactChannel = (typeof contactChannels)[number];

/**
 * `statement`: a bill, a reminder, an offer of a plan. `collection`: asking for what is due. `notice`: what a law makes us send. `answer`: what the person
 * asked for within the last seven days.
 */
export const contactPurposes = ['statement', 'collection', 'notice', 'answer'] as const;
export type ContactPurpose = (typeof contactPurposes)[number];

/** How the party stands to the debt: the provider itself, a vendor that speaks in the provider's name before default, an agency in its own name. */
export const contactCapacities = ['ownName', 'earlyOut', 'agency'] as const;
export type ContactCapacity = (typeof contactCapacities)[number];

/** `begun`: under way or reserved, its outcome not known yet. `notConnected`: the number was busy or not in service. `wrongPerson`: somebody else answered. */
export const contactOutcomes = [
  'begun',
  'notConnected',
  'noAnswer',
  'wrongPerson',
  'leftMessage',
  'conversation',
  'sent',
  'returned',
] as const;
export type ContactOutcome = (typeof contactOutcomes)[number];

export const contactPlaces = ['home', 'work', 'unknown'] as const;
export type ContactPlace = (typeof contactPlaces)[number];

/** The party that is ourselves; any other is the id of a vendor. */
export const ourselves = 'us';

export interface ProposedContact {
  /** `us` or the id of a vendor. */
  readonly party: string;
  readonly capacity: ContactCapacity;
  readonly channel: ContactChannel;
  readonly purpose: ContactPurpose;
  /** The accounts it is about; none: everything that the person owes. */
  readonly accountIds: readonly string[];
  readonly at: Instant;
  /** Dialled or sent by a machine, or with a recorded voice (47 CFR 64.1200). */
  readonly automated: boolean;
  readonly place: ContactPlace;
  /** It says how to get no more of its kind. */
  readonly offersOptOut: boolean;
  /** It is or carries the validation notice (12 CFR 1006.34). */
  readonly validationNotice: boolean;
}

export interface Contact extends ProposedContact {
  /** The caller's business key: the same contact told twice is one. */
  readonly key: string;
  readonly direction: 'out' | 'in';
  readonly outcome: ContactOutcome;
}

/** What a person allowed or took back, kept for ever; the latest act about a channel and purpose counts. */
export interface ConsentAct {
  readonly key: string;
  readonly act: 'given' | 'revoked';
  readonly channel: ContactChannel | 'all';
  readonly purpose: ContactPurpose | 'all';
  readonly at: Instant;
  /** In which way it was said; free words, never quoted. */
  readonly how: string;
}

interface Lasting {
  readonly key: string;
  readonly since: Instant;
  /** Null while it lasts; of a dispute the moment of the verification. */
  readonly until: Instant | null;
  /** The accounts it is about; none: the person. */
  readonly accountIds: readonly string[];
}

/** What is known of a person and limits who may reach them, and when; by its kind. */
export type SaidFact =
  | { readonly kind: 'stop' /** As holds are called: `attorney`, `ceaseContact`, `bankruptcy`, … */; readonly stop: string }
  /** In every zone in which they may be; `days` 1 = Monday … 7 = Sunday; `HH:MM`, `to` not counted, `24:00` is midnight. */
  | { readonly kind: 'inconvenientTime'; readonly days: readonly number[]; readonly from: string; readonly to: string }
  | { readonly kind: 'inconvenientPlace'; readonly place: ContactPlace }
  /** Where they may be as well as at their address: a second home, the area of a telephone number. */
  | { readonly kind: 'otherPlace'; readonly state: string; readonly postalCode: string }
  /** In writing, with that party. */
  | { readonly kind: 'dispute'; readonly party: string };

export type ContactFact = Lasting & SaidFact;

/** A vendor works an account from its acceptance to the recall, both days counted. */
export interface WorkedSpan {
  readonly party: string;
  readonly accountId: string;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

export interface Place {
  readonly state: string;
  readonly postalCode: string;
}

/** Everything that counts when somebody wants to reach one person. Nothing that names them. */
export interface ContactStanding {
  /** Of their address. */
  readonly place: Place;
  readonly contacts: readonly Contact[];
  readonly consents: readonly ConsentAct[];
  readonly facts: readonly ContactFact[];
  readonly worked: readonly WorkedSpan[];
}
