import { addDays } from '../domain/civil-date.ts';
import type { PlanStanding } from '../plans/standing.ts';
import { bucketBalance } from './balances.ts';
import { hasPlacementOut } from './phase.ts';
import { tellPlanBroken } from './plan-letters.ts';
import { instalmentTimer, isInstalmentTimer, planStanding, planStatus } from './plan.ts';
import { isPromiseTimer, settlePromises } from './promises.ts';
import type { Turn } from './turn.ts';

/**
 * Holds the plan to what was agreed, on every turn: it is kept when its instalments are paid, in default when too many are missed, and goes on when
 * everything overdue came in time after that. A look is armed for the next day on which it may get worse; when an instalment is missed, the rules
 * are asked that day.
 */
export function keepPlan(turn: Turn): void {
  settlePromises(turn);
  const { plan } = turn.account.patient;
  if (plan.status === 'defaulted') cure(turn);
  if (plan.status === 'kept') resume(turn);
  if (turn.account.patient.plan.status !== 'active') return disarm(turn);
  const standing = planStanding(turn.account, turn.today);
  if (standing === null) {
    if (planStatus(turn.account, turn.today) === 'defaulted') turn.record({ kind: 'planEnded', status: 'defaulted', on: turn.today });
    return;
  }
  judge(turn, standing);
}

function judge(turn: Turn, standing: PlanStanding): void {
  if (standing.isPaid || standing.isInDefault) {
    turn.record({ kind: 'planEnded', status: standing.isInDefault ? 'defaulted' : 'kept', on: turn.today });
    if (standing.isInDefault) tellPlanBroken(turn, standing);
    disarm(turn);
    return askAgain(turn);
  }
  const isDue = turn.events.some((event) => event.kind === 'timerFired' && isInstalmentTimer(event.timerId));
  if (isDue && standing.missed > 0) askAgain(turn);
  const armed = turn.account.timers.find((t) => t.status === 'armed' && isInstalmentTimer(t.id));
  if (armed?.on === standing.changesOn || standing.changesOn === null) return;
  disarm(turn);
  turn.setTimer(instalmentTimer, { kind: 'patient' }, standing.changesOn);
}

/** Within its days, once everything overdue is there and nobody else works the balance. */
function cure(turn: Turn): void {
  const { plan } = turn.account.patient;
  const { terms, endedOn, cures = 0 } = plan;
  if (terms === undefined || endedOn === undefined || cures >= terms.mostCures || turn.today > addDays(endedOn, terms.cureDays)) return;
  const isPlacing = turn.account.commands.some(
    ({ command, status }) => command.kind === 'placeWithVendor' && (status === 'issued' || status === 'unknown'),
  );
  if (hasPlacementOut(turn.account) || isPlacing || bucketBalance(turn.account, 'patient') <= 0) return;
  const standing = planStanding(turn.account, turn.today);
  if (standing === null || standing.missed > 0 || standing.overdueCents > terms.toleranceCents) return;
  turn.record({ kind: 'planCured', on: turn.today });
  askAgain(turn);
}

/** It had ended because nothing was owed any more, and a part of it is owed again: the payer corrected what it had said, or a payment came back. */
function resume(turn: Turn): void {
  const standing = planStanding(turn.account, turn.today);
  if (standing === null || standing.isPaid || standing.isInDefault || hasPlacementOut(turn.account)) return;
  turn.record({ kind: 'planResumed', on: turn.today });
  askAgain(turn);
}

function disarm(turn: Turn): void {
  for (const timer of turn.account.timers)
    if (timer.status === 'armed' && isInstalmentTimer(timer.id)) turn.record({ kind: 'timerCancelled', timerId: timer.id, on: turn.today });
}

/** The next step for the patient’s balance is asked for in this turn, unless a promise is still open. */
export function askAgain(turn: Turn): void {
  for (const timer of turn.account.timers)
    if (timer.status === 'armed' && timer.subject.kind === 'patient' && !isInstalmentTimer(timer.id) && !isPromiseTimer(timer.id))
      turn.record({ kind: 'timerCancelled', timerId: timer.id, on: turn.today });
}
