import type { Account } from '../domain/account.ts';
import { addMonths, civilDate, type CivilDate } from '../domain/civil-date.ts';
import type { PlanStatus } from '../domain/plan.ts';
import type { PayableAccount } from '../plans/allocate.ts';
import type { DatedAmount } from '../plans/promise.ts';
import { type PlanStanding, standingOf, unpaidOf } from '../plans/standing.ts';
import { bucketBalance } from './balances.ts';

/** Of plans agreed before their terms were kept with them. */
const missedInstalmentsAtDefault = 2;

/** The timer that looks whether an instalment came; statements and offers do not wait for it. */
export const instalmentTimer = 'instalment';

export function isInstalmentTimer(timerId: string): boolean {
  return timerId.startsWith(`${instalmentTimer}:`);
}

/** Where the payment plan stands on that day, from what was agreed and what was paid since. */
export function planStatus(account: Account, on: CivilDate): PlanStatus {
  const { plan } = account.patient;
  if (plan.status !== 'active' || plan.since === null) return plan.status;
  const standing = planStanding(account, on);
  if (standing !== null) return standing.isInDefault ? 'defaulted' : 'active';
  const missed = monthsSince(plan.since, on) - Math.floor(paidOnPlan(account) / plan.instalmentCents);
  return missed >= missedInstalmentsAtDefault ? 'defaulted' : 'active';
}

/** Against its schedule; null without one. */
export function planStanding(account: Account, on: CivilDate): PlanStanding | null {
  const { instalments, terms, since } = account.patient.plan;
  if (instalments === undefined || terms === undefined || since === null) return null;
  return standingOf({ instalments, terms }, { paidCents: paidOnPlan(account), balanceCents: bucketBalance(account, 'patient'), on });
}

/** Since the plan was agreed, less what came back of it. */
export function paidOnPlan(account: Account): number {
  const { since } = account.patient.plan;
  if (since === null) return 0;
  return patientPayments(account).reduce((total, one) => (one.on >= since ? total + one.cents : total), 0);
}

/** What came back counts on the day of its payment: it was never there. */
export function patientPayments(account: Account): readonly DatedAmount[] {
  const payments = account.lines.filter((line) => line.kind === 'patientPayment');
  const days = new Map(payments.map((line) => [line.id, line.on]));
  return payments.map((line) => ({ on: civilDate(days.get(line.undoes ?? '') ?? line.on), cents: 0 - line.cents }));
}

/** The account as a payment for several sees it; `pendingCents` came in and is not posted yet. Null before it was opened. */
export function payableOf(account: Account, pendingCents = 0): PayableAccount | null {
  if (account.opened === null) return null;
  const { plan, status } = account.patient;
  const balanceCents = bucketBalance(account, 'patient') - pendingCents;
  const runs = plan.status === 'active' || plan.status === 'defaulted';
  const unpaid = runs ? unpaidOf(plan.instalments ?? [], paidOnPlan(account) + pendingCents, balanceCents) : [];
  const isWithVendor = status === 'placing' || status === 'placed' || status === 'recalling';
  return { accountId: account.id, servicedThrough: account.opened.servicedThrough, balanceCents, isWithVendor, unpaid };
}

/** The first instalment of a plan without a schedule is due a month after it was accepted. */
function monthsSince(since: CivilDate, on: CivilDate): number {
  let due = 0;
  while (addMonths(since, due + 1) <= on) due += 1;
  return due;
}
