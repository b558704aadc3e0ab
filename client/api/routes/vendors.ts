import { z } from 'zod';
import { differenceKinds } from '../../../rules/vendors/difference.ts';
import { date } from '../../views/account-shapes.ts';
import { differenceView, neverWorkedView, scorecardView, vendorStanding, vendorView } from '../../views/vendor-shapes.ts';
import type { Api, ServedEngine } from '../app.ts';
import { Problem, problems } from '../problems.ts';
import { headers } from './tasks.ts';

const tags = ['vendors'];
const params = z.object({ vendor: z.string().min(1).max(30).meta({ description: 'its id', example: 'VENDOR1' }) });

/** The ledger between vendors and us. Their inventories and remits come in like every file, by POST /files. */
export function vendorRoutes(app: Api, engine: ServedEngine): void {
  app.get(
    '/vendors',
    {
      schema: {
        tags,
        summary: 'Every vendor: what it has, its last inventory and remit, and what differs',
        response: { 200: z.object({ vendors: z.array(vendorView) }) },
      },
    },
    async () => ({ vendors: await engine.vendors.list() }),
  );
  app.get(
    '/vendors/:vendor',
    {
      schema: {
        tags,
        summary: 'One vendor: terms, inventory, money, differences by age',
        params,
        response: { 200: vendorStanding, ...problems(404) },
      },
    },
    async ({ params: { vendor } }) => known(await engine.vendors.show(vendor)),
  );
  app.get(
    '/vendors/:vendor/scorecard',
    {
      schema: {
        tags,
        summary: 'Liquidation by batch, age and balance, latencies, complaints, fees, placements never worked',
        params,
        response: { 200: scorecardView, ...problems(404) },
      },
    },
    async ({ params: { vendor } }) => known(await engine.vendors.scorecard(vendor)),
  );
  app.get(
    '/vendors/:vendor/never-worked',
    {
      schema: {
        tags,
        summary: 'Placements that it never worked although it had time, the oldest first',
        params,
        response: { 200: z.object({ placements: z.array(neverWorkedView) }), ...problems(404) },
      },
    },
    async ({ params: { vendor } }) => ({ placements: known(await engine.vendors.neverWorked(vendor)) }),
  );
  differenceRoutes(app, engine);
}

function differenceRoutes(app: Api, engine: ServedEngine): void {
  app.get(
    '/vendor-differences',
    {
      schema: {
        tags,
        summary: 'What stands between the ledgers, the oldest first; at most 500',
        querystring: z.object({
          vendor: z.string().min(1).max(30).optional(),
          kind: z.enum(differenceKinds).optional(),
          foundUntil: date.optional().meta({ description: 'only those first found on that day or before' }),
        }),
        response: { 200: z.object({ differences: z.array(differenceView) }), ...problems(400) },
      },
    },
    async ({ query: { vendor, kind, foundUntil } }) => ({
      differences: await engine.vendors.differences({
        limit: 500,
        ...(vendor === undefined ? {} : { vendor }),
        ...(kind === undefined ? {} : { kinds: [kind] }),
        ...(foundUntil === undefined ? {} : { until: foundUntil }),
      }),
    }),
  );
  app.post(
    '/vendor-differences/:id/acceptance',
    {
      schema: {
        tags,
        summary: 'Leave a difference as it is, until an amount of it changes; the same again changes nothing',
        params: z.object({ id: z.uuid() }),
        headers,
        body: z.strictObject({ by: z.string().trim().min(1).max(100), note: z.string().trim().min(1).max(2_000) }),
        response: { 200: z.object({ accepted: z.literal(true) }), ...problems(400, 404) },
      },
    },
    async ({ params: { id }, body }) => {
      if (await engine.vendors.accept(id, body)) return { accepted: true as const };
      throw new Problem(404, 'no-such-difference', 'No difference with this id stands; it may be settled.');
    },
  );
}

function known<T>(found: T | null): T {
  if (found !== null) return found;
  throw new Problem(404, 'no-such-vendor', 'There is no vendor with this id and a contract, or it sent no inventory yet.');
}
