import { readAccountIds } from '../../prisma/reads/matching.ts';
import { readSharedPlans, readStoredPayments } from '../../prisma/reads/payments.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { writePatientPayments, writePaymentParts } from '../../prisma/writes/patient-payments.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { type PaymentRow, paidForInWords } from '../../rules/domain/payment.ts';
import { partsOfPayment } from '../../rules/lifecycle/receive.ts';
import { addCounts, arrivalFrom, type Counts, type Intake, unmatched } from './context.ts';
import { IntakeFault } from './fault.ts';
import { familyOf, postPart } from './payment-parts.ts';
import { applyWaitingReversals, storeReversals } from './payment-reversals.ts';
import { planPolicyNow } from './plan-policy.ts';

type Payment = PaymentRow & { readonly event: 'payment' };

/**
 * Each payment is posted once by its own number; the same number with another amount, day or purpose refuses the file. What is for a plan or for
 * everything of a guarantor is spread over the accounts, to the cent, and every part points to the byte of its row.
 */
export async function storePayments(intake: Intake, rows: readonly PaymentRow[]): Promise<Counts> {
  const payments = rows.flatMap((row) => (row.event === 'payment' ? [row] : []));
  const reversals = rows.flatMap((row) => (row.event === 'payment' ? [] : [row]));
  const fresh = await newPayments(intake, payments);
  const named = fresh.flatMap(({ to }) => ('accountNumber' in to ? [to.accountNumber] : []));
  const accounts = await readAccountIds(intake.tx, named);
  const shared = await readSharedPlans(intake.tx, [...accounts.values()]);
  const ownAccount = ({ to, via }: Payment): string | null => {
    const accountId = to.kind === 'account' ? accounts.get(to.accountNumber) : undefined;
    return accountId === undefined || (via === 'direct' && shared.has(accountId)) ? null : accountId;
  };
  const counts = [await storeWhole(intake, fresh, ownAccount)];
  for (const row of fresh) if (ownAccount(row) === null) counts.push(await storeSpread(intake, row, accounts));
  await applyWaitingReversals(
    intake,
    fresh.map(({ paymentId }) => paymentId),
  );
  counts.push(await storeReversals(intake, reversals), { 'payments already recorded': payments.length - fresh.length });
  return addCounts(counts);
}

async function storeWhole(intake: Intake, rows: readonly Payment[], ownAccount: (row: Payment) => string | null): Promise<Counts> {
  const found = rows.flatMap((row) => {
    const accountId = ownAccount(row);
    return accountId === null ? [] : [{ accountId, row }];
  });
  await writePatientPayments(
    intake.tx,
    found.map(({ accountId, row }) => paymentToWrite(intake, row, accountId)),
  );
  await appendArrivals(
    intake.tx,
    found.map(({ accountId, row: { paymentId, cents, on, via, offset, placementId } }) => {
      const through = placementId === undefined ? {} : { placementId };
      const body = { kind: 'patientPaid', paymentId, cents, on, via, ...through, fileId: intake.fileId, offset } as const;
      return { ...arrivalFrom(intake, accountId, body, { offset }), dedupeKey: `payment:${paymentId}` };
    }),
  );
  return { 'payments posted': found.length };
}

/** For several accounts, or for nobody who is known. */
async function storeSpread(intake: Intake, row: Payment, accounts: ReadonlyMap<string, string>): Promise<Counts> {
  const { paymentId, cents, via, on } = row;
  const family = await familyOf(intake, row.to, accounts);
  if (family === null) {
    await writePatientPayments(intake.tx, [paymentToWrite(intake, row, null)]);
    return strayPayment(intake, row);
  }
  const policy = await planPolicyNow(intake.tx, on);
  const parts = partsOfPayment({ cents, via, to: family.to }, family.all, policy);
  const [only] = parts.length === 1 && row.to.kind === 'account' ? parts : [];
  await writePatientPayments(intake.tx, [paymentToWrite(intake, row, only?.accountId ?? null)]);
  const stored = { paymentId, paidOn: on, via, fileId: intake.fileId, offset: row.offset };
  if (only === undefined) await writePaymentParts(intake.tx, stored, parts);
  for (const part of parts) await postPart(intake, stored, part);
  return { 'payments posted': 1, ...(parts.length > 1 ? { 'payments spread over accounts': 1 } : {}) };
}

function paymentToWrite({ fileId }: Intake, { paymentId, to, cents, on: paidOn, via, offset }: Payment, accountId: string | null) {
  const accountNumber = to.kind === 'account' ? to.accountNumber : '';
  const paidFor = to.kind === 'account' ? null : paidForInWords(to);
  return { paymentId, accountId, accountNumber, paidFor, cents, paidOn, via, fileId, offset };
}

async function strayPayment(intake: Intake, { paymentId, cents, offset, to }: Payment): Promise<Counts> {
  const what = to.kind === 'plan' ? 'payment plan' : to.kind === 'guarantor' ? 'guarantor' : 'account number';
  const task = unmatched(intake, {
    kind: 'matchPayment',
    title: 'Find the account of a patient’s payment',
    reason: `The ${what} that it names is not known here.`,
    amountCents: cents,
    offset,
    item: { kind: 'payment', paymentId },
  });
  await writeUnmatched(intake.tx, [task], intake.receivedOn);
  return { 'payments unmatched': 1 };
}

async function newPayments({ tx }: Intake, rows: readonly Payment[]): Promise<readonly Payment[]> {
  const stored = await readStoredPayments(
    tx,
    rows.map(({ paymentId }) => paymentId),
  );
  const known = new Map([...stored.values()].map((p) => [p.paymentId, sameness(p.cents, p.paidOn, p.paidFor)]));
  return rows.filter(({ paymentId, cents, on, to, offset }) => {
    const said = sameness(cents, on, paidForInWords(to));
    const before = known.get(paymentId);
    known.set(paymentId, said);
    if (before === undefined) return true;
    if (before !== said)
      throw new IntakeFault(
        'payment.number-reused',
        'column payment_id names a payment that is stored already and said something else',
        offset,
      );
    return false;
  });
}

function sameness(cents: number, on: CivilDate, paidFor: string): string {
  return `${cents} ${on} ${paidFor}`;
}
