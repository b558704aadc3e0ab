import { policyOn } from '../collection/assistance-policy.ts';
import type { AssistanceApplication, AssistanceDecision, AssistanceTaskKind } from '../domain/assistance.ts';
import { addDays } from '../domain/civil-date.ts';
import type { Subject, Task, TaskForm } from '../domain/task.ts';
import { decisionOf, postAward } from './award.ts';
import { bucketBalance } from './balances.ts';
import { recall } from './consequences-patient.ts';
import { words } from './describe.ts';
import { allowedActions } from './extraordinary.ts';
import {
  aboutApplication,
  applicationOf,
  dateExtraordinary,
  move,
  resumeCollection,
  takeLate,
  windowTimer,
  withdrawAllowed,
} from './react-assistance.ts';
import { refundOwed } from './refund-owed.ts';
import { patientSettled } from './react-patient.ts';
import { endWork } from './settle-case.ts';
import type { Turn } from './turn.ts';

/** A time to bring what is missing where no policy says one. */
const usualCompletionDays = 30;

const assistanceTasks: ReadonlySet<string> = new Set<AssistanceTaskKind>([
  'attemptOralNotice',
  'checkApplication',
  'awaitApplicationPapers',
  'takeLateApplication',
  'decideAssistance',
  'reverseExtraordinaryAction',
]);

type AssistanceTask = Task & { readonly kind: AssistanceTaskKind };

export function isAboutAssistance(task: Task): task is AssistanceTask {
  return assistanceTasks.has(task.kind);
}

/** Why the outcome is not taken, in words for that person; null when it is. */
export function refusalOfAssistance(turn: Turn, task: Task, form: TaskForm): string | null {
  if (form.outcome === 'incomplete' && (form.assistance?.missing ?? []).length === 0)
    return 'say what is missing (missing): the letter to the patient lists it';
  if (task.kind !== 'decideAssistance') return null;
  const application = applicationOf(turn, task);
  const decision = application === null ? null : decisionOf(turn, application, form);
  return typeof decision === 'string' ? decision : null;
}

/** What the outcome sets in motion. */
export function followAssistance(turn: Turn, task: AssistanceTask, form: TaskForm): void {
  const application = applicationOf(turn, task);
  if (task.kind === 'attemptOralNotice') return dateExtraordinary(turn);
  if (task.kind === 'reverseExtraordinaryAction' || application === null) return;
  switch (form.outcome) {
    case 'complete':
      return isComplete(turn, application);
    case 'incomplete':
      return isIncomplete(turn, application, form);
    case 'applicationWithdrawn':
      return ended(turn, application, { status: 'withdrawn', reason: 'the patient withdrew it' });
    case 'taken':
      return takeLate(turn, application);
    case 'notTaken':
      return move(turn, application, { status: 'notTaken', reason: 'it came too late' });
    default:
      return decided(turn, application, form);
  }
}

function ended(turn: Turn, application: AssistanceApplication, to: Parameters<typeof move>[2]): void {
  move(turn, application, to);
  turn.cancelTimers(aboutApplication(application));
  resumeCollection(turn);
}

/** The patient is told in writing what is missing and until when it may come. */
function isIncomplete(turn: Turn, application: AssistanceApplication, form: TaskForm): void {
  const subject = aboutApplication(application);
  const missing = form.assistance?.missing ?? [];
  const days = policyOn(turn.knowledge.assistance, application.receivedOn)?.completionDays ?? usualCompletionDays;
  const dueOn = addDays(turn.today, days);
  turn.cancelTimers(subject);
  move(turn, application, { status: 'incomplete', reason: `missing: ${missing.map(words).join(', ')}`, missing, dueOn });
  turn.issueCommand('sendAssistanceLetter', subject, { letterKind: 'assistanceMissing', missing: missing.join(','), dueOn });
  turn.setTimer(windowTimer, subject, addDays(dueOn, 1));
  turn.openTask({
    kind: 'awaitApplicationPapers',
    queue: 'patientBalances',
    title: 'Take in what an application for assistance lacks',
    reason: `Missing: ${missing.map(words).join(', ')}. The patient was asked for it by ${dueOn}.`,
    ruleId: 'lifecycle',
    subject,
    safeByOn: dueOn,
    amountCents: bucketBalance(turn.account, 'patient'),
  });
}

function isComplete(turn: Turn, application: AssistanceApplication): void {
  const subject = aboutApplication(application);
  turn.cancelTimers(subject);
  move(turn, application, { status: 'complete', reason: 'nothing is missing' });
  turn.openTask({
    kind: 'decideAssistance',
    queue: 'patientBalances',
    title: 'Decide an application for assistance',
    reason: 'It is complete: the household and its income decide by the policy’s scale, and the patient is told in writing.',
    ruleId: 'lifecycle',
    subject,
    amountCents: bucketBalance(turn.account, 'patient'),
  });
}

function decided(turn: Turn, application: AssistanceApplication, form: TaskForm): void {
  const decision = decisionOf(turn, application, form);
  if (typeof decision === 'string') return;
  turn.record({ kind: 'assistanceDecided', applicationId: application.id, ...decision });
  if (decision.discountPercent === 0) return denied(turn, application, decision);
  postAward(turn, application, decision);
  const placement = turn.account.patient.placements.at(-1);
  if (placement?.status === 'placed') takeBack(turn, { kind: 'placement', placementId: placement.id });
  reverseAll(turn);
  tell(turn, application, decision);
  resumeCollection(turn);
  if (bucketBalance(turn.account, 'patient') <= 0) patientSettled(turn);
}

function takeBack(turn: Turn, subject: Subject): void {
  endWork(turn, subject);
  recall(turn, subject, 'assistance was granted');
}

/** What was begun against the patient is vacated and un-reported; somebody sees that it is. */
function reverseAll(turn: Turn): void {
  const allowed = allowedActions(turn.account);
  withdrawAllowed(turn);
  for (const { action, vendor } of allowed)
    turn.openTask({
      kind: 'reverseExtraordinaryAction',
      queue: 'vendors',
      title: `See that the ${words(action)} is taken back`,
      reason: `Assistance was granted: what ${vendor ?? 'we'} began must be reversed, vacated or un-reported (26 CFR 1.501(r)-6(c)).`,
      ruleId: 'lifecycle',
      subject: { kind: 'patient' },
      amountCents: 0,
    });
}

function tell(turn: Turn, application: AssistanceApplication, { discountPercent, incomePercent, owesCents }: AssistanceDecision): void {
  const balance = bucketBalance(turn.account, 'patient');
  turn.issueCommand('sendAssistanceLetter', aboutApplication(application), {
    letterKind: 'assistanceAward',
    discountPercent,
    incomePercent,
    owesCents,
    balanceCents: Math.max(0, balance),
    refundCents: refundOwed(-balance),
  });
}

function denied(turn: Turn, application: AssistanceApplication, { denial, incomePercent }: AssistanceDecision): void {
  const balanceCents = bucketBalance(turn.account, 'patient');
  const params = { letterKind: 'assistanceDenial', reason: denial, incomePercent, balanceCents };
  turn.issueCommand('sendAssistanceLetter', aboutApplication(application), params);
  resumeCollection(turn);
}
