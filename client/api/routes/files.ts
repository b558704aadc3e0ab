import { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { fileView, sentFileView, takenFile, unmatchedPage } from '../../views/work-shapes.ts';
import type { Api, ServedEngine } from '../app.ts';
import { Problem, problems } from '../problems.ts';
import { withSpool } from '../spool.ts';

const tags = ['files'];
/** As large as a file may be here. */
const largestFileBytes = 2_147_483_647;

export function fileRoutes(app: Api, engine: ServedEngine): void {
  showFiles(app, engine);
  takeFiles(app, engine);
}

function showFiles(app: Api, engine: ServedEngine): void {
  app.get(
    '/files',
    {
      schema: {
        tags,
        summary: 'Inbound files, the latest first',
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
        response: { 200: z.object({ files: z.array(fileView) }), ...problems(400) },
      },
    },
    async ({ query }) => ({ files: await engine.reads.files(query.limit) }),
  );
  app.get(
    '/sent-files',
    {
      schema: {
        tags,
        summary: 'What we sent, our TA1 and 999 included, the latest first; before is the id of the last one of the page before',
        querystring: z.object({ before: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(500).default(100) }),
        response: { 200: z.object({ files: z.array(sentFileView) }), ...problems(400) },
      },
    },
    async ({ query: { before, limit } }) => ({
      files: await engine.reads.sentFiles({ limit, ...(before === undefined ? {} : { before }) }),
    }),
  );
  app.get(
    '/files/:file',
    {
      schema: {
        tags,
        summary: 'What became of a file; for a refused one its fault and place',
        params: z.object({ file: z.uuid() }),
        response: { 200: fileView, ...problems(400, 404) },
      },
    },
    async ({ params }) => {
      const file = await engine.reads.file(params.file);
      if (file === null) throw new Problem(404, 'no-such-file', 'There is no file with this id.');
      return file;
    },
  );
  app.get(
    '/files/:file/unmatched',
    {
      schema: {
        tags,
        summary: 'Claims of its remittances for which no account is known, with the accounts that each may belong to',
        params: z.object({ file: z.uuid() }),
        querystring: z.object({
          after: z.coerce.number().int().min(-1).default(-1),
          limit: z.coerce.number().int().min(1).max(100).default(25),
        }),
        response: { 200: unmatchedPage, ...problems(400) },
      },
    },
    ({ params, query }) => engine.reads.unmatchedOfFile(params.file, query),
  );
}

function takeFiles(app: Api, engine: ServedEngine): void {
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser(
    ['application/octet-stream', 'application/edi-x12'],
    { bodyLimit: largestFileBytes },
    // The body is the request itself: its bytes are stored as they come.
    (_, body, done) => done(null, body),
  );
  app.post(
    '/files',
    {
      bodyLimit: largestFileBytes,
      schema: {
        tags,
        summary: 'Take in a file: its bytes are the body; a known content changes nothing',
        description: 'Answers when the file is read and every account concerned has been told. A refused file answers 200 with its fault.',
        consumes: ['application/octet-stream', 'application/edi-x12'],
        querystring: z.object({ name: z.string().trim().min(1).max(200) }),
        response: { 200: takenFile, ...problems(400, 413, 415) },
      },
    },
    async ({ query, body }) => {
      if (!(body instanceof IncomingMessage)) throw new Problem(400, 'no-content', 'The body must be the bytes of the file.');
      return withSpool(body, largestFileBytes, (content) => engine.takeIn({ name: query.name, content }));
    },
  );
}
