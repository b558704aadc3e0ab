import type { Instruction } from './instruction.ts';
import type { TaskForm } from './task.ts';

type PerTask<T> = T extends { readonly taskId: string } ? Omit<T, 'taskId'> : never;

/** What many tasks are told alike: one outcome, or one instruction about a task. */
export type BulkWork =
  | { readonly do: 'complete'; readonly form: TaskForm }
  | PerTask<Extract<Instruction, { do: 'take' | 'give' | 'drop' | 'override' }>>;

/** What one of them is told. */
export function bulkTelling(work: BulkWork, taskId: string): { readonly form: TaskForm } | { readonly instruction: Instruction } {
  switch (work.do) {
    case 'complete':
      return { form: work.form };
    case 'take':
    case 'drop':
    case 'give':
    case 'override':
      return { instruction: { ...work, taskId } };
  }
}
