import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Settlement, unmatchedOutcomes } from '../../../rules/domain/unmatched.ts';
import { accountView } from '../../views/account-shapes.ts';
import { type UnmatchedView, unmatchedView } from '../../views/work-shapes.ts';
import { type Api, accountNamed, type ServedEngine } from '../app.ts';
import { Problem, problems } from '../problems.ts';
import { keyed } from '../../keyed.ts';
import { headers } from './tasks.ts';

const text = z.string().trim().min(1);

const body = z.strictObject({
  outcome: z.enum(Object.values(unmatchedOutcomes).flat()),
  by: text.max(100).meta({ description: 'who decided it' }),
  account: text.max(64).optional().meta({ description: 'with matched: the account to which it belongs, by number or id' }),
  submission: text.max(64).optional().meta({ description: 'with an account: the submission (CLM01) of it that was answered' }),
  sentFile: text
    .max(200)
    .optional()
    .meta({ description: 'with matched, in place of an account: the file of ours, by name, that a TA1, 999 or refused batch answers' }),
  reference: text.max(100).optional().meta({ description: 'with correctedReceived: TRN02 of the remittance that corrects it' }),
  note: text.max(2_000).optional().meta({ description: 'why, when it is closed without an account' }),
});

const params = z.object({
  task: z
    .string()
    .regex(/^([0-9a-f]{8}|[0-9a-f-]{36})$/, 'expected the id of an unmatched task, or its last eight digits')
    .meta({ example: '1a2b3c4d' }),
});

export function unmatchedRoutes(app: Api, engine: ServedEngine): void {
  app.get(
    '/unmatched/:task',
    {
      schema: {
        tags: ['unmatched'],
        summary: 'What came in without an account, with the accounts it may belong to; /queues/unmatched/tasks lists the open ones',
        params,
        response: { 200: unmatchedView, ...problems(400, 404, 409) },
      },
    },
    ({ params: { task } }) => unmatchedNamed(engine, task),
  );
  app.post(
    '/unmatched/:task/outcome',
    {
      schema: {
        tags: ['unmatched'],
        summary: 'Give it to an account, or close it with a reason; answers with how it ended and where the account stands',
        params,
        headers,
        body,
        response: { 200: z.object({ task: unmatchedView, account: accountView.nullable() }), ...problems(400, 404, 409, 422, 503) },
      },
    },
    async ({ params: { task }, headers: given, body: typed }) => {
      const { id } = await unmatchedNamed(engine, task);
      const settlement = await settlementOf(engine, typed);
      const formId = keyed('unmatched', id, given['idempotency-key']);
      const known = await engine.reads.form(formId);
      if (known !== null && !isDeepStrictEqual(known.form, settlement))
        throw new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key came with another body before; choose a new one.');
      const answer = await engine.settle({ taskId: id, settlement, formId });
      switch (answer.kind) {
        case 'done': {
          const account = answer.accountId === null ? null : (await accountNamed(engine, answer.accountId)).view;
          return { task: await unmatchedNamed(engine, id), account };
        }
        case 'refused':
          throw new Problem(409, 'task-refused', answer.reason);
        case 'settledBefore':
          throw new Problem(409, 'settled-before', `The task had ended before as ${answer.outcome}; nothing was done again.`);
        case 'underWay':
          throw new Problem(
            503,
            'under-way',
            'The outcome was taken, but its answer takes longer than usual; send the same request again.',
          );
      }
    },
  );
}

async function unmatchedNamed(engine: ServedEngine, name: string): Promise<UnmatchedView> {
  const found = await engine.reads.unmatched(name);
  if (found === 'many')
    throw new Problem(409, 'ambiguous-task', 'Several unmatched tasks end with these digits; name one by its whole id.');
  if (found === null) throw new Problem(404, 'no-such-task', 'There is no unmatched task with this id.');
  return found;
}

async function settlementOf(engine: ServedEngine, typed: z.output<typeof body>): Promise<Settlement> {
  const { outcome, by, account, submission, sentFile, reference, note } = typed;
  if (sentFile !== undefined && (account !== undefined || submission !== undefined))
    throw new Problem(400, 'invalid-request', 'body: expected sentFile alone, or account with or without submission');
  const named = account ?? submission;
  return {
    outcome,
    by,
    ...(named === undefined ? {} : { accountId: (await accountNamed(engine, named)).id }),
    ...(submission === undefined ? {} : { submissionKey: submission }),
    ...(sentFile === undefined ? {} : await sentIn(engine, sentFile)),
    ...(reference === undefined ? {} : { reference }),
    ...(note === undefined ? {} : { note }),
  };
}

/** Any submission of a file stands for all of it. */
async function sentIn(engine: ServedEngine, name: string): Promise<Pick<Settlement, 'accountId' | 'submissionKey'>> {
  const [only, ...others] = await engine.reads.sentFile(name);
  if (only === undefined) throw new Problem(404, 'no-such-sent-file', 'No file of ours with claims has this name.');
  if (others.length > 0)
    throw new Problem(409, 'ambiguous-sent-file', 'This file holds several groups; name one of its submissions instead.');
  return only;
}
