import { readContactPlacements } from '../../prisma/reads/contacts.ts';
import {
  findViolations,
  recordConsent,
  recordContact,
  recordContactFact,
  endContactFact,
  type Told,
} from '../../prisma/writes/contacts.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { capacityOf } from '../../rules/contacts/capacity.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { grouped } from '../../rules/domain/grouped.ts';
import type { VendorContactRow } from '../feeds/vendor-contacts.ts';
import { type Counts, type Intake, unmatched } from './context.ts';
import { IntakeFault } from './fault.ts';

interface Placed {
  readonly guarantorId: string;
  readonly accountId: string;
  readonly vendor: string;
}

interface Found {
  readonly row: VendorContactRow;
  readonly placed: Placed;
}

/**
 * The contact log of a vendor. Each contact is one by the vendor's own number, whatever file brings it; then every person's ledger is looked through, and
 * what should not have been is kept. A row of a placement that is not known, or of an account without a guarantor, is left to a person.
 */
export async function storeVendorContacts(intake: Intake, rows: readonly VendorContactRow[]): Promise<Counts> {
  const placements = await readContactPlacements(
    intake.tx,
    rows.map(({ reference }) => reference),
  );
  const found = rows.flatMap((row): Found[] => {
    const placed = placements.get(row.reference);
    return placed === undefined ? [] : [{ row, placed }];
  });
  const strays = rows.filter(({ reference }) => !placements.has(reference));
  // In one order, so that two files at the same moment do not wait for each other in a circle.
  const byPerson = [...grouped(found, ({ placed }) => placed.guarantorId)].sort(([a], [b]) => (a < b ? -1 : 1));
  let fresh = 0;
  let violations = 0;
  for (const [guarantorId, contacts] of byPerson) {
    for (const contact of contacts) if (await store(intake, contact)) fresh += 1;
    violations += await findViolations(intake.tx, guarantorId, intake.receivedAt);
  }
  if (strays.length > 0) await askForPlacements(intake, strays);
  return {
    'contacts recorded': fresh,
    'contacts already recorded': found.length - fresh,
    'contacts against the rules': violations,
    'contacts unmatched': strays.length,
  };
}

/** @returns whether it was new */
async function store(intake: Intake, { row, placed }: Found): Promise<boolean> {
  const { contactId, reference: _reference, said: _said, offset, ...contact } = row;
  const { guarantorId, accountId, vendor: party } = placed;
  const key = `vendor:${party}:${contactId}`;
  const told: Told = { guarantorId, by: `vendor ${party}`, source: { fileId: intake.fileId, offset } };
  try {
    const capacity = capacityOf(party, contact.at);
    const recorded = await recordContact(intake.tx, told, { key, party, capacity, accountIds: [accountId], ...contact });
    await storeSaid(intake, { told, key, party, row, accountId });
    return recorded !== 'alreadyRecorded';
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new IntakeFault(
      'contact.number-reused',
      'column contact_id names a contact that is stored already and said something else',
      offset,
    );
  }
}

interface Said {
  readonly told: Told;
  readonly key: string;
  readonly party: string;
  readonly row: VendorContactRow;
  readonly accountId: string;
}

/** What the person said in it counts for everybody; a dispute is about that debt with that vendor. */
async function storeSaid({ tx }: Intake, { told, key, party, row: { said, channel, at }, accountId }: Said): Promise<void> {
  const lasting = { key, since: at, until: null };
  switch (said) {
    case '':
      return;
    case 'stop':
    case 'agreed':
      await recordConsent(tx, told, { key, act: said === 'stop' ? 'revoked' : 'given', channel, purpose: 'all', at, how: `told ${party}` });
      return;
    case 'cease':
      await recordContactFact(tx, told, { kind: 'stop', stop: 'ceaseContact', accountIds: [], ...lasting });
      return;
    case 'attorney':
      await recordContactFact(tx, told, { kind: 'stop', stop: 'attorney', accountIds: [], ...lasting });
      return;
    case 'dispute':
      await recordContactFact(tx, told, { kind: 'dispute', party, accountIds: [accountId], ...lasting });
      return;
    case 'verified':
      await endContactFact(tx, { guarantorId: told.guarantorId, dispute: { party, accountId }, until: at });
  }
}

async function askForPlacements(intake: Intake, strays: readonly VendorContactRow[]): Promise<void> {
  const [first] = strays;
  const task = unmatched(intake, {
    kind: 'readUnknown',
    title: 'Find the placements of a vendor’s contacts',
    reason: `${strays.length} rows name placements that are not known here, or whose account has no guarantor; ask the vendor, and take the file in again mended.`,
    offset: first?.offset ?? 0,
  });
  await writeUnmatched(intake.tx, [task], intake.receivedOn);
}
