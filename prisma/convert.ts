import type { Account } from '../rules/domain/account.ts';
import { type CivilDate, civilDate, type Instant, instant } from '../rules/domain/civil-date.ts';
import type { PayerSequence, SubmittedClaim } from '../rules/domain/claim.ts';
import type { DecisionReceipt, RuleAnswer } from '../rules/domain/decision.ts';
import type { AccountEvent, Command } from '../rules/domain/event.ts';
import { invariant } from '../rules/domain/failures.ts';
import { type Cents, cents } from '../rules/domain/money.ts';
import type { Adjustment, RemittanceLine } from '../rules/domain/remittance.ts';
import type { Subject, TaskForm } from '../rules/domain/task.ts';
import type { Prisma } from './generated/client.ts';

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

/** JSON that we wrote ourselves, as the type that was written. */
export function storedJson<T>(value: Prisma.JsonValue): T {
  return value as T;
}

export function inputJson(value: unknown): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue;
}

export function accountOf(projection: Prisma.JsonValue): Account {
  return storedJson<Account>(projection);
}

export function eventOf(row: { readonly id: string; readonly occurredAt: Date; readonly body: Prisma.JsonValue }): AccountEvent {
  return { ...storedJson<object>(row.body), id: row.id, occurredAt: instantOf(row.occurredAt) } as AccountEvent;
}

/** What of an event goes into its `body` column. */
export function bodyOf({ id: _id, occurredAt: _at, ...body }: AccountEvent): object {
  return body;
}

export function claimOf(document: Prisma.JsonValue): SubmittedClaim {
  return storedJson<SubmittedClaim>(document);
}

export function formOf(body: Prisma.JsonValue): TaskForm {
  return storedJson<TaskForm>(body);
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
    subject: storedJson<Subject>(row.subject),
    params: storedJson<Command['params']>(row.params),
  };
}

export function adjustmentsOf(value: Prisma.JsonValue): readonly Adjustment[] {
  return storedJson<readonly Adjustment[]>(value);
}

export function remittanceLinesOf(value: Prisma.JsonValue): readonly RemittanceLine[] {
  return storedJson<readonly RemittanceLine[]>(value);
}

export function answerOf(value: Prisma.JsonValue): RuleAnswer {
  return storedJson<RuleAnswer>(value);
}

export function receiptOf(value: Prisma.JsonValue): DecisionReceipt {
  return storedJson<DecisionReceipt>(value);
}
