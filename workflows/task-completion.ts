/** Whether a task can be completed so, judged on the last turn alone: the first of two gates, the one that costs no history. */
import type { OpenTask } from '../activities/index.ts';
import type { TaskCompletion } from './messages.ts';

/** @returns the reason, with what is possible instead; null when the completion may go to its turn. */
export function whyRefused(openTasks: readonly OpenTask[], { taskId, outcome }: TaskCompletion): string | null {
  const task = openTasks.find(({ id }) => id === taskId);
  if (task === undefined) {
    const open = openTasks.map(({ id, kind }) => `${id} (${kind})`).join(', ');
    return `task ${taskId} is not open; open are: ${open || 'none'}`;
  }
  if (task.outcomes.includes(outcome)) return null;
  return `task ${taskId} (${task.kind}) cannot end as ${outcome}; it can end as: ${task.outcomes.join(', ')}`;
}
