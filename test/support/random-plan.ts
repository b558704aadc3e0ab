import { loadHolds } from '../../client/knowledge.ts';
import type { Account } from '../../rules/domain/account.ts';
import { addMonths, type CivilDate } from '../../rules/domain/civil-date.ts';
import type { Arrival } from '../../rules/domain/event.ts';
import type { PlanRow } from '../../rules/domain/payment.ts';
import { makePlan, planArrivals } from '../../rules/lifecycle/make-plan.ts';
import { planStanding } from '../../rules/lifecycle/plan.ts';
import type { PlanPolicy } from '../../rules/plans/policy.ts';
import type { RandomNumbers } from './random-numbers.ts';

interface About {
  readonly account: Account;
  readonly today: CivilDate;
  readonly policy: PlanPolicy;
  /** Never given before. */
  readonly number: number;
}

const from = { fileId: 'f', offset: 0 } as const;

/** A payment, one that comes back whole or in part, or a plan that is offered, agreed or ended; a payment where nothing else is possible. */
export function randomPaymentOrPlan(about: About, numbers: RandomNumbers): Arrival {
  const draw = numbers.next(10);
  // What seldom happens by chance: the payment that completed a plan comes back.
  const back = about.account.patient.plan.status === 'kept' ? 7 : 2;
  const other = draw < back ? reversal(about, numbers) : draw < 4 ? plan(about, numbers) : draw < 5 ? cancel(about, numbers) : null;
  return other ?? payment(about, numbers);
}

/** Often just what is overdue, or everything. */
function payment({ account, today, number }: About, numbers: RandomNumbers): Arrival {
  const overdue = planStanding(account, today)?.overdueCents ?? 0;
  const usual = [500, 1_000, 5_000, 20_000, 3_333];
  const cents = numbers.pick([...usual, ...(overdue > 0 ? [overdue, overdue, overdue] : [])]);
  return { kind: 'patientPaid', paymentId: `p${number}`, cents, on: today, via: 'direct', ...from };
}

function reversal({ account, today, number }: About, numbers: RandomNumbers): Arrival | null {
  const lines = account.lines.filter((l) => l.kind === 'patientPayment' && l.undoes === null);
  const line = lines[numbers.next(Math.max(1, lines.length))];
  if (line === undefined) return null;
  const back = account.lines.filter((l) => l.undoes === line.id).reduce((total, l) => total + l.cents, 0);
  const left = -line.cents - back;
  if (left <= 0) return null;
  const cents = numbers.next(3) === 0 ? Math.ceil(left / 2) : left;
  const paymentId = line.id.slice('payment:'.length, -2);
  const said = { paymentId, reversalId: `x${number}`, cents, on: today, reason: 'insufficient funds', via: 'direct' } as const;
  return { kind: 'patientPaymentReversed', as: numbers.pick(['returned', 'moved']), ...said, ...from };
}

function plan({ account, today, policy, number }: About, numbers: RandomNumbers): Arrival | null {
  const event = numbers.pick(['offered', 'agreed'] as const);
  const months = numbers.pick([1, 3, 6, 12]);
  const terms = { instalmentCents: null, months, firstDueOn: numbers.pick([null, today, addMonths(today, 2)]) };
  const row: PlanRow = { planId: `PL-${number}`, event, on: today, accounts: ['A1'], ...terms, by: 'casey', offset: 0 };
  const made = makePlan(row, [account], { policy, holds: loadHolds() });
  return typeof made === 'string' ? null : (planArrivals(row, made, { fileId: 'f', policy })[0] ?? null);
}

function cancel({ account, today }: About, numbers: RandomNumbers): Arrival | null {
  const { planId, status } = account.patient.plan;
  if (planId === undefined || (status !== 'offered' && status !== 'active')) return null;
  return {
    kind: 'planCancelled',
    planId,
    as: status === 'offered' ? 'declined' : numbers.pick(['ended'] as const),
    on: today,
    by: 'casey',
    ...from,
  };
}
