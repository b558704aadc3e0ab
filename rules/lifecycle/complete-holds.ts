import type { Task, TaskForm } from '../domain/task.ts';
import { refusalOfShare, shareReviewed } from './complete-share.ts';
import { refusalOfReport, unclaimedAnswered } from './escheat.ts';
import { estateAnswered, holdReviewed, refusalOfReview } from './react-holds.ts';
import type { Turn } from './turn.ts';

/** Outcomes of the work that holds, reviews of the patient's share and unclaimed credits ask for. */
export function followHoldWork(turn: Turn, task: Task, form: TaskForm): void {
  switch (task.kind) {
    case 'reviewHold':
      return holdReviewed(turn, task, form);
    case 'fileEstateClaim':
      return estateAnswered(turn, form);
    case 'reviewPatientShare':
      return shareReviewed(turn, task, form);
    default:
      return unclaimedAnswered(turn, task, form);
  }
}

export function refusalOfHoldWork(turn: Turn, task: Task, form: TaskForm): string | null {
  return refusalOfReview(turn, task, form) ?? refusalOfShare(turn, task, form) ?? refusalOfReport(task, form);
}
