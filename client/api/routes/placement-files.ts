import { z } from 'zod';
import { placementFileView } from '../../views/vendor-file-shapes.ts';
import type { Api, ServedEngine } from '../app.ts';
import { problems } from '../problems.ts';

export function placementFileRoutes(app: Api, engine: ServedEngine): void {
  app.get(
    '/placement-files',
    {
      schema: {
        tags: ['files'],
        summary: 'Files of placements that went to vendors, the latest first, and what each vendor counted of them',
        querystring: z.object({ vendor: z.string().optional(), limit: z.coerce.number().int().min(1).max(500).default(100) }),
        response: { 200: z.object({ files: z.array(placementFileView) }), ...problems(400) },
      },
    },
    async ({ query: { vendor, limit } }) => ({ files: await engine.reads.placementFiles(vendor ?? null, limit) }),
  );
}
