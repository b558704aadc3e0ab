import type { Transaction } from '../prisma/client.ts';
import { askToContacts, recordAsked } from '../prisma/writes/contacts.ts';
import { capacityOf } from '../rules/contacts/capacity.ts';
import { contactWords } from '../rules/contacts/words.ts';
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

export interface MadeContact extends OutgoingContact {
  /** Its business key: told again under it, it is one. */
  readonly key: string;
  /** `sent` when absent. */
  readonly outcome?: ContactOutcome;
}

/**
 * Why each may not be now, with the rule and the moment from which it may; null where it may. The people's ledgers are taken until the transaction
 * ends: call `recordContacts` in the same one, so that two senders do not both take the last contact that is left.
 */
export async function refuseContacts(tx: Transaction, outgoing: readonly OutgoingContact[]): Promise<readonly (string | null)[]> {
  const answers = await askToContacts(
    tx,
    outgoing.map((one) => ({ guarantorId: one.guarantorId, proposed: proposedOf(one) })),
  );
  return answers.map((answer) => (answer.kind === 'allowed' ? null : contactWords(answer)));
}

export async function refuseContact(tx: Transaction, outgoing: OutgoingContact): Promise<string | null> {
  return (await refuseContacts(tx, [outgoing]))[0] ?? null;
}

/** Each once per key. @returns how many are new */
export function recordContacts(tx: Transaction, made: readonly MadeContact[]): Promise<number> {
  const contacts = made.map((one) => ({
    guarantorId: one.guarantorId,
    key: one.key,
    outcome: one.outcome ?? ('sent' as const),
    proposed: proposedOf(one),
  }));
  return recordAsked(tx, 'the engine', contacts);
}

export async function recordContact(tx: Transaction, made: MadeContact): Promise<void> {
  await recordContacts(tx, [made]);
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
