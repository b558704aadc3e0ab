import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { bucketBalance } from '../../rules/lifecycle/balances.ts';
import { payableOf, planStanding } from '../../rules/lifecycle/plan.ts';
import type { AccountView } from './account-shapes.ts';
import type { PlanView } from './plan-shapes.ts';

/** The plan and the promises of one account. */
export function planOf({ patient, ...account }: Account): Pick<AccountView['patient'], 'plan' | 'promises'> {
  const { status, instalmentCents, since, planId = null, accounts = 1 } = patient.plan;
  const left = payableOf({ ...account, patient })?.unpaid ?? [];
  const promises = (patient.promises ?? []).map(({ id, cents, madeOn, dueOn, by, status: kept, paidCents }) => {
    return { id, cents, madeOn, dueOn, by, status: kept, paidCents };
  });
  return { plan: { status, instalmentCents, since, planId, left: left.map((one) => ({ ...one })), accounts }, promises };
}

/** A plan over its accounts, as they stand on that day. */
export function planViewOf(
  plan: Omit<PlanView, 'accounts' | 'next' | 'leftCents' | 'overdueCents'>,
  accounts: readonly { readonly accountNumber: string; readonly shareCents: number; readonly account: Account }[],
  today: CivilDate,
): PlanView {
  const all = accounts.map(({ accountNumber, shareCents, account }) => {
    const standing = planStanding(account, today);
    const left = (standing?.unpaid ?? account.patient.plan.instalments ?? []).map((one) => ({ ...one }));
    const { missed = 0, overdueCents = 0 } = standing ?? {};
    return {
      accountNumber,
      shareCents,
      balanceCents: bucketBalance(account, 'patient'),
      status: account.patient.plan.status,
      missed,
      overdueCents,
      left,
    };
  });
  const days = [...new Set(all.flatMap(({ left }) => left.map(({ dueOn }) => dueOn)))].sort();
  const [first] = days;
  const sumOn = (on: string) => all.flatMap(({ left }) => left).reduce((total, one) => (one.dueOn === on ? total + one.cents : total), 0);
  return {
    ...plan,
    accounts: all,
    next: first === undefined ? null : { dueOn: first, cents: sumOn(first) },
    leftCents: all.flatMap(({ left }) => left).reduce((total, { cents }) => total + cents, 0),
    overdueCents: all.reduce((total, { overdueCents }) => total + overdueCents, 0),
  };
}
