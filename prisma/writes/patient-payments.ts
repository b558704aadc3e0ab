import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Cents } from '../../rules/domain/money.ts';
import type { Transaction } from '../client.ts';
import { facilityId } from '../facility.ts';
import { uuidv7 } from '../ids.ts';
import { insertAll } from './bulk.ts';

export interface PaymentToWrite {
  readonly paymentId: string;
  /** Null while unmatched. */
  readonly accountId: string | null;
  readonly accountNumber: string;
  readonly cents: Cents;
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
