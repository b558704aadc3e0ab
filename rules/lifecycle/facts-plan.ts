import { civilDate, daysBetween } from '../domain/civil-date.ts';
import type { FactValue } from '../domain/decision.ts';
import { paidOnPlan, planStanding, planStatus } from './plan.ts';
import type { Turn } from './turn.ts';

/** The payment plan, and what the patient promised. */
export function planFacts(turn: Turn): Record<string, FactValue> {
  const { plan, promises = [] } = turn.account.patient;
  const standing = plan.status === 'active' || plan.status === 'defaulted' ? planStanding(turn.account, turn.today) : null;
  const since = (on: string | null | undefined) => (on === null || on === undefined ? null : daysBetween(civilDate(on), turn.today));
  const agreed = (plan.instalments ?? []).reduce((total, one) => total + one.cents, 0);
  return {
    'patient.plan': planStatus(turn.account, turn.today),
    'patient.planInstalmentCents': plan.instalmentCents === 0 ? null : plan.instalmentCents,
    'patient.planAgeDays': since(plan.since),
    'patient.planMissed': standing?.missed ?? null,
    'patient.planOverdueCents': standing?.overdueCents ?? null,
    'patient.planOffers': plan.offers ?? (plan.status === 'none' ? 0 : 1),
    'patient.planPaidPercent':
      agreed === 0 || plan.since === null ? null : Math.floor((Math.max(0, paidOnPlan(turn.account)) * 100) / agreed),
    'patient.daysSincePlanEnded': since(plan.endedOn),
    'patient.promise': promises.at(-1)?.status ?? null,
  };
}
