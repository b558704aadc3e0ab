import { z } from 'zod';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { cents } from '../../rules/domain/money.ts';
import { type PaidFor, type PaymentRow, planEvents, type PlanRow } from '../../rules/domain/payment.ts';
import { planStatuses } from '../../rules/domain/plan.ts';
import { date, money } from './values.ts';

/** Of a payment: an account, a plan, or every account of whoever owes this one. */
const purpose = { account: z.string().optional(), plan: z.string().optional(), guarantorOf: z.string().optional() };

/** `dated`: when it was paid or came back, where the file came on another day. */
const paid = z.strictObject({
  id: z.string(),
  amount: money,
  dated: date.optional(),
  via: z.enum(['direct', 'vendor']).default('direct'),
  ...purpose,
});
const returned = z.strictObject({ id: z.string(), of: z.string(), amount: money, dated: date.optional(), reason: z.string().default('') });
const moved = z.strictObject({ id: z.string(), of: z.string(), amount: money, reason: z.string().default(''), ...purpose });
const plan = z.strictObject({
  plan: z.string(),
  event: z.enum(planEvents),
  accounts: z.array(z.string()).default([]),
  instalment: money.optional(),
  months: z.number().optional(),
  first: date.optional(),
  by: z.string().default('casey.collections'),
});

export const planArrivals = [
  z.strictObject({ paid }),
  z.strictObject({ returned }),
  z.strictObject({ moved }),
  z.strictObject({ plan }),
] as const;

export const planExpectation = z.strictObject({
  status: z.enum(planStatuses).optional(),
  missed: z.number().optional(),
  overdue: money.optional(),
  /** Of this account. */
  left: z.array(money).optional(),
  accounts: z.number().optional(),
  offers: z.number().optional(),
});

type Told<K extends string, V> = { readonly [key in K]: V };
export type PlanArrivalTold =
  | Told<'paid', z.output<typeof paid>>
  | Told<'returned', z.output<typeof returned>>
  | Told<'moved', z.output<typeof moved>>
  | Told<'plan', z.output<typeof plan>>;

export function isOfPlans(arrival: object): arrival is PlanArrivalTold {
  return 'paid' in arrival || 'returned' in arrival || 'moved' in arrival || 'plan' in arrival;
}

export type FeedRow = { readonly payment: PaymentRow } | { readonly plan: PlanRow };

/** A row of a feed of payments or of plans. */
export function rowOf(arrival: PlanArrivalTold, on: CivilDate): FeedRow {
  if ('plan' in arrival) {
    const { plan: planId, event, accounts, instalment, months, first, by } = arrival.plan;
    const terms = { instalmentCents: instalment ?? null, months: months ?? null, firstDueOn: first ?? null };
    return { plan: { planId, event, on, accounts, ...terms, by, offset: 0 } };
  }
  if ('paid' in arrival) {
    const { id: paymentId, amount, via, dated = on } = arrival.paid;
    return { payment: { event: 'payment', paymentId, to: purposeOf(arrival.paid), via, on: dated, cents: cents(amount), offset: 0 } };
  }
  if ('returned' in arrival) {
    const { id: reversalId, of, amount, reason, dated = on } = arrival.returned;
    return { payment: { event: 'returned', reversalId, of, reason, on: dated, cents: cents(amount), offset: 0 } };
  }
  const { id: reversalId, of, amount, reason } = arrival.moved;
  return { payment: { event: 'moved', reversalId, of, reason, to: purposeOf(arrival.moved), on, cents: cents(amount), offset: 0 } };
}

function purposeOf({
  account,
  plan: planId,
  guarantorOf,
}: {
  account?: string | undefined;
  plan?: string | undefined;
  guarantorOf?: string | undefined;
}): PaidFor {
  if (planId !== undefined) return { kind: 'plan', planId };
  if (guarantorOf !== undefined) return { kind: 'guarantorOf', accountNumber: guarantorOf };
  return { kind: 'account', accountNumber: account ?? '' };
}

/** The same arrival with a tag before every number that must be unique in the database. */
export function taggedPlan(arrival: PlanArrivalTold, tag: string): PlanArrivalTold {
  const own = <T extends { account?: string | undefined; plan?: string | undefined; guarantorOf?: string | undefined }>(told: T) => ({
    ...told,
    ...(told.account === undefined ? {} : { account: tag + told.account }),
    ...(told.plan === undefined ? {} : { plan: tag + told.plan }),
    ...(told.guarantorOf === undefined ? {} : { guarantorOf: tag + told.guarantorOf }),
  });
  if ('plan' in arrival)
    return { plan: { ...arrival.plan, plan: tag + arrival.plan.plan, accounts: arrival.plan.accounts.map((a) => tag + a) } };
  if ('paid' in arrival) return { paid: { ...own(arrival.paid), id: tag + arrival.paid.id } };
  if ('returned' in arrival) return { returned: { ...arrival.returned, id: tag + arrival.returned.id, of: tag + arrival.returned.of } };
  return { moved: { ...own(arrival.moved), id: tag + arrival.moved.id, of: tag + arrival.moved.of } };
}
