import type { CasePath } from '../domain/account.ts';
import type { CivilDate } from '../domain/civil-date.ts';
import { type Task, type TaskForm, type TaskKind, taskOutcomes } from '../domain/task.ts';
import { refusalOfPlan } from './accept-plan.ts';
import { refusalOfApproval } from './approvals.ts';
import { findCase } from './balances.ts';
import { isAboutAssistance, refusalOfAssistance } from './complete-assistance.ts';
import { refusalOfHoldWork } from './complete-holds.ts';
import { investigationRefusal, refundRefusal } from './credits.ts';
import { refusalOfCoverage } from './found-coverage.ts';
import { creditElsewhere } from './owed-elsewhere.ts';
import { refusalOfChase } from './react-vendor.ts';
import { refusalOfAnswer } from './requests.ts';
import { notOpen, othersTask } from './task-holder.ts';
import type { Turn } from './turn.ts';
import { filingRefusal, stepTaken } from './ways.ts';

/** Work that is worthless after its legal date; completing it later is refused. */
const lateWork: ReadonlySet<TaskKind> = new Set(['prepareReconsideration', 'prepareAppeal', 'correctClaim', 'approveSending']);

/** Why an outcome is not taken, in words for the person who gave it; null when it may be. */
export function refusalOfForm(turn: Turn, task: Task, form: TaskForm): string | null {
  const notNow = notOpen(task, task.id) ?? othersTask(task, form.by);
  if (notNow !== null) return notNow;
  const allowed: readonly string[] = taskOutcomes[task.kind];
  if (!allowed.includes(form.outcome)) return `"${form.outcome}" is not an outcome of this task; choose ${allowed.join(', ')}`;
  const on = form.on ?? turn.today;
  if (on > turn.today) return `the date ${on} has not come yet; today is ${turn.today}`;
  if (on < task.openedOn && form.on !== undefined && task.kind !== 'recordPayerAnswer')
    return `the date ${on} is before the task was opened (${task.openedOn})`;
  if (lateWork.has(task.kind) && (form.outcome === 'ready' || form.outcome === 'approved') && task.legalOn !== null && on > task.legalOn)
    return `it is too late: this had to be done by ${task.legalOn}; choose another outcome and a supervisor decides`;
  if (form.outcome === 'uploaded' && (form.reference ?? '') === '')
    return 'the confirmation number that the portal gave is needed (reference): it is the receipt';
  const notYours = refusalOfApproval(turn, task, form);
  if (notYours !== null) return notYours;
  const notReady =
    refusalOfHoldWork(turn, task, form) ??
    refusalOfDispute(turn, task, { form, on }) ??
    refusalOfAnswer(task, form) ??
    refusalOfCoverage(turn, task, form) ??
    refusalOfChase(turn, task, form);
  if (notReady !== null) return notReady;
  const noPlan = task.kind === 'recordPatientAnswer' ? refusalOfPlan(turn, form) : null;
  if (noPlan !== null) return noPlan;
  if (task.kind === 'approveRefund' && form.outcome === 'approved')
    return refundRefusal(turn.account, task.subject) ?? creditElsewhere(turn, task.subject);
  if (isAboutAssistance(task)) return refusalOfAssistance(turn, task, form);
  if (form.outcome === 'investigating') return investigationRefusal(turn.account, task.subject);
  return null;
}

/** A step of a way of appeal is filed only with all it needs, and an answer counts only for the step that was filed. */
function refusalOfDispute(turn: Turn, task: Task, { form, on }: { readonly form: TaskForm; readonly on: CivilDate }): string | null {
  const found = task.subject.kind === 'case' ? findCase(turn.account, task.subject.caseId) : null;
  if (found === null) return null;
  if (task.kind === 'recordPayerAnswer') return wrongLevel(found.case.paths.at(-1), form.answeredLevel);
  if (form.outcome !== 'ready' || (task.kind !== 'prepareAppeal' && task.kind !== 'prepareReconsideration')) return null;
  const step = stepTaken(turn, found);
  return step === null ? null : filingRefusal(turn, found, { step, on, form: form.evidence });
}

function wrongLevel(path: CasePath | undefined, answered: number | undefined): string | null {
  if (path === undefined || answered === undefined || answered === path.level) return null;
  return `the answer is about level ${answered}, and what was filed on ${path.filedOn ?? path.takenOn} is level ${path.level}: call the payer, its answer to that is still due`;
}
