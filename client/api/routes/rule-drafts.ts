import { z } from 'zod';
import type { StoredDraft } from '../../../prisma/reads/rule-drafts.ts';
import type { DraftDeed } from '../../../rules/administration/draft.ts';
import { instant } from '../../../rules/domain/civil-date.ts';
import type { DraftAnswer, PublishAnswer } from '../../rule-office.ts';
import { moment } from '../../views/account-shapes.ts';
import * as shapes from '../../views/rule-shapes.ts';
import type { Api, ServedEngine } from '../app.ts';
import { keyed } from '../../keyed.ts';
import { Problem, problems } from '../problems.ts';

const tags = ['rule drafts'];
const params = z.object({ draft: z.uuid() });
const headers = z.object({
  'idempotency-key': z
    .string()
    .min(8)
    .max(200)
    .meta({ description: 'chosen by the caller, one per draft: the same request again is the same draft' }),
});
/** A rule set of a large hospital with its reference data fits several times. */
const bodyLimit = 64 * 1024 * 1024;
const { draftView } = shapes;

export function ruleDraftRoutes(app: Api, engine: ServedEngine): void {
  readRoutes(app, engine);
  creationRoutes(app, engine);
  proofRoutes(app, engine);
  deedRoutes(app, engine);
  publicationRoute(app, engine);
}

function readRoutes(app: Api, { rules }: ServedEngine): void {
  app.get(
    '/rules/drafts',
    {
      schema: {
        tags,
        summary: 'Changes of the rules on their way, the newest first',
        querystring: z.object({ all: z.stringbool().default(false).meta({ description: 'those that ended too' }) }),
        response: { 200: z.object({ drafts: z.array(draftView).readonly() }), ...problems(400) },
      },
    },
    async ({ query }) => ({ drafts: await rules.drafts(!query.all) }),
  );
  app.get(
    '/rules/drafts/:draft',
    { schema: { tags, summary: 'Where a draft stands', params, response: { 200: draftView, ...problems(400, 404) } } },
    async ({ params: { draft } }) => known(await rules.draft(draft)),
  );
  app.get(
    '/rules/drafts/:draft/files',
    { schema: { tags, summary: 'The texts of a draft', params, response: { 200: shapes.ruleFilesView, ...problems(400, 404) } } },
    async ({ params: { draft } }) => {
      const files = known(await rules.draftFiles(draft));
      return { ...files, ruleFiles: [...files.ruleFiles] };
    },
  );
}

function creationRoutes(app: Api, { rules }: ServedEngine): void {
  app.post(
    '/rules/drafts',
    {
      bodyLimit,
      schema: {
        tags,
        summary: 'Begin a draft with the live rules, or with files; saved even when broken',
        headers,
        body: shapes.newDraftShape,
        response: { 200: draftView, ...problems(400, 413, 422) },
      },
    },
    async ({ headers: given, body: { title, by, files } }) => {
      const id = keyed('draft', given['idempotency-key']);
      return once(await rules.create({ title, by, id, ...(files === undefined ? {} : { files }) }));
    },
  );
  app.post(
    '/rules/rollbacks',
    {
      schema: {
        tags,
        summary: 'Begin a draft with the files of an earlier publication',
        headers,
        body: shapes.rollBackShape,
        response: { 200: draftView, ...problems(400, 404, 422) },
      },
    },
    async ({ headers: given, body: { number, by, why } }) => {
      if ((await rules.files(number)) === null) throw new Problem(404, 'no-such-publication', 'There is no publication with this number.');
      return once(await rules.rollBack(number, { by, why, id: keyed('draft', given['idempotency-key']) }));
    },
  );
}

function proofRoutes(app: Api, { rules }: ServedEngine): void {
  const response = { 200: draftView, ...problems(400, 404, 409) };
  app.post(
    '/rules/drafts/:draft/check',
    {
      schema: {
        tags,
        summary: 'Read it whole and run the rules’ own tests; every fault with its place',
        params,
        body: shapes.doerShape,
        response: { ...response, 200: z.object({ draft: draftView, report: shapes.filesCheckedView }) },
      },
    },
    async ({ params: { draft }, body }) => {
      const { answer, report } = known(await rules.check(draft, body));
      return { draft: done(answer), report };
    },
  );
  app.post(
    '/rules/drafts/:draft/weigh',
    {
      schema: {
        tags,
        summary:
          'Ask every stored decision and every open account of it and of the live rules, and keep the report with it; may take minutes',
        params,
        body: shapes.doerShape,
        response: { ...response, 200: draftView },
      },
    },
    async ({ params: { draft }, body }) => done((await rules.weigh(draft, body)).answer),
  );
}

