import { z } from 'zod';
import { queuedTask, queueName, queueView } from '../../views/work-shapes.ts';
import type { Api, ServedEngine } from '../app.ts';
import { problems } from '../problems.ts';

const tags = ['queues'];

export function queueRoutes(app: Api, engine: ServedEngine): void {
  app.get(
    '/queues',
    { schema: { tags, summary: 'How much waits in each queue', response: { 200: z.object({ queues: z.array(queueView) }) } } },
    async () => ({ queues: await engine.reads.queues() }),
  );
  app.get(
    '/queues/:queue/tasks',
    {
      schema: {
        tags,
        summary: 'Open tasks, the most urgent first; unmatched ones are in the queue "unmatched"',
        params: z.object({ queue: queueName }),
        querystring: z.object({
          after: z
            .string()
            .regex(/^\d{4}-\d{2}-\d{2}_[0-9a-f-]{36}$/, 'expected the `next` of the page before')
            .optional(),
          assignee: z.string().min(1).max(100).optional().meta({ description: 'only what this person works' }),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: { 200: z.object({ tasks: z.array(queuedTask), next: z.string().nullable() }), ...problems(400) },
      },
    },
    ({ params: { queue }, query: { after, assignee, limit } }) =>
      engine.reads.tasks({ queue, limit, ...(assignee === undefined ? {} : { assignee }), ...(after === undefined ? {} : { after }) }),
  );
}
