import { randomUUID } from 'node:crypto';
import { Argument, Command, Option } from 'commander';
import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import { type Role, roles } from '../../../rules/domain/role.ts';
import { type GivenEvidence, type TaskForm, type TaskOutcome, taskOutcomes } from '../../../rules/domain/task.ts';
import type { TaskAnswer } from '../../accounts.ts';
import type { AccountView } from '../../views/account-shapes.ts';
import { findAccount } from '../find-account.ts';
import { exitCode } from '../failure.ts';
import type { Answer } from '../output.ts';
import { readAmount, readCount, readDate, readEvidence, readTaskName, type TaskName } from '../read-arguments.ts';
import type { Session } from '../session.ts';
import { standing } from '../standing-lines.ts';
import { assignmentCommands } from './people.ts';
import { candidatesCommand, settleCommand } from './unmatched.ts';

interface CompleteOptions {
  readonly outcome: TaskOutcome;
  readonly by: string;
  readonly role?: Role;
  readonly on?: CivilDate;
  readonly reference?: string;
  readonly authorization?: string;
  readonly member?: string;
  readonly renderingNpi?: string;
  readonly instalment?: number;
  readonly note?: string;
  readonly evidence?: GivenEvidence;
  readonly level?: number;
  readonly formId?: string;
}

const outcomes: readonly string[] = [...new Set<string>(Object.values(taskOutcomes).flat())];

export function taskCommand(session: Session): Command {
  const complete = new Command('complete')
    .description('end a task with an outcome; the account takes its next step at once')
    .addArgument(new Argument('<account/task>', 'such as 10023/t3').argParser(readTaskName))
    .addOption(
      new Option('--outcome <outcome>', 'one of those that recourse show lists for the task').choices(outcomes).makeOptionMandatory(),
    )
    .requiredOption('--by <name>', 'who did it')
    .addOption(new Option('--role <role>', 'in which you say yes; what needs an approval needs one').choices(roles))
    .option('--on <date>', 'when it happened; today when absent', readDate)
    .option('--reference <text>', 'confirmation or case number given by the other side')
    .option('--authorization <number>', 'authorization number found or obtained')
    .option('--member <id>', 'corrected member id')
    .option('--rendering-npi <npi>', 'corrected NPI of the rendering provider')
    .option('--instalment <dollars>', 'monthly instalment of an accepted plan', readAmount)
    .option('--note <text>')
    .option('--evidence <facts>', 'what you know, such as memberConsent,contracted=false or minimumInControversyCents=20000', readEvidence)
    .option('--level <n>', 'level of appeal that the payer’s answer speaks of', readCount)
    .option('--form-id <uuid>', 'the same again changes nothing and gets the same answer')
    .action((name: TaskName, options: CompleteOptions) =>
      session.ask(async ({ reads, accounts }) => {
        const { id, view } = await findAccount(reads, name.account);
        const formId = options.formId ?? randomUUID();
        const answer = await accounts.completeTask(id, { taskId: name.task, form: formOf(options), formId });
        return answered(answer, { name, formId, view: (await reads.account(id))?.view ?? view });
      }),
    );
  const task = new Command('task').description('work items').addCommand(complete);
  for (const command of assignmentCommands(session)) task.addCommand(command);
  return task.addCommand(candidatesCommand(session)).addCommand(settleCommand(session));
}

function formOf(given: CompleteOptions): TaskForm {
  return {
    outcome: given.outcome,
    by: given.by,
    ...(given.role === undefined ? {} : { role: given.role }),
    ...(given.on === undefined ? {} : { on: given.on }),
    ...(given.reference === undefined ? {} : { reference: given.reference }),
    ...(given.authorization === undefined ? {} : { authorizationNumber: given.authorization }),
    ...(given.member === undefined ? {} : { memberId: given.member }),
    ...(given.renderingNpi === undefined ? {} : { renderingProviderNpi: given.renderingNpi }),
    ...(given.instalment === undefined ? {} : { instalmentCents: given.instalment }),
    ...(given.note === undefined ? {} : { note: given.note }),
    ...(given.evidence === undefined ? {} : { evidence: given.evidence }),
    ...(given.level === undefined ? {} : { answeredLevel: given.level }),
  };
}

function answered(answer: TaskAnswer, about: { readonly name: TaskName; readonly formId: string; readonly view: AccountView }): Answer {
  const { name, formId, view } = about;
  const task = `Task ${name.task} of account ${view.accountNumber}`;
  const document = { kind: answer.kind, formId, account: view, reason: answer.kind === 'refused' ? answer.reason : null };
  switch (answer.kind) {
    case 'done':
      return { document, lines: [`✓ ${task} is done.`, ...standing(view)] };
    case 'refused':
      return { document, lines: [`✗ ${task} was refused: ${answer.reason}`], exit: exitCode.no };
    case 'notRunning':
      return { document, lines: [`✗ ${task}: the account is closed, so none of its tasks is open.`], exit: exitCode.no };
    case 'underWay':
      return {
        document,
        lines: [`✗ ${task} was taken but has no answer yet; repeat with --form-id ${formId} to get it.`],
        exit: exitCode.no,
      };
  }
}
