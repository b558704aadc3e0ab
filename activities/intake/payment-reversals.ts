import { readAccountIds } from '../../prisma/reads/matching.ts';
import { readReversals, readStoredPayments, readTakenBack, type StoredPayment, type StoredReversal } from '../../prisma/reads/payments.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { markReversalApplied, writePatientPayments, writePaymentParts, writeReversal } from '../../prisma/writes/patient-payments.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { type PaymentRow, paidForInWords } from '../../rules/domain/payment.ts';
import { partsOfPayment } from '../../rules/lifecycle/receive.ts';
import { allocateReversal, type PaymentPart } from '../../rules/plans/allocate.ts';
import { arrivalFrom, type Counts, type Intake, unmatched } from './context.ts';
import { IntakeFault } from './fault.ts';
import { familyOf, postPart } from './payment-parts.ts';
import { planPolicyNow } from './plan-policy.ts';

type Reversal = PaymentRow & { readonly event: 'returned' | 'moved' };

/** Each reversal once by its own number. One whose payment is not known, or has no account yet, waits for it. */
export async function storeReversals(intake: Intake, rows: readonly Reversal[]): Promise<Counts> {
  const fresh = await newReversals(intake, rows);
  const counts = { returned: 0, moved: 0, waiting: 0 };
  for (const row of fresh) {
    const payment = (await readStoredPayments(intake.tx, [row.of])).get(row.of);
    const isPosted = payment !== undefined && payment.parts.length > 0;
    if (row.event === 'moved' && !isPosted)
      throw new IntakeFault(
        'payment.not-posted',
        'column of names no payment that is posted: only what is posted can be moved',
        row.offset,
      );
    await writeReversal(intake.tx, { ...toWrite(row), fileId: intake.fileId, appliedAt: isPosted ? intake.receivedAt : null });
    if (payment === undefined) await strayReversal(intake, row);
    if (isPosted) await takeBack(intake, payment, { ...toWrite(row), offset: row.offset, fileId: intake.fileId });
    if (row.event === 'moved' && isPosted) await moveTo(intake, payment, row);
    counts[isPosted ? row.event : 'waiting'] += 1;
  }
  return {
    'payments returned': counts.returned,
    'payments moved': counts.moved,
    'returns that wait for their payment': counts.waiting,
    'returns already recorded': rows.length - fresh.length,
  };
}

/** What came back before its payment was known, or had an account. */
export async function applyWaitingReversals(intake: Intake, paymentIds: readonly string[]): Promise<void> {
  const waiting = (await readReversals(intake.tx, { paymentIds })).filter(({ isApplied }) => !isApplied);
  if (waiting.length === 0) return;
  const payments = await readStoredPayments(
    intake.tx,
    waiting.map(({ paymentId }) => paymentId),
  );
  for (const reversal of waiting) {
    const payment = payments.get(reversal.paymentId);
    if (payment === undefined || payment.parts.length === 0) continue;
    await takeBack(intake, payment, reversal);
    await markReversalApplied(intake.tx, reversal.reversalId, intake.receivedAt);
  }
}

function toWrite(row: Reversal) {
  const { reversalId, of: paymentId, event: kind, cents, on, reason, offset } = row;
  return { reversalId, paymentId, kind, cents, on, reason, offset, paidFor: row.event === 'moved' ? paidForInWords(row.to) : null };
}

/** From every account that has something of it, by how much that is. */
async function takeBack(
  intake: Intake,
  payment: StoredPayment,
  reversal: Pick<StoredReversal, 'reversalId' | 'kind' | 'cents' | 'on' | 'reason' | 'fileId' | 'offset'>,
): Promise<void> {
  const { paymentId, via } = payment;
  const { reversalId, kind: as, cents: amount, on, reason, fileId, offset } = reversal;
  const left = await leftOf(intake, payment);
  if (amount > left.reduce((total, part) => total + part.cents, 0))
    throw new IntakeFault('payment.reversed-too-much', 'column amount: more is taken back than is left of the payment', offset);
  await appendArrivals(
    intake.tx,
    allocateReversal(amount, left).map(({ accountId, cents }) => {
      const body = { kind: 'patientPaymentReversed', paymentId, reversalId, cents, on, as, reason, via, fileId, offset } as const;
      return { ...arrivalFrom(intake, accountId, body, { offset }), dedupeKey: `reversal:${reversalId}:${accountId}` };
    }),
  );
}

async function leftOf({ tx }: Intake, { paymentId, parts }: StoredPayment): Promise<readonly PaymentPart[]> {
  const taken = await readTakenBack(
    tx,
    paymentId,
    parts.map(({ accountId }) => accountId),
  );
  return parts.map(({ accountId, cents }) => ({ accountId, cents: cents - (taken.get(accountId) ?? 0) }));
}

/** It is posted anew under the number of the move and keeps the byte of the payment it came from. */
async function moveTo(intake: Intake, payment: StoredPayment, row: Reversal & { readonly event: 'moved' }): Promise<void> {
  const { to, cents, on, reversalId: paymentId, offset } = row;
  const accounts = await readAccountIds(intake.tx, 'accountNumber' in to ? [to.accountNumber] : []);
  const family = await familyOf(intake, to, accounts);
  const sources = new Set(payment.parts.map(({ accountId }) => accountId));
  const all = to.kind === 'account' ? (family?.all ?? []) : (family?.all ?? []).filter(({ account }) => !sources.has(account.id));
  const parts = family === null ? [] : partsOfPayment({ cents, via: payment.via, to: family.to }, all, await planPolicyNow(intake.tx, on));
  if (parts.length === 0) throw new IntakeFault('payment.no-target', 'nobody is known to whom the amount could be moved', offset);
  const { via, fileId } = payment;
  const stored = { paymentId, paidOn: on, via, fileId, offset: payment.offset };
  await writePatientPayments(intake.tx, [{ ...stored, accountId: null, accountNumber: '', paidFor: paidForInWords(to), cents }]);
  await writePaymentParts(intake.tx, stored, parts);
  for (const part of parts) await postPart(intake, stored, part);
}

async function strayReversal(intake: Intake, { cents: amountCents, offset }: Reversal): Promise<void> {
  const task = unmatched(intake, {
    kind: 'matchPayment',
    title: 'A payment came back that is not known here',
    reason: 'The payment that was returned is not known. Once it comes in, the return counts; ask the bank whose it is.',
    amountCents,
    offset,
  });
  await writeUnmatched(intake.tx, [task], intake.receivedOn);
}

async function newReversals({ tx }: Intake, rows: readonly Reversal[]): Promise<readonly Reversal[]> {
  const stored = await readReversals(tx, { reversalIds: rows.map(({ reversalId }) => reversalId) });
  const known = new Map(stored.map((one) => [one.reversalId, sameness(one)]));
  return rows.filter((row) => {
    const said = sameness(toWrite(row));
    const before = known.get(row.reversalId);
    known.set(row.reversalId, said);
    if (before !== undefined && before !== said)
      throw new IntakeFault(
        'payment.number-reused',
        'column payment_id names a return that is stored already and said something else',
        row.offset,
      );
    return before === undefined;
  });
}

function sameness({
  paymentId,
  kind,
  cents,
  on,
  paidFor,
}: Pick<StoredReversal, 'paymentId' | 'kind' | 'cents' | 'on' | 'paidFor'>): string {
  return `${paymentId} ${kind} ${cents} ${on} ${paidFor ?? ''}`;
}
