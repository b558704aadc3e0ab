import { z } from 'zod';
import { addDays, addMonths, type CivilDate } from '../../../rules/domain/civil-date.ts';
import { DomainError } from '../../../rules/domain/failures.ts';
import type { PaidFor, PlanRow } from '../../../rules/domain/payment.ts';
import { keyed } from '../../keyed.ts';
import { amount, date } from '../../views/account-shapes.ts';
import { paymentView, planView, promiseReport, quoteView } from '../../views/plan-shapes.ts';
import type { Api, ServedEngine } from '../app.ts';
import { Problem, problems } from '../problems.ts';
import { headers } from './tasks.ts';

const number = z.string().trim().min(1).max(64);
const named = z.string().trim().min(1).max(100);
const purpose = z
  .union([
    z.strictObject({ account: number }),
    z.strictObject({ plan: number }),
    z.strictObject({ guarantorOf: number }),
    z.strictObject({ guarantor: z.uuid() }),
  ])
  .meta({ description: 'what it is for: an account, a plan, or everything of a guarantor, named by one of the accounts or by id' });
const terms = {
  on: date.optional(),
  instalmentCents: amount.positive().optional().meta({ description: 'a month, for all accounts together' }),
  months: z.int().min(1).max(120).optional(),
  firstDueOn: date.optional(),
  by: named,
};

export function planRoutes(app: Api, engine: ServedEngine): void {
  paymentRoutes(app, engine);
  reversalRoute(app, engine);
  makeRoutes(app, engine);
  showRoutes(app, engine);
}

const ofPayments = ['payments'];
const paymentNamed = z.object({ payment: number });

function paymentRoutes(app: Api, engine: ServedEngine): void {
  app.post(
    '/payments',
    {
      schema: {
        tags: ofPayments,
        summary: 'Take a payment of a patient: kept as a file of one row, posted once by its number, however it comes',
        headers,
        body: z.strictObject({
          paymentId: number
            .optional()
            .meta({ description: 'the bank’s or the portal’s number; made from the Idempotency-Key when absent' }),
          amountCents: amount.positive(),
          on: date.optional(),
          to: purpose,
          via: z.enum(['direct', 'vendor']).default('direct'),
        }),
        response: { 200: paymentView, ...problems(400, 409) },
      },
    },
    ({ headers: given, body: { paymentId = `API-${keyed('payment', given['idempotency-key'])}`, amountCents: cents, on, to, via } }) =>
      orRefused(() => engine.plans.take({ event: 'payment', paymentId, cents, on, to: purposeOf(to), via })),
  );
  app.get(
    '/payments/:payment',
    {
      schema: {
        tags: ofPayments,
        summary: 'Where it went, and what came back of it',
        params: paymentNamed,
        response: { 200: paymentView, ...problems(400, 404) },
      },
    },
    async ({ params: { payment } }) => {
      const found = await engine.plans.payment(payment);
      if (found === null) throw new Problem(404, 'no-such-payment', 'No payment came in under this number.');
      return found;
    },
  );
}

function reversalRoute(app: Api, engine: ServedEngine): void {
  app.post(
    '/payments/:payment/reversals',
    {
      schema: {
        tags: ofPayments,
        summary: 'The bank took it back, or so much of it belongs elsewhere',
        params: paymentNamed,
        headers,
        body: z.strictObject({
          reversalId: number.optional(),
          amountCents: amount.positive(),
          on: date.optional(),
          reason: z.string().trim().max(200).default(''),
          to: purpose.optional().meta({ description: 'where a moved amount belongs; absent when the bank took it back' }),
        }),
        response: { 200: paymentView, ...problems(400, 409) },
      },
    },
    ({ params: { payment: of }, headers: given, body }) => {
      const { reversalId = `API-${keyed('reversal', of, given['idempotency-key'])}`, amountCents: cents, on, reason, to } = body;
      const said = { reversalId, of, reason, on, cents };
      return orRefused(() =>
        engine.plans.take(to === undefined ? { event: 'returned', ...said } : { event: 'moved', ...said, to: purposeOf(to) }),
      );
    },
  );
}

