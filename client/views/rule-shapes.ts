import { z } from 'zod';
import { runningPolicies } from '../../rules/administration/draft.ts';
import { ruleFileName } from '../rule-folder.ts';
import { amount, date, moment } from './account-shapes.ts';

const policy = z.enum(runningPolicies).meta({
  description:
    'for accounts that run: keepOld = only accounts opened later ask it; nextDecision; now = accounts concerned ask again at once',
});

const text = z.string().max(16_000_000);

/** All texts of one version of the rules. */
export const ruleFilesView = z.object({
  ruleFiles: z.array(z.object({ name: z.string().regex(ruleFileName, 'expected a file name such as default.json'), text })).max(500),
  categories: text.meta({ description: 'denial-categories.json' }),
  policies: text.meta({ description: 'deadline-policies.json' }),
  carc: text,
  rarc: text,
  contracts: text.exactOptional().meta({ description: 'contracts.json' }),
  promptPay: text.exactOptional().meta({ description: 'prompt-pay.json' }),
  ways: text.exactOptional().meta({ description: 'ways-of-appeal.json' }),
  approvals: text.exactOptional().meta({ description: 'approval-limits.json' }),
  assistance: text.exactOptional().meta({ description: 'assistance-policies.json' }),
  creditReporting: text.exactOptional().meta({ description: 'credit-reporting.json' }),
  plans: text.exactOptional().meta({ description: 'plan-policies.json' }),
});

export const draftView = z.object({
  id: z.string(),
  title: z.string(),
  createdAt: moment,
  status: z.enum(['draft', 'submitted', 'approved', 'published', 'withdrawn']),
  author: z.string(),
  revision: z.int(),
  baseNumber: z.int().meta({ description: 'of the publication it was made from' }),
  contentHash: z.string(),
  policy,
  publishAt: moment.nullable().meta({ description: 'not before that moment' }),
  isEmergency: z.boolean(),
  checks: z.object({ contentHash: z.string(), ok: z.boolean(), faults: z.int(), failedTests: z.int() }).nullable(),
  whatIf: z.object({ contentHash: z.string(), baseNumber: z.int(), reportId: z.string() }).nullable(),
  approvedBy: z.string().nullable(),
  reviewDueOn: date.nullable(),
  reviewedBy: z.string().nullable(),
});

export const publicationView = z.object({
  id: z.string(),
  number: z.int(),
  hash: z.string(),
  titles: z.array(z.string()).readonly(),
  draftId: z.string().nullable(),
  policy: z.string(),
  publishedBy: z.string(),
  approvedBy: z.string().nullable(),
  why: z.string(),
  publishedAt: moment,
  told: z.int().meta({ description: 'accounts told so far' }),
  settledAt: moment.nullable().meta({ description: 'null while not every account concerned was told' }),
});

export const pausedView = z.object({
  ruleId: z.string(),
  pausedAt: moment,
  accounts: z.int(),
  amountCents: amount,
  limit: z.object({ accounts: z.int(), cents: amount, windowDays: z.int() }),
});

export const auditView = z.object({
  number: z.int(),
  at: moment,
  by: z.string(),
  deed: z.string(),
  draftId: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  isSound: z.boolean().meta({ description: 'false when this entry, or one before it, is not as it was written' }),
});

const faultView = z.object({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  pointer: z.string(),
  check: z.string(),
  message: z.string(),
});
const failedTestView = z.object({ ruleId: z.string(), test: z.string(), failure: z.string().nullable() });

export const filesCheckedView = z.object({
  contentHash: z.string(),
  ok: z.boolean(),
  tests: z.int(),
  faults: z.array(faultView).readonly(),
  warnings: z.array(faultView).readonly(),
  failedTests: z.array(failedTestView).readonly(),
});

const by = z.string().trim().min(1).max(100).meta({ description: 'who does it' });
const revision = z.int().min(1).meta({ description: 'the one you saw: refused when somebody changed it since' });

export const doerShape = z.strictObject({ by, revision });
export const planShape = doerShape.extend({
  policy,
  publishAt: z.iso.datetime({ offset: true }).nullable(),
  isEmergency: z.boolean().default(false),
});
export const rejectShape = doerShape.extend({ why: z.string().trim().min(1).max(1_000) });
export const saveShape = doerShape.extend({ files: ruleFilesView });
export const newDraftShape = z.strictObject({ title: z.string().trim().min(1).max(200), by, files: ruleFilesView.optional() });
export const rollBackShape = z.strictObject({ number: z.int().min(1), by, why: z.string().trim().min(1).max(150) });
export const byShape = z.strictObject({ by });
