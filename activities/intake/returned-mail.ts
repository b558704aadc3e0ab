import { contactOf, readOpenAccountsOf } from '../../prisma/reads/statement-source.ts';
import { readKnownKeys } from '../../prisma/reads/matching.ts';
import { appendArrivals, type NewArrival } from '../../prisma/writes/events.ts';
import { changeGuarantor } from '../../prisma/writes/guarantor-contact.ts';
import { markReturned } from '../../prisma/writes/statements.ts';
import { findStatements, type SentStatement } from '../../prisma/reads/statements.ts';
import { addDays, instantAt } from '../../rules/domain/civil-date.ts';
import type { Arrival } from '../../rules/domain/event.ts';
import type { ReturnedMail } from '../feeds/returned-mail.ts';
import { waysTo } from '../statements/contacts.ts';
import { addCounts, arrivalFrom, type Counts, type Intake } from './context.ts';
import { IntakeFault } from './fault.ts';

/** Someone looks for another address within so many days (practice). */
const reviewDays = 30;

/**
 * Mail that did not arrive, electronic first: who may be reached electronically gets the next statement that way, for everybody else all accounts are
 * held until there is another address. A forwarding address takes the place of the old one, and releases them. Said again it changes nothing; a statement
 * that was never sent from here refuses the file.
 */
export async function storeReturnedMail(intake: Intake, rows: readonly ReturnedMail[]): Promise<Counts> {
  const statements = await findStatements(
    intake.tx,
    rows.map(({ statement }) => statement),
  );
  const counts: Counts[] = [];
  for (const row of rows) {
    const found = statements.get(row.statement);
    if (found === undefined)
      throw new IntakeFault('mail.unknown-statement', 'column statement names a statement that was never sent from here', row.offset);
    counts.push(row.event === 'returned' ? await cameBack(intake, row, found) : await forwarded(intake, row, found));
  }
  return addCounts(counts);
}

async function cameBack(intake: Intake, row: Extract<ReturnedMail, { event: 'returned' }>, found: SentStatement): Promise<Counts> {
  const { tx } = intake;
  if (!(await markReturned(tx, row.statement, row.on))) return { 'returns already recorded': 1 };
  const { guarantorId } = found;
  // It was sent to an address that was replaced since.
  if (guarantorId !== null && found.isOldAddress) return { 'returned from an old address': 1 };
  if (guarantorId !== null) await changeGuarantor(tx, { guarantorId, by: 'mail house', change: { mailReturnedOn: row.on } });
  if (guarantorId !== null && (await isReachable(intake, guarantorId, found))) return { 'returned, electronic from now on': 1 };
  const hold = { kind: 'holdPlaced', hold: 'returnedMail', on: row.on, reviewOn: addDays(row.on, reviewDays) } as const;
  return { returned: 1, 'accounts held': await tellAll(intake, row, { found, body: hold }) };
}

/** Whether the next statement may go electronically, asked as of noon. */
async function isReachable({ tx, receivedOn, zone }: Intake, guarantorId: string, { accountIds }: SentStatement): Promise<boolean> {
  const contact = contactOf(await tx.guarantor.findUniqueOrThrow({ where: { id: guarantorId } }));
  const found = await waysTo(tx, instantAt(receivedOn, 12, zone), [{ contact, accountIds }]);
  return (found.get(guarantorId)?.way ?? null) !== null;
}

async function forwarded(intake: Intake, row: Extract<ReturnedMail, { event: 'forwarded' }>, found: SentStatement): Promise<Counts> {
  if (found.guarantorId === null) return { 'forwarded, no guarantor kept': 1 };
  const change = { ...row.address, mailReturnedOn: null };
  const isNew = await changeGuarantor(intake.tx, { guarantorId: found.guarantorId, by: 'mail house', change });
  const body = { kind: 'holdReleased', hold: 'returnedMail', on: row.on } as const;
  const released = await tellAll(intake, row, { found, body, onlyHeld: true });
  return isNew ? { 'new addresses': 1, 'accounts released': released } : { 'addresses already known': 1 };
}

interface Told {
  readonly found: SentStatement;
  readonly body: Arrival;
  readonly onlyHeld?: true;
}

/** All open accounts of the person, or those of the statement where no guarantor is kept. @returns how many heard it now */
async function tellAll(intake: Intake, row: ReturnedMail, { found, body, onlyHeld }: Told): Promise<number> {
  const open = await readOpenAccountsOf(intake.tx, found);
  const held = (holds: readonly { readonly reason: string; readonly releasedOn: string | null }[]): boolean =>
    holds.some(({ reason, releasedOn }) => reason === 'returnedMail' && releasedOn === null);
  const arrivals = open.flatMap(({ accountId, holds }): readonly NewArrival[] => {
    if (held(holds) !== (onlyHeld === true)) return [];
    const dedupeKey = `returnedMail:${accountId}:${row.statement}:${body.kind}:${row.on}`;
    return [{ ...arrivalFrom(intake, accountId, body, { offset: row.offset, about: accountId }), dedupeKey }];
  });
  const known = new Set(
    await readKnownKeys(
      intake.tx,
      arrivals.map(({ dedupeKey }) => dedupeKey),
    ),
  );
  const fresh = arrivals.filter(({ dedupeKey }) => !known.has(dedupeKey));
  await appendArrivals(intake.tx, fresh);
  return fresh.length;
}
