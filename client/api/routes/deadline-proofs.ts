import { z } from 'zod';
import { isCivilDate } from '../../../rules/domain/civil-date.ts';
import { date, moment } from '../../views/account-shapes.ts';
import type { Api, ServedEngine } from '../app.ts';
import { Problem, problems } from '../problems.ts';

const tags = ['deadlines'];

const finding = z.object({
  accountId: z.string(),
  accountNumber: z.string().nullable().meta({ description: 'null when the database does not know the account' }),
  kind: z.string(),
  detail: z.string(),
  healed: z.boolean(),
});

const proof = z.object({
  id: z.string(),
  by: z.string(),
  startedAt: moment,
  finishedAt: moment,
  accounts: z.int(),
  open: z.int(),
  armed: z.int(),
  unarmed: z.int().meta({ description: 'after healing' }),
  earliestAt: moment.nullable(),
  folded: z.int().meta({ description: 'projections folded again from their events' }),
  found: z.int(),
  healed: z.int(),
  findings: z.array(finding).meta({ description: 'at most 100, those not healed first' }),
});

const statement = z.object({
  number: z.int(),
  on: date,
  proofId: z.string(),
  text: z.string(),
  previousSha256: z.string(),
  sha256: z.string(),
  keyId: z.string(),
  signature: z.string().meta({ description: 'Ed25519 over sha256, base64' }),
});

export function deadlineProofRoutes(app: Api, engine: ServedEngine): void {
  app.get(
    '/deadlines/proof',
    {
      schema: {
        tags,
        summary: 'The last deadline proof: open, armed, unarmed, and what disagreed',
        response: { 200: proof, ...problems(404) },
      },
    },
    async () => {
      const last = await engine.deadlines.last();
      if (last === null) throw new Problem(404, 'no-proof', 'No deadline proof came to its end yet.');
      return { ...last, findings: [...last.findings] };
    },
  );
  app.get(
    '/deadlines/statements',
    {
      schema: {
        tags,
        summary: 'The signed statements of one day',
        querystring: z.object({ on: z.string().refine(isCivilDate, 'expected an existing date, YYYY-MM-DD') }),
        response: { 200: z.object({ statements: z.array(statement) }), ...problems(400) },
      },
    },
    async ({ query: { on } }) => ({ statements: isCivilDate(on) ? [...(await engine.deadlines.statements(on))] : [] }),
  );
}
