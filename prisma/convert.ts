import type { AskedDecision } from '../rules/administration/compare.ts';
import type { RuleDraft } from '../rules/administration/draft.ts';
import type { WhatIfReport } from '../rules/administration/report.ts';
import type { Tally } from '../rules/administration/tally.ts';
import type { Account, AccountDeadline } from '../rules/domain/account.ts';
import { type Attachment, isAttachmentKind } from '../rules/domain/attachment.ts';
import type { BulkWork } from '../rules/domain/bulk.ts';
import { type CivilDate, civilDate, type Instant, instant } from '../rules/domain/civil-date.ts';
import type { PayerSequence, SubmittedClaim } from '../rules/domain/claim.ts';
import type { DecisionReceipt, Facts, RuleAnswer } from '../rules/domain/decision.ts';
import type { AccountEvent, Command } from '../rules/domain/event.ts';
import { invariant } from '../rules/domain/failures.ts';
import type { Instruction } from '../rules/domain/instruction.ts';
import { type Cents, cents } from '../rules/domain/money.ts';
import type { Adjustment, RemittanceClaim, RemittanceLine } from '../rules/domain/remittance.ts';
import type { Subject, TaskForm } from '../rules/domain/task.ts';
import type { BreakerLimit, DecisionEffect, SubmittedForm, SubmittedInstruction } from '../rules/lifecycle/contract.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import type { FindingKind } from '../rules/lifecycle/proof-findings.ts';
import type { Settlement, UnmatchedItem } from '../rules/domain/unmatched.ts';
import type { Candidate } from '../rules/matching/rank.ts';
import {
  type Attachment as AttachmentModel,
  type Deadline as DeadlineModel,
  Prisma,
  type RuleDraft as RuleDraftModel,
} from './generated/client.ts';

/** The only place where rows become domain values and back. What is cast here was written by `inputJson` or a bulk write of the same type. */

export function centsOf(value: bigint): Cents {
  const amount = Number(value);
  invariant(BigInt(amount) === value, 'a stored amount is a safe whole number of cents');
  return cents(amount);
}

/** A `date` column comes as midnight UTC. */
export function civilOf(date: Date): CivilDate {
  return civilDate(date.toISOString().slice(0, 10));
}

export function civilOrNull(date: Date | null): CivilDate | null {
  return date === null ? null : civilOf(date);
}

export function dateOrNull(on: CivilDate | null): Date | null {
  return on === null ? null : dateOf(on);
}

export function dateOf(on: CivilDate): Date {
  return new Date(`${on}T00:00:00.000Z`);
}

export function instantOf(date: Date): Instant {
  return instant(date.toISOString());
}

export function instantOrNull(date: Date | null): Instant | null {
  return date === null ? null : instantOf(date);
}

export function sequenceOf(value: number | null): PayerSequence {
  invariant(value === 1 || value === 2 || value === 3, 'a stored payer sequence is 1, 2 or 3');
  return value;
}

export function inputJson(value: unknown): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue;
}

