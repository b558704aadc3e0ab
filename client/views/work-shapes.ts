import { z } from 'zod';
import { decisionPoints, effectiveBases, queues } from '../../rules/domain/decision.ts';
import { amount, date, moment, taskView } from './account-shapes.ts';

const factValue = z.union([z.number(), z.string(), z.boolean(), z.null(), z.array(z.union([z.number(), z.string()]))]);
const leaf = z.object({
  pointer: z.string(),
  fact: z.string(),
  operator: z.string(),
  expected: factValue,
  actual: factValue,
  held: z.boolean(),
});

const inForce = z
  .object({
    basis: z.enum(effectiveBases),
    on: z.string().nullable().meta({ description: 'the date that decides; null when it is not known for the case' }),
    from: z.string(),
    to: z.string().nullable(),
  })
  .meta({ description: 'which date of the case decides whether the rule applies' });

export const decisionView = z.object({
  id: z.string(),
  number: z.int().meta({ description: 'from 1, in the order of the account' }),
  of: z.int().meta({ description: 'how many decisions the account has' }),
  decidedAt: moment,
  point: z.enum(decisionPoints),
  refusal: z.string().nullable().meta({ description: 'why the lifecycle did not allow it, and a person decided instead' }),
  answer: z.object({
    ruleId: z.string(),
    action: z.string(),
    queue: z.string(),
    timer: z.object({ id: z.string(), duration: z.string() }).nullable(),
    why: z.string(),
    citation: z.string(),
    params: z.record(z.string(), factValue),
  }),
  receipt: z.object({
    ruleSetHash: z.string(),
    evaluator: z.string(),
    point: z.enum(decisionPoints),
    asOf: z.string(),
    facts: z.record(z.string(), factValue),
    winner: z.object({ ruleId: z.string(), priority: z.number(), leaves: z.array(leaf), inForce: inForce.optional() }),
    alsoMatched: z.array(z.string()),
    notInForce: z.array(inForce.extend({ ruleId: z.string() })).meta({ description: 'rules whose conditions hold and whose dates do not' }),
    nearMisses: z.array(z.object({ ruleId: z.string(), failed: leaf })),
  }),
  override: z
    .object({ action: z.string(), reason: z.string(), note: z.string().nullable(), by: z.string(), on: date })
    .nullable()
    .meta({ description: 'what a person did otherwise' }),
  explanation: z.string().meta({ description: 'the same in plain words' }),
});

export const queueName = z.enum(queues);
export const queueView = z.object({ queue: z.string(), open: z.int(), late: z.int(), amountCents: amount, firstSafeByOn: date.nullable() });
export const queuedTask = taskView.omit({ status: true, outcome: true, closedOn: true, closedBy: true, proposedBy: true }).extend({
  accountId: z.string().nullable().meta({ description: 'null when no account could be found for what came' }),
  accountNumber: z.string().nullable(),
  payerId: z.string(),
  daysLeft: z.int().nullable().meta({ description: "until safe by, on the account's own clock; negative when late" }),
  candidates: z.array(z.string()).meta({ description: 'accounts to which something unmatched may belong' }),
});

const fileFault = z.object({
  code: z.string(),
  message: z.string(),
  offset: z.int().nullable().meta({ description: 'byte of the file, from 0' }),
  segment: z.int().nullable().meta({ description: 'of the file, from 1' }),
  loop: z.string().nullable(),
  element: z.string().nullable(),
});

export const unmatchedView = z.object({
  id: z.string(),
  name: z.string().meta({ example: 'unmatched/1a2b3c4d', description: 'how people call it: the last eight digits of its id' }),
  kind: z.string(),
  title: z.string(),
  reason: z.string(),
  payerId: z.string(),
  amountCents: amount,
  openedOn: date,
  safeByOn: date.nullable(),
  status: z.string(),
  outcomes: z.array(z.string()).meta({ description: 'one of these closes it' }),
  outcome: z.string().nullable(),
  closedOn: date.nullable(),
  closedBy: z.string().nullable(),
  file: z.object({ id: z.string(), name: z.string(), offset: z.int() }).meta({ description: 'where what came in lies' }),
  candidates: z
    .array(z.object({ accountId: z.string(), accountNumber: z.string(), submissionKey: z.string().optional(), why: z.string() }))
    .meta({ description: 'accounts it may belong to, the likelier first, with what agrees and what does not' }),
});

export const fileView = z.object({
  id: z.string(),
  name: z.string(),
  sha256: z.string(),
  size: z.int().meta({ description: 'bytes' }),
  receivedAt: moment,
  status: z.string().meta({ description: 'registered, stored, partlyStored, refused or duplicate' }),
  summary: z.string(),
  fault: fileFault.nullable().meta({ description: 'the first of faults' }),
  faults: z.array(fileFault),
  progress: z
    .object({ bytes: z.int(), percent: z.int(), claims: z.int(), claimsPerSecond: z.int() })
    .nullable()
    .meta({ description: 'while it is being read' }),
  answers: z.array(z.object({ name: z.string(), sentAt: moment.nullable() })).meta({ description: 'the TA1 and 999 that answer it' }),
  unanswered: z
    .array(z.object({ code: z.string(), message: z.string() }))
    .meta({ description: 'acknowledgements that could not be written from what came, and why; a task asks to tell the sender' }),
});

export const sentFileView = z.object({
  id: z.string(),
  folder: z.string(),
  name: z.string(),
  sha256: z.string(),
  sentAt: moment.nullable().meta({ description: 'null until it was delivered' }),
  receipt: z.string().nullable(),
  accountId: z.string().nullable(),
  accountNumber: z.string().nullable(),
  commandKey: z.string().nullable().meta({ description: 'the command of the account that sent it' }),
  answers: z
    .object({ fileId: z.string(), fileName: z.string() })
    .nullable()
    .meta({ description: 'of a TA1 or 999: the inbound file that it answers' }),
});

export const unmatchedPage = z.object({
  claims: z.array(
    z.object({
      offset: z.int().meta({ description: 'byte of the file at which the claim begins' }),
      submissionKey: z.string(),
      payerId: z.string(),
      payerClaimNumber: z.string(),
      chargeCents: amount.nullable(),
      paidCents: amount,
      servicedFrom: date.nullable(),
      candidates: z.array(z.object({ accountId: z.string(), accountNumber: z.string(), why: z.string() })),
    }),
  ),
  next: z.int().nullable().meta({ description: 'give it as after to get what follows; null at the end' }),
});

export const takenFile = fileView.extend({
  outcome: z.enum(['stored', 'partlyStored', 'alreadyRead', 'refused', 'interrupted']).meta({ description: 'of taking it in now' }),
  readAs: z.string().nullable().meta({ description: 'the name under which the same content was read before' }),
});

export const doctorCheck = z.object({ name: z.string(), ok: z.boolean(), found: z.string(), next: z.string() });

export type DecisionView = z.output<typeof decisionView>;
export type QueueView = z.output<typeof queueView>;
export type QueuedTask = z.output<typeof queuedTask>;
export type UnmatchedView = z.output<typeof unmatchedView>;
export type SentFileView = z.output<typeof sentFileView>;
export type FileView = z.output<typeof fileView>;
export type UnmatchedPage = z.output<typeof unmatchedPage>;
export type TakenFile = z.output<typeof takenFile>;
export type DoctorCheck = z.output<typeof doctorCheck>;
