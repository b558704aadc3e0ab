import { Readable } from 'node:stream';
import { z } from 'zod';
import { contactChange, guarantorView, statementPreview, statementView } from '../../views/statement-shapes.ts';
import { type Api, accountNamed, type ServedEngine } from '../app.ts';
import { Problem, problems, refusing } from '../problems.ts';

const tags = ['statements'];
const account = z.string().min(1).max(64);
const number = z.string().regex(/^\d{1,12}$/, 'the number that stands on the statement');

export function statementRoutes(app: Api, engine: ServedEngine): void {
  guarantors(app, engine);
  app.get(
    '/accounts/:account/statement',
    {
      schema: {
        tags,
        summary: 'The statement that the guarantor of this account would get now, over all their accounts; nothing leaves',
        params: z.object({ account }),
        response: { 200: statementPreview, ...problems(400, 404, 422) },
      },
    },
    async ({ params }) => {
      const { id } = await accountNamed(engine, params.account);
      const { pdf, ...told } = await refusing(engine.letters.statement(id));
      return { ...told, pdf: Buffer.from(pdf).toString('base64') };
    },
  );
  app.get(
    '/statements/:number',
    {
      schema: {
        tags,
        summary: 'A statement that was written',
        params: z.object({ number }),
        response: { 200: statementView, ...problems(400, 404) },
      },
    },
    async ({ params }) => {
      const found = await engine.guarantors.statement(params.number);
      if (found === null) throw noStatement();
      return found;
    },
  );
  app.get(
    '/statements/:number/content',
    {
      schema: {
        tags,
        summary: 'Its pages, as they left in the print file',
        params: z.object({ number }),
        response: { 200: z.instanceof(Readable).meta({ description: 'PDF' }), ...problems(400, 404) },
      },
    },
    async ({ params }, reply) => {
      const pdf = await engine.guarantors.statementPdf(params.number);
      if (pdf === null) throw noStatement();
      const name = `statement-${params.number}.pdf`;
      return reply
        .headers({ 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="${name}"` })
        .send(Readable.from([Buffer.from(pdf)]));
    },
  );
}

function guarantors(app: Api, engine: ServedEngine): void {
  app.get(
    '/accounts/:account/guarantor',
    {
      schema: {
        tags,
        summary: 'Who owes the patient’s part of this account: how they are reached, what they owe, and what they were sent',
        params: z.object({ account }),
        response: { 200: guarantorView, ...problems(400, 404) },
      },
    },
    async ({ params }) => {
      const { id } = await accountNamed(engine, params.account);
      const found = await engine.guarantors.show(id);
      if (found === null) throw noGuarantor();
      return found;
    },
  );
  app.patch(
    '/accounts/:account/guarantor',
    {
      schema: {
        tags,
        summary: 'Change how they are reached; a new address releases what was held because mail came back; the same again changes nothing',
        params: z.object({ account }),
        body: z.strictObject({ by: z.string().trim().min(1).max(100), change: contactChange }),
        response: { 200: z.object({ isChanged: z.boolean(), released: z.int() }), ...problems(400, 404) },
      },
    },
    async ({ params, body }) => {
      const { id } = await accountNamed(engine, params.account);
      const done = await engine.guarantors.change({ accountId: id, by: body.by, change: body.change });
      if (done === null) throw noGuarantor();
      return done;
    },
  );
}

function noGuarantor(): Problem {
  return new Problem(404, 'no-guarantor', 'No guarantor is kept for this account: it was opened before they were.');
}

function noStatement(): Problem {
  return new Problem(404, 'no-such-statement', 'No statement of this number was written.');
}