/** For a column that may be empty: null empties it. */
export function inputJsonOrNull(value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull {
  return value === null ? Prisma.DbNull : inputJson(value);
}

export function knowledgeFilesOf(files: Prisma.JsonValue): KnowledgeFiles {
  return files as unknown as KnowledgeFiles;
}

export function draftOf(row: Omit<RuleDraftModel, 'files'>): RuleDraft {
  return {
    status: row.status as RuleDraft['status'],
    author: row.author,
    revision: row.revision,
    baseNumber: row.baseNumber,
    contentHash: row.contentHash,
    policy: row.policy as RuleDraft['policy'],
    publishAt: instantOrNull(row.publishAt),
    isEmergency: row.isEmergency,
    checks: row.checks as unknown as RuleDraft['checks'],
    whatIf: row.whatIf as unknown as RuleDraft['whatIf'],
    approvedBy: row.approvedBy,
    reviewDueOn: civilOrNull(row.reviewDueOn),
    reviewedBy: row.reviewedBy,
  };
}

export function auditDetailsOf(details: Prisma.JsonValue): Readonly<Record<string, string | number | boolean | null>> {
  return details as Readonly<Record<string, string | number | boolean | null>>;
}

export function accountOf(projection: Prisma.JsonValue): Account {
  return projection as unknown as Account;
}

export function deadlineOf(row: DeadlineModel): AccountDeadline {
  const { deadlineId: id, subject, status, policyId, kind, anchor, derivation, conflict } = row;
  const dates = {
    anchorOn: civilOf(row.anchorOn),
    nominalOn: civilOf(row.nominalOn),
    legalOn: civilOf(row.legalOn),
    safeByOn: civilOf(row.safeByOn),
  };
  const deadline = { policyId, kind, anchor, ...dates, derivation, conflict } as unknown as AccountDeadline['deadline'];
  return { id, subject: subject as unknown as Subject, deadline, status: status as AccountDeadline['status'] };
}

export function eventOf(row: { readonly id: string; readonly occurredAt: Date; readonly body: Prisma.JsonValue }): AccountEvent {
  return { ...(row.body as object), id: row.id, occurredAt: instantOf(row.occurredAt) } as AccountEvent;
}

/** What of an event goes into its `body` column. */
export function bodyOf({ id: _id, occurredAt: _at, ...body }: AccountEvent): object {
  return body;
}

export function claimOf(document: Prisma.JsonValue): SubmittedClaim {
  return document as unknown as SubmittedClaim;
}

export function formOf(body: Prisma.JsonValue): TaskForm {
  return body as unknown as TaskForm;
}

/** What a person submitted: the outcome of a task, or an instruction. */
export function submittedOf(row: {
  readonly id: string;
  readonly taskId: string;
  readonly body: Prisma.JsonValue;
}): SubmittedForm | SubmittedInstruction {
  const body = row.body as unknown as TaskForm | Instruction;
  return 'do' in body ? { formId: row.id, instruction: body } : { formId: row.id, taskId: row.taskId, form: body };
}

export function commandOf(row: {
  readonly key: string;
  readonly kind: string;
  readonly subject: Prisma.JsonValue;
  readonly params: Prisma.JsonValue;
}): Command {
  return {
    key: row.key,
    kind: row.kind as Command['kind'],
    subject: row.subject as unknown as Subject,
    params: row.params as Command['params'],
  };
}

/** What a person wrote in their own words. */
export function noteOf(body: Prisma.JsonValue): string | null {
  return (body as { readonly note?: string } | null)?.note ?? null;
}

export function bulkWorkOf(value: Prisma.JsonValue): BulkWork {
  return value as unknown as BulkWork;
}

export function adjustmentsOf(value: Prisma.JsonValue): readonly Adjustment[] {
  return value as unknown as readonly Adjustment[];
}

export function remittanceLinesOf(value: Prisma.JsonValue): readonly RemittanceLine[] {
  return value as unknown as readonly RemittanceLine[];
}

export function answerOf(value: Prisma.JsonValue): RuleAnswer {
  return value as unknown as RuleAnswer;
}

export function receiptOf(value: Prisma.JsonValue): DecisionReceipt {
  return value as unknown as DecisionReceipt;
}

export function candidatesOf(value: Prisma.JsonValue): readonly Candidate[] {
  return (value ?? []) as unknown as readonly Candidate[];
}

export function unmatchedItemOf(value: Prisma.JsonValue): UnmatchedItem {
  return value as unknown as UnmatchedItem;
}

export function settlementOf(body: Prisma.JsonValue): Settlement {
  return body as unknown as Settlement;
}

export function remittancePatientOf(value: Prisma.JsonValue): RemittanceClaim['patient'] {
  return value as unknown as RemittanceClaim['patient'];
}

/** What is wrong with a file, and where; never the text that is wrong. Place, segment (from 1), loop and element as far as they are known. */
export interface FileFault {
  readonly code: string;
  readonly message: string;
  readonly offset: number | null;
  readonly segment: number | null;
  readonly loop: string | null;
  readonly element: string | null;
  /** True when a person was asked about it by a task of its own. */
  readonly hasTask: boolean;
}

/** Why an acknowledgement could not be written; never the text that made it impossible. */
export interface Unanswered {
  readonly code: string;
  readonly message: string;
}

export function unansweredOf(value: Prisma.JsonValue): readonly Unanswered[] {
  return (value ?? []) as unknown as readonly Unanswered[];
}

export function fileFaultOf(value: Prisma.JsonValue): FileFault | null {
  return value === null ? null : { ...unplaced, ...(value as unknown as FileFault) };
}

export function fileFaultsOf(value: Prisma.JsonValue): readonly FileFault[] {
  return value as unknown as readonly FileFault[];
}

/** What files of an earlier release do not say. */
const unplaced = { segment: null, loop: null, element: null, hasTask: false } as const;

export type Counts = Readonly<Record<string, number>>;

/** Pairs, because PostgreSQL keeps no order of keys. */
export function countsJson(counts: Counts): Prisma.InputJsonValue {
  return inputJson(Object.entries(counts));
}

export function countsOf(value: Prisma.JsonValue): Counts {
  return Object.fromEntries(value as unknown as readonly (readonly [string, number])[]);
}

export function claimDetailsOf(value: Prisma.JsonValue): Partial<RemittanceClaim> {
  return value as unknown as Partial<RemittanceClaim>;
}

/** `facts` is the text of the column. */
export function askedDecisionOf({
  id,
  asOf,
  facts,
}: {
  readonly id: string;
  readonly asOf: string;
  readonly facts: string;
}): AskedDecision {
  return { id, asOf, facts: JSON.parse(facts) as Facts };
}

export function tallyOf(value: Prisma.JsonValue): Tally {
  return value as unknown as Tally;
}

export function whatIfReportOf(value: Prisma.JsonValue): WhatIfReport | null {
  return value as unknown as WhatIfReport | null;
}

/** A decision's place while decisions are counted, an account's id after. */
export function whatIfCursorOf(value: Prisma.JsonValue): { readonly decidedAt: string; readonly id: string } | string | null {
  return value as { readonly decidedAt: string; readonly id: string } | string | null;
}

export function factsOf(value: Prisma.JsonValue): Facts {
  return value as unknown as Facts;
}

export function effectOf(value: string): DecisionEffect {
  return value as DecisionEffect;
}

export function breakerLimitOf(value: Prisma.JsonValue): BreakerLimit {
  return value as unknown as BreakerLimit;
}

export function findingKindOf(value: string): FindingKind {
  return value as FindingKind;
}

export function attachmentOf(row: Omit<AttachmentModel, 'content'>): Attachment {
  const { id, kind, caseId, name, mediaType, sha256, size, pages, controlNumber } = row;
  invariant(isAttachmentKind(kind), 'a stored attachment has a kind that is known');
  return { id, kind, caseId, name, mediaType, sha256, size, pages, controlNumber: controlNumberText(controlNumber) };
}

/** Nine digits, as in ISA13. */
export function controlNumberText(number: bigint | number): string {
  return String(Number(number) % 1_000_000_000).padStart(9, '0');
}
