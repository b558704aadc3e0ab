import { z } from 'zod';
import { DomainError } from '../../../rules/domain/failures.ts';
import { type Instant, instant, isCivilDate } from '../../../rules/domain/civil-date.ts';
import type { ContactFact } from '../../../rules/domain/contact.ts';
import type { AskedContact } from '../../contacts.ts';
import { keyed } from '../../keyed.ts';
import {
  answerView,
  asked,
  begun,
  completed,
  consentTold,
  factTold,
  ledgerView,
  told,
  violationView,
  when,
} from '../../views/contact-shapes.ts';
import { type Api, type ServedEngine } from '../app.ts';
import { Problem, problems } from '../problems.ts';
import { headers } from './tasks.ts';

const tags = ['contacts'];
const params = z.object({
  person: z.string().min(1).max(64).meta({ description: 'id of the guarantor, or number or id of an account of theirs' }),
});

export function contactRoutes(app: Api, engine: ServedEngine): void {
  readContacts(app, engine);
  makeContacts(app, engine);
  hearPersons(app, engine);
  violations(app, engine);
}

function readContacts(app: Api, engine: ServedEngine): void {
  app.get(
    '/contacts/:person',
    {
      schema: {
        tags,
        summary: 'The contact ledger of a person: what we and all vendors did, what they allowed and what they said',
        params,
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(1_000).default(100) }),
        response: { 200: ledgerView, ...problems(400, 404) },
      },
    },
    async ({ params: { person }, query: { limit } }) => {
      const ledger = await engine.contacts.ledger(await personNamed(engine, person), limit);
      if (ledger === null) throw nobody();
      const { contacts, consents, facts, validations, zones, ...rest } = ledger;
      return {
        ...rest,
        zones: [...zones],
        contacts: contacts.map((contact) => ({ ...contact, accountIds: [...contact.accountIds] })),
        consents: [...consents],
        facts: facts.map((fact) => ({ ...fact, accountIds: [...fact.accountIds] })),
        validations: [...validations],
      };
    },
  );
  app.post(
    '/contacts/:person/check',
    {
      schema: {
        tags,
        summary: 'May the person be reached so, then? Every rule that refuses it, and from when it may be; nothing is recorded',
        params,
        body: asked,
        response: { 200: answerView, ...problems(400, 404) },
      },
    },
    async ({ params: { person }, body }) =>
      answerOf(await engine.contacts.check(await personNamed(engine, person), await contactOf(engine, body))),
  );
}

function makeContacts(app: Api, engine: ServedEngine): void {
  app.post(
    '/contacts/:person/begin',
    {
      schema: {
        tags,
        summary: 'Ask, and where it may be record it as begun in the same breath; its outcome follows under the same Idempotency-Key',
        params,
        headers,
        body: begun,
        response: { 200: answerView, ...problems(400, 404, 422) },
      },
    },
    async ({ params: { person }, headers: given, body: { by, ...body } }) => {
      const id = await personNamed(engine, person);
      const proposed = await contactOf(engine, body);
      return answerOf(await refusing(engine.contacts.begin(id, by, { key: keyOf(given), ...proposed })));
    },
  );
  app.post(
    '/contacts/:person/outcome',
    {
      schema: {
        tags,
        summary: 'What became of the contact that was begun under this Idempotency-Key',
        params,
        headers,
        body: completed,
        response: { 200: recordedView, ...problems(400, 404, 422) },
      },
    },
    async ({ params: { person }, headers: given, body: { outcome } }) => {
      const done = await refusing(engine.contacts.complete(await personNamed(engine, person), { key: keyOf(given), outcome }));
      if (done === null) throw new Problem(404, 'no-such-contact', 'No contact with this person was begun under this Idempotency-Key.');
      return done;
    },
  );
  app.post(
    '/contacts/:person',
    {
      schema: {
        tags,
        summary: 'Record a contact as it was, allowed or not; the same again is one',
        params,
        headers,
        body: told,
        response: { 200: recordedView, ...problems(400, 404, 422) },
      },
    },
    async ({ params: { person }, headers: given, body: { by, direction, outcome, ...body } }) => {
      const id = await personNamed(engine, person);
      const contact = { key: keyOf(given), direction, outcome, ...(await contactOf(engine, body)) };
      return refusing(engine.contacts.record(id, by, contact));
    },
  );
}

const recordedView = z.object({
  recorded: z.enum(['recorded', 'completed', 'alreadyRecorded']),
  violations: z.int().meta({ description: 'contacts of the person that should not have been and were not known before' }),
});

