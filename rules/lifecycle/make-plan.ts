import type { Account } from '../domain/account.ts';
import { addDays, addMonths, type CivilDate, later } from '../domain/civil-date.ts';
import type { Arrival } from '../domain/event.ts';
import type { HoldBook } from '../domain/hold.ts';
import type { PlanRow } from '../domain/payment.ts';
import type { Instalment } from '../domain/plan.ts';
import { type PlanPolicy, termsOf } from '../plans/policy.ts';
import { instalmentFor, offeredInstalment, scheduleOf, sharesOf, termsRefusal } from '../plans/schedule.ts';
import { bucketBalance } from './balances.ts';
import { holdStopping, stoppedBy } from './holds.ts';
import { hasPlacementOut } from './phase.ts';

/** A plan over the accounts of one guarantor, to the cent. */
export interface MadePlan {
  readonly totalCents: number;
  readonly instalmentCents: number;
  readonly instalments: readonly Instalment[];
  /** In the order of the accounts; each sums to what its account owes. */
  readonly shares: readonly (readonly Instalment[])[];
}

export type PlanWish = Pick<PlanRow, 'planId' | 'on' | 'instalmentCents' | 'months' | 'firstDueOn'>;

/** What we agree to on that day, and what holds stop. */
export interface PlanLaw {
  readonly policy: PlanPolicy;
  readonly holds: HoldBook;
}

/** @returns the plan, or why there can be none, in words for the person who asks for it */
export function makePlan(wish: PlanWish, accounts: readonly Account[], { policy, holds }: PlanLaw): MadePlan | string {
  for (const account of accounts) {
    const refusal = accountRefusal(account, wish.planId, holds);
    if (refusal !== null) return `account ${account.opened?.accountNumber ?? ''}: ${refusal}`;
  }
  const balances = accounts.map((account): number => bucketBalance(account, 'patient'));
  const totalCents = balances.reduce((a, b) => a + b, 0);
  const { months, on } = wish;
  const instalmentCents =
    wish.instalmentCents ??
    (months === null ? offeredInstalment(totalCents, policy.bands.at(-1)?.months ?? 1, policy) : instalmentFor(totalCents, months));
  const firstDueOn = wish.firstDueOn ?? addMonths(on, 1);
  const refusal = termsRefusal({ totalCents, instalmentCents, firstDueOn, on }, policy);
  if (refusal !== null) return refusal;
  const instalments = scheduleOf({ totalCents, instalmentCents, firstDueOn });
  return { totalCents, instalmentCents, instalments, shares: sharesOf(instalments, balances) };
}

/** What was offered, as it is agreed on a later day: the same amount and day of the month, what is owed by then. */
export function wishOfOffer(offer: { readonly instalmentCents: number; readonly firstDueOn: CivilDate }, row: PlanRow): PlanWish {
  const { planId, on, months } = row;
  const firstDueOn = row.firstDueOn ?? later(offer.firstDueOn, on);
  return { planId, on, months, instalmentCents: row.instalmentCents ?? (months === null ? offer.instalmentCents : null), firstDueOn };
}

/** What each account hears of it, in their order. */
export function planArrivals(
  row: PlanRow,
  made: MadePlan,
  { fileId, policy }: { readonly fileId: string; readonly policy: PlanPolicy },
): readonly Arrival[] {
  const { planId, on, by, offset } = row;
  const { shares, instalmentCents, totalCents } = made;
  const said = { planId, accounts: shares.length, on, by, fileId, offset };
  return shares.map((instalments, n): Arrival => {
    const confirms = n === 0 ? { confirms: { instalmentCents, totalCents } } : {};
    if (row.event === 'agreed') return { kind: 'planAgreed', ...said, instalments, terms: termsOf(policy), ...confirms };
    const answerBy = addDays(on, policy.answerDays);
    return { kind: 'planOffered', ...said, instalments, instalmentCents, totalCents, leads: n === 0, answerBy };
  });
}

function accountRefusal(account: Account, planId: string, holds: HoldBook): string | null {
  const { plan } = account.patient;
  const held = holdStopping(holds, account.holds, 'offerPaymentPlan');
  if (bucketBalance(account, 'patient') <= 0) return 'the patient owes nothing on it';
  if (held !== null) return stoppedBy(held);
  if (hasPlacementOut(account)) return 'a vendor works it: recall it first';
  if (plan.status === 'active') return `plan ${plan.planId ?? 'of that account'} runs already: end it first`;
  return plan.status === 'offered' && plan.planId !== undefined && plan.planId !== planId
    ? `plan ${plan.planId} is offered and not answered yet: decline it first`
    : null;
}
