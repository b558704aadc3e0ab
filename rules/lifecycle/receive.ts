import type { Account } from '../domain/account.ts';
import { allocatePayment, type PayableAccount, type PaymentPart } from '../plans/allocate.ts';
import type { PlanPolicy } from '../plans/policy.ts';
import { payableOf } from './plan.ts';

/** An account of a guarantor, with what came in for it and is not posted yet. */
export interface ReceivingAccount {
  readonly account: Account;
  readonly pendingCents: number;
}

/** What the payment names, found. */
export type FoundPurpose =
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'plan'; readonly planId: string }
  | { readonly kind: 'guarantor' };

/**
 * Where a payment goes: parts that sum to it, one for an account. One that names an account stays there whole, unless that account is in a running
 * plan over several and the policy takes it as a payment on the plan; what a vendor took is the account's that the vendor works. `all` are the
 * accounts of the guarantor.
 */
export function partsOfPayment(
  { cents, via, to }: { readonly cents: number; readonly via: 'direct' | 'vendor'; readonly to: FoundPurpose },
  all: readonly ReceivingAccount[],
  policy: PlanPolicy,
): readonly PaymentPart[] {
  const payable = (chosen: readonly ReceivingAccount[]): readonly PayableAccount[] =>
    chosen.flatMap(({ account, pendingCents }) => payableOf(account, pendingCents) ?? []);
  if (to.kind === 'guarantor') return allocatePayment(cents, payable(all), policy.allocation);
  const planId = to.kind === 'plan' ? to.planId : via === 'vendor' ? null : planOver(all, to.accountId, policy);
  if (planId === null) return to.kind === 'account' ? [{ accountId: to.accountId, cents }] : [];
  const inPlan = all.filter(({ account }) => account.patient.plan.planId === planId);
  const ofPlan = payable(inPlan);
  const owed = ofPlan.reduce((total, { balanceCents }) => total + Math.max(0, balanceCents), 0);
  const others = payable(all.filter((one) => !inPlan.includes(one))).filter(({ balanceCents }) => balanceCents > 0);
  const onPlan = others.length === 0 ? cents : Math.min(cents, owed);
  return joined([
    ...(onPlan > 0 ? allocatePayment(onPlan, ofPlan, policy.allocation) : []),
    ...(cents > onPlan ? allocatePayment(cents - onPlan, others, policy.allocation) : []),
  ]);
}

function planOver(all: readonly ReceivingAccount[], accountId: string, { allocation }: PlanPolicy): string | null {
  const plan = all.find(({ account }) => account.id === accountId)?.account.patient.plan;
  if (allocation.namedAccount === 'account' || plan?.planId === undefined || (plan.accounts ?? 1) < 2) return null;
  return plan.status === 'active' || plan.status === 'defaulted' ? plan.planId : null;
}

function joined(parts: readonly PaymentPart[]): readonly PaymentPart[] {
  const sums = new Map<string, number>();
  for (const { accountId, cents } of parts) sums.set(accountId, (sums.get(accountId) ?? 0) + cents);
  return [...sums].map(([accountId, cents]) => ({ accountId, cents }));
}
