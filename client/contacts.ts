import { type PrismaClient, inTransaction } from '../prisma/client.ts';
import {
  type ContactLedger,
  findGuarantorId,
  listContactViolations,
  readContactLedger,
  type ViolationEntry,
  type ViolationsQuestion,
} from '../prisma/reads/contacts.ts';
import {
  askToContact,
  beginContact,
  completeContact,
  endContactFact,
  findViolations,
  recordConsent,
  recordContact,
  recordContactFact,
  type Recorded,
  reviewViolation,
} from '../prisma/writes/contacts.ts';
import type { ContactAnswer } from '../rules/contacts/allowed.ts';
import { capacityOf } from '../rules/contacts/capacity.ts';
import { type Instant, instant } from '../rules/domain/civil-date.ts';
import type { ConsentAct, Contact, ContactFact, ProposedContact } from '../rules/domain/contact.ts';

/** What a person or a program says of a contact; who is bound by what follows from the party. */
export type AskedContact = Omit<ProposedContact, 'capacity'>;
export type ToldContact = Omit<Contact, 'capacity'>;

export interface RecordedContact {
  readonly recorded: Recorded;
  /** Contacts of the person that should not have been and were not known before. */
  readonly violations: number;
}

/** The door of the contact ledger: one per person, for us and all vendors. */
export type ContactOffice = ReturnType<typeof contactOfficeOn>;

export function contactOfficeOn(prisma: PrismaClient) {
  const now = (): Instant => instant(new Date().toISOString());
  const looked = <T>(guarantorId: string, work: (tx: Parameters<typeof askToContact>[0]) => Promise<T>) =>
    inTransaction(prisma, async (tx) => {
      const done = await work(tx);
      return { done, violations: await findViolations(tx, guarantorId, now()) };
    });
  return {
    /** By the id of a guarantor, or the number or id of an account of theirs; null when there is none. */
    find: (name: string): Promise<string | null> => findGuarantorId(prisma, name),
    /** As it stands now, with the last `limit` contacts; null when there is no such guarantor. */
    ledger: (guarantorId: string, limit: number): Promise<ContactLedger | null> =>
      readContactLedger(prisma, guarantorId, { at: now(), limit }),
    check: (guarantorId: string, asked: AskedContact): Promise<ContactAnswer> =>
      inTransaction(prisma, (tx) => askToContact(tx, guarantorId, withCapacity(asked))),
    /** Asks, and where it may be records it as begun in the same breath: the last contact that is left goes to one caller. */
    begin: (guarantorId: string, by: string, { key, ...asked }: AskedContact & { readonly key: string }): Promise<ContactAnswer> =>
      inTransaction(prisma, (tx) => beginContact(tx, { guarantorId, by }, { key, ...withCapacity(asked) })),
    /** What became of a contact that was begun; null when there is none of that key. @throws DomainError `contact.key-reused` */
    complete: async (guarantorId: string, end: Pick<Contact, 'key' | 'outcome'>): Promise<RecordedContact | null> => {
      const { done, violations } = await looked(guarantorId, (tx) => completeContact(tx, guarantorId, end));
      return done === null ? null : { recorded: done, violations };
    },
    /** As it was, allowed or not. @throws DomainError `contact.key-reused` */
    record: async (guarantorId: string, by: string, told: ToldContact): Promise<RecordedContact> => {
      const contact = withCapacity(told);
      const { done, violations } = await looked(guarantorId, (tx) => recordContact(tx, { guarantorId, by }, contact));
      return { recorded: done, violations };
    },
    /** @returns false when it was said before under its key. @throws DomainError `contact.key-reused` */
    consent: async (guarantorId: string, by: string, act: ConsentAct): Promise<boolean> =>
      (await looked(guarantorId, (tx) => recordConsent(tx, { guarantorId, by }, act))).done,
    /** @returns false when it was said before under its key. @throws DomainError `contact.key-reused` */
    note: async (guarantorId: string, by: string, fact: ContactFact): Promise<boolean> =>
      (await looked(guarantorId, (tx) => recordContactFact(tx, { guarantorId, by }, fact))).done,
    /** @returns false when there is no such fact, or it ended before */
    end: async (guarantorId: string, key: string, until: Instant): Promise<boolean> =>
      (await looked(guarantorId, (tx) => endContactFact(tx, { guarantorId, key, until }))).done,
    violations: (question: ViolationsQuestion): Promise<readonly ViolationEntry[]> => listContactViolations(prisma, question),
    /** @returns false when there is none of that id that waits for a review */
    review: (id: string, review: { readonly by: string; readonly note: string }): Promise<boolean> => reviewViolation(prisma, id, review),
  };
}

function withCapacity<T extends { readonly party: string; readonly at: Instant }>(contact: T): T & Pick<ProposedContact, 'capacity'> {
  return { ...contact, capacity: capacityOf(contact.party, contact.at) };
}
