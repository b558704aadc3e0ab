import { z } from 'zod';
import { doctorCheck } from '../../views/work-shapes.ts';
import type { Api, ServedEngine } from '../app.ts';
import { problems } from '../problems.ts';

const tags = ['health'];

export function healthRoutes(app: Api, engine: ServedEngine): void {
  app.get(
    '/health',
    {
      schema: {
        tags,
        summary: 'Answers while the API and its database do',
        response: { 200: z.object({ status: z.literal('ok') }), ...problems(503) },
      },
    },
    async () => {
      await engine.reads.ping();
      return { status: 'ok' as const };
    },
  );
  app.get(
    '/doctor',
    {
      schema: {
        tags,
        summary: 'What must always be true, whether it is, and what to do where it is not',
        response: { 200: z.object({ ok: z.boolean(), checks: z.array(doctorCheck) }) },
      },
    },
    async () => {
      const checks = await engine.examine();
      return { ok: checks.every((check) => check.ok), checks };
    },
  );
}
