import type { CivilDate, Instant } from '../../rules/domain/civil-date.ts';
import type { PaymentPart } from '../../rules/plans/allocate.ts';
import type { Transaction } from '../client.ts';
import { facilityId } from '../facility.ts';
import { uuidv7 } from '../ids.ts';
import { insertAll } from './bulk.ts';

export interface PaymentToWrite {
  readonly paymentId: string;
  /** Null while unmatched. */
  readonly accountId: string | null;
  readonly accountNumber: string;
  /** In words, where it is for no single account. */
  readonly paidFor: string | null;
  readonly cents: number;
  readonly paidOn: CivilDate;
  readonly via: 'direct' | 'vendor';
  readonly fileId: string;
  readonly offset: number;
}

export async function writePatientPayments(tx: Transaction, payments: readonly PaymentToWrite[]): Promise<void> {
  await insertAll(
    tx,
    'PatientPayment',
    payments.map(({ cents: amountCents, ...payment }) => ({ id: uuidv7(), ...payment, amountCents })),
  );
}

/** A payment that was unmatched now belongs to an account. */
export async function assignPatientPayment(tx: Transaction, paymentId: string, accountId: string): Promise<void> {
  await tx.patientPayment.updateMany({ where: { facilityId, paymentId, accountId: null }, data: { accountId } });
}

/** Where a payment for several went. Every part has the byte of its payment. */
export async function writePaymentParts(
  tx: Transaction,
  { paymentId, fileId, offset }: Pick<PaymentToWrite, 'paymentId' | 'fileId' | 'offset'>,
  parts: readonly PaymentPart[],
): Promise<void> {
  await insertAll(
    tx,
    'PatientPaymentPart',
    parts.map(({ accountId, cents: amountCents }) => ({ id: uuidv7(), paymentId, accountId, amountCents, fileId, offset })),
  );
}

export interface ReversalToWrite {
  readonly reversalId: string;
  readonly paymentId: string;
  readonly kind: 'returned' | 'moved';
  readonly cents: number;
  readonly on: CivilDate;
  readonly reason: string;
  readonly paidFor: string | null;
  readonly fileId: string;
  readonly offset: number;
  readonly appliedAt: Instant | null;
}

export async function writeReversal(tx: Transaction, { cents: amountCents, on: reversedOn, ...row }: ReversalToWrite): Promise<void> {
  await insertAll(tx, 'PaymentReversal', [{ id: uuidv7(), ...row, amountCents, reversedOn }]);
}

export async function markReversalApplied(tx: Transaction, reversalId: string, at: Instant): Promise<void> {
  await tx.paymentReversal.updateMany({ where: { facilityId, reversalId, appliedAt: null }, data: { appliedAt: new Date(at) } });
}
