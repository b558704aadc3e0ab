import { Command, Option } from 'commander';
import { DomainError } from '../../../rules/domain/failures.ts';
import type { BulkWork } from '../../../rules/domain/bulk.ts';
import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import { type Action, type Queue, queues } from '../../../rules/domain/decision.ts';
import { overrideActions, type OverrideReason, overrideReasons } from '../../../rules/domain/instruction.ts';
import { type Role, roles } from '../../../rules/domain/role.ts';
import { type TaskOutcome, taskOutcomes } from '../../../rules/domain/task.ts';
import type { BulkSelection } from '../../bulk.ts';
import type { BulkView } from '../../views/people-shapes.ts';
import { bulkViewOf } from '../../views/people-view.ts';
import { exitFor, table } from '../output.ts';
import { readAmount, readCount, readDate, readId } from '../read-arguments.ts';
import type { Session } from '../session.ts';

interface Chosen {
  readonly queue?: string;
  readonly kind?: string;
  readonly payer?: string;
  readonly category?: string;
  readonly rule?: string;
  readonly min?: number;
  readonly max?: number;
  readonly safeBy?: CivilDate;
  readonly assignee?: string;
  readonly limit: number;
}

interface Told {
  readonly by: string;
  readonly note?: string;
}

const outcomes: readonly string[] = [...new Set<string>(Object.values(taskOutcomes).flat())];

export function bulkCommand(session: Session): Command {
  const preview = new Command('preview').description('what would happen to each task that is meant; nothing is changed');
  preview.addCommand(
    choosing(new Command('complete').description('end them with the same outcome'))
      .addOption(new Option('--outcome <outcome>').choices(outcomes).makeOptionMandatory())
      .addOption(new Option('--role <role>', 'in which you say yes').choices(roles))
      .action((o: Chosen & Told & { readonly outcome: TaskOutcome; readonly role?: Role }) => {
        const form = { outcome: o.outcome, ...words(o), ...(o.role === undefined ? {} : { role: o.role }) };
        return previewed(session, o, { do: 'complete', form });
      }),
  );
  preview.addCommand(
    choosing(new Command('give').description('give them to somebody, and to another queue'))
      .requiredOption('--to <name>')
      .addOption(new Option('--to-queue <queue>').choices(queues))
      .action((o: Chosen & Told & { readonly to: string; readonly toQueue?: Queue }) =>
        previewed(session, o, { do: 'give', to: o.to, ...words(o), ...(o.toQueue === undefined ? {} : { queue: o.toQueue }) }),
      ),
  );
  preview.addCommand(
    choosing(new Command('override').description('do otherwise than the rule that asked for them'))
      .addOption(new Option('--action <action>').choices(overrideActions).makeOptionMandatory())
      .addOption(new Option('--reason <reason>').choices(overrideReasons).makeOptionMandatory())
      .action((o: Chosen & Told & { readonly action: Action; readonly reason: OverrideReason }) =>
        previewed(session, o, { do: 'override', action: o.action, reason: o.reason, ...words(o) }),
      ),
  );
  return new Command('bulk')
    .description('the same done to many tasks: first previewed, then exactly that preview run')
    .addCommand(preview)
    .addCommand(runCommand(session))
    .addCommand(showCommand(session));
}

function runCommand(session: Session): Command {
  return new Command('run')
    .description('run a preview; after an interruption the same again goes on, and no row is done twice')
    .argument('<bulk>', 'its id', readId)
    .requiredOption('--hash <hash>', 'of the preview, as it was printed')
    .option('--rate <count>', 'at most so many rows a second', readCount, 20)
    .action((id: string, { hash, rate }: { hash: string; rate: number }) =>
      session.ask(async ({ bulk }) => {
        const onRow = (done: number, of: number): void => session.status(`${done} of ${of}`);
        return shown(bulkViewOf(await bulk.run(id, hash, { perSecond: rate, onRow })));
      }),
    );
}

function showCommand(session: Session): Command {
  return new Command('show')
    .description('a bulk with the result of every row')
    .argument('<bulk>', 'its id', readId)
    .action((id: string) =>
      session.ask(async ({ bulk }) => {
        const found = await bulk.bulk(id);
        if (found === null) throw new DomainError('bulk.unknown', `there is no bulk ${id}: preview one first`);
        return shown(bulkViewOf(found));
      }),
    );
}

function choosing(command: Command): Command {
  return command
    .requiredOption('--by <name>', 'who does it')
    .option('--note <text>')
    .addOption(new Option('--queue <queue>', 'open tasks of that queue').choices(queues))
    .option('--kind <kind>', 'of that kind')
    .option('--payer <id>', 'of that payer')
    .option('--category <category>', 'about a denial of that category, such as AUT')
    .option('--rule <id>', 'that this rule asked for')
    .option('--min <dollars>', 'about that much or more', readAmount)
    .option('--max <dollars>', 'about that much or less', readAmount)
    .option('--safe-by <date>', 'safe by that day or earlier', readDate)
    .option('--assignee <name>', 'that this person works')
    .option('--limit <count>', 'at most so many', readCount, 500);
}

function selectionOf(o: Chosen): BulkSelection {
  return {
    limit: o.limit,
    ...(o.queue === undefined ? {} : { queue: o.queue }),
    ...(o.kind === undefined ? {} : { kind: o.kind }),
    ...(o.payer === undefined ? {} : { payerId: o.payer }),
    ...(o.category === undefined ? {} : { category: o.category }),
    ...(o.rule === undefined ? {} : { ruleId: o.rule }),
    ...(o.min === undefined ? {} : { fromCents: o.min }),
    ...(o.max === undefined ? {} : { toCents: o.max }),
    ...(o.safeBy === undefined ? {} : { safeBy: o.safeBy }),
    ...(o.assignee === undefined ? {} : { assignee: o.assignee }),
  };
}

function words({ by, note }: Told): Told {
  return { by, ...(note === undefined ? {} : { note }) };
}

function previewed(session: Session, chosen: Chosen, work: BulkWork): Promise<void> {
  return session.ask(async ({ bulk }) => {
    const view = bulkViewOf(await bulk.preview(selectionOf(chosen), work));
    const run = view.left === 0 ? [] : ['', `To run exactly this: recourse bulk run ${view.id} --hash ${view.hash}`];
    return { document: view, lines: [...rows(view), ...run] };
  });
}

function shown(view: BulkView) {
  const ok = view.left === 0 && view.rows.every(({ result, refusal }) => result === 'done' || refusal !== null);
  return { document: view, lines: rows(view), exit: exitFor(ok) };
}

function rows({ rows: all, left }: BulkView): readonly string[] {
  const count = (result: string) => all.filter((row) => row.result === result).length;
  const refused = all.filter(({ refusal }) => refusal !== null).length;
  const sums = `${all.length} tasks: ${count('done')} done, ${count('refused')} refused, ${count('changed')} changed meanwhile, ${left} to run, ${refused} not possible`;
  const lines = all.map((row) => [
    `${row.accountNumber}/${row.taskId}`,
    row.result ?? (row.refusal === null ? 'would be done' : 'not possible'),
    row.reason ?? row.refusal ?? row.effects.join('; '),
  ]);
  return [sums, ...table(['Task', 'Result', 'What'], lines)];
}
