import { civilDate } from '../../rules/domain/civil-date.ts';
import type { LedgerKind, LedgerLine } from '../../rules/domain/ledger.ts';
import { cents } from '../../rules/domain/money.ts';
import type { Bucket } from '../../rules/domain/task.ts';
import type { BilledService, DueAccount } from '../../rules/statements/statement.ts';

let made = 0;

/** A ledger line of which only bucket, kind, amount and day matter. */
export function line(bucket: Bucket, kind: LedgerKind, amount: number, on = '2026-04-10'): LedgerLine {
  made += 1;
  return { id: `l#${made}`, bucket, kind, cents: amount, on, source: { cause: 'test' }, remittanceClaimId: null, carc: null, undoes: null };
}

export function service(chargeCents: number, about: Partial<BilledService> = {}): BilledService {
  return {
    servicedOn: civilDate('2026-03-10'),
    procedureCode: null,
    revenueCode: '0450',
    description: null,
    units: 1,
    chargeCents: cents(chargeCents),
    ...about,
  };
}

/** Charges 1,000.00; the insurance paid 600.00 and took 250.00 off; 150.00 are the patient's. */
export function dueAccount(about: Partial<DueAccount> = {}): DueAccount {
  return {
    accountId: '00000000-0000-7000-8000-00000000000a',
    accountNumber: 'A-1001',
    patientName: 'Ana Rivera',
    servicedFrom: civilDate('2026-03-10'),
    servicedThrough: civilDate('2026-03-10'),
    isSelfPay: false,
    services: [service(80_000), service(20_000, { revenueCode: '0301', procedureCode: '80053' })],
    lines: [
      line('payer1', 'charge', 100_000, '2026-03-12'),
      line('payer1', 'payerPayment', -60_000),
      line('payer1', 'contractual', -25_000),
      line('payer1', 'transfer', -15_000),
      line('patient', 'transfer', 15_000),
    ],
    statements: [],
    ...about,
  };
}
