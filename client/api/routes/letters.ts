import { Readable } from 'node:stream';
import { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { attachmentKinds } from '../../../rules/domain/attachment.ts';
import { largestAttachmentBytes } from '../../attachments.ts';
import { attachmentView } from '../../views/letter-shapes.ts';
import { type Api, accountNamed, type ServedEngine } from '../app.ts';
import { Problem, problems, refusing } from '../problems.ts';

const tags = ['letters'];
const account = z.string().min(1).max(64);
const text = z.string().trim().min(1);

export function letterRoutes(app: Api, engine: ServedEngine): void {
  previewLetters(app, engine);
  attachments(app, engine);
  sentFiles(app, engine);
}

function previewLetters(app: Api, engine: ServedEngine): void {
  app.get(
    '/accounts/:account/tasks/:task/letter',
    {
      schema: {
        tags,
        summary: 'The letter of a task as it would leave now, with its checklist; nothing leaves',
        params: z.object({ account, task: z.string().regex(/^t\d{1,6}$/, 'expected a task of the account, such as t3') }),
        querystring: z.object({
          note: text.max(2_000).optional(),
          reference: text.max(100).optional(),
          authorizationNumber: text.max(50).optional(),
          path: z.literal('dispute').optional(),
        }),
        response: { 200: letterView, ...problems(400, 404, 422) },
      },
    },
    async ({ params, query }) => {
      const { id } = await accountNamed(engine, params.account);
      const { pdf, ...letter } = await refusing(engine.letters.preview({ accountId: id, taskId: params.task, ...query }));
      return { ...letter, checklist: [...letter.checklist], obstacles: [...letter.obstacles], pdf: Buffer.from(pdf).toString('base64') };
    },
  );
}

const letterView = z.object({
  title: z.string(),
  template: z.string(),
  channel: z.string(),
  checklist: z.array(z.object({ title: z.string(), by: z.string().nullable() })),
  obstacles: z.array(z.string()),
  pages: z.int(),
  attachments: z.int(),
  pdf: z.string().meta({ description: 'base64' }),
});

function attachments(app: Api, engine: ServedEngine): void {
  app.get(
    '/accounts/:account/attachments',
    {
      schema: {
        tags,
        summary: 'Documents that go with the letters of an account',
        params: z.object({ account }),
        response: { 200: z.object({ attachments: z.array(attachmentView) }), ...problems(400, 404) },
      },
    },
    async ({ params }) => {
      const { id } = await accountNamed(engine, params.account);
      return { attachments: [...(await engine.attachments.list(id))] };
    },
  );
  app.post(
    '/accounts/:account/attachments',
    {
      bodyLimit: largestAttachmentBytes,
      schema: {
        tags,
        summary: 'Add a document: its bytes are the body; the same bytes again change nothing',
        consumes: ['application/octet-stream'],
        params: z.object({ account }),
        querystring: z.object({ kind: z.enum(attachmentKinds), name: text.max(200), by: text.max(100), case: text.max(20).optional() }),
        response: { 200: attachmentView, ...problems(400, 404, 413, 415, 422) },
      },
    },
    async ({ params, query, body }) => {
      if (!(body instanceof IncomingMessage)) throw new Problem(400, 'no-content', 'The body must be the bytes of the document.');
      const { id } = await accountNamed(engine, params.account);
      const { kind, name, by } = query;
      const content = await bytesOf(body);
      return refusing(engine.attachments.add({ accountId: id, caseId: query.case ?? null, kind, name, by, content }));
    },
  );
  app.delete(
    '/accounts/:account/attachments/:attachment',
    {
      schema: {
        tags,
        summary: 'Take a document off: it goes with nothing that is sent from now on',
        params: z.object({ account, attachment: z.uuid() }),
        response: { 204: z.null(), ...problems(400, 404) },
      },
    },
    async ({ params }, reply) => {
      const { id } = await accountNamed(engine, params.account);
      if (!(await engine.attachments.remove(id, params.attachment)))
        throw new Problem(404, 'no-such-attachment', 'This account has no such document.');
      return reply.code(204).send(null);
    },
  );
}

function sentFiles(app: Api, engine: ServedEngine): void {
  app.get(
    '/outbound/:file/content',
    {
      schema: {
        tags,
        summary: 'What was sent, byte for byte',
        params: z.object({ file: z.uuid() }),
        response: { 200: z.instanceof(Readable).meta({ description: 'the bytes' }), ...problems(400, 404) },
      },
    },
    async ({ params }, reply) => {
      const sent = await engine.reads.outboundContent(params.file);
      if (sent === null) throw new Problem(404, 'no-such-file', 'Nothing of this id was made to be sent.');
      const { name, mediaType, sha256, content } = sent;
      return reply
        .headers({ 'content-type': mediaType, 'content-disposition': `attachment; filename="${name}"`, etag: `"${sha256}"` })
        .send(Readable.from([Buffer.from(content)]));
    },
  );
}

async function bytesOf(body: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  const parts: AsyncIterable<Uint8Array> = body;
  for await (const part of parts) {
    const bytes = Buffer.from(part);
    size += bytes.byteLength;
    if (size > largestAttachmentBytes) throw new Problem(413, 'too-large', `A document may have ${largestAttachmentBytes} bytes.`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
