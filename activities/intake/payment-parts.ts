import { type FamilyAccount, readAccountsOfGuarantor, readFamily, type StoredPayment } from '../../prisma/reads/payments.ts';
import { readPlanAccounts } from '../../prisma/reads/plans.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { PaidFor } from '../../rules/domain/payment.ts';
import type { FoundPurpose } from '../../rules/lifecycle/receive.ts';
import type { PaymentPart } from '../../rules/plans/allocate.ts';
import { arrivalFrom, type Intake } from './context.ts';

export interface Family {
  readonly all: readonly FamilyAccount[];
  readonly to: FoundPurpose;
}

/** The accounts among which it may be spread, and what it names of them; null when that is not known. */
export async function familyOf(intake: Intake, to: PaidFor, accounts: ReadonlyMap<string, string>): Promise<Family | null> {
  const accountIds = await accountsMeant(intake, to, accounts);
  const all = accountIds.length === 0 ? [] : await readFamily(intake.tx, accountIds);
  if (all.length === 0) return null;
  if (to.kind === 'account') return { all, to: { kind: 'account', accountId: accountIds[0] ?? '' } };
  return { all, to: to.kind === 'plan' ? to : { kind: 'guarantor' } };
}

async function accountsMeant({ tx }: Intake, to: PaidFor, accounts: ReadonlyMap<string, string>): Promise<readonly string[]> {
  switch (to.kind) {
    case 'account':
    case 'guarantorOf': {
      const accountId = accounts.get(to.accountNumber);
      return accountId === undefined ? [] : [accountId];
    }
    case 'plan':
      return readPlanAccounts(tx, to.planId);
    case 'guarantor':
      return readAccountsOfGuarantor(tx, to.guarantorId);
  }
}

/** A part of a payment as its account hears it, with the byte of the payment; its own number keeps it from being heard twice. */
export async function postPart(
  intake: Intake,
  {
    paymentId,
    paidOn: on,
    via,
    fileId,
    offset,
  }: Pick<StoredPayment, 'paymentId' | 'via' | 'fileId' | 'offset'> & { readonly paidOn: CivilDate },
  { accountId, cents }: PaymentPart,
): Promise<void> {
  const body = { kind: 'patientPaid', paymentId, cents, on, via, fileId, offset } as const;
  await appendArrivals(intake.tx, [
    { ...arrivalFrom(intake, accountId, body, { offset }), dedupeKey: `payment:${paymentId}:${accountId}` },
  ]);
}
