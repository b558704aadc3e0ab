import { addDays } from '../domain/civil-date.ts';
import type { Command } from '../domain/command.ts';
import type { Instalment } from '../domain/plan.ts';
import type { PlanStanding } from '../plans/standing.ts';
import { bucketBalance } from './balances.ts';
import { holdStopping } from './holds.ts';
import type { Turn } from './turn.ts';

/** What was agreed, for all accounts of the plan. */
export interface AgreedPlan {
  readonly instalments: readonly Instalment[];
  /** A month. */
  readonly instalmentCents: number;
  readonly totalCents: number;
}

/** The patient has it in writing. */
export function confirmPlan(turn: Turn, { instalments, instalmentCents, totalCents: balanceCents }: AgreedPlan): void {
  const [first] = instalments;
  if (first === undefined) return;
  send(turn, { letterKind: 'planConfirmation', months: instalments.length, instalmentCents, balanceCents, firstDueOn: first.dueOn });
}

/** What is missing on this account, and until when the plan can be brought back; of plans over several accounts each tells its own part. */
export function tellPlanBroken(turn: Turn, { overdueCents: missedCents }: PlanStanding): void {
  const { terms, cures = 0 } = turn.account.patient.plan;
  const canBeCured = terms !== undefined && cures < terms.mostCures;
  const payByOn = canBeCured ? addDays(turn.today, terms.cureDays) : null;
  send(turn, { letterKind: 'planDefault', missedCents, balanceCents: bucketBalance(turn.account, 'patient'), payByOn });
}

/** What a hold stops is not sent later: by then it would say what was. */
function send(turn: Turn, params: Command['params']): void {
  if (holdStopping(turn.knowledge.holds, turn.account.holds, 'sendPlanLetter') !== null) return;
  turn.issueCommand('sendPlanLetter', { kind: 'patient' }, params);
}
