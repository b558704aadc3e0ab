import { z } from 'zod';
import type { Arrival } from '../../rules/domain/event.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { amountText, parseAmount } from '../../rules/domain/money.ts';
import { holdNames, holdWords } from '../../rules/domain/hold.ts';

/** A row of the holds feed: a notice about an account. */
export const holdArrival = z.strictObject({
  account: z.string(),
  hold: z.enum(holdNames),
  says: z.enum(holdWords).default('placed'),
  reference: z.string().default('NOTICE-1'),
});
export type HoldTold = z.output<typeof holdArrival>;

type HoldReported = Extract<Arrival, { kind: 'holdReported' }>;

/** The feed that brings it, and what it says. */
export function holdFile({ account, hold, says, reference }: HoldTold, on: CivilDate) {
  const body: Omit<HoldReported, 'fileId' | 'offset'> = { kind: 'holdReported', hold, says, on, reference };
  const csv = `account_number,guarantor_id,hold,says,on,reference\n${account},,${hold},${says},${on},${reference}\n`;
  return { kind: 'feed', name: `${on}-${account}-${hold}-${says}-holds.csv`, csv, accountNumber: account, body } as const;
}

/** A row of the bank's feed: a cheque of ours that nobody cashed, or that came back. */
export const refundArrival = z.strictObject({
  account: z.string(),
  amount: z.union([z.number(), z.string()]).transform((value, context) => {
    const cents = parseAmount(String(value));
    if (cents !== null) return cents;
    context.addIssue({ code: 'custom', message: 'expected dollars with at most two decimals, such as 60.00' });
    return z.NEVER;
  }),
  says: z.enum(['uncashed', 'returned']).default('uncashed'),
  reference: z.string().default('CHECK-1'),
});

type RefundReturned = Extract<Arrival, { kind: 'refundReturned' }>;

/** The feed that brings it, and what it says. */
export function refundFile({ account, amount, says, reference }: z.output<typeof refundArrival>, on: CivilDate) {
  const body: Omit<RefundReturned, 'fileId' | 'offset'> = { kind: 'refundReturned', cents: amount, says, on, reference };
  const csv = `account_number,amount,says,on,reference\n${account},${amountText(amount)},${says},${on},${reference}\n`;
  return { kind: 'feed', name: `${on}-${account}-refunds.csv`, csv, accountNumber: account, body } as const;
}
