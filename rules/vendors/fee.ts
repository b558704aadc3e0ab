import type { CivilDate } from '../domain/civil-date.ts';
import { allocate, cents, type Cents, dollars, zeroCents } from '../domain/money.ts';
import type { FeeTerm, VendorContract } from './vendor-contract.ts';

/** As far as a contract decides fees. */
export type FeeTerms = Pick<VendorContract, 'fees' | 'clawsBack'>;

/** A placement as far as its fee goes. */
export interface FeePlacement {
  readonly tier: string;
  readonly placedCents: Cents;
  /** When the vendor acknowledged it; null while it did not. */
  readonly placedOn: CivilDate | null;
  readonly recalledOn: CivilDate | null;
  readonly returnedOn: CivilDate | null;
  /** From the first statement to the placement; null when no statement went. */
  readonly ageDays: number | null;
}

export interface FeePayment {
  readonly paymentId: string;
  readonly paidOn: CivilDate;
  readonly cents: Cents;
  /** A payer's money bears no fee, whoever received it. */
  readonly by: 'patient' | 'payer';
  /** Of it, what bounced or was given back since. */
  readonly returnedCents: Cents;
}

/** Why money bears no fee. */
export type Outside =
  | 'payerMoney'
  | 'notPlaced'
  | 'beforePlacement'
  | 'afterRecall'
  | 'afterReturn'
  | 'abovePlaced'
  | 'noTerm'
  | 'returned';

export interface Fee {
  readonly paymentId: string;
  /** What bears the fee: never more than was paid, kept, and placed. */
  readonly baseCents: Cents;
  readonly feeCents: Cents;
  /** Before anything of the payment bounced or was given back: the difference is clawed back. */
  readonly feeBeforeReturnsCents: Cents;
  /** Why none of it, or not all of it, bears a fee; null when all does. */
  readonly outside: Outside | null;
  readonly words: string;
}

/**
 * The fees of all payments on one placement, in the order in which they were paid (of one day: by their numbers). The days of the
 * acknowledgement, of the recall and of the return are inside the placement; what is paid above the placed balance is not (DOMAIN §8).
 */
export function feesOf({ fees, clawsBack }: FeeTerms, placement: FeePlacement, payments: readonly FeePayment[]): readonly Fee[] {
  const term = termFor(fees, placement);
  let left: number = placement.placedCents;
  let leftBefore: number = placement.placedCents;
  return inOrder(payments).map((payment) => {
    const outside = outsideOf(placement, payment) ?? (term === null ? ('noTerm' as const) : null);
    if (outside !== null || term === null) return noFee(payment, outside ?? 'noTerm', placement);
    const kept = cents(Math.max(0, payment.cents - (clawsBack ? payment.returnedCents : 0)));
    const base = cents(Math.min(kept, left));
    const baseBefore = cents(Math.min(payment.cents, leftBefore));
    left -= base;
    leftBefore -= baseBefore;
    const reason = base === payment.cents ? null : base < kept ? 'abovePlaced' : 'returned';
    const feeCents = shareOf(base, term.percentHundredths);
    const above = reason === 'abovePlaced' ? `, the rest is above the ${dollars(placement.placedCents)} placed` : '';
    const words = `${percentWords(term.percentHundredths)} of ${dollars(base)} = ${dollars(feeCents)}${above}`;
    const feeBeforeReturnsCents = shareOf(baseBefore, term.percentHundredths);
    return { paymentId: payment.paymentId, baseCents: base, feeCents, feeBeforeReturnsCents, outside: reason, words };
  });
}

/** Of the terms that fit a placement, the one from the highest age, then from the highest balance; null for none. Without a statement its age is 0. */
export function termFor(terms: readonly FeeTerm[], { tier, placedCents, ageDays }: FeePlacement): FeeTerm | null {
  const fitting = terms.filter((term) => term.tier === tier && term.fromAgeDays <= (ageDays ?? 0) && term.fromBalanceCents <= placedCents);
  return fitting.toSorted((a, b) => b.fromAgeDays - a.fromAgeDays || b.fromBalanceCents - a.fromBalanceCents)[0] ?? null;
}

/** Half a cent is rounded up. */
function shareOf(amount: Cents, percentHundredths: number): Cents {
  return allocate(amount, [percentHundredths, 10_000 - percentHundredths])[0] ?? zeroCents;
}

function percentWords(percentHundredths: number): string {
  return `${percentHundredths / 100}%`;
}

function outsideOf({ placedOn, recalledOn, returnedOn }: FeePlacement, { paidOn, by }: FeePayment): Outside | null {
  if (by === 'payer') return 'payerMoney';
  if (placedOn === null) return 'notPlaced';
  if (paidOn < placedOn) return 'beforePlacement';
  if (recalledOn !== null && paidOn > recalledOn) return 'afterRecall';
  if (returnedOn !== null && paidOn > returnedOn) return 'afterReturn';
  return null;
}

function noFee({ paymentId, paidOn }: FeePayment, outside: Outside, placement: FeePlacement): Fee {
  const words = wordsFor(outside, paidOn, placement);
  return { paymentId, baseCents: zeroCents, feeCents: zeroCents, feeBeforeReturnsCents: zeroCents, outside, words };
}

function wordsFor(outside: Outside, paidOn: CivilDate, { tier, placedOn, recalledOn, returnedOn }: FeePlacement): string {
  switch (outside) {
    case 'payerMoney':
      return 'no fee: a payer paid it';
    case 'notPlaced':
      return 'no fee: the vendor never acknowledged the placement';
    case 'beforePlacement':
      return `no fee: paid ${paidOn}, placed ${placedOn}`;
    case 'afterRecall':
      return `no fee: paid ${paidOn}, recalled ${recalledOn}`;
    case 'afterReturn':
      return `no fee: paid ${paidOn}, returned ${returnedOn}`;
    case 'noTerm':
      return `no fee: the contract has no term for tier ${tier}, this age and this balance`;
    case 'abovePlaced':
    case 'returned':
      return 'no fee';
  }
}

function inOrder(payments: readonly FeePayment[]): readonly FeePayment[] {
  return payments.toSorted((a, b) => compare(a.paidOn, b.paidOn) || compare(a.paymentId, b.paymentId));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
