import { invariant } from '../domain/failures.ts';
import type { Task } from '../domain/task.ts';
import { reviewOf } from './approvals.ts';
import type { Turn } from './turn.ts';

/** What is ready goes out, or to the second person who must see it first. */
export function sendOrReview(
  turn: Turn,
  task: Task,
  { by, send }: { readonly by: string; readonly send: (turn: Turn, task: Task) => void },
): void {
  const review = reviewOf(turn, task);
  if (review === null) return send(turn, task);
  const { title, ruleId, subject, safeByOn, legalOn, amountCents } = task;
  const reason = `${by} made it ready; a ${review.role} reads it before it leaves the house. ${task.reason}`;
  const about = { title: `Approve: ${title}`, reason, ruleId, subject, safeByOn, legalOn, amountCents };
  turn.openTask({ kind: 'approveSending', queue: review.queue ?? task.queue, ...about, proposedBy: by, of: task.id });
}

/** The task whose result was reviewed. */
export function proposedBy({ account }: Turn, review: Task): Task {
  const proposed = account.tasks.find(({ id }) => id === review.of);
  invariant(proposed !== undefined, 'what is reviewed was made ready by a task');
  return proposed;
}
