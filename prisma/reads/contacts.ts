import { type CivilDate, type Instant, instantAt, type Zone } from '../../rules/domain/civil-date.ts';
import type { ConsentAct, Contact, ContactCapacity, ContactFact, ContactStanding, WorkedSpan } from '../../rules/domain/contact.ts';
import type { Database } from '../client.ts';
import { civilOrNull, dateOf, instantOf, instantOrNull } from '../convert.ts';
import { consentOf, contactFactOf, contactOf } from '../convert-contacts.ts';
import { facilityId } from '../facility.ts';
import { readHolds } from './holds.ts';

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
  const guarantor = await db.guarantor.findUnique({
    where: { id: guarantorId },
    select: { state: true, postalCode: true, facilityId: true },
  });
  if (guarantor === null) return null;
  const { zone } = await db.facility.findUniqueOrThrow({ where: { id: guarantor.facilityId }, select: { zone: true } });
  const contacts = await db.contact.findMany({ where: { guarantorId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  const consents = await db.consent.findMany({ where: { guarantorId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  const facts = await db.contactFact.findMany({ where: { guarantorId }, orderBy: { id: 'asc' } });
  const { state, postalCode } = guarantor;
  return {
    place: { state, postalCode },
    contacts: contacts.map(contactOf),
    consents: consents.map(consentOf),
    facts: [...facts.map(contactFactOf), ...(await readStops(db, guarantorId, zone))],
    worked: await readWorked(db, guarantorId),
  };
}

/** The holds of all accounts of theirs, those too that no turn has taken yet, stop by the names that policies list; from the first moment of their day in our zone. */
async function readStops(db: Database, guarantorId: string, zone: Zone): Promise<readonly ContactFact[]> {
  const accounts = await db.account.findMany({ where: { guarantorId }, select: { id: true } });
  const holds = await readHolds(
    db,
    accounts.map(({ id }) => id),
  );
  const startOf = (on: CivilDate): Instant => instantAt(on, 0, zone);
  return [...holds].flatMap(([accountId, held]) =>
    held.map(
      ({ reason, since, releasedOn }, index): ContactFact => ({
        kind: 'stop',
        key: `hold:${accountId}:${index}`,
        stop: reason,
        since: startOf(since),
        until: releasedOn === null ? null : startOf(releasedOn),
        accountIds: [accountId],
      }),
    ),
  );
}

/** From the vendor's acceptance to the recall, or else to the return. */
async function readWorked(db: Database, guarantorId: string): Promise<readonly WorkedSpan[]> {
  const placements = await db.placement.findMany({
    where: { account: { guarantorId }, placedOn: { not: null } },
    orderBy: { placedOn: 'asc' },
  });
  return placements.flatMap(({ vendor: party, accountId, placedOn, recallSentOn, returnedOn }) => {
    const from = civilOrNull(placedOn);
    return from === null ? [] : [{ party, accountId, from, to: civilOrNull(recallSentOn ?? returnedOn) }];
  });
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

export interface ContactEntry extends Contact {
  readonly recordedBy: string;
}

export interface ContactLedger {
  readonly guarantorId: string;
  /** The latest first. */
  readonly contacts: readonly ContactEntry[];
  readonly consents: readonly ConsentAct[];
  readonly facts: readonly ContactFact[];
}

export async function readContactLedger(db: Database, guarantorId: string, limit: number): Promise<ContactLedger> {
  const rows = await db.contact.findMany({ where: { guarantorId }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: limit });
  const standing = await readContactStanding(db, guarantorId);
  const contacts = rows.map((row) => ({ ...contactOf(row), recordedBy: row.recordedBy }));
  return { guarantorId, contacts, consents: standing?.consents ?? [], facts: standing?.facts ?? [] };
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