function makeRoutes(app: Api, engine: ServedEngine): void {
  const tags = ['plans'];
  app.post(
    '/plans',
    {
      schema: {
        tags,
        summary: 'Offer a plan over accounts of one guarantor, or agree one at once',
        headers,
        body: z.strictObject({
          planId: number.optional().meta({ description: 'made from the Idempotency-Key when absent' }),
          event: z.enum(['offered', 'agreed']),
          accounts: z.array(number).min(1).max(50),
          ...terms,
        }),
        response: { 200: planView, ...problems(400, 409) },
      },
    },
    ({ headers: given, body: { planId = `PL-${keyed('plan', given['idempotency-key']).slice(0, 13)}`, ...row } }) =>
      orRefused(() => engine.plans.plan({ planId, ...row, ...termsOf(row) })),
  );
  app.post(
    '/plans/:plan/answers',
    {
      schema: {
        tags,
        summary: 'The patient accepts or declines what was offered, or the plan is ended by agreement; the same again changes nothing',
        params: z.object({ plan: number }),
        body: z.strictObject({ event: z.enum(['agreed', 'declined', 'ended']), ...terms }),
        response: { 200: planView, ...problems(400, 409) },
      },
    },
    ({ params: { plan: planId }, body: row }) => orRefused(() => engine.plans.plan({ planId, accounts: [], ...row, ...termsOf(row) })),
  );
}

function showRoutes(app: Api, engine: ServedEngine): void {
  const params = z.object({ plan: number.meta({ description: 'the number of a plan, or of an account' }) });
  const tags = ['plans'];
  app.get(
    '/plans/:plan',
    { schema: { tags, summary: 'What is agreed, paid and due', params, response: { 200: planView, ...problems(400, 404) } } },
    async ({ params: { plan } }) => orNone(await engine.plans.show(plan)),
  );
  app.get(
    '/plans/:plan/quote',
    { schema: { tags, summary: 'What pays everything off today', params, response: { 200: quoteView, ...problems(400, 404) } } },
    async ({ params: { plan } }) => orNone(await engine.plans.quote(plan)),
  );
  app.get(
    '/reports/promises',
    {
      schema: {
        tags: ['reports'],
        summary: 'Promises to pay that were due in that time, and how many were kept',
        querystring: z.object({ from: date.optional(), to: date.optional(), per: z.enum(['person', 'month']).default('person') }),
        response: { 200: promiseReport, ...problems(400) },
      },
    },
    async ({ query: { from, to, per } }) => {
      const end = to ?? (await engine.plans.today());
      return engine.plans.promises({ from: from ?? addDays(addMonths(end, -3), 1), to: end, per });
    },
  );
}

interface Terms {
  readonly instalmentCents?: number | undefined;
  readonly months?: number | undefined;
  readonly firstDueOn?: CivilDate | undefined;
}

function termsOf({ instalmentCents, months, firstDueOn }: Terms): Pick<PlanRow, keyof Terms> {
  return { instalmentCents: instalmentCents ?? null, months: months ?? null, firstDueOn: firstDueOn ?? null };
}

function purposeOf(to: z.output<typeof purpose>): PaidFor {
  if ('account' in to) return { kind: 'account', accountNumber: to.account };
  if ('plan' in to) return { kind: 'plan', planId: to.plan };
  return 'guarantorOf' in to ? { kind: 'guarantorOf', accountNumber: to.guarantorOf } : { kind: 'guarantor', guarantorId: to.guarantor };
}

async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError) throw new Problem(409, error.code.replaceAll('.', '-'), error.message);
    throw error;
  }
}

function orNone<T>(found: T | null): T {
  if (found === null) throw new Problem(404, 'no-such-plan', 'There is no plan of this number, and no account of this number with one.');
  return found;
}
