import { addMonths, type CivilDate } from '../domain/civil-date.ts';
import type { TaskForm } from '../domain/task.ts';
import { termsOf } from '../plans/policy.ts';
import { scheduleOf, termsRefusal } from '../plans/schedule.ts';
import { bucketBalance } from './balances.ts';
import { confirmPlan } from './plan-letters.ts';
import type { Turn } from './turn.ts';

/** Why this answer to an offer cannot be taken, in words for that person; null when it can. */
export function refusalOfPlan(turn: Turn, form: TaskForm): string | null {
  const { planId, status } = turn.account.patient.plan;
  if (status === 'offered' && planId !== undefined)
    return `the answer counts for every account of plan ${planId}: recourse plan ${form.outcome === 'planAccepted' ? 'accept' : 'decline'} ${planId}`;
  if (form.outcome !== 'planAccepted') return null;
  const instalmentCents = Number(form.instalmentCents);
  if (!(instalmentCents > 0)) return 'an accepted plan needs the monthly instalment (instalmentCents)';
  const on = form.on ?? turn.today;
  const totalCents = bucketBalance(turn.account, 'patient');
  if (totalCents <= 0) return null;
  return termsRefusal({ totalCents, instalmentCents, firstDueOn: addMonths(on, 1), on }, turn.knowledge.planPolicy(on));
}

/** A plan of this account alone, the first instalment a month after it was agreed. */
export function acceptPlan(turn: Turn, instalmentCents: number, on: CivilDate): void {
  const totalCents = bucketBalance(turn.account, 'patient');
  const planId = `${turn.opened.accountNumber}-${turn.account.patient.plan.offers ?? 1}`;
  const firstDueOn = addMonths(on, 1);
  const instalments = totalCents <= 0 ? [] : scheduleOf({ totalCents, instalmentCents, firstDueOn });
  const schedule = totalCents <= 0 ? {} : { instalments };
  turn.record({ kind: 'planAccepted', instalmentCents, on, planId, ...schedule, terms: termsOf(turn.knowledge.planPolicy(on)) });
  confirmPlan(turn, { instalments, instalmentCents, totalCents });
}
