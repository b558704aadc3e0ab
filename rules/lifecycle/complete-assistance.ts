import { policyOn } from '../collection/assistance-policy.ts';
import type { AssistanceApplication, AssistanceTaskKind } from '../domain/assistance.ts';
import { addDays } from '../domain/civil-date.ts';
import type { Task, TaskForm } from '../domain/task.ts';
import { decisionOf } from './award.ts';
import { bucketBalance } from './balances.ts';
import { awardAnswered, decideApplication } from './decide-assistance.ts';
import { words } from './describe.ts';
import { refusalOfAttempt } from './oral-attempt.ts';
import { coveredTurns } from './person-assistance.ts';
import {
  aboutApplication,
  applicationOf,
  askToDecide,
  dateExtraordinary,
  move,
  resumeCollection,
  takeLate,
  windowTimer,
} from './react-assistance.ts';
import type { Turn } from './turn.ts';

/** A time to bring what is missing where no policy says one. */
const usualCompletionDays = 30;

const assistanceTasks: ReadonlySet<string> = new Set<AssistanceTaskKind>([
  'attemptOralNotice',
  'checkApplication',
  'awaitApplicationPapers',
  'takeLateApplication',
  'decideAssistance',
  'approveAward',
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
  if (task.kind !== 'decideAssistance') return refusalOfAttempt(turn, task, form);
  const application = applicationOf(turn, task);
  const decision = application === null ? null : decisionOf(turn, application, form);
  return typeof decision === 'string' ? decision : null;
}

/** What the outcome sets in motion. */
export function followAssistance(turn: Turn, task: AssistanceTask, form: TaskForm): void {
  const application = applicationOf(turn, task);
  if (task.kind === 'attemptOralNotice') return dateExtraordinary(turn);
  if (task.kind === 'reverseExtraordinaryAction' || application === null) return;
  if (task.kind === 'approveAward') return awardAnswered(turn, { application, form });
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
      return decideApplication(turn, task, { application, form });
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
  const accounts = [turn, ...coveredTurns(turn, application)].map(({ account }) => account.id).join(',');
  turn.issueCommand('sendAssistanceLetter', subject, { letterKind: 'assistanceMissing', accounts, missing: missing.join(','), dueOn });
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
  turn.cancelTimers(aboutApplication(application));
  move(turn, application, { status: 'complete', reason: 'nothing is missing' });
  askToDecide(
    turn,
    application,
    'It is complete: the household and its income decide by the policy’s scale, and the patient is told in writing.',
  );
}
