import { type CivilDate, type Instant, instantAt, type Zone } from '../../rules/domain/civil-date.ts';
import type { ConsentAct, Contact, ContactCapacity, ContactFact, ContactStanding, WorkedSpan } from '../../rules/domain/contact.ts';
import type { Hold } from '../../rules/domain/account.ts';
import { contactPolicies } from '../../rules/contacts/read-policies.ts';
import { type DebtValidation, validationsOf } from '../../rules/contacts/validation.ts';
import { zonesAt } from '../../rules/contacts/zones.ts';
import { grouped } from '../../rules/domain/grouped.ts';
import type { Database } from '../client.ts';
import { civilOrNull, dateOf, instantOf, instantOrNull } from '../convert.ts';
import { consentOf, contactFactOf, contactOf } from '../convert-contacts.ts';
import { facilityId } from '../facility.ts';
import { readAccountHolds } from './account-holds.ts';

/** The guarantor with that id, or of the account with that number or id; null when there is none. */
export async function findGuarantorId(db: Database, name: string): Promise<string | null> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name);
  if (isId) {
    const guarantor = await db.guarantor.findUnique({ where: { id: name }, select: { id: true } });
    if (guarantor !== null) return guarantor.id;
  }
  const where = isId ? { id: name } : { accountNumber: name };
  return (await db.account.findFirst({ where: { facilityId, ...where }, select: { guarantorId: true } }))?.guarantorId ?? null;
}

/** Everything that counts when somebody wants to reach the person; null when there is no such guarantor. */
export async function readContactStanding(db: Database, guarantorId: string): Promise<ContactStanding | null> {
  return (await readContactStandings(db, [guarantorId])).get(guarantorId) ?? null;
}

/** The same of many, in as many statements as of one; a guarantor that does not exist is left out. */
export async function readContactStandings(db: Database, guarantorIds: readonly string[]): Promise<ReadonlyMap<string, ContactStanding>> {
  const ids = [...new Set(guarantorIds)];
  const whose = { guarantorId: { in: ids } };
  const people = await db.guarantor.findMany({
    where: { id: { in: ids } },
    select: { id: true, state: true, postalCode: true, facilityId: true },
  });
  const facilities = await db.facility.findMany({
    where: { id: { in: people.map((one) => one.facilityId) } },
    select: { id: true, zone: true },
  });
  const zones = new Map(facilities.map(({ id, zone }) => [id, zone]));
  const contacts = grouped(await db.contact.findMany({ where: whose, orderBy: [{ at: 'asc' }, { id: 'asc' }] }), ownerOf);
  const consents = grouped(await db.consent.findMany({ where: whose, orderBy: [{ at: 'asc' }, { id: 'asc' }] }), ownerOf);
  const facts = grouped(await db.contactFact.findMany({ where: whose, orderBy: { id: 'asc' } }), ownerOf);
  const accounts = grouped(await db.account.findMany({ where: whose, select: { id: true, guarantorId: true } }), ownerOf);
  const accountIds = [...accounts.values()].flat().map(({ id }) => id);
  const holds = await readAccountHolds(db, accountIds);
  const worked = await readWorked(db, accountIds);
  return new Map(
    people.map(({ id, facilityId: facility, state, postalCode }) => {
      const zone = zones.get(facility) ?? 'UTC';
      const theirs = (accounts.get(id) ?? []).map((account) => account.id);
      const stops = theirs.flatMap((accountId) => stopsOf(accountId, holds.get(accountId) ?? [], zone));
      const standing: ContactStanding = {
        place: { state, postalCode },
        contacts: (contacts.get(id) ?? []).map(contactOf),
        consents: (consents.get(id) ?? []).map(consentOf),
        facts: [...(facts.get(id) ?? []).map(contactFactOf), ...stops],
        worked: theirs.flatMap((accountId) => worked.get(accountId) ?? []),
      };
      return [id, standing];
    }),
  );
}

function ownerOf({ guarantorId }: { readonly guarantorId: string | null }): string | null {
  return guarantorId;
}

/** Holds, those too that no turn has taken yet, stop by the names that policies list; from the first moment of their day in our zone. */
function stopsOf(accountId: string, holds: readonly Hold[], zone: Zone): readonly ContactFact[] {
  const startOf = (on: CivilDate): Instant => instantAt(on, 0, zone);
  return holds.map(({ reason, since, releasedOn }, index) => ({
    kind: 'stop',
    key: `hold:${accountId}:${index}`,
    stop: reason,
    since: startOf(since),
    until: releasedOn === null ? null : startOf(releasedOn),
    accountIds: [accountId],
  }));
}

/** By account: from the vendor's acceptance to the recall, or else to the return. */
async function readWorked(db: Database, accountIds: readonly string[]): Promise<ReadonlyMap<string, readonly WorkedSpan[]>> {
  const where = { accountId: { in: [...accountIds] }, placedOn: { not: null } };
  const placements = await db.placement.findMany({ where, orderBy: [{ placedOn: 'asc' }, { placementId: 'asc' }] });
  const spans = placements.flatMap(({ vendor: party, accountId, placedOn, recallSentOn, returnedOn }): WorkedSpan[] => {
    const from = civilOrNull(placedOn);
    return from === null ? [] : [{ party, accountId, from, to: civilOrNull(recallSentOn ?? returnedOn) }];
  });
  return grouped(spans, ({ accountId }) => accountId);
}

