import type { QueuedTask, QueueView } from '../views/work-shapes.ts';
import { unmatchedName } from '../views/unmatched-name.ts';
import { money, moneyCell, table } from './output.ts';

/** `recourse queue NAME`: the tasks, the most urgent first. */
export function taskRows(tasks: readonly QueuedTask[]): readonly string[] {
  if (tasks.length === 0) return ['No open task.'];
  const rows = tasks.map((task) => [
    task.safeByOn ?? 'no date',
    daysWords(task.daysLeft),
    task.queue,
    task.assignee ?? '',
    taskName(task),
    moneyCell(task.amountCents),
    task.title,
    task.ruleId,
  ]);
  const whys = tasks.map((task) => `${taskName(task)}: ${task.reason}`);
  return [
    ...table(['Safe by', 'Days left', 'Queue', 'Who', 'Task', 'Amount', 'What', 'Rule'], rows),
    '',
    'Why',
    ...whys.map((why) => `  ${why}`),
  ];
}

function taskName({ accountNumber, id }: QueuedTask): string {
  return accountNumber === null ? unmatchedName(id) : `${accountNumber}/${id}`;
}

function daysWords(daysLeft: number | null): string {
  if (daysLeft === null) return '';
  return daysLeft < 0 ? `${-daysLeft} late` : String(daysLeft);
}

/** `recourse queue`: how much waits in each. */
export function queueRows(queues: readonly QueueView[]): readonly string[] {
  if (queues.length === 0) return ['No open task in any queue.'];
  const rows = queues.map((q) => [q.queue, String(q.open), String(q.late), money(q.amountCents), q.firstSafeByOn ?? 'no date']);
  return table(['Queue', 'Open', 'Late', 'Amount', 'First safe by'], rows);
}
