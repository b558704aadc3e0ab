import { z } from 'zod';
import { actions, queues } from '../../rules/domain/decision.ts';
import { holdNames } from '../../rules/domain/hold.ts';
import { overrideReasons } from '../../rules/domain/instruction.ts';
import { roles } from '../../rules/domain/role.ts';
import { proposalStates } from '../../rules/lifecycle/proposals.ts';
import { amount, date, moment } from './account-shapes.ts';

/** What people say, propose and approve, as the API answers it and `recourse … --json` prints it. */

const named = z.string().trim().min(1).max(100);
const note = z.string().trim().min(1).max(2_000).exactOptional();
const taskId = z.string().regex(/^t\d{1,6}$/, 'expected a task of the account, such as t3');
const reason = z.enum(overrideReasons).meta({ description: 'why the person does otherwise than the rule' });
const action = z.enum(actions).meta({ description: 'checked by the lifecycle like an answer of a rule' });

export const instruction = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('take'), taskId, by: named, note }),
  z.strictObject({ do: z.literal('drop'), taskId, by: named, note }),
  z.strictObject({ do: z.literal('give'), taskId, by: named, to: named, queue: z.enum(queues).exactOptional(), note }),
  z.strictObject({ do: z.literal('override'), taskId, by: named, action, reason, note }),
  z.strictObject({
    do: z.literal('undo'),
    by: named,
    reason: z.string().trim().min(1).max(200),
    taskId: taskId.exactOptional(),
    formId: z.uuid().exactOptional(),
  }),
  z.strictObject({
    do: z.literal('hold'),
    by: named,
    hold: z.enum(holdNames).meta({ description: 'what it stops is in GET /holds/kinds' }),
    reviewOn: date.exactOptional().meta({ description: 'as the list of holds says when absent' }),
    reference: z.string().trim().min(1).max(60).exactOptional().meta({ description: 'case number, letter or application; never a name' }),
    note,
  }),
  z.strictObject({ do: z.literal('estimate'), by: named, cents: z.int().min(1), givenOn: date.exactOptional(), note }),
  z.strictObject({ do: z.literal('release'), by: named, hold: named, note }),
  z.strictObject({ do: z.literal('promise'), by: named, cents: amount.positive(), dueOn: date, note }),
]);

export const proposalView = z.object({
  accountId: z.string(),
  accountNumber: z.string(),
  taskId: z.string().meta({ description: 'of the task that asks for the yes' }),
  kind: z.string(),
  state: z.enum(proposalStates),
  what: z.string(),
  why: z.string(),
  amountCents: amount,
  composedBy: z.string().meta({ description: 'a person, or `rule <id>`' }),
  composedOn: date,
  reviewer: z.string().nullable().meta({ description: 'who works on it' }),
  reviewedBy: z.string().nullable(),
  reviewedOn: date.nullable(),
  reviewedAs: z.string().nullable().meta({ description: 'the role as it was stated' }),
  outcome: z.string().nullable(),
  commandKey: z.string().nullable().meta({ description: 'what carries it out' }),
  receipt: z.string().nullable(),
});

const counted = z.array(z.object({ name: z.string(), count: z.int() }));
export const overruledRule = z.object({
  ruleId: z.string(),
  overrides: z.int(),
  decisions: z.int(),
  reasons: counted,
  chosen: counted,
  lastOn: date,
});

export const bulkSelection = z.strictObject({
  queue: z.enum(queues).exactOptional(),
  kind: z.string().exactOptional(),
  payerId: z.string().exactOptional(),
  category: z.string().exactOptional().meta({ description: 'of the denial case the task is about' }),
  ruleId: z.string().exactOptional(),
  fromCents: amount.exactOptional(),
  toCents: amount.exactOptional(),
  safeBy: date.exactOptional().meta({ description: 'safe by that day or earlier' }),
  assignee: z.string().exactOptional(),
  limit: z.int().min(1).max(2_000).default(500),
});

export const bulkWork = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('take'), by: named, note }),
  z.strictObject({ do: z.literal('drop'), by: named, note }),
  z.strictObject({ do: z.literal('give'), by: named, to: named, queue: z.enum(queues).exactOptional(), note }),
  z.strictObject({ do: z.literal('override'), by: named, action, reason, note }),
]);

export const bulkRow = z.object({
  number: z.int(),
  accountId: z.string(),
  accountNumber: z.string(),
  taskId: z.string(),
  effects: z.array(z.string()).meta({ description: 'what would happen, in words' }),
  refusal: z.string().nullable().meta({ description: 'why it would be refused; such a row is not run' }),
  result: z.enum(['done', 'refused', 'changed']).nullable().meta({ description: 'null until it is run' }),
  reason: z.string().nullable(),
});

export const bulkView = z.object({
  id: z.string(),
  hash: z.string().meta({ description: 'of exactly this preview: it is run by naming it' }),
  by: z.string(),
  previewedAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  left: z.int().meta({ description: 'rows that are still to be run' }),
  rows: z.array(bulkRow),
});

export const role = z.enum(roles);
export type ProposalView = z.output<typeof proposalView>;
export type OverruledView = z.output<typeof overruledRule>;
export type BulkView = z.output<typeof bulkView>;
