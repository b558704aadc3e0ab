import { z } from 'zod';
import { amount, date } from './account-shapes.ts';

/** Payments of patients and plans for them, as the API answers them and `recourse … --json` prints them. */

const instalment = z.object({ dueOn: date, cents: amount });

export const planView = z.object({
  planId: z.string(),
  status: z.string().meta({ description: 'offered, agreed, declined or ended; how it is kept, each account says' }),
  totalCents: amount,
  instalmentCents: amount,
  firstDueOn: date.nullable(),
  lastDueOn: date.nullable(),
  by: z.string().nullable(),
  statusOn: date.nullable(),
  policyId: z.string().nullable(),
  next: instalment.nullable(),
  leftCents: amount,
  overdueCents: amount,
  accounts: z.array(
    z.object({
      accountNumber: z.string(),
      status: z.string(),
      shareCents: amount,
      balanceCents: amount,
      missed: z.int(),
      overdueCents: amount,
      left: z.array(instalment),
    }),
  ),
});
export type PlanView = z.output<typeof planView>;

export const quoteView = z.object({
  quotedOn: date,
  goodThrough: date,
  totalCents: amount.meta({ description: 'what is owed; no interest and no fee is added' }),
  overdueCents: amount,
  instalmentsLeft: z.int(),
  lastDueOn: date.nullable(),
  accounts: z.array(z.object({ accountNumber: z.string(), cents: amount })),
});
export type QuoteView = z.output<typeof quoteView>;

export const paymentView = z.object({
  paymentId: z.string(),
  amountCents: amount,
  paidOn: date,
  via: z.string(),
  paidFor: z.string().meta({ description: 'an account number, `plan …` or `guarantor …`' }),
  status: z.enum(['posted', 'unmatched']),
  parts: z.array(z.object({ accountNumber: z.string(), amountCents: amount })),
  reversals: z.array(
    z.object({
      reversalId: z.string(),
      kind: z.string().meta({ description: 'returned or moved' }),
      amountCents: amount,
      on: date,
      reason: z.string(),
      paidFor: z.string().nullable(),
      isApplied: z.boolean(),
    }),
  ),
  source: z.object({ fileId: z.string(), offset: z.int() }),
});
export type PaymentView = z.output<typeof paymentView>;

const counts = {
  made: z.int(),
  open: z.int(),
  kept: z.int(),
  partlyKept: z.int(),
  broken: z.int(),
  promisedCents: amount,
  paidCents: amount,
  keptRate: z.int().nullable().meta({ description: 'of those that are settled, in hundredths of a percent' }),
};
export const promiseReport = z.object({
  from: date,
  to: date,
  total: z.object(counts),
  rows: z.array(z.object({ of: z.string(), ...counts })),
});
export type PromiseReport = z.output<typeof promiseReport>;
