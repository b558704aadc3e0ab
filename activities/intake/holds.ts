import { readAccountsOfGuarantors } from '../../prisma/reads/holds.ts';
import { readAccountIds, readKnownKeys } from '../../prisma/reads/matching.ts';
import { appendArrivals, type NewArrival } from '../../prisma/writes/events.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import type { HoldRow } from '../feeds/holds.ts';
import { arrivalFrom, type Counts, type Intake, unmatched } from './context.ts';

/** From the moment it is stored a hold stops what is to be sent. Said again it changes nothing; for nobody known here it is a person's. */
export async function storeHolds(intake: Intake, rows: readonly HoldRow[]): Promise<Counts> {
  const accounts = await accountsOf(intake, rows);
  const said = rows.flatMap((row) => (accounts.get(row) ?? []).map((accountId) => arrivalOf(intake, row, accountId)));
  const known = new Set(
    await readKnownKeys(
      intake.tx,
      said.map(({ dedupeKey }) => dedupeKey),
    ),
  );
  const fresh = said.filter(({ dedupeKey }) => !known.has(dedupeKey) && known.add(dedupeKey));
  await appendArrivals(intake.tx, fresh);
  const strays = rows.filter((row) => (accounts.get(row) ?? []).length === 0);
  const tasks = strays.map(({ hold, says, offset }) =>
    unmatched(intake, {
      kind: 'matchHold',
      title: `Find the account of a hold: ${hold} ${says}`,
      reason: 'The account or guarantor number that it names is not known here. Place the hold by hand once it is found.',
      offset,
    }),
  );
  await writeUnmatched(intake.tx, tasks, intake.receivedOn);
  return { holds: fresh.length, 'holds already recorded': said.length - fresh.length, 'holds unmatched': strays.length };
}

async function accountsOf({ tx }: Intake, rows: readonly HoldRow[]): Promise<ReadonlyMap<HoldRow, readonly string[]>> {
  const numbers = rows.flatMap(({ accountNumber }) => (accountNumber === '' ? [] : [accountNumber]));
  const byNumber = await readAccountIds(tx, numbers);
  const byGuarantor = await readAccountsOfGuarantors(
    tx,
    rows.flatMap(({ guarantorId }) => (isId.test(guarantorId) ? [guarantorId] : [])),
  );
  return new Map(rows.map((row) => [row, byGuarantor.get(row.guarantorId) ?? [byNumber.get(row.accountNumber) ?? []].flat()]));
}

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function arrivalOf(intake: Intake, { hold, says, on, reference, offset }: HoldRow, accountId: string): NewArrival {
  const body = { kind: 'holdReported', hold, says, on, reference, fileId: intake.fileId, offset } as const;
  return { ...arrivalFrom(intake, accountId, body, { offset }), dedupeKey: `hold:${accountId}:${hold}:${says}:${on}` };
}
