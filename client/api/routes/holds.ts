import { z } from 'zod';
import { isCivilDate } from '../../../rules/domain/civil-date.ts';
import { loadHolds } from '../../knowledge.ts';
import { holdKindView, holdName, holdView } from '../../views/hold-shapes.ts';
import { type Api, accountNamed, type ServedEngine } from '../app.ts';
import { problems } from '../problems.ts';

const tags = ['people'];

/** Holds are placed and released by POST /accounts/{account}/instructions. */
export function holdRoutes(app: Api, engine: ServedEngine): void {
  const kinds = [...loadHolds().values()];
  app.get(
    '/holds/kinds',
    { schema: { tags, summary: 'Every kind of hold and what it stops', response: { 200: z.object({ kinds: z.array(holdKindView) }) } } },
    () => ({ kinds: kinds.map((kind) => ({ ...kind, stops: [...kind.stops], ends: [...kind.ends] })) }),
  );
  app.get(
    '/holds',
    {
      schema: {
        tags,
        summary: 'Holds in force, those to be looked at first first',
        querystring: z.object({
          hold: holdName.optional(),
          account: z.string().optional(),
          reviewBy: z.string().refine(isCivilDate, 'expected an existing date, YYYY-MM-DD').optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: { 200: z.object({ holds: z.array(holdView) }), ...problems(400, 404) },
      },
    },
    async ({ query: { hold, account, reviewBy, limit } }) => {
      const of = account === undefined ? {} : { accountId: (await accountNamed(engine, account)).id };
      const by = reviewBy === undefined || !isCivilDate(reviewBy) ? {} : { reviewBy };
      return { holds: [...(await engine.reads.holds({ limit, ...of, ...by, ...(hold === undefined ? {} : { hold }) }))] };
    },
  );
}
