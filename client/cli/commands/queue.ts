import { Argument, Command } from 'commander';
import { queues } from '../../../rules/domain/decision.ts';
import { readCount } from '../read-arguments.ts';
import { queueRows, taskRows } from '../queue-lines.ts';
import type { Session } from '../session.ts';

const pageSize = 100;

export function queueCommand(session: Session): Command {
  return new Command('queue')
    .description('how much waits in each queue; with a name, the open tasks in it, the most urgent first')
    .addArgument(new Argument('[name]', 'a queue, or "all"').choices([...queues, 'all']))
    .option('--assignee <name>', 'only what this person works')
    .option('--limit <count>', 'at most so many tasks', readCount, pageSize)
    .action((name: string | undefined, { limit, assignee }: { limit: number; assignee?: string }) =>
      session.ask(async ({ reads }) => {
        if (name === undefined && assignee === undefined) {
          const waiting = await reads.queues();
          return { document: { queues: waiting }, lines: queueRows(waiting) };
        }
        const { tasks, next } = await reads.tasks({
          ...(name === undefined || name === 'all' ? {} : { queue: name }),
          ...(assignee === undefined ? {} : { assignee }),
          limit,
        });
        return { document: { tasks, next }, lines: [...taskRows(tasks), ...(next === null ? [] : ['', 'There are more: raise --limit.'])] };
      }),
    );
}
