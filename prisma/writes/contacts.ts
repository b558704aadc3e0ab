import { isDeepStrictEqual } from 'node:util';
import { type ContactAnswer, contactAllowed } from '../../rules/contacts/allowed.ts';
import { contactPolicies } from '../../rules/contacts/read-policies.ts';
import { violationsOf } from '../../rules/contacts/violations.ts';
import type { Instant } from '../../rules/domain/civil-date.ts';
import type { ConsentAct, Contact, ContactFact, ContactOutcome, ContactStanding, ProposedContact } from '../../rules/domain/contact.ts';
import { DomainError, invariant } from '../../rules/domain/failures.ts';
import type { Database, Transaction } from '../client.ts';
import { inputJson } from '../convert.ts';
import { consentOf, contactFactOf, contactOf } from '../convert-contacts.ts';
import { facilityId } from '../facility.ts';
import { uuidv7 } from '../ids.ts';
import { readContactStanding, readContactStandings } from '../reads/contacts.ts';

/** Who says so: a person, or the file that told it. */
export interface Told {
  readonly guarantorId: string;
  readonly by: string;
  readonly source?: { readonly fileId: string; readonly offset: number };
}

/**
 * Takes the ledgers of these people for this transaction, so that of two who ask at one moment the second sees what the first recorded.
 * @throws DomainError `contact.unknown-guarantor`
 */
