import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { PaymentPart } from '../../rules/plans/allocate.ts';
import type { Database, Transaction } from '../client.ts';
import { facilityId } from '../facility.ts';
import { accountOf, centsOf, civilOf } from '../convert.ts';

export interface FamilyAccount {
  readonly account: Account;
  readonly accountNumber: string;
  readonly guarantorId: string | null;
  /** Payments that came in and are not posted yet, less what came back. */
  readonly pendingCents: number;
}

/** Everything of the guarantors of these accounts, those accounts included. One payment for a guarantor is spread at a time. */
export async function readFamily(tx: Transaction, accountIds: readonly string[]): Promise<readonly FamilyAccount[]> {
  const rows = await tx.$queryRaw<FamilyRow[]>`
    SELECT a."id"::text, a."accountNumber", a."guarantorId"::text, a."projection", coalesce((
      SELECT sum(CASE e."kind" WHEN 'patientPaid' THEN 1 ELSE -1 END * (e."body"->>'cents')::bigint) FROM "AccountEvent" e
      WHERE e."accountId" = a."id" AND e."position" IS NULL AND e."kind" IN ('patientPaid', 'patientPaymentReversed')), 0)::float8 AS "pending"
    FROM "Account" a
    WHERE a."facilityId" = ${facilityId}::uuid AND (a."id" = ANY(${[...accountIds]}::uuid[]) OR a."guarantorId" IN (
      SELECT o."guarantorId" FROM "Account" o WHERE o."id" = ANY(${[...accountIds]}::uuid[])))
    ORDER BY a."id"`;
  for (const key of [...new Set(rows.map((row) => row.guarantorId ?? row.id))].sort())
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`guarantor:${key}`}, 0))`;
  return rows.map(({ projection, accountNumber, guarantorId, pending }) => {
    return { account: accountOf(projection), accountNumber, guarantorId, pendingCents: pending };
  });
}

interface FamilyRow {
  readonly id: string;
  readonly accountNumber: string;
  readonly guarantorId: string | null;
  readonly projection: Parameters<typeof accountOf>[0];
  readonly pending: number;
}

export async function readAccountsOfGuarantor(db: Database, guarantorId: string): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT "id"::text FROM "Account" WHERE "facilityId" = ${facilityId}::uuid AND "guarantorId" = ${guarantorId}::uuid ORDER BY "id"`;
  return rows.map(({ id }) => id);
}

/** Of these accounts, those in a plan that was agreed over several. */
export async function readSharedPlans(db: Database, accountIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT p."accountId"::text AS "id" FROM "PaymentPlanAccount" p JOIN "PaymentPlan" q ON q."id" = p."planId"
    WHERE p."accountId" = ANY(${[...accountIds]}::uuid[]) AND q."status" = 'agreed'
      AND EXISTS (SELECT 1 FROM "PaymentPlanAccount" o WHERE o."planId" = p."planId" AND o."accountId" <> p."accountId")`;
  return new Set(rows.map(({ id }) => id));
}

export interface StoredPayment {
  readonly paymentId: string;
  readonly cents: number;
  readonly paidOn: CivilDate;
  readonly via: 'direct' | 'vendor';
  /** An account number, or `plan …` and `guarantor …`. */
  readonly paidFor: string;
  readonly fileId: string;
  readonly offset: number;
  /** Where it went; none while unmatched. */
  readonly parts: readonly PaymentPart[];
}

export async function readStoredPayments(db: Database, paymentIds: readonly string[]): Promise<ReadonlyMap<string, StoredPayment>> {
  const where = { facilityId, paymentId: { in: [...paymentIds] } };
  const rows = await db.patientPayment.findMany({ where, include: { parts: { orderBy: { accountId: 'asc' } } } });
  return new Map(
    rows.map((row) => {
      const cents = centsOf(row.amountCents);
      const own = row.accountId === null ? [] : [{ accountId: row.accountId, cents }];
      const parts = row.parts.length > 0 ? row.parts.map((p) => ({ accountId: p.accountId, cents: centsOf(p.amountCents) })) : own;
      const via = row.via === 'vendor' ? 'vendor' : 'direct';
      const { paymentId, fileId, offset } = row;
      return [
        paymentId,
        { paymentId, cents, paidOn: civilOf(row.paidOn), via, paidFor: row.paidFor ?? row.accountNumber, fileId, offset, parts },
      ];
    }),
  );
}

export interface StoredReversal {
  readonly reversalId: string;
  readonly paymentId: string;
  readonly kind: 'returned' | 'moved';
  readonly cents: number;
  readonly on: CivilDate;
  readonly reason: string;
  readonly paidFor: string | null;
  readonly isApplied: boolean;
  readonly fileId: string;
  readonly offset: number;
}

export async function readReversals(
  db: Database,
  by: { readonly reversalIds: readonly string[] } | { readonly paymentIds: readonly string[] },
): Promise<readonly StoredReversal[]> {
  const named = 'reversalIds' in by ? { reversalId: { in: [...by.reversalIds] } } : { paymentId: { in: [...by.paymentIds] } };
  const rows = await db.paymentReversal.findMany({ where: { facilityId, ...named }, orderBy: { id: 'asc' } });
  return rows.map(({ reversalId, paymentId, kind, amountCents, reversedOn, reason, paidFor, appliedAt, fileId, offset }) => {
    const as = kind === 'moved' ? 'moved' : 'returned';
    const when = { on: civilOf(reversedOn), isApplied: appliedAt !== null };
    return { reversalId, paymentId, kind: as, cents: centsOf(amountCents), reason, paidFor, fileId, offset, ...when };
  });
}

/** What was taken back of a payment so far, by account. */
export async function readTakenBack(db: Database, paymentId: string, accountIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db.$queryRaw<{ id: string; cents: number }[]>`
    SELECT "accountId"::text AS "id", sum(("body"->>'cents')::bigint)::float8 AS "cents" FROM "AccountEvent"
    WHERE "accountId" = ANY(${[...accountIds]}::uuid[]) AND "kind" = 'patientPaymentReversed' AND "body"->>'paymentId' = ${paymentId}
    GROUP BY 1`;
  return new Map(rows.map(({ id, cents }) => [id, cents]));
}

export async function readAccountNumbers(db: Database, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.account.findMany({ where: { id: { in: [...accountIds] } }, select: { id: true, accountNumber: true } });
  return new Map(rows.map(({ id, accountNumber }) => [id, accountNumber]));
}
