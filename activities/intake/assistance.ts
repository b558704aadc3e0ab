import { takePersons } from '../../prisma/reads/kin.ts';
import { readAccountIds, readKnownKeys } from '../../prisma/reads/matching.ts';
import { appendArrivals, type NewArrival } from '../../prisma/writes/events.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import type { Account } from '../../rules/domain/account.ts';
import type { Arrival } from '../../rules/domain/event.ts';
import { evolve } from '../../rules/lifecycle/evolve.ts';
import { leadingAccount } from '../../rules/lifecycle/person-assistance.ts';
import type { AssistanceRow } from '../feeds/assistance.ts';
import { arrivalFrom, type Counts, type Intake, unmatched } from './context.ts';

/** Applications and screenings; said again they are heard once. One whose account is not known is a task: its patient is protected from that day too. */
export async function storeAssistance(intake: Intake, rows: readonly AssistanceRow[]): Promise<Counts> {
  const accounts = await readAccountIds(
    intake.tx,
    rows.map(({ accountNumber }) => accountNumber),
  );
  const leading = await leadingAccounts(intake, rows, accounts);
  const said = rows.flatMap((row) => {
    const accountId = leading.get(row) ?? accounts.get(row.accountNumber);
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

/** An application is of the person: it is taken in once, on the account that leads it. */
async function leadingAccounts(
  intake: Intake,
  rows: readonly AssistanceRow[],
  accounts: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<AssistanceRow, string>> {
  const applied = rows.flatMap((row) => {
    const accountId = accounts.get(row.accountNumber);
    return row.event !== 'applied' || accountId === undefined ? [] : [{ row, accountId }];
  });
  const found = new Map<AssistanceRow, string>();
  if (applied.length === 0) return found;
  const persons = await takePersons(
    intake.tx,
    applied.map(({ accountId }) => accountId),
  );
  const led = new Map<string, Account>();
  for (const { row, accountId } of applied) {
    const [named, ...others] = (persons.get(accountId) ?? [])
      .map((account) => led.get(account.id) ?? account)
      .toSorted((a, b) => Number(b.id === accountId) - Number(a.id === accountId));
    if (named === undefined) continue;
    const account = leadingAccount(named, others, row.applicationId);
    found.set(row, account.id);
    // The next row of the file finds it there.
    led.set(account.id, evolve(account, { id: '', occurredAt: intake.receivedAt, ...bodyOf(row, '') }));
  }
  return found;
}

function bodyOf(row: AssistanceRow, fileId: string): Arrival {
  const place = { on: row.on, fileId, offset: row.offset };
  return row.event === 'applied'
    ? { kind: 'assistanceApplied', applicationId: row.applicationId, ...place }
    : { kind: 'assistanceScreened', result: row.result, ...place };
}

function heard(intake: Intake, accountId: string, row: AssistanceRow): NewArrival {
  const { on, offset, accountNumber } = row;
  const body = bodyOf(row, intake.fileId);
  const key = row.event === 'applied' ? `${accountId}:applied:${row.applicationId}` : `${accountNumber}:screened:${row.result}`;
  return { ...arrivalFrom(intake, accountId, body, { offset }), dedupeKey: `assistance:${key}:${on}` };
}