/** Whose contacts a vendor's log speaks of, by our number of the placement; accounts without a guarantor are left out. */
export async function readContactPlacements(
  db: Database,
  references: readonly string[],
): Promise<ReadonlyMap<string, { readonly guarantorId: string; readonly accountId: string; readonly vendor: string }>> {
  const select = { reference: true, accountId: true, vendor: true, account: { select: { guarantorId: true } } };
  const rows = await db.placement.findMany({ where: { facilityId, reference: { in: [...new Set(references)] } }, select });
  return new Map(
    rows.flatMap(({ reference, accountId, vendor, account: { guarantorId } }) =>
      guarantorId === null ? [] : [[reference, { guarantorId, accountId, vendor }] as const],
    ),
  );
}

/** What a person allows at that moment, such as `call:all` and `text:collection`. */
export async function readConsents(db: Database, guarantorId: string | null, at: Instant): Promise<readonly string[]> {
  if (guarantorId === null) return [];
  const rows = await db.consent.findMany({ where: { guarantorId, at: { lte: at } }, orderBy: [{ at: 'asc' }, { act: 'asc' }] });
  const given = new Set<string>();
  for (const { act, channel, purpose } of rows.map(consentOf)) {
    if (act === 'given') given.add(`${channel}:${purpose}`);
    else for (const one of given) if (isWithin(one.split(':'), [channel, purpose])) given.delete(one);
  }
  return [...given].sort();
}

/** What is taken back of one channel is taken back of a consent to all as well: no vendor is told of more than there is. */
function isWithin(given: readonly string[], revoked: readonly string[]): boolean {
  return given.every((word, n) => word === 'all' || revoked[n] === 'all' || revoked[n] === word);
}

export interface ContactEntry extends Contact {
  readonly recordedBy: string;
}

export interface ContactLedger {
  readonly guarantorId: string;
  /** Where the person may be now. */
  readonly zones: readonly Zone[];
  /** The latest first. */
  readonly contacts: readonly ContactEntry[];
  readonly consents: readonly ConsentAct[];
  readonly facts: readonly ContactFact[];
  /** How the validation notice stands, per agency and account. */
  readonly validations: readonly DebtValidation[];
}

/** The last `limit` contacts, and everything else as it stands at that moment; null when there is no such guarantor. */
export async function readContactLedger(
  db: Database,
  guarantorId: string,
  { at, limit }: { readonly at: Instant; readonly limit: number },
): Promise<ContactLedger | null> {
  const standing = await readContactStanding(db, guarantorId);
  if (standing === null) return null;
  const rows = await db.contact.findMany({ where: { guarantorId }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: limit });
  const { place, consents, facts } = standing;
  const zones = zonesAt(place, facts, at);
  return {
    guarantorId,
    zones,
    contacts: rows.map((row) => ({ ...contactOf(row), recordedBy: row.recordedBy })),
    consents,
    facts,
    validations: validationsOf(standing, contactPolicies(), { at, zone: zones[0] ?? 'UTC' }),
  };
}

export interface ViolationsQuestion {
  readonly party?: string;
  /** Days of contacts in the zone of Greenwich. */
  readonly since?: CivilDate;
  /** Those that somebody reviewed too. */
  readonly all: boolean;
  readonly limit: number;
}

export interface ViolationEntry {
  readonly id: string;
  readonly guarantorId: string;
  readonly contactKey: string;
  readonly party: string;
  readonly capacity: ContactCapacity;
  readonly channel: Contact['channel'];
  readonly accountNumbers: readonly string[];
  readonly at: Instant;
  readonly policyId: string;
  readonly basis: string;
  readonly because: string;
  readonly reviewedAt: Instant | null;
  readonly reviewedBy: string | null;
  readonly note: string | null;
}

/** Contacts that should not have been, the latest first. */
export async function listContactViolations(
  db: Database,
  { party, since, all, limit }: ViolationsQuestion,
): Promise<readonly ViolationEntry[]> {
  const rows = await db.contactViolation.findMany({
    where: {
      facilityId,
      ...(party === undefined ? {} : { party }),
      ...(since === undefined ? {} : { at: { gte: dateOf(since) } }),
      ...(all ? {} : { reviewedAt: null }),
    },
    include: { contact: true },
    orderBy: [{ at: 'desc' }, { policyId: 'asc' }],
    take: limit,
  });
  const ids = [...new Set(rows.flatMap(({ contact }) => contact.accountIds))];
  const accounts = await db.account.findMany({ where: { id: { in: ids } }, select: { id: true, accountNumber: true } });
  const numbers = new Map(accounts.map(({ id, accountNumber }) => [id, accountNumber]));
  return rows.map(({ contact, at, reviewedAt, ...row }) => {
    const { capacity, channel, accountIds } = contactOf(contact);
    const { id, policyId, basis, because, reviewedBy, note } = row;
    return {
      id,
      policyId,
      basis,
      because,
      reviewedBy,
      note,
      capacity,
      channel,
      party: row.party,
      guarantorId: contact.guarantorId,
      contactKey: contact.key,
      accountNumbers: accountIds.map((accountId) => numbers.get(accountId) ?? accountId),
      at: instantOf(at),
      reviewedAt: instantOrNull(reviewedAt),
    };
  });
}

export interface ViolationCount {
  readonly party: string;
  readonly law: number;
  readonly practice: number;
}

/** Of contacts from one day to another, both counted, per party; reviewed or not. */
export async function countContactViolations(db: Database, from: CivilDate, to: CivilDate): Promise<readonly ViolationCount[]> {
  return db.$queryRaw<ViolationCount[]>`
    SELECT "party", count(*) FILTER (WHERE "basis" = 'law')::int AS "law", count(*) FILTER (WHERE "basis" = 'practice')::int AS "practice"
    FROM "ContactViolation"
    WHERE "facilityId" = ${facilityId}::uuid AND "at" >= ${dateOf(from)} AND "at" < ${dateOf(to)}::timestamptz + interval '1 day'
    GROUP BY "party" ORDER BY "party"`;
}
