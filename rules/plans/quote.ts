import { addDays, type CivilDate } from '../domain/civil-date.ts';
import type { PayableAccount } from './allocate.ts';
import type { PlanPolicy } from './policy.ts';

/** What ends the plan today. Nothing is added to it: no interest, no fee. */
export interface PayOffQuote {
  readonly quotedOn: CivilDate;
  readonly goodThrough: CivilDate;
  readonly totalCents: number;
  /** Of that, due before the day of the quote and not paid. */
  readonly overdueCents: number;
  readonly instalmentsLeft: number;
  /** When the plan ends if every instalment is paid on its day; null without instalments. */
  readonly lastDueOn: CivilDate | null;
  readonly accounts: readonly { readonly accountId: string; readonly cents: number }[];
}

export function payOffQuote(accounts: readonly PayableAccount[], on: CivilDate, { quoteDays }: PlanPolicy): PayOffQuote {
  const owing = accounts.filter(({ balanceCents }) => balanceCents > 0);
  const unpaid = owing.flatMap((account) => account.unpaid);
  const days = [...new Set(unpaid.map(({ dueOn }) => dueOn))].sort();
  return {
    quotedOn: on,
    goodThrough: addDays(on, quoteDays),
    totalCents: owing.reduce((total, { balanceCents }) => total + balanceCents, 0),
    overdueCents: unpaid.filter(({ dueOn }) => dueOn < on).reduce((total, { cents }) => total + cents, 0),
    instalmentsLeft: days.length,
    lastDueOn: days.at(-1) ?? null,
    accounts: owing.map(({ accountId, balanceCents: cents }) => ({ accountId, cents })),
  };
}
