import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { isCivilDate } from '../../../rules/domain/civil-date.ts';
import { proposalStates } from '../../../rules/lifecycle/proposals.ts';
import { keyed } from '../../keyed.ts';
import { accountView } from '../../views/account-shapes.ts';
import { instruction, overruledRule, proposalView } from '../../views/people-shapes.ts';
import { type Api, accountNamed, type ServedEngine } from '../app.ts';
import { Problem, problems } from '../problems.ts';
import { headers } from './tasks.ts';

export function peopleRoutes(app: Api, engine: ServedEngine): void {
  app.post(
    '/accounts/:account/instructions',
    {
      schema: {
        tags: ['people'],
        summary: 'Take, give or drop a task, do otherwise than a rule, take a step back, place or release a hold',
        params: z.object({ account: z.string().min(1).max(64) }),
        headers,
        body: instruction,
        response: { 200: accountView, ...problems(400, 404, 409, 422, 503) },
      },
    },
    async ({ params: { account }, headers: given, body }) => {
      const { id } = await accountNamed(engine, account);
      const formId = keyed(id, 'instruction', given['idempotency-key']);
      const known = await engine.reads.form(formId);
      if (known !== null && !isDeepStrictEqual(known.form, body))
        throw new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key came with another body before; choose a new one.');
      const answer = await engine.accounts.tell(id, { instruction: body, formId });
      if (answer.kind === 'done') return (await accountNamed(engine, id)).view;
      if (answer.kind === 'refused') throw new Problem(409, 'instruction-refused', answer.reason);
      if (answer.kind === 'notRunning') throw new Problem(409, 'account-closed', 'The account is closed: nothing can be told to it.');
      throw new Problem(503, 'under-way', 'It was taken, but its answer takes longer than usual; send the same request again.');
    },
  );
  proposalRoutes(app, engine);
}

function proposalRoutes(app: Api, engine: ServedEngine): void {
  app.get(
    '/proposals',
    {
      schema: {
        tags: ['people'],
        summary: 'What a rule or a person proposed and what became of it: write-offs, refunds, letters, claims; the oldest first',
        querystring: z.object({
          state: z.enum(proposalStates).optional().meta({ description: 'those that wait for a yes when absent' }),
          account: z.string().optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: { 200: z.object({ proposals: z.array(proposalView) }), ...problems(400, 404) },
      },
    },
    async ({ query: { state, account, limit } }) => {
      const accountId = account === undefined ? {} : { accountId: (await accountNamed(engine, account)).id };
      const states = state === undefined ? (['composed', 'inReview'] as const) : [state];
      return { proposals: await engine.reads.proposals({ states, limit, ...accountId }) };
    },
  );
  app.get(
    '/rules/overruled',
    {
      schema: {
        tags: ['rules'],
        summary: 'The rules that people overrule most, and why',
        querystring: z.object({ since: z.string().refine(isCivilDate, 'expected an existing date, YYYY-MM-DD').optional() }),
        response: { 200: z.object({ rules: z.array(overruledRule) }), ...problems(400) },
      },
    },
    async ({ query: { since } }) => ({
      rules: await engine.reads.overruled(since === undefined || !isCivilDate(since) ? null : since),
    }),
  );
}
