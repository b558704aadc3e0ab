import type { Transaction } from '../../prisma/client.ts';
import type { GuarantorContact } from '../../prisma/reads/statement-source.ts';
import type { Instant } from '../../rules/domain/civil-date.ts';
import type { ContactChannel } from '../../rules/domain/contact.ts';
import { type Reach, type Way, type WayFound, wayOf, ways } from '../../rules/statements/way.ts';
import { type MadeContact, recordContacts, refuseContacts } from '../contacts.ts';

/** Somebody who is to get a statement over these accounts. */
export interface Addressee {
  readonly contact: GuarantorContact;
  readonly accountIds: readonly string[];
}

/** By the id of each person, how a statement reaches them at that moment. Their ledgers stay taken until the transaction ends. */
export async function waysTo(tx: Transaction, at: Instant, people: readonly Addressee[]): Promise<ReadonlyMap<string, WayFound>> {
  // As each prefers: what is allowed counts for what is asked after it.
  const asked = people.flatMap(({ contact, accountIds }) =>
    electronicWays(contact).map((way) => ({ ...statementTo({ guarantorId: contact.id, way, accountIds, at }), way })),
  );
  const answers = asked.length === 0 ? [] : await refuseContacts(tx, asked);
  const refusal = (guarantorId: string, way: Way): string | null =>
    answers[asked.findIndex((one) => one.guarantorId === guarantorId && one.way === way)] ?? null;
  return new Map(
    people.map(({ contact }) => {
      const refusals = { email: refusal(contact.id, 'email'), text: refusal(contact.id, 'text') };
      return [contact.id, wayOf({ ...reachOf(contact), refusals })];
    }),
  );
}

export interface StatedContact {
  readonly guarantorId: string;
  /** Of the statement. */
  readonly number: string;
  readonly way: Way;
  readonly accountIds: readonly string[];
  readonly at: Instant;
}

/** From here on it counts as under way; `completeBegun` says that it left. */
export async function beginStatements(tx: Transaction, stated: readonly StatedContact[]): Promise<void> {
  const begun = stated.map((one): MadeContact => ({ ...statementTo(one), key: statementContactKey(one.number), outcome: 'begun' }));
  if (begun.length > 0) await recordContacts(tx, begun);
}

/** The business key of a statement in the contact ledger. */
export function statementContactKey(number: string): string {
  return `statement:${number}`;
}

function statementTo({ guarantorId, way, accountIds, at }: Omit<StatedContact, 'number'>) {
  const channel: ContactChannel = way === 'mail' ? 'letter' : way;
  return { guarantorId, channel, purpose: 'statement', by: 'us', at, accountIds } as const;
}

/** The ledger is not asked about who gets mail as they prefer. */
function electronicWays(contact: GuarantorContact): readonly Way[] {
  const { preferred, hasPost, hasEmail, hasPhone } = reachOf(contact);
  if (preferred === 'mail' && hasPost) return [];
  const isKnown = { mail: false, email: hasEmail, text: hasPhone };
  return [...new Set([preferred, ...ways])].filter((way) => isKnown[way]);
}

function reachOf({ address, email, phone, deliverBy, mailReturnedOn }: GuarantorContact): Omit<Reach, 'refusals'> {
  const hasPost = mailReturnedOn === null && address.line1 !== '' && address.postalCode !== '';
  return { preferred: deliverBy, hasPost, hasEmail: email !== null, hasPhone: phone !== null };
}
