import type { Transaction } from '../prisma/client.ts';
import { askToContact, recordContact as record, type Recorded } from '../prisma/writes/contacts.ts';
import { contactWords } from '../rules/contacts/words.ts';
import { capacityOf } from '../rules/contacts/capacity.ts';
import type { Instant } from '../rules/domain/civil-date.ts';
import type { ContactChannel, ContactOutcome, ContactPurpose, ProposedContact } from '../rules/domain/contact.ts';

/** A contact as a sender of statements or letters knows it. */
export interface OutgoingContact {
  readonly guarantorId: string;
  readonly channel: ContactChannel;
  readonly purpose: ContactPurpose;
  /** `us`, or the id of a vendor. */
  readonly by: string;
  readonly at: Instant;
  /** The accounts it is about; all of the person when absent. */
  readonly accountIds?: readonly string[];
  /** When absent: a text is, a call is not. */
  readonly automated?: boolean;
  /** When absent: ours do, as every template of ours for texts and e-mails carries the words; a vendor's do not. */
  readonly offersOptOut?: boolean;
}

/**
 * Why it may not be now, with the rule and the moment from which it may; null when it may. The person's ledger is taken until the transaction ends:
 * send in the same one as `recordContact`, so that two senders do not both take the last contact that is left.
 */
export async function refuseContact(tx: Transaction, outgoing: OutgoingContact): Promise<string | null> {
  const answer = await askToContact(tx, outgoing.guarantorId, proposedOf(outgoing));
  return answer.kind === 'allowed' ? null : contactWords(answer);
}

/** Once per key. @throws DomainError `contact.key-reused` */
export async function recordContact(
  tx: Transaction,
  { key, outcome, ...outgoing }: OutgoingContact & { readonly key: string; readonly outcome?: ContactOutcome },
): Promise<Recorded> {
  const told = { guarantorId: outgoing.guarantorId, by: 'the engine' };
  return record(tx, told, { key, direction: 'out', outcome: outcome ?? 'sent', ...proposedOf(outgoing) });
}

function proposedOf({ channel, purpose, by: party, at, accountIds, automated, offersOptOut }: OutgoingContact): ProposedContact {
  const capacity = capacityOf(party, at);
  return {
    party,
    capacity,
    channel,
    purpose,
    at,
    accountIds: accountIds ?? [],
    automated: automated ?? channel === 'text',
    place: 'unknown',
    offersOptOut: offersOptOut ?? capacity === 'ownName',
    validationNotice: false,
  };
}
