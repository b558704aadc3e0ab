import { z } from 'zod';
import { accountSummary, accountView, ledgerEntry, timelineEntry } from '../../views/account-shapes.ts';
import { decisionView } from '../../views/work-shapes.ts';
import { type Api, accountNamed, type ServedEngine } from '../app.ts';
import { Problem, problems } from '../problems.ts';

const params = z.object({ account: z.string().min(1).max(64).meta({ description: 'account number or id' }) });
const tags = ['accounts'];

export function accountRoutes(app: Api, engine: ServedEngine): void {
  const filter = z.object({
    phase: z.string().max(40).optional(),
    payer: z.string().max(80).optional().meta({ description: 'payer id' }),
    after: z.uuid().optional().meta({ description: 'the `next` of the page before' }),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  });
  const page = z.object({ accounts: z.array(accountSummary), next: z.string().nullable() });
  app.get(
    '/accounts',
    { schema: { tags, summary: 'Accounts by id, a page at a time', querystring: filter, response: { 200: page, ...problems(400) } } },
    async ({ query: { phase, payer, after, limit } }) => {
      const accounts = await engine.reads.accounts({
        limit,
        ...(phase === undefined ? {} : { phase }),
        ...(payer === undefined ? {} : { payerId: payer }),
        ...(after === undefined ? {} : { after }),
      });
      return { accounts, next: accounts.length === limit ? (accounts.at(-1)?.id ?? null) : null };
    },
  );
  app.get(
    '/accounts/:account',
    {
      schema: {
        tags,
        summary: 'Where an account stands: balance, claims, denials, deadlines, open tasks, next dated step',
        params,
        response: { 200: accountView, ...problems(404) },
      },
    },
    async ({ params: { account } }) => (await accountNamed(engine, account)).view,
  );
  app.get(
    '/accounts/:account/timeline',
    {
      schema: {
        tags,
        summary: 'What happened, in order, in plain words',
        params,
        response: { 200: z.object({ timeline: z.array(timelineEntry) }), ...problems(404) },
      },
    },
    async ({ params: { account } }) => ({ timeline: [...(await accountNamed(engine, account)).timeline] }),
  );
  app.get(
    '/accounts/:account/ledger',
    {
      schema: {
        tags,
        summary: 'Every posted amount, with the file and byte it came from',
        params,
        response: { 200: z.object({ ledger: z.array(ledgerEntry) }), ...problems(404) },
      },
    },
    async ({ params: { account } }) => ({ ledger: [...(await accountNamed(engine, account)).ledger] }),
  );
  decisionRoutes(app, engine);
}

function decisionRoutes(app: Api, engine: ServedEngine): void {
  const number = z.union([z.literal('last'), z.coerce.number().int().min(1)]).meta({ description: '`last`, or its number from 1' });
  app.get(
    '/accounts/:account/decisions/:decision',
    {
      schema: {
        tags,
        summary: 'A decision of the rules with its receipt: facts, winner, why each condition held, who lost',
        params: params.extend({ decision: number }),
        response: { 200: decisionView, ...problems(404) },
      },
    },
    async ({ params: { account, decision: which } }) => {
      const { id } = await accountNamed(engine, account);
      const decision = await engine.reads.decision(id, which);
      if (decision === null) throw new Problem(404, 'no-such-decision', 'The account has no such decision.');
      return decision;
    },
  );
}
