import { z } from 'zod';
import { DomainError } from '../../../rules/domain/failures.ts';
import { bulkSelection, bulkView, bulkWork } from '../../views/people-shapes.ts';
import { bulkViewOf } from '../../views/people-view.ts';
import type { Api, ServedEngine } from '../app.ts';
import { Problem, problems } from '../problems.ts';
import { form, withoutAbsent } from './tasks.ts';

const tags = ['bulk'];
const params = z.object({ bulk: z.uuid() });
/** Of one request: a caller that wants more asks again. */
const mostPerRequest = 100;

export function bulkRoutes(app: Api, engine: ServedEngine): void {
  app.post(
    '/bulks',
    {
      schema: {
        tags,
        summary: 'Preview the same done to many tasks; nothing is changed',
        body: z.strictObject({
          selection: bulkSelection,
          work: z.union([bulkWork, z.strictObject({ do: z.literal('complete'), form })]),
        }),
        response: { 200: bulkView, ...problems(400) },
      },
    },
    async ({ body: { selection, work } }) => {
      const told = work.do === 'complete' ? { do: work.do, form: withoutAbsent(work.form) } : work;
      return bulkViewOf(await engine.bulk.preview(selection, told));
    },
  );
  app.get(
    '/bulks/:bulk',
    { schema: { tags, summary: 'A bulk with the result of every row', params, response: { 200: bulkView, ...problems(400, 404) } } },
    async ({ params: { bulk } }) => {
      const found = await engine.bulk.bulk(bulk);
      if (found === null) throw new Problem(404, 'no-such-bulk', 'There is no bulk with this id.');
      return bulkViewOf(found);
    },
  );
  app.post(
    '/bulks/:bulk/run',
    {
      schema: {
        tags,
        summary: `Run exactly that preview, at most ${mostPerRequest} rows of it; the same again goes on, and done rows are never done twice`,
        params,
        body: z.strictObject({
          hash: z.string().regex(/^[0-9a-f]{64}$/),
          most: z.int().min(1).max(mostPerRequest).default(mostPerRequest),
        }),
        response: { 200: bulkView, ...problems(400, 404, 409) },
      },
    },
    async ({ params: { bulk }, body: { hash, most } }) => {
      try {
        return bulkViewOf(await engine.bulk.run(bulk, hash, { most, perSecond: mostPerRequest }));
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        throw new Problem(error.code === 'bulk.unknown' ? 404 : 409, error.code.replace('.', '-'), error.message);
      }
    },
  );
}
