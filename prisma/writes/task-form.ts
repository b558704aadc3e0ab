import type { Instruction } from '../../rules/domain/instruction.ts';
import type { TaskForm } from '../../rules/domain/task.ts';
import type { Settlement } from '../../rules/domain/unmatched.ts';
import type { Database, PrismaClient } from '../client.ts';
import { inputJson } from '../convert.ts';
import { uuidv7 } from '../ids.ts';

/** Keeps what a person typed; the account's workflow is then told the id. The same `formId` again changes nothing. */
export async function submitTaskForm(
  prisma: PrismaClient,
  submitted: { readonly accountId: string; readonly taskId: string; readonly form: TaskForm | Instruction; readonly formId?: string },
): Promise<string> {
  const { accountId, taskId, form, formId: id = uuidv7() } = submitted;
  const row = { id, accountId, taskId, body: inputJson(form), by: form.by, status: 'submitted' };
  await prisma.taskForm.createMany({ data: [row], skipDuplicates: true });
  return id;
}

/** The same for a task without an account. */
export async function submitSettlement(
  prisma: PrismaClient,
  { taskId, settlement, formId: id }: { readonly taskId: string; readonly settlement: Settlement; readonly formId: string },
): Promise<void> {
  const row = { id, accountId: null, taskId, body: inputJson(settlement), by: settlement.by, status: 'submitted' };
  await prisma.taskForm.createMany({ data: [row], skipDuplicates: true });
}

export async function settleForms(
  tx: Database,
  formIds: readonly string[],
  refusals: readonly { readonly formId: string; readonly reason: string }[],
): Promise<void> {
  for (const { formId, reason } of refusals) await tx.taskForm.update({ where: { id: formId }, data: { status: 'refused', reason } });
  const accepted = formIds.filter((id) => !refusals.some((r) => r.formId === id));
  if (accepted.length > 0) await tx.taskForm.updateMany({ where: { id: { in: accepted } }, data: { status: 'accepted' } });
}