function hearPersons(app: Api, engine: ServedEngine): void {
  const answer = { 200: z.object({ recorded: z.boolean() }), ...problems(400, 404, 422) };
  app.post(
    '/contacts/:person/consents',
    {
      schema: { tags, summary: 'The person allows a channel, or takes it back', params, headers, body: consentTold, response: answer },
    },
    async ({ params: { person }, headers: given, body: { by, at, ...act } }) => {
      const id = await personNamed(engine, person);
      return { recorded: await refusing(engine.contacts.consent(id, by, { key: keyOf(given), at: momentOf(at), ...act })) };
    },
  );
  app.post(
    '/contacts/:person/facts',
    {
      schema: {
        tags,
        summary: 'What the person said that limits contacts: an attorney, no more at all, times and places, a dispute in writing',
        params,
        headers,
        body: factTold,
        response: answer,
      },
    },
    async ({ params: { person }, headers: given, body: { by, since, accounts, ...said } }) => {
      const id = await personNamed(engine, person);
      const fact: ContactFact = {
        key: keyOf(given),
        since: momentOf(since),
        until: null,
        accountIds: await accountIdsOf(engine, accounts),
        ...said,
      };
      return { recorded: await refusing(engine.contacts.note(id, by, fact)) };
    },
  );
  app.post(
    '/contacts/:person/facts/:key/end',
    {
      schema: {
        tags,
        summary: 'It does not count any more: the dispute was verified, the attorney is gone',
        params: params.extend({ key: z.string().min(1).max(200) }),
        body: z.strictObject({ at: when.optional() }),
        response: { 200: z.object({ ended: z.literal(true) }), ...problems(400, 404) },
      },
    },
    async ({ params: { person, key }, body: { at } }) => {
      const isEnded = await engine.contacts.end(await personNamed(engine, person), key, momentOf(at));
      if (!isEnded) throw new Problem(404, 'no-such-fact', 'There is no such fact of the person that has not ended.');
      return { ended: true as const };
    },
  );
}

function violations(app: Api, engine: ServedEngine): void {
  app.get(
    '/contact-violations',
    {
      schema: {
        tags,
        summary: 'Contacts that should not have been, of us and of vendors, with the rule; the latest first',
        querystring: z.object({
          party: z.string().max(100).optional(),
          since: z.string().refine(isCivilDate, 'expected an existing date, YYYY-MM-DD').optional(),
          all: z.stringbool().default(false).meta({ description: 'those that somebody reviewed too' }),
          limit: z.coerce.number().int().min(1).max(1_000).default(100),
        }),
        response: { 200: z.object({ violations: z.array(violationView) }), ...problems(400) },
      },
    },
    async ({ query: { party, since, all, limit } }) => {
      const found = await engine.contacts.violations({
        all,
        limit,
        ...(party === undefined ? {} : { party }),
        ...(since === undefined || !isCivilDate(since) ? {} : { since }),
      });
      return { violations: found.map((one) => ({ ...one, accountNumbers: [...one.accountNumbers] })) };
    },
  );
  app.post(
    '/contact-violations/:violation/review',
    {
      schema: {
        tags,
        summary: 'Somebody looked at it, and says what was done about it',
        params: z.object({ violation: z.uuid() }),
        body: z.strictObject({ by: z.string().trim().min(1).max(100), note: z.string().trim().min(1).max(2_000) }),
        response: { 200: z.object({ reviewed: z.literal(true) }), ...problems(400, 404) },
      },
    },
    async ({ params: { violation }, body }) => {
      const isReviewed = await engine.contacts.review(violation, body);
      if (!isReviewed) throw new Problem(404, 'no-such-violation', 'There is no violation of that id that waits for a review.');
      return { reviewed: true as const };
    },
  );
}

async function personNamed(engine: ServedEngine, name: string): Promise<string> {
  const found = await engine.contacts.find(name);
  if (found === null) throw nobody();
  return found;
}

function nobody(): Problem {
  return new Problem(404, 'no-such-person', 'There is no guarantor with this id, and no account with this number or id that has one.');
}

async function contactOf(engine: ServedEngine, { accounts, at, automated, ...body }: z.output<typeof asked>): Promise<AskedContact> {
  const accountIds = await accountIdsOf(engine, accounts);
  return { ...body, accountIds, at: momentOf(at), automated: automated ?? body.channel === 'text' };
}

async function accountIdsOf(engine: ServedEngine, names: readonly string[]): Promise<readonly string[]> {
  return Promise.all(
    names.map(async (name) => {
      const found = await engine.reads.account(name);
      if (found === null) throw new Problem(404, 'no-such-account', 'There is no account with one of these numbers or ids.');
      return found.id;
    }),
  );
}

function momentOf(at: string | undefined): Instant {
  return instant(at ?? new Date().toISOString());
}

function keyOf(given: z.output<typeof headers>): string {
  return `api:${keyed('contact', given['idempotency-key'])}`;
}

async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'contact.key-reused')
      throw new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key came with another body before; choose a new one.');
    throw error;
  }
}

function answerOf(answer: Awaited<ReturnType<ServedEngine['contacts']['check']>>): z.output<typeof answerView> {
  return answer.kind === 'allowed' ? { kind: 'allowed', duties: [...answer.duties] } : { ...answer, refusals: [...answer.refusals] };
}
