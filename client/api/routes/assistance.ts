import { z } from 'zod';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { accountView, date } from '../../views/account-shapes.ts';
import { assistanceView, badDebtLog } from '../../views/assistance-shapes.ts';
import { type Api, accountNamed, type ServedEngine } from '../app.ts';
import { Problem, problems } from '../problems.ts';

const params = z.object({ account: z.string().min(1).max(64) });
const facility = z.object({
  taxExempt: z
    .boolean()
    .nullable()
    .meta({ description: 'whether 26 CFR 501(r) binds the hospital; null (nobody has said) is treated as bound' }),
});

export function assistanceRoutes(app: Api, engine: ServedEngine): void {
  app.get(
    '/accounts/:account/assistance',
    {
      schema: {
        tags: ['assistance'],
        summary: 'Where an application for assistance stands, and what is not allowed before which day',
        params,
        response: { 200: assistanceView, ...problems(400, 404) },
      },
    },
    async ({ params: { account } }) => {
      const { view, today } = await accountNamed(engine, account);
      const shown = await engine.assistance.account(view.accountNumber, today);
      if (shown === null) throw new Problem(404, 'no-such-account', 'There is no account with this number or id.');
      return shown;
    },
  );
  app.post(
    '/accounts/:account/assistance-applications',
    {
      schema: {
        tags: ['assistance'],
        summary:
          'An application came, complete or not: collection stops at once. Under a number that is known, more papers came. The same again changes nothing',
        params,
        body: z.strictObject({
          receivedOn: date.exactOptional().meta({ description: 'today when absent' }),
          number: z
            .string()
            .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, 'expected letters, digits and hyphens, at most 40')
            .exactOptional()
            .meta({ description: 'of the application; made from the day when absent' }),
        }),
        response: { 200: accountView, ...problems(400, 404, 409, 422) },
      },
    },
    async ({ params: { account }, body }) => {
      const { id, view, today } = await accountNamed(engine, account);
      const receivedOn = body.receivedOn === undefined ? today : civilDate(body.receivedOn);
      if (receivedOn > today) throw new Problem(422, 'not-yet', `The day of receipt has not come yet; for this account it is ${today}.`);
      const application = { accountNumber: view.accountNumber, applicationId: body.number ?? `FAP-${receivedOn}`, receivedOn };
      const taken = await engine.assistance.apply(id, application);
      if (taken.outcome !== 'stored' && taken.outcome !== 'alreadyRead') throw new Problem(409, 'application-refused', taken.summary);
      return (await accountNamed(engine, id)).view;
    },
  );
  hospitalRoutes(app, engine);
}

function hospitalRoutes(app: Api, engine: ServedEngine): void {
  app.get(
    '/facility',
    { schema: { tags: ['assistance'], summary: 'What the hospital is, as far as the law asks', response: { 200: facility } } },
    () => engine.assistance.facility(),
  );
  app.put(
    '/facility',
    {
      schema: {
        tags: ['assistance'],
        summary: 'Say what the hospital is; counts for every account from its next turn on',
        body: facility,
        response: { 200: facility, ...problems(400) },
      },
    },
    async ({ body }) => {
      await engine.assistance.describeFacility(body);
      return engine.assistance.facility();
    },
  );
  app.get(
    '/bad-debt',
    {
      schema: {
        tags: ['assistance'],
        summary: 'Medicare bad debt of a span for the cost report: claims, recoveries, and what may not be claimed and why (PHI)',
        querystring: z.object({ from: date, through: date }),
        response: { 200: badDebtLog, ...problems(400) },
      },
    },
    ({ query: { from, through } }) => engine.assistance.badDebtLog({ from: civilDate(from), through: civilDate(through) }),
  );
}
