import { z } from 'zod';
import { isCivilDate } from '../../rules/domain/civil-date.ts';

/** What the API answers and `recourse … --json` prints, said once. Amounts are whole cents, dates are civil, moments are UTC. */

export const date = z
  .string()
  .refine(isCivilDate, 'expected an existing date written YYYY-MM-DD')
  .meta({ format: 'date', example: '2026-03-02' });
export const moment = z.string().meta({ format: 'date-time' });
export const amount = z.int().meta({ description: 'whole cents, negative for credits' });
const sequence = z.union([z.literal(1), z.literal(2), z.literal(3)]);

const owner = z
  .object({ kind: z.string(), name: z.string() })
  .meta({ description: 'who must act next: a queue, the payer, the patient, a vendor, or nobody because it is closed' });

const nextStep = z.object({ on: date, at: moment, reason: z.string() }).nullable();

export const accountSummary = z.object({
  id: z.string(),
  accountNumber: z.string(),
  phase: z.string(),
  payerId: z.string(),
  owner,
  queue: z.string().meta({ description: 'of the most urgent open task; empty when none is open' }),
  balanceCents: amount,
  nextStep,
  terminal: z.boolean(),
});

const subject = z.string().meta({ description: 'what it is about, in words' });

export const deadlineView = z.object({
  id: z.string(),
  kind: z.string(),
  subject,
  status: z.string(),
  policyId: z.string(),
  anchor: z.string(),
  anchorOn: date,
  nominalOn: date,
  legalOn: date,
  safeByOn: date,
  derivation: z.array(z.string()),
  conflict: z.string().nullable(),
});

const submissionView = z.object({
  key: z.string(),
  frequency: z.string(),
  sentOn: date,
  status: z.string(),
  acceptedOn: date.nullable(),
  rejection: z.object({ level: z.string(), category: z.string(), status: z.string(), on: date }).nullable(),
});

const denialView = z.object({
  lineNumber: z.int().nullable(),
  group: z.string(),
  carc: z.string(),
  rarcs: z.array(z.string()),
  cents: amount,
  offset: z.int(),
  lineStatus: z
    .string()
    .meta({ description: 'denied, partlyRecovered, recovered or undone: what became of it, whatever work is done about it' }),
  recoveredCents: amount,
});

const lineView = z.object({
  lineNumber: z.int().nullable(),
  payerClaimNumber: z.string(),
  status: z
    .string()
    .meta({ description: 'paid, patientShare, adjusted, denied, partlyDenied or underpaid, by the remittances that stand' }),
  paidCents: amount,
  deniedCents: amount,
});

const pathView = z.object({
  kind: z.string(),
  level: z.int(),
  takenOn: date,
  filedOn: date.nullable(),
  answeredOn: date.nullable(),
  answer: z.string().nullable(),
});

export const caseView = z.object({
  id: z.string(),
  category: z.string(),
  status: z.string(),
  deniedOn: date,
  amountCents: amount,
  denials: z.array(denialView),
  words: z.array(z.string()).meta({ description: 'how an underpayment was computed; empty otherwise' }),
  paths: z.array(pathView),
  deadlines: z.array(deadlineView),
});

export const claimView = z.object({
  sequence,
  payerId: z.string(),
  payerClass: z.string(),
  status: z.string(),
  payerClaimNumber: z.string().nullable(),
  submissions: z.array(submissionView),
  lines: z.array(lineView),
  cases: z.array(caseView),
  deadlines: z.array(deadlineView).meta({ description: 'of the claim itself; those of a denial case stand with the case' }),
});

export const taskView = z.object({
  id: z.string().meta({ example: 't3' }),
  kind: z.string(),
  queue: z.string(),
  title: z.string(),
  reason: z.string(),
  ruleId: z.string(),
  status: z.string(),
  openedOn: date,
  safeByOn: date.nullable(),
  legalOn: date.nullable(),
  amountCents: amount,
  outcomes: z.array(z.string()).meta({ description: 'one of these closes it' }),
  outcome: z.string().nullable(),
  closedOn: date.nullable(),
  closedBy: z.string().nullable(),
  assignee: z.string().nullable().meta({ description: 'who works it' }),
  proposedBy: z.string().nullable().meta({ description: 'the person who asked for it, who may not approve it' }),
});

const patientView = z.object({
  status: z.string(),
  statements: z.array(date),
  plan: z.object({
    status: z.string(),
    instalmentCents: amount,
    since: date.nullable(),
    planId: z.string().nullable().meta({ description: 'the same on every account that it covers' }),
    left: z.array(z.object({ dueOn: date, cents: amount })).meta({ description: 'of this account, still to be paid' }),
    accounts: z.int(),
  }),
  promises: z.array(
    z.object({ id: z.string(), cents: amount, madeOn: date, dueOn: date, by: z.string(), status: z.string(), paidCents: amount }),
  ),
  paidCents: amount,
  placements: z.array(z.object({ id: z.string(), vendor: z.string(), tier: z.string(), status: z.string(), balanceCents: amount })),
  deadlines: z.array(deadlineView),
});

export const accountView = accountSummary.extend({
  state: z.string(),
  claimType: z.string(),
  servicedFrom: date.nullable(),
  servicedThrough: date.nullable(),
  chargeCents: amount,
  buckets: z.array(z.object({ bucket: z.string(), balanceCents: amount })),
  claims: z.array(claimView),
  patient: patientView,
  tasks: z.array(taskView).meta({ description: 'the open ones, most urgent first' }),
  holds: z.array(z.object({ reason: z.string(), since: date, reviewOn: date })),
});

export const timelineEntry = z.object({
  id: z.string(),
  position: z.int().nullable(),
  at: moment,
  on: date,
  kind: z.string(),
  sentence: z.string(),
});

export const ledgerEntry = z.object({
  id: z.string(),
  on: date,
  bucket: z.string(),
  kind: z.string(),
  cents: amount,
  carc: z.string().nullable(),
  source: z.object({
    fileId: z.string().nullable(),
    fileName: z.string().nullable(),
    offset: z.int().nullable(),
    cause: z.string().nullable(),
  }),
  undoes: z.string().nullable(),
});

export type AccountSummary = z.output<typeof accountSummary>;
export type AccountView = z.output<typeof accountView>;
export type ClaimView = z.output<typeof claimView>;
export type CaseView = z.output<typeof caseView>;
export type DeadlineView = z.output<typeof deadlineView>;
export type TaskView = z.output<typeof taskView>;
export type TimelineEntry = z.output<typeof timelineEntry>;
export type LedgerEntry = z.output<typeof ledgerEntry>;
