import { readAccountIds, readKnownKeys } from '../../prisma/reads/matching.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import type { ReturnedRefundRow } from '../feeds/returned-refunds.ts';
import { arrivalFrom, type Counts, type Intake } from './context.ts';
import { IntakeFault } from './fault.ts';

/** Each cheque comes back once, whoever says it how often. One of an account that is not ours refuses the file: we sent it. */
export async function storeReturnedRefunds(intake: Intake, rows: readonly ReturnedRefundRow[]): Promise<Counts> {
  const numbers = rows.map(({ accountNumber }) => accountNumber);
  const accounts = await readAccountIds(intake.tx, numbers);
  const said = rows.map(({ accountNumber, offset, ...row }) => {
    const accountId = accounts.get(accountNumber);
    if (accountId === undefined)
      throw new IntakeFault('refund.unknown-account', 'column account_number names an account that is not known here', offset);
    const body = { kind: 'refundReturned', ...row, fileId: intake.fileId, offset } as const;
    return { ...arrivalFrom(intake, accountId, body, { offset }), dedupeKey: `refundReturned:${accountId}:${row.reference}` };
  });
  const keys = said.map(({ dedupeKey }) => dedupeKey);
  const known = new Set(await readKnownKeys(intake.tx, keys));
  const fresh = said.filter(({ dedupeKey }) => !known.has(dedupeKey) && known.add(dedupeKey));
  await appendArrivals(intake.tx, fresh);
  return { 'refunds returned': fresh.length, 'refunds returned already recorded': said.length - fresh.length };
}
