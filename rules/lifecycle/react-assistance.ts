import { type AssistanceApplication, assistanceHold } from '../domain/assistance.ts';
import { addDays, type CivilDate } from '../domain/civil-date.ts';
import type { AccountEvent } from '../domain/event.ts';
import type { Subject, Task } from '../domain/task.ts';
import { bucketBalance } from './balances.ts';
import { openApplication } from './evolve-assistance.ts';
import { allowedActions, anchorsOfExtraordinary, applicationPeriod, earliestExtraordinary } from './extraordinary.ts';
import { isInPeriod, turnsBeside } from './person-assistance.ts';
import { subjectKey, type Turn } from './turn.ts';

/** A hold is looked at again, whatever becomes of the application. */
const holdReviewDays = 30;
/** Stem of the timer that ends the time to bring what is missing. */
export const windowTimer = 'assistanceWindow';

export function aboutApplication({ id: applicationId }: AssistanceApplication): Subject {
  return { kind: 'assistance', applicationId };
}

/** An application, even an incomplete one, suspends at once; after its period a person decides whether it is taken. */
export function assistanceApplied(turn: Turn, { applicationId, on }: Extract<AccountEvent, { kind: 'assistanceApplied' }>): void {
  const application = openApplication(turn.account) ?? turn.account.assistance?.applications.find(({ id }) => id === applicationId);
  if (application === undefined || application.status === 'approved') return;
  const endsOn = applicationPeriod(turn)?.legalOn ?? null;
  switch (application.status) {
    case 'received':
      return wasLookedAt(turn, application) ? undefined : begin(turn, application, { on, endsOn });
    case 'incomplete':
      return papersCame(turn, application, on);
    case 'late':
    case 'complete':
    case 'proposed':
      return;
    case 'lapsed':
    case 'withdrawn':
    case 'notTaken':
    case 'denied':
      return begin(turn, application, { on, endsOn });
  }
}

function wasLookedAt(turn: Turn, application: AssistanceApplication): boolean {
  const key = subjectKey(aboutApplication(application));
  return turn.account.tasks.some((t) => subjectKey(t.subject) === key);
}

interface Came {
  readonly on: CivilDate;
  /** The last day of the application period; null where none runs yet. */
  readonly endsOn: CivilDate | null;
}

function begin(turn: Turn, application: AssistanceApplication, { on, endsOn }: Came): void {
  // In time for one account of the person, it is in time.
  const isLate = endsOn !== null && on > endsOn && !turnsBeside(turn).some((one) => isInPeriod(one, on));
  if (isLate) return cameLate(turn, application, { on, endsOn });
  if (application.status !== 'received') move(turn, application, { status: 'received', reason: `it came again on ${on}` });
  suspend(turn);
  check(turn, application, `The application of ${on} suspends collection at once. Is it complete?`);
}

function cameLate(
  turn: Turn,
  application: AssistanceApplication,
  { on, endsOn }: { readonly on: CivilDate; readonly endsOn: CivilDate },
): void {
  move(turn, application, { status: 'late', reason: `it came on ${on}, and the application period ended on ${endsOn}` });
  turn.openTask({
    kind: 'takeLateApplication',
    queue: 'supervisor',
    title: 'Decide whether a late application for assistance is taken',
    reason: `It came on ${on}, and the application period ended on ${endsOn}: no law suspends collection, our own policy may.`,
    ruleId: 'lifecycle',
    subject: aboutApplication(application),
    amountCents: bucketBalance(turn.account, 'patient'),
  });
}

export function takeLate(turn: Turn, application: AssistanceApplication): void {
  move(turn, application, { status: 'received', reason: 'it was taken though it came late' });
  suspend(turn);
  check(turn, application, 'It came late and is taken. Is it complete?');
}

function papersCame(turn: Turn, application: AssistanceApplication, on: CivilDate): void {
  const subject = aboutApplication(application);
  move(turn, application, { status: 'received', reason: `papers came on ${on}` });
  turn.cancelTimers(subject);
  turn.withdrawTasks((t) => t.kind === 'awaitApplicationPapers' && subjectKey(t.subject) === subjectKey(subject), 'papers came');
  check(turn, application, `Papers came on ${on}. Is the application complete now?`);
}

function check(turn: Turn, application: AssistanceApplication, reason: string): void {
  turn.openTask({
    kind: 'checkApplication',
    queue: 'patientBalances',
    title: 'Check an application for assistance',
    reason,
    ruleId: 'lifecycle',
    subject: aboutApplication(application),
    amountCents: bucketBalance(turn.account, 'patient'),
  });
}

