import type { RuleDraft } from '../rules/administration/draft.ts';
import type { Account } from '../rules/domain/account.ts';
import { type CivilDate, civilDate, type Instant, instant } from '../rules/domain/civil-date.ts';
import type { PayerSequence, SubmittedClaim } from '../rules/domain/claim.ts';
import type { DecisionReceipt, Facts, RuleAnswer } from '../rules/domain/decision.ts';
import type { AccountEvent, Command } from '../rules/domain/event.ts';
import { invariant } from '../rules/domain/failures.ts';
import { type Cents, cents } from '../rules/domain/money.ts';
import type { Adjustment, RemittanceLine } from '../rules/domain/remittance.ts';
import type { Subject, TaskForm } from '../rules/domain/task.ts';
import type { BreakerLimit, DecisionEffect } from '../rules/lifecycle/contract.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import { Prisma, type RuleDraft as RuleDraftModel } from './generated/client.ts';

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

/** An account that something unmatched may belong to. */
export interface Candidate {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly why: string;
}

export function candidatesOf(value: Prisma.JsonValue): readonly Candidate[] {
  return (value ?? []) as unknown as readonly Candidate[];
}

/** What is wrong with a file, and where; never the text that is wrong. */
export interface FileFault {
  readonly code: string;
  readonly message: string;
  readonly offset: number | null;
}

export function fileFaultOf(value: Prisma.JsonValue): FileFault | null {
  return value as unknown as FileFault | null;
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
