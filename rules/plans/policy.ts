import { z } from 'zod';
import type { CivilDate } from '../domain/civil-date.ts';
import type { PlanTerms } from '../domain/plan.ts';
import { readReferenceFile } from '../domain/reference-file.ts';
import { date } from '../domain/reference-values.ts';

/** In which order the accounts of a guarantor get what was paid for all of them. */
export const allocationOrders = ['oldestFirst', 'proportional'] as const;
export type AllocationOrder = (typeof allocationOrders)[number];

/** What we agree to, and how payments are spread; of several the latest begun counts. */
export interface PlanPolicy extends PlanTerms {
  readonly id: string;
  readonly from: CivilDate;
  readonly smallestInstalmentCents: number;
  /** The most months for a balance of at least so much. */
  readonly bands: readonly { readonly fromCents: number; readonly months: number }[];
  /** An offer stands for so many days. */
  readonly answerDays: number;
  /** A pay-off quote holds for so many days. */
  readonly quoteDays: number;
  /** A promise is still kept when the money comes so many days late. */
  readonly promiseGraceDays: number;
  /** A promise may lie no further ahead. */
  readonly longestPromiseDays: number;
  readonly allocation: {
    readonly order: AllocationOrder;
    /** Balances that a vendor works come last. */
    readonly vendorsLast: boolean;
    /** What a payment that names one account of a running plan is for. */
    readonly namedAccount: 'plan' | 'account';
  };
}

const count = z.int().min(0).max(3_650);
const policy = z.strictObject({
  id: z.string().min(1),
  from: date,
  smallestInstalmentCents: z.int().min(1),
  bands: z
    .array(z.strictObject({ fromCents: z.int().min(0), months: z.int().min(1).max(120) }))
    .min(1)
    .refine((all) => all[0]?.fromCents === 0 && all.every((b, n) => n === 0 || b.fromCents > (all[n - 1]?.fromCents ?? 0)), {
      message: 'bands begin at 0 and ascend',
    }),
  graceDays: count,
  toleranceCents: z.int().min(0).max(1_000),
  missedAtDefault: z.int().min(1).max(12),
  cureDays: count,
  mostCures: count,
  answerDays: count,
  quoteDays: count,
  promiseGraceDays: count,
  longestPromiseDays: count,
  allocation: z.strictObject({
    order: z.enum(allocationOrders),
    vendorsLast: z.boolean(),
    namedAccount: z.enum(['plan', 'account']),
  }),
  citation: z.string().min(1),
});
const file = z.strictObject({ title: z.string(), source: z.string().min(1), seenOn: date, policies: z.array(policy).min(1) });

/** Reads rules/reference/plan-policies.json. @throws DomainError `reference.plan-policies`, naming every fault by its path */
export function readPlanPolicies(text: string): readonly PlanPolicy[] {
  return readReferenceFile(file, text, 'reference.plan-policies').policies;
}

/** The one that began last by that day; before the first, the first. */
export function planPolicyBy(policies: readonly PlanPolicy[]): (on: CivilDate) => PlanPolicy {
  const ascending = policies.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const [first] = ascending;
  if (first === undefined) throw new RangeError('there is at least one plan policy');
  return (on) => ascending.findLast(({ from }) => from <= on) ?? first;
}

/** The most months in which so much may be paid. */
export function mostMonths({ bands }: PlanPolicy, cents: number): number {
  return bands.findLast(({ fromCents }) => fromCents <= cents)?.months ?? 1;
}

export function termsOf({ graceDays, toleranceCents, missedAtDefault, cureDays, mostCures }: PlanPolicy): PlanTerms {
  return { graceDays, toleranceCents, missedAtDefault, cureDays, mostCures };
}
