import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Transaction } from '../client.ts';
import { dateOf } from '../convert.ts';
import { uuidv7 } from '../ids.ts';
import { insertNew } from './bulk.ts';

export interface NewVendorFile {
  readonly vendor: string;
  readonly name: string;
  readonly runNumber: number;
  readonly count: number;
  readonly totalCents: number;
  readonly sentOn: CivilDate;
}

/** A file of placements, before it leaves. */
export async function rememberVendorFile(tx: Transaction, file: NewVendorFile): Promise<void> {
  await insertNew(tx, 'VendorFile', [{ id: uuidv7(), ...file, status: 'sent' }]);
}

export interface SaidOfFile {
  readonly status: 'agreed' | 'disputed';
  readonly count: number;
  readonly totalCents: number;
  readonly rejected: number;
  readonly on: CivilDate;
  readonly taskId: string | null;
}

/** What the vendor said of it last. */
export async function noteSaid(
  tx: Transaction,
  id: string,
  { status, count, totalCents, rejected, on, taskId }: SaidOfFile,
): Promise<void> {
  const data = { status, saidCount: count, saidTotalCents: totalCents, rejected, saidOn: dateOf(on), taskId };
  await tx.vendorFile.update({ where: { id }, data, select: { id: true } });
}

export interface NewVendorPayment {
  readonly reference: string;
  readonly paymentId: string;
  readonly basis: 'direct' | 'toClient';
  readonly amountCents: number;
  readonly paidOn: CivilDate;
  readonly feeCents: number | null;
  readonly fileId: string;
  readonly offset: number;
}

/** Each number once. */
export async function writeVendorPayments(tx: Transaction, payments: readonly NewVendorPayment[]): Promise<void> {
  await insertNew(
    tx,
    'VendorPayment',
    payments.map((payment) => ({ id: uuidv7(), ...payment })),
  );
}