export function askToDecide(turn: Turn, application: AssistanceApplication, reason: string): void {
  turn.openTask({
    kind: 'decideAssistance',
    queue: 'patientBalances',
    title: 'Decide an application for assistance',
    reason,
    ruleId: 'lifecycle',
    subject: aboutApplication(application),
    amountCents: bucketBalance(turn.account, 'patient'),
  });
}

/** Nothing extraordinary goes on, and nothing is asked of the patient, from this moment. */
export function suspend(turn: Turn): void {
  const isHeld = turn.account.holds.some((h) => h.reason === assistanceHold && h.releasedOn === null);
  if (!isHeld) turn.record({ kind: 'holdPlaced', hold: assistanceHold, on: turn.today, reviewOn: addDays(turn.today, holdReviewDays) });
  turn.meetDeadlines(['earliestExtraordinaryAction'], { kind: 'patient' });
  withdrawAllowed(turn);
}

/** Whoever was allowed something extraordinary is told to stop. */
export function withdrawAllowed(turn: Turn): void {
  for (const { action, key, placementId, vendor, isWithdrawn } of allowedActions(turn.account)) {
    if (isWithdrawn) continue;
    const subject: Subject = placementId === null ? { kind: 'patient' } : { kind: 'placement', placementId };
    turn.issueCommand('withdrawExtraordinaryAction', subject, { extraordinary: action, allowedBy: key, placementId, vendor });
  }
}

/** Collection goes on where it stood: the next step is asked in this turn. */
export function resumeCollection(turn: Turn): void {
  const isHeld = turn.account.holds.some((h) => h.reason === assistanceHold && h.releasedOn === null);
  if (isHeld) turn.record({ kind: 'holdReleased', hold: assistanceHold, on: turn.today });
  if (turn.account.holds.every((h) => h.releasedOn !== null)) turn.cancelTimers({ kind: 'patient' });
  dateExtraordinary(turn);
}

/** The first day of extraordinary actions, as soon as all steps before it are taken; and day 240, which the notice may move. */
export function dateExtraordinary(turn: Turn): void {
  if (turn.knowledge.facility?.taxExempt !== true || openApplication(turn.account) !== null) return;
  const derived = earliestExtraordinary(turn);
  if (derived === null || derived.legalOn <= turn.today) return;
  const subject: Subject = { kind: 'patient' };
  const standing = turn.account.deadlines.find((d) => d.status === 'open' && d.deadline.kind === 'earliestExtraordinaryAction');
  if (standing?.deadline.legalOn === derived.legalOn) return;
  turn.meetDeadlines(['earliestExtraordinaryAction'], subject);
  turn.setDeadline('earliestExtraordinaryAction', subject, null, anchorsOfExtraordinary(turn));
}

/** The first statement starts both clocks; only day 240 is known by it alone. */
export function statementSent(turn: Turn): void {
  if (turn.knowledge.facility?.taxExempt !== true || turn.account.patient.statements.length !== 1) return;
  const [firstStatementOn] = turn.account.patient.statements;
  if (firstStatementOn !== undefined) turn.setDeadline('applicationPeriod', { kind: 'patient' }, null, { firstStatementOn });
}

/** The window to bring what was missing ended: collection goes on, and the papers may still come. */
export function windowEnded(turn: Turn, timerId: string): void {
  const application = openApplication(turn.account);
  if (!timerId.startsWith(`${windowTimer}:`) || application?.status !== 'incomplete') return;
  move(turn, application, { status: 'lapsed', reason: `what was missing did not come by ${application.dueOn ?? turn.today}` });
  const key = subjectKey(aboutApplication(application));
  turn.withdrawTasks((t) => t.kind === 'awaitApplicationPapers' && subjectKey(t.subject) === key, 'its time is over');
  resumeCollection(turn);
}

export function move(
  turn: Turn,
  { id: applicationId }: AssistanceApplication,
  to: Omit<Extract<AccountEvent, { kind: 'assistanceMoved' }>, 'kind' | 'applicationId' | 'on' | 'id' | 'occurredAt'>,
): void {
  turn.record({ kind: 'assistanceMoved', applicationId, on: turn.today, ...to });
}

export function applicationOf(turn: Turn, { subject }: Task): AssistanceApplication | null {
  if (subject.kind !== 'assistance') return null;
  return turn.account.assistance?.applications.find(({ id }) => id === subject.applicationId) ?? null;
}