function deedRoutes(app: Api, { rules }: ServedEngine): void {
  const response = { 200: draftView, ...problems(400, 404, 409) };
  app.put(
    '/rules/drafts/:draft/files',
    {
      bodyLimit,
      schema: {
        tags,
        summary: 'Save its texts, broken or not',
        params,
        body: shapes.saveShape,
        response: { ...response, ...problems(413) },
      },
    },
    async ({ params: { draft }, body: { files, ...doer } }) => done(await rules.save(draft, files, doer)),
  );
  app.post(
    '/rules/drafts/:draft/plan',
    {
      schema: { tags, summary: 'When it is published, and what it means for accounts that run', params, body: shapes.planShape, response },
    },
    async ({ params: { draft }, body: { policy, publishAt, isEmergency, ...doer } }) => {
      const at = publishAt === null ? null : instant(new Date(publishAt).toISOString());
      return done(await rules.act(draft, { kind: 'plan', policy, publishAt: at, isEmergency }, doer));
    },
  );
  app.post(
    '/rules/drafts/:draft/reject',
    { schema: { tags, summary: 'Send it back to its author', params, body: shapes.rejectShape, response } },
    async ({ params: { draft }, body: { why, ...doer } }) => done(await rules.act(draft, { kind: 'reject', why }, doer)),
  );
  for (const [kind, summary] of simple)
    app.post(`/rules/drafts/:draft/${kind}`, { schema: { tags, summary, params, body: shapes.doerShape, response } }, async (request) =>
      done(await rules.act(request.params.draft, { kind }, request.body)),
    );
}

type SimpleDeed = Extract<DraftDeed['kind'], 'rebase' | 'submit' | 'approve' | 'withdraw' | 'review'>;

const simple: readonly (readonly [SimpleDeed, string])[] = [
  ['rebase', 'Put it on the live rules, after others were published'],
  ['submit', 'Ask a second person to approve it'],
  ['approve', 'As a second person: it may be published'],
  ['withdraw', 'Give it up'],
  ['review', 'As a second person: an emergency was looked at'],
];

function publicationRoute(app: Api, { rules }: ServedEngine): void {
  const published = z.object({
    kind: z.enum(['published', 'scheduled']),
    publication: shapes.publicationView.nullable(),
    at: moment.nullable().meta({ description: 'when it will be live' }),
  });
  app.post(
    '/rules/drafts/:draft/publish',
    {
      schema: {
        tags,
        summary: 'Make it the live rules, at once or when it is planned; the same again changes nothing',
        description: 'Answers when it is live; accounts that it concerns are told behind it.',
        params,
        body: shapes.byShape,
        response: { 200: published, ...problems(400, 404, 409, 503) },
      },
    },
    async ({ params: { draft }, body }) => publishedAs(await rules.publish(draft, body.by)),
  );
}

function publishedAs(answer: PublishAnswer) {
  switch (answer.kind) {
    case 'published':
      return { kind: answer.kind, publication: answer.publication, at: null };
    case 'scheduled':
      return { kind: answer.kind, publication: null, at: answer.at };
    case 'underWay':
      throw new Problem(503, 'under-way', 'It takes longer than usual; send the same request again.');
    default:
      throw problemOf(answer);
  }
}

function done(answer: DraftAnswer): StoredDraft {
  if (answer.kind === 'done') return answer.draft;
  throw problemOf(answer);
}

function problemOf(answer: Exclude<DraftAnswer, { kind: 'done' }>): Problem {
  return answer.kind === 'refused' ? new Problem(409, 'draft-refused', answer.reason) : new Problem(404, 'no-such-draft', noSuchDraft);
}

const noSuchDraft = 'There is no draft with this id.';

function known<T>(found: T | null): T {
  if (found === null) throw new Problem(404, 'no-such-draft', noSuchDraft);
  return found;
}

function once(draft: StoredDraft | null): StoredDraft {
  if (draft === null)
    throw new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key came with another body before; choose a new one.');
  return draft;
}
