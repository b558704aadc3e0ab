import { randomUUID } from 'node:crypto';
import { Argument, Command, Option } from 'commander';
import { type Action, type Queue, queues } from '../../../rules/domain/decision.ts';
import { type Instruction, overrideActions, type OverrideReason, overrideReasons } from '../../../rules/domain/instruction.ts';
import { exitCode } from '../failure.ts';
import { findAccount } from '../find-account.ts';
import type { Answer } from '../output.ts';
import { readTaskName, type TaskName } from '../read-arguments.ts';
import type { Session } from '../session.ts';
import { standing } from '../standing-lines.ts';

export interface Said {
  readonly by: string;
  readonly note?: string;
  readonly formId?: string;
}

/** `recourse task take | give | drop | override`. */
export function assignmentCommands(session: Session): readonly Command[] {
  const onTask = (name: string, description: string) =>
    said(new Command(name).description(description)).addArgument(
      new Argument('<account/task>', 'such as 10023/t3').argParser(readTaskName),
    );
  return [
    onTask('take', 'work a task yourself; at most one person does').action(({ account, task }: TaskName, o: Said) =>
      tell(session, account, o, { do: 'take', taskId: task, ...words(o) }),
    ),
    onTask('drop', 'put a task back that you took').action(({ account, task }: TaskName, o: Said) =>
      tell(session, account, o, { do: 'drop', taskId: task, ...words(o) }),
    ),
    onTask('give', 'give a task to somebody, and to another queue')
      .requiredOption('--to <name>', 'who works it from now on')
      .addOption(new Option('--queue <queue>', 'move it there too').choices(queues))
      .action(({ account, task }: TaskName, o: Said & { readonly to: string; readonly queue?: Queue }) =>
        tell(session, account, o, {
          do: 'give',
          taskId: task,
          to: o.to,
          ...words(o),
          ...(o.queue === undefined ? {} : { queue: o.queue }),
        }),
      ),
    onTask('override', 'do otherwise than the rule that asked for the task; the next decision sees it')
      .addOption(new Option('--action <action>', 'what to do instead').choices(overrideActions).makeOptionMandatory())
      .addOption(new Option('--reason <reason>').choices(overrideReasons).makeOptionMandatory())
      .action(({ account, task }: TaskName, o: Said & { readonly action: Action; readonly reason: OverrideReason }) =>
        tell(session, account, o, { do: 'override', taskId: task, action: o.action, reason: o.reason, ...words(o) }),
      ),
  ];
}

export function undoCommand(session: Session): Command {
  return new Command('undo')
    .description('take back what a person did, where nothing left the house: the last step, or the one that is named')
    .argument('<account>', 'account number or id')
    .option('--task <task>', 'the completion of that task, such as t3')
    .option('--step <uuid>', 'the step that was submitted under that --form-id')
    .requiredOption('--by <name>', 'who takes it back')
    .requiredOption('--reason <text>', 'why; for the record')
    .option('--form-id <uuid>', 'the same again changes nothing and gets the same answer')
    .action((account: string, o: Said & { readonly task?: string; readonly step?: string; readonly reason: string }) =>
      tell(session, account, o, {
        do: 'undo',
        by: o.by,
        reason: o.reason,
        ...(o.task === undefined ? {} : { taskId: o.task }),
        ...(o.step === undefined ? {} : { formId: o.step }),
      }),
    );
}

export function said(command: Command): Command {
  return command
    .requiredOption('--by <name>', 'who says so')
    .option('--note <text>', 'in your own words; kept with what you say, never in the account’s history')
    .option('--form-id <uuid>', 'the same again changes nothing and gets the same answer');
}

export function words({ by, note }: Said): { readonly by: string; readonly note?: string } {
  return { by, ...(note === undefined ? {} : { note }) };
}

export function tell(session: Session, account: string, { formId = randomUUID() }: Said, instruction: Instruction): Promise<void> {
  return session.ask(async ({ reads, accounts }): Promise<Answer> => {
    const { id, view } = await findAccount(reads, account);
    const answer = await accounts.tell(id, { instruction, formId });
    const after = (await reads.account(id))?.view ?? view;
    const reason = answer.kind === 'refused' ? answer.reason : null;
    const document = { kind: answer.kind, formId, account: after, reason };
    const about = `Account ${view.accountNumber}, ${instruction.do}`;
    switch (answer.kind) {
      case 'done':
        return { document, lines: [`✓ ${about}: done (${formId}).`, ...standing(after)] };
      case 'refused':
        return { document, lines: [`✗ ${about}: refused, ${answer.reason}`], exit: exitCode.no };
      case 'notRunning':
        return { document, lines: [`✗ ${about}: the account is closed.`], exit: exitCode.no };
      case 'underWay':
        return { document, lines: [`✗ ${about}: taken, no answer yet; repeat with --form-id ${formId}.`], exit: exitCode.no };
    }
  });
}
