import type { Task } from '../domain/task.ts';

/** Whoever took a task works it; another gets it by being given it. */
export function othersTask({ id, assignee = null }: Task, by: string): string | null {
  return assignee === null || assignee === by ? null : `${assignee} works task ${id}: it must be given to ${by} first`;
}

export function notOpen(task: Task | undefined, id: string): string | null {
  if (task === undefined) return `there is no task ${id} on this account`;
  return task.status === 'open' ? null : `task ${id} is ${task.status === 'done' ? 'already done' : 'no longer needed'}`;
}
