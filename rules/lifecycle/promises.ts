import { addDays } from '../domain/civil-date.ts';
import type { Instruction } from '../domain/instruction.ts';
import { cents, dollars } from '../domain/money.ts';
import { promiseOutcome } from '../plans/promise.ts';
import { bucketBalance } from './balances.ts';
import { hasPlacementOut } from './phase.ts';
import { patientPayments } from './plan.ts';
import type { Turn } from './turn.ts';

const promiseTimer = 'promise';

export function isPromiseTimer(timerId: string): boolean {
  return timerId.startsWith(`${promiseTimer}:`);
}

/** Takes a promise to pay: until its day, and the days of grace after it, nothing is asked for. @returns why it is refused, or null */
export function promise(turn: Turn, formId: string, said: Extract<Instruction, { do: 'promise' }>): string | null {
  const refusal = promiseRefusal(turn, said);
  if (refusal !== null) return refusal;
  const { cents: promised, dueOn, by } = said;
  const promiseId = `promise${(turn.account.patient.promises ?? []).length + 1}`;
  turn.record({ kind: 'promiseMade', promiseId, cents: promised, dueOn, by, on: turn.today, formId });
  for (const timer of turn.account.timers)
    if (timer.status === 'armed' && timer.id.startsWith('nextStatement:'))
      turn.record({ kind: 'timerCancelled', timerId: timer.id, on: turn.today });
  const { promiseGraceDays } = turn.knowledge.planPolicy(turn.today);
  turn.setTimer(promiseTimer, { kind: 'patient' }, addDays(dueOn, promiseGraceDays + 1));
  return null;
}

function promiseRefusal(turn: Turn, { cents: promised, dueOn }: Extract<Instruction, { do: 'promise' }>): string | null {
  const owed = bucketBalance(turn.account, 'patient');
  const { id, longestPromiseDays } = turn.knowledge.planPolicy(turn.today);
  const open = turn.account.patient.promises?.find(({ status }) => status === 'open');
  if (owed <= 0) return 'the patient owes nothing';
  if (hasPlacementOut(turn.account)) return 'a vendor works this balance: the promise is made to the vendor';
  if (open !== undefined) return `a promise of ${dollars(cents(open.cents))} by ${open.dueOn} is open already`;
  if (promised > owed) return `no more can be promised than is owed, ${dollars(owed)}`;
  if (dueOn < turn.today) return `the day ${dueOn} has passed; today is ${turn.today}`;
  return dueOn > addDays(turn.today, longestPromiseDays)
    ? `a promise lies at most ${longestPromiseDays} days ahead (${id}); what takes longer is a plan`
    : null;
}

/** Says of every open promise what became of it, as soon as that is certain. */
export function settlePromises(turn: Turn): void {
  const open = (turn.account.patient.promises ?? []).filter(({ status }) => status === 'open');
  if (open.length === 0) return;
  const graceDays = turn.knowledge.planPolicy(turn.today).promiseGraceDays;
  for (const one of open) {
    const outcome = promiseOutcome(one, patientPayments(turn.account), { graceDays, on: turn.today });
    if (outcome === null) continue;
    turn.record({ kind: 'promiseSettled', promiseId: one.id, ...outcome, on: turn.today });
    for (const timer of turn.account.timers)
      if (timer.status === 'armed' && isPromiseTimer(timer.id)) turn.record({ kind: 'timerCancelled', timerId: timer.id, on: turn.today });
  }
}
