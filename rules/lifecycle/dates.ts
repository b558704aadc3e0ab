import { addDays, type CivilDate, type Instant, instantAt } from '../domain/civil-date.ts';
import type { Account, AccountDeadline, AccountTimer } from '../domain/account.ts';
import { standingRemittances } from './balances.ts';
import { routeToPerson } from './consequences.ts';
import { words } from './describe.ts';
import { dormant } from './escheat.ts';
import { isVoided } from './open-paths.ts';
import { windowEnded } from './react-assistance.ts';
import { keepPlan } from './keep-plan.ts';
import { chased, stillSilent } from './react-vendor.ts';
import { takeBackTimer } from './react-submission.ts';
import { subjectKey, type Turn } from './turn.ts';
import { claimOf } from './windows.ts';

/** The hour, in the facility's zone, at which a day's dated steps are taken. */
export const workHour = 8;

/** We act on these on their day. On all others the other side, or we, still have that whole day: they are reached on the next. */
export const actedOnTheDay: ReadonlySet<string> = new Set(['statusInquiry', 'payerCall', 'earliestExtraordinaryAction']);

/** Windows that close: when nobody acted in time a supervisor must know (invariant 4). */
const windows: Readonly<Record<string, string>> = {
  filing: 'The filing limit passed',
  secondaryFiling: 'The filing limit for the next payer passed',
  correctedClaim: 'The window for a corrected claim passed',
  reconsideration: 'The reconsideration window closed',
  appeal1: 'The appeal window closed',
  appeal2: 'The window for the second appeal closed',
  appeal3: 'The window for the third appeal closed',
  appeal4: 'The window for the fourth appeal closed',
  appeal5: 'The window for the fifth appeal closed',
  externalReview: 'The window for the external review closed',
  stateFairHearing: 'The window for the state fair hearing closed',
  reopening: 'The window for a reopening closed',
  openNegotiation: 'The window for open negotiation closed',
  idrInitiation: 'The window for the independent dispute closed',
  documents: 'The documents were due',
  refund: 'The day by which the credit had to be given back passed',
  refundInvestigation: 'The investigation of the credit had to be ended',
  escheat: 'The day by which the unclaimed credit had to be reported to the state passed',
};

/** Lets every deadline and timer that is due by now have its effect. */
export function passDates(turn: Turn): void {
  for (const timer of turn.account.timers)
    if (timer.status === 'armed' && timer.on <= turn.today) {
      turn.record({ kind: 'timerFired', timerId: timer.id, on: turn.today });
      notTakenBack(turn, timer);
      windowEnded(turn, timer.id);
      stillSilent(turn, timer);
    }
  keepPlan(turn);
  for (const deadline of turn.account.deadlines)
    if (deadline.status === 'open' && reachedOn(deadline) <= turn.today) {
      turn.record({ kind: 'deadlineReached', deadlineId: deadline.id, on: turn.today });
      windowClosed(turn, deadline);
      vendorSilent(turn, deadline);
      dormant(turn, deadline);
    }
}

/** A voided claim was paid, and the payer has not taken its money back: it must not be kept. */
function notTakenBack(turn: Turn, { id, subject }: AccountTimer): void {
  const claim = claimOf(turn.account, subject);
  if (!id.startsWith(`${takeBackTimer}:`) || claim === null || !isVoided(claim) || standingRemittances(claim).length === 0) return;
  turn.openTask({
    kind: 'callPayer',
    queue: 'credits',
    title: 'Ask the payer to take back what it paid on the voided claim',
    reason: 'The claim was voided, and the payer has not taken its payment back: what is not recouped must be refunded.',
    ruleId: 'lifecycle',
    subject,
    amountCents: standingRemittances(claim).reduce((total, r) => total + r.paidCents, 0),
  });
}

function reachedOn(d: AccountDeadline): CivilDate {
  return actedOnTheDay.has(d.deadline.kind) ? d.deadline.nominalOn : addDays(d.deadline.legalOn, 1);
}

function windowClosed(turn: Turn, { deadline, subject }: AccountDeadline): void {
  const title = windows[deadline.kind];
  if (title === undefined) return;
  const key = subjectKey(subject);
  const task = turn.account.tasks.find(
    (t) => t.status === 'open' && t.kind !== 'heedEarlierDate' && t.legalOn === deadline.legalOn && subjectKey(t.subject) === key,
  );
  turn.openTask({
    kind: subject.kind === 'credit' ? 'approveRefund' : 'chooseNextStep',
    queue: 'supervisor',
    title,
    reason: `${title} on ${deadline.legalOn} (${deadline.policyId})${task === undefined ? '' : ` while task ${task.id} was still open`}.`,
    ruleId: 'lifecycle',
    subject,
    amountCents: task?.amountCents ?? 0,
  });
  if (task !== undefined) turn.record({ kind: 'taskWithdrawn', taskId: task.id, on: turn.today, reason: title });
}

function vendorSilent(turn: Turn, { deadline, subject }: AccountDeadline): void {
  if (deadline.kind !== 'vendorAcknowledgement' && deadline.kind !== 'recallConfirmation') return;
  const why =
    deadline.kind === 'vendorAcknowledgement' ? 'The vendor did not acknowledge the placement.' : 'The vendor did not confirm the recall.';
  routeToPerson(
    turn,
    subject,
    { ruleId: 'lifecycle', action: 'routeToPerson', queue: 'vendors', timer: null, why, citation: '', params: {} },
    null,
  );
  chased(turn, subject);
}

/** The next dated step: when it is, and what it is in plain words. */
export function nextDate(account: Account, today: CivilDate): { readonly on: CivilDate; readonly reason: string } | null {
  const dated = [
    ...account.timers.filter((t) => t.status === 'armed').map((t) => ({ on: t.on, reason: words(t.id.replace(/:.*/, '')) })),
    ...account.deadlines.filter((d) => d.status === 'open').map((d) => ({ on: reachedOn(d), reason: words(d.deadline.kind) })),
  ];
  const first = dated.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))[0];
  return first === undefined ? null : { ...first, on: first.on < today ? today : first.on };
}

export function wakeInstant(account: Account, today: CivilDate): Instant | null {
  const next = nextDate(account, today);
  return next === null || account.opened === null ? null : instantAt(next.on, workHour, account.opened.zone);
}
