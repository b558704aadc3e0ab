import { z } from 'zod';
import { isCivilDate } from '../../../rules/domain/civil-date.ts';
import { amount } from '../../views/account-shapes.ts';
import type { Api, ServedEngine } from '../app.ts';
import { problems } from '../problems.ts';

const gap = z.object({
  fault: z.enum(['noRule', 'onlyFallback', 'equalRules']),
  payerId: z.string(),
  carc: z.string(),
  group: z.string(),
  service: z.string().meta({ description: 'kinds of service, else the family of the revenue code' }),
  denials: z.int(),
  cents: amount,
  undecided: z.int().meta({ description: 'denials among them about which the rules were never asked' }),
  witness: z.string().meta({ description: 'number of the account with the largest of them' }),
  witnessId: z.string().meta({ description: 'its id' }),
  witnessCents: amount,
  detail: z.string(),
});

const map = z.object({
  ruleSetHash: z.string(),
  denials: z.int(),
  cents: amount,
  covered: z.object({ denials: z.int(), cents: amount }),
  gaps: z.array(gap),
});

export function ruleCoverageRoutes(app: Api, engine: ServedEngine): void {
  app.get(
    '/rules/coverage',
    {
      schema: {
        tags: ['rules'],
        summary: 'Stored denials that the live rules do not answer well, by dollars',
        querystring: z.object({ since: z.string().refine(isCivilDate, 'expected an existing date, YYYY-MM-DD').optional() }),
        response: { 200: map, ...problems(400) },
      },
    },
    async ({ query: { since } }) => {
      const found = await engine.trials.coverage(since === undefined || !isCivilDate(since) ? null : since);
      return { ...found, covered: { ...found.covered }, gaps: found.gaps.map((g) => ({ ...g })) };
    },
  );
}
