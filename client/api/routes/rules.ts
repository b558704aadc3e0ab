import { z } from 'zod';
import { auditView, byShape, pausedView, publicationView, ruleFilesView } from '../../views/rule-shapes.ts';
import { moment } from '../../views/account-shapes.ts';
import type { Api, ServedEngine } from '../app.ts';
import { Problem, problems } from '../problems.ts';

const tags = ['rules'];

export function ruleRoutes(app: Api, engine: ServedEngine): void {
  publicationRoutes(app, engine);
  recordRoutes(app, engine);
}

function publicationRoutes(app: Api, { rules }: ServedEngine): void {
  app.get(
    '/rules/live',
    {
      schema: {
        tags,
        summary: 'The rules that decide now, and those that their circuit breaker stopped',
        response: { 200: z.object({ publication: publicationView.nullable(), paused: z.array(pausedView).readonly() }) },
      },
    },
    () => rules.live(),
  );
  app.get(
    '/rules/publications',
    {
      schema: {
        tags,
        summary: 'What was published, the latest first',
        response: { 200: z.object({ publications: z.array(publicationView).readonly() }) },
      },
    },
    async () => ({ publications: await rules.publications() }),
  );
  app.get(
    '/rules/publications/:number/files',
    {
      schema: {
        tags,
        summary: 'The files of a publication, byte for byte',
        params: z.object({ number: z.coerce.number().int().min(1) }),
        response: { 200: ruleFilesView, ...problems(400, 404) },
      },
    },
    async ({ params }) => {
      const files = await rules.files(params.number);
      if (files === null) throw new Problem(404, 'no-such-publication', 'There is no publication with this number.');
      return { ...files, ruleFiles: [...files.ruleFiles] };
    },
  );
}

function recordRoutes(app: Api, { rules }: ServedEngine): void {
  app.get(
    '/rules/audit',
    {
      schema: {
        tags,
        summary: 'Who did what to the rules; each entry proves those before it',
        response: { 200: z.object({ isSound: z.boolean(), entries: z.array(auditView).readonly() }) },
      },
    },
    async () => {
      const entries = await rules.audit();
      return { isSound: entries.every(({ isSound }) => isSound), entries };
    },
  );
  app.post(
    '/rules/paused/:rule/resume',
    {
      schema: {
        tags,
        summary: 'Let a rule act again that its circuit breaker stopped; the same again changes nothing',
        params: z.object({ rule: z.string().min(1).max(200) }),
        body: byShape,
        response: { 200: z.object({ ruleId: z.string(), resumedAt: moment }), ...problems(400, 404) },
      },
    },
    async ({ params: { rule: ruleId }, body }) => {
      const resumedAt = await rules.resume(ruleId, body.by);
      if (resumedAt === null) throw new Problem(404, 'never-paused', 'The circuit breaker never stopped this rule.');
      return { ruleId, resumedAt };
    },
  );
}
