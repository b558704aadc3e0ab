import type { DecidedQuestion } from '../domain/account.ts';
import type { AccountEvent } from '../domain/event.ts';
import { findCase } from './balances.ts';
import type { StandingDecision } from './contract.ts';
import { amountAbout } from './task-about.ts';
import { words } from './describe.ts';
import { changedAnswers, type EarlierDate, earlierDates } from './standing.ts';
import type { Turn } from './turn.ts';

/**
 * Other rules count from now on: questions they answer otherwise are asked again, unless something left the house because of them; an
 * earlier date takes the place of a later one at once, a later one never (invariant 6).
 */
export function rulesChanged(
  turn: Turn,
  event: Extract<AccountEvent, { kind: 'rulesChanged' }>,
  standing: readonly StandingDecision[],
): void {
  const earlier = earlierDates(turn);
  const { again, retimed } = changedAnswers(turn, event.asksAgain ? standing : []);
  for (const decided of again) askAgain(turn, decided, event.cause);
  for (const { decided, timer, on, name } of retimed) {
    turn.record({ kind: 'timerCancelled', timerId: timer.id, on: turn.today });
    turn.onBehalfOf(decided.decisionId, () => turn.setTimer(name, timer.subject, on));
  }
  for (const date of earlier) shorten(turn, date, event.cause);
}

function askAgain(turn: Turn, { decisionId, made = [] }: DecidedQuestion, cause: string): void {
  const tasks = turn.account.tasks.filter((t) => t.status === 'open' && made.includes(t.id));
  const timers = turn.account.timers.filter((t) => t.status === 'armed' && made.includes(t.id));
  const reason = `the rules changed (${cause})`;
  for (const { id } of tasks) turn.record({ kind: 'taskWithdrawn', taskId: id, on: turn.today, reason });
  for (const { id } of timers) turn.record({ kind: 'timerCancelled', timerId: id, on: turn.today });
  const subject = tasks[0]?.subject;
  const working = subject?.kind === 'case' && findCase(turn.account, subject.caseId)?.case.status === 'working' ? subject.caseId : null;
  turn.record({ kind: 'decisionReopened', decisionId, caseId: working, on: turn.today, reason });
}

function shorten(turn: Turn, { standing, deadline }: EarlierDate, cause: string): void {
  const { id, subject } = standing;
  turn.record({ kind: 'deadlineShortened', deadlineId: id, deadline, on: turn.today, reason: cause });
  const { kind, safeByOn, legalOn, policyId, conflict } = deadline;
  turn.openTask({
    kind: 'heedEarlierDate',
    queue: 'supervisor',
    title: `Heed the earlier date: ${words(kind)} by ${legalOn}`,
    reason: `It was ${standing.deadline.legalOn} (${standing.deadline.policyId}); with ${cause} it is ${legalOn} (${policyId}).${conflict === null ? '' : ` ${conflict}`}`,
    ruleId: 'lifecycle',
    subject,
    safeByOn,
    legalOn,
    amountCents: amountAbout(turn, subject),
  });
}
