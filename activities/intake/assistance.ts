import { readAccountIds, readKnownKeys } from '../../prisma/reads/matching.ts';
import { appendArrivals, type NewArrival } from '../../prisma/writes/events.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import type { Arrival } from '../../rules/domain/event.ts';
import type { AssistanceRow } from '../feeds/assistance.ts';
import { arrivalFrom, type Counts, type Intake, unmatched } from './context.ts';

/** Applications and screenings; said again they are heard once. One whose account is not known is a task: its patient is protected from that day too. */
export async function storeAssistance(intake: Intake, rows: readonly AssistanceRow[]): Promise<Counts> {
  const accounts = await readAccountIds(
    intake.tx,
    rows.map(({ accountNumber }) => accountNumber),
  );
  const said = rows.flatMap((row) => {
    const accountId = accounts.get(row.accountNumber);
    return accountId === undefined ? [] : [heard(intake, accountId, row)];
  });
  const known = new Set(
    await readKnownKeys(
      intake.tx,
      said.map(({ dedupeKey }) => dedupeKey),
    ),
  );
  const fresh = said.filter(({ dedupeKey }) => !known.has(dedupeKey) && known.add(dedupeKey));
  await appendArrivals(intake.tx, fresh);
  const strays = rows.filter(({ accountNumber }) => !accounts.has(accountNumber));
  const tasks = strays.map(({ event, on, offset }) =>
    unmatched(intake, {
      kind: 'readUnknown',
      title: event === 'applied' ? 'Find the account of an application for assistance' : 'Find the account of a screening for assistance',
      reason: `The account number that it names is not known here. It came on ${on}: enter it under the right number with that day, then end this task.`,
      offset,
    }),
  );
  await writeUnmatched(intake.tx, tasks, intake.receivedOn);
  return {
    'assistance events': fresh.length,
    'assistance events already recorded': said.length - fresh.length,
    'assistance events unmatched': strays.length,
  };
}

function heard(intake: Intake, accountId: string, row: AssistanceRow): NewArrival {
  const { on, offset, accountNumber } = row;
  const place = { on, fileId: intake.fileId, offset };
  const body: Arrival =
    row.event === 'applied'
      ? { kind: 'assistanceApplied', applicationId: row.applicationId, ...place }
      : { kind: 'assistanceScreened', result: row.result, ...place };
  const what = row.event === 'applied' ? `applied:${row.applicationId}` : `screened:${row.result}`;
  return { ...arrivalFrom(intake, accountId, body, { offset }), dedupeKey: `assistance:${accountNumber}:${what}:${on}` };
}