async function lockLedgers(tx: Transaction, guarantorIds: readonly string[]): Promise<void> {
  const ids = [...new Set(guarantorIds)];
  // In one order, so that two who ask after several people do not wait for each other in a circle.
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "Guarantor" WHERE "id" = ANY(${ids}::uuid[]) ORDER BY "id" FOR NO KEY UPDATE`;
  if (rows.length < ids.length)
    throw new DomainError(
      'contact.unknown-guarantor',
      `${ids.length - rows.length} of ${ids.length} guarantors do not exist: ${ids.slice(0, 3).join(', ')}`,
    );
}

function lockLedger(tx: Transaction, guarantorId: string): Promise<void> {
  return lockLedgers(tx, [guarantorId]);
}

async function lockedStanding(tx: Transaction, guarantorId: string): Promise<ContactStanding> {
  await lockLedger(tx, guarantorId);
  const standing = await readContactStanding(tx, guarantorId);
  invariant(standing !== null, 'a guarantor whose row is taken is there');
  return standing;
}

export interface AskedOf {
  readonly guarantorId: string;
  readonly proposed: ProposedContact;
}

/** May it be? The ledger stays taken until the transaction ends: whoever goes on records the contact in the same one. */
export async function askToContact(tx: Transaction, guarantorId: string, proposed: ProposedContact): Promise<ContactAnswer> {
  return contactAllowed(await lockedStanding(tx, guarantorId), proposed, contactPolicies());
}

/** The same of many, in their order; what is allowed counts for those after it. */
export async function askToContacts(tx: Transaction, asked: readonly AskedOf[]): Promise<readonly ContactAnswer[]> {
  const ids = asked.map(({ guarantorId }) => guarantorId);
  await lockLedgers(tx, ids);
  const standings = new Map(await readContactStandings(tx, ids));
  const policies = contactPolicies();
  return asked.map(({ guarantorId, proposed }, index) => {
    const standing = standings.get(guarantorId);
    invariant(standing !== undefined, 'a guarantor whose row is taken is there');
    const answer = contactAllowed(standing, proposed, policies);
    if (answer.kind === 'allowed') {
      const begunNow: Contact = { key: `asked ${index}`, direction: 'out', outcome: begun, ...proposed };
      standings.set(guarantorId, { ...standing, contacts: [...standing.contacts, begunNow] });
    }
    return answer;
  });
}

/** Contacts that were just asked for, in one statement; of a key that is known nothing changes. @returns how many are new */
export async function recordAsked(
  tx: Transaction,
  by: string,
  contacts: readonly (AskedOf & Pick<Contact, 'key' | 'outcome'>)[],
): Promise<number> {
  const data = contacts.map(({ guarantorId, key, outcome, proposed: { accountIds, ...rest } }) => ({
    id: uuidv7(),
    guarantorId,
    recordedBy: by,
    key,
    direction: 'out',
    outcome,
    ...rest,
    accountIds: [...accountIds],
  }));
  return (await tx.contact.createMany({ data, skipDuplicates: true })).count;
}

/** What became of contacts that are under way, by their keys; others stay as they are. */
export async function completeBegun(tx: Transaction, keys: readonly string[], outcome: ContactOutcome): Promise<void> {
  await tx.contact.updateMany({ where: { facilityId, key: { in: [...keys] }, outcome: begun }, data: { outcome } });
}

/** They never were. */
export async function forgetBegun(tx: Transaction, keys: readonly string[]): Promise<void> {
  await tx.contact.deleteMany({ where: { facilityId, key: { in: [...keys] }, outcome: begun } });
}

export type Recorded = 'recorded' | 'completed' | 'alreadyRecorded';

/**
 * A contact as it was. Told again under its key it is one; one that was begun takes its outcome once.
 * @throws DomainError `contact.key-reused` when the key was used for another contact
 */
export async function recordContact(tx: Transaction, told: Told, contact: Contact): Promise<Recorded> {
  await lockLedger(tx, told.guarantorId);
  const { guarantorId, by: recordedBy, source } = told;
  const before = await tx.contact.findUnique({ where: { facilityId_key: { facilityId, key: contact.key } } });
  if (before === null) {
    const { accountIds, ...rest } = contact;
    await tx.contact.create({ data: { id: uuidv7(), guarantorId, recordedBy, ...rest, accountIds: [...accountIds], ...source } });
    return 'recorded';
  }
  const known = contactOf(before);
  const isSame = before.guarantorId === guarantorId && isDeepStrictEqual({ ...known, outcome: contact.outcome }, contact);
  if (isSame && known.outcome === contact.outcome) return 'alreadyRecorded';
  if (!isSame || known.outcome !== begun) throw reused('contact', contact.key);
  await tx.contact.update({ where: { id: before.id }, data: { outcome: contact.outcome } });
  return 'completed';
}

/**
 * Asks, and where it may be records it as begun in the same breath, so that the last contact that is left goes to one caller. Begun again under its key,
 * at whatever moment, it is the same one. @throws DomainError `contact.key-reused`
 */
export async function beginContact(
  tx: Transaction,
  told: Told,
  { key, ...proposed }: ProposedContact & { readonly key: string },
): Promise<ContactAnswer> {
  await lockLedger(tx, told.guarantorId);
  const before = await tx.contact.findUnique({ where: { facilityId_key: { facilityId, key } } });
  if (before !== null) {
    const known = contactOf(before);
    const { direction, outcome } = known;
    if (before.guarantorId !== told.guarantorId || !isDeepStrictEqual(known, { key, ...proposed, at: known.at, direction, outcome }))
      throw reused('contact', key);
    return { kind: 'allowed', duties: [] };
  }
  const answer = await askToContact(tx, told.guarantorId, proposed);
  if (answer.kind === 'allowed') await recordContact(tx, told, { key, ...proposed, direction: 'out', outcome: begun });
  return answer;
}

/** What became of a contact that was begun; null when there is none of that key. @throws DomainError `contact.key-reused` when it had another outcome */
export async function completeContact(
  tx: Transaction,
  guarantorId: string,
  { key, outcome }: Pick<Contact, 'key' | 'outcome'>,
): Promise<Recorded | null> {
  await lockLedger(tx, guarantorId);
  const before = await tx.contact.findUnique({ where: { facilityId_key: { facilityId, key } } });
  if (before === null || before.guarantorId !== guarantorId) return null;
  return recordContact(tx, { guarantorId, by: before.recordedBy }, { ...contactOf(before), outcome });
}

const begun: ContactOutcome = 'begun';

/** Said again under its key it is one. @returns false then @throws DomainError `contact.key-reused` */
export async function recordConsent(tx: Transaction, { guarantorId, by: recordedBy }: Told, act: ConsentAct): Promise<boolean> {
  await lockLedger(tx, guarantorId);
  const before = await tx.consent.findUnique({ where: { facilityId_key: { facilityId, key: act.key } } });
  if (before === null) {
    await tx.consent.create({ data: { id: uuidv7(), guarantorId, recordedBy, ...act } });
    return true;
  }
  if (before.guarantorId === guarantorId && isDeepStrictEqual(consentOf(before), act)) return false;
  throw reused('consent', act.key);
}

/** Said again under its key it is one. @returns false then @throws DomainError `contact.key-reused` */
export async function recordContactFact(tx: Transaction, { guarantorId, by: recordedBy }: Told, fact: ContactFact): Promise<boolean> {
  await lockLedger(tx, guarantorId);
  const before = await tx.contactFact.findUnique({ where: { facilityId_key: { facilityId, key: fact.key } } });
  if (before === null) {
    const { key, since, until, accountIds, ...said } = fact;
    await tx.contactFact.create({
      data: { id: uuidv7(), guarantorId, recordedBy, key, since, until, accountIds: [...accountIds], said: inputJson(said) },
    });
    return true;
  }
  const known = contactFactOf(before);
  if (before.guarantorId === guarantorId && isDeepStrictEqual({ ...known, until: fact.until }, fact)) return false;
  throw reused('fact', fact.key);
}

export interface EndedFact {
  readonly guarantorId: string;
  /** Its key, or the dispute of a party about an account. */
  readonly key?: string;
  readonly dispute?: { readonly party: string; readonly accountId: string };
  readonly until: Instant;
}

/** It does not count from that moment on: a dispute was verified, an attorney is gone. @returns false when there is no such fact, or it ended */
export async function endContactFact(tx: Transaction, { guarantorId, key, dispute, until }: EndedFact): Promise<boolean> {
  await lockLedger(tx, guarantorId);
  const which =
    dispute === undefined
      ? { key: key ?? '' }
      : {
          accountIds: { has: dispute.accountId },
          AND: [{ said: { path: ['kind'], equals: 'dispute' } }, { said: { path: ['party'], equals: dispute.party } }],
        };
  const { count } = await tx.contactFact.updateMany({
    where: { guarantorId, until: null, since: { lte: until }, ...which },
    data: { until },
  });
  return count > 0;
}

function reused(what: string, key: string): DomainError {
  return new DomainError('contact.key-reused', `the key ${key} was used for another ${what}, or of another person: give each its own key`);
}

/** Looks through the whole ledger of a person again, keeps what is found new and drops what is not so any more. @returns how many are new */
export async function findViolations(tx: Transaction, guarantorId: string, asOf: Instant): Promise<number> {
  const standing = await lockedStanding(tx, guarantorId);
  const found = violationsOf(standing, contactPolicies(), asOf);
  const ids = await tx.contact.findMany({ where: { guarantorId }, select: { id: true, key: true } });
  const idOf = new Map(ids.map(({ id, key }) => [key, id]));
  const rows = found.flatMap(({ contactKey, ...violation }) => {
    const contactId = idOf.get(contactKey);
    return contactId === undefined ? [] : [{ id: uuidv7(), contactId, ...violation }];
  });
  const known = await tx.contactViolation.findMany({
    where: { contact: { guarantorId } },
    select: { id: true, contactId: true, policyId: true, reviewedAt: true },
  });
  const named = (row: { readonly contactId: string; readonly policyId: string }): string => `${row.contactId} ${row.policyId}`;
  const now = new Set(rows.map(named));
  const gone = known.filter((row) => row.reviewedAt === null && !now.has(named(row))).map(({ id }) => id);
  if (gone.length > 0) await tx.contactViolation.deleteMany({ where: { id: { in: gone } } });
  const before = new Set(known.map(named));
  const fresh = rows.filter((row) => !before.has(named(row)));
  if (fresh.length > 0) await tx.contactViolation.createMany({ data: fresh });
  return fresh.length;
}

/** @returns false when there is none of that id, or somebody reviewed it before */
export async function reviewViolation(db: Database, id: string, review: { readonly by: string; readonly note: string }): Promise<boolean> {
  const { by: reviewedBy, note } = review;
  const { count } = await db.contactViolation.updateMany({
    where: { id, reviewedAt: null },
    data: { reviewedAt: new Date(), reviewedBy, note },
  });
  return count === 1;
}
