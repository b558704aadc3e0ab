import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type AssistanceForm, attemptOutcomes, denialReasons, missingItems, oralChannels } from '../../../rules/domain/assistance.ts';
import { instant } from '../../../rules/domain/civil-date.ts';
import { type TaskForm, taskOutcomes } from '../../../rules/domain/task.ts';
import { accountView, amount, date } from '../../views/account-shapes.ts';
import { when } from '../../views/contact-shapes.ts';
import { role } from '../../views/people-shapes.ts';
import { type Api, accountNamed, type ServedEngine } from '../app.ts';
import { keyed } from '../../keyed.ts';
import { Problem, problems } from '../problems.ts';

const text = z.string().trim().min(1);

const evidence = z
  .strictObject({
    contracted: z.boolean().exactOptional().meta({ description: 'we have a contract with the plan' }),
    selfFunded: z.boolean().exactOptional().meta({ description: 'an employer bears the risk (ERISA)' }),
    memberConsent: z.boolean().exactOptional().meta({ description: 'the member agreed in writing that we appeal' }),
    waiverOfLiability: z.boolean().exactOptional().meta({ description: 'the waiver of liability is signed' }),
    medicalJudgement: z.boolean().exactOptional().meta({ description: 'the denial rests on a medical judgement' }),
    ourDataWrong: z.boolean().exactOptional().meta({ description: 'what we sent was wrong or incomplete' }),
    minimumInControversyCents: amount
      .positive()
      .exactOptional()
      .meta({ description: 'that the year of filing asks for, where our table lacks it' }),
  })
  .meta({ description: 'what only a person can know of the case or its payer; it becomes a fact of the claim' });

const assistance = z
  .strictObject({
    missing: z.array(z.enum(missingItems)).min(1).exactOptional().meta({ description: 'with `incomplete`' }),
    household: z
      .strictObject({ size: z.int().min(1).max(50), annualIncomeCents: amount.min(0) })
      .exactOptional()
      .meta({ description: 'with `decided`' }),
    denial: z.enum(denialReasons).exclude(['incomeAboveScale']).exactOptional().meta({ description: 'with `denied`' }),
    attempt: z
      .strictObject({ channel: z.enum(oralChannels), outcome: z.enum(attemptOutcomes), at: when })
      .exactOptional()
      .meta({
        description: 'with `told` (a conversation) and `attempted`: how the patient was to be told; it stands in the contact ledger too',
      }),
  })
  .meta({ description: 'of assistance: an application, or the attempt to tell of it; what the household earns stays with the form' });

/** TaskForm as it may come from outside. */
export const form = z.strictObject({
  outcome: z.enum(Object.values(taskOutcomes).flat()),
  by: text.max(100).meta({ description: 'who did it' }),
  role: role.optional().meta({ description: 'in which the person says yes, as stated; what needs an approval needs one' }),
  on: date.optional().meta({ description: 'when it happened; today when absent' }),
  reference: text.max(100).optional().meta({ description: 'confirmation or case number given by the other side' }),
  authorizationNumber: text.max(50).optional(),
  memberId: text.max(80).optional(),
  renderingProviderNpi: z
    .string()
    .regex(/^\d{10}$/, 'expected ten digits')
    .optional(),
  instalmentCents: amount.positive().optional().meta({ description: 'monthly instalment of an accepted plan' }),
  note: text.max(2_000).optional(),
  evidence: evidence.optional(),
  assistance: assistance.optional(),
  answeredLevel: z.int().min(1).max(9).optional().meta({ description: 'level of appeal that the payer’s answer speaks of' }),
});

const params = z.object({
  account: z.string().min(1).max(64),
  task: z
    .string()
    .regex(/^t\d{1,6}$/, 'expected a task of the account, such as t3')
    .meta({ example: 't3' }),
});

export const headers = z.object({
  'idempotency-key': z
    .string()
    .min(8)
    .max(200)
    .meta({ description: 'chosen by the caller, one per outcome: the same request again changes nothing and gets the same answer' }),
});

export function taskRoutes(app: Api, engine: ServedEngine): void {
  app.post(
    '/accounts/:account/tasks/:task/outcome',
    {
      schema: {
        tags: ['tasks'],
        summary: 'End a task with an outcome; answers with where the account stands after it',
        params,
        headers,
        body: form,
        response: { 200: accountView, ...problems(400, 404, 409, 422, 503) },
      },
    },
    async ({ params: { account, task }, headers: given, body }) => {
      const { id } = await accountNamed(engine, account);
      const formId = keyed(id, task, given['idempotency-key']);
      const typed = withoutAbsent(body);
      await refuseOtherContent(engine, formId, typed);
      const answer = await engine.accounts.completeTask(id, { taskId: task, form: typed, formId });
      switch (answer.kind) {
        case 'done':
          return (await accountNamed(engine, id)).view;
        case 'refused':
          throw new Problem(409, 'task-refused', answer.reason);
        case 'notRunning':
          throw new Problem(409, 'account-closed', 'The account is closed, so none of its tasks is open.');
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

/** A key that came with another outcome before is a fault of the caller, never a second outcome. */
async function refuseOtherContent(engine: ServedEngine, formId: string, typed: TaskForm): Promise<void> {
  const known = await engine.reads.form(formId);
  if (known === null || isDeepStrictEqual(known.form, typed)) return;
  throw new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key came with another body before; choose a new one.');
}

function assistanceOf({ attempt, ...said }: z.output<typeof assistance>): AssistanceForm {
  return { ...said, ...(attempt === undefined ? {} : { attempt: { ...attempt, at: instant(attempt.at) } }) };
}

export function withoutAbsent({ outcome, by, ...rest }: z.output<typeof form>): TaskForm {
  return {
    outcome,
    by,
    ...(rest.role === undefined ? {} : { role: rest.role }),
    ...(rest.on === undefined ? {} : { on: rest.on }),
    ...(rest.reference === undefined ? {} : { reference: rest.reference }),
    ...(rest.authorizationNumber === undefined ? {} : { authorizationNumber: rest.authorizationNumber }),
    ...(rest.memberId === undefined ? {} : { memberId: rest.memberId }),
    ...(rest.renderingProviderNpi === undefined ? {} : { renderingProviderNpi: rest.renderingProviderNpi }),
    ...(rest.instalmentCents === undefined ? {} : { instalmentCents: rest.instalmentCents }),
    ...(rest.note === undefined ? {} : { note: rest.note }),
    ...(rest.evidence === undefined ? {} : { evidence: rest.evidence }),
    ...(rest.assistance === undefined ? {} : { assistance: assistanceOf(rest.assistance) }),
    ...(rest.answeredLevel === undefined ? {} : { answeredLevel: rest.answeredLevel }),
  };
}
