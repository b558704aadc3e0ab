import { type CivilDate, daysBetween } from '../domain/civil-date.ts';
import { grouped } from '../domain/grouped.ts';
import { cents, type Cents, minus, sum, zeroCents } from '../domain/money.ts';
import type { OurPayment } from './cash.ts';
import type { OurPlacement } from './inventory.ts';

/** A placement with any vendor, as it is stored. */
export interface StoredPlacement extends Omit<OurPlacement, 'ageDays'> {
  readonly vendor: string;
  readonly accountId: string;
  readonly firstStatementOn: CivilDate | null;
}

export interface StoredPayment extends Omit<OurPayment, 'reference' | 'refundedCents'> {
  readonly accountId: string;
}

/** What we gave back to a patient; negative for what came back to us uncashed. */
export interface StoredRefund {
  readonly accountId: string;
  readonly on: CivilDate;
  readonly cents: Cents;
}

/** Our side of one vendor's ledger. */
export interface OurSide {
  readonly placements: readonly OurPlacement[];
  readonly payments: readonly OurPayment[];
}

/**
 * Our side of a vendor's ledger, from every placement, payment and refund of the accounts that it ever had. A payment falls into the placement that was
 * out on its day (of one before any, into the first); a refund takes from the latest payments before it. A payment for several accounts is one of each,
 * with the number of the account behind its own.
 * @param named numbers of payments that the vendor itself remitted: they are its own whoever has the account now
 */
export function ourSide(
  vendor: string,
  stored: {
    readonly placements: readonly StoredPlacement[];
    readonly payments: readonly StoredPayment[];
    readonly refunds: readonly StoredRefund[];
  },
  named: ReadonlySet<string>,
): OurSide {
  const placementsOf = grouped(stored.placements, ({ accountId }) => accountId);
  const refundsOf = grouped(stored.refunds, ({ accountId }) => accountId);
  const shared = new Set(
    [...grouped(stored.payments, ({ paymentId }) => paymentId)].filter(([, parts]) => parts.length > 1).map(([id]) => id),
  );
  const payments = [...grouped(stored.payments, ({ accountId }) => accountId)].flatMap(([accountId, among]) => {
    const placements = placementsOf.get(accountId) ?? [];
    const refunded = refundedOf(among, refundsOf.get(accountId) ?? []);
    return among.flatMap((payment): readonly OurPayment[] => {
      const { accountId: _, ...rest } = payment;
      const isNamed = named.has(payment.paymentId);
      const placement = placementOn(isNamed ? placements.filter((one) => one.vendor === vendor) : placements, payment);
      if (placement?.vendor !== vendor) return [];
      const paymentId = shared.has(payment.paymentId) ? `${payment.paymentId}/${placement.accountNumber}` : payment.paymentId;
      return [{ ...rest, paymentId, reference: placement.reference, refundedCents: refunded.get(payment.paymentId) ?? zeroCents }];
    });
  });
  return { placements: stored.placements.filter((one) => one.vendor === vendor).map(withAge), payments };
}

function withAge({ vendor: _vendor, accountId: _account, firstStatementOn, ...placement }: StoredPlacement): OurPlacement {
  return { ...placement, ageDays: firstStatementOn === null ? null : daysBetween(firstStatementOn, placement.offeredOn) };
}

function placementOn(placements: readonly StoredPlacement[], { paidOn }: StoredPayment): StoredPlacement | null {
  const inOrder = placements.toSorted((a, b) => (a.offeredOn < b.offeredOn ? -1 : 1));
  return inOrder.findLast(({ offeredOn }) => offeredOn <= paidOn) ?? inOrder[0] ?? null;
}

function refundedOf(payments: readonly StoredPayment[], refunds: readonly StoredRefund[]): ReadonlyMap<string, Cents> {
  const latestFirst = payments.toSorted((a, b) => (a.paidOn > b.paidOn || (a.paidOn === b.paidOn && a.paymentId > b.paymentId) ? -1 : 1));
  const refunded = new Map<string, Cents>();
  for (const refund of refunds) {
    let left = refund.cents;
    for (const { paymentId, paidOn, cents: paid, bouncedCents } of latestFirst) {
      if (paidOn > refund.on) continue;
      const before = refunded.get(paymentId) ?? zeroCents;
      const taken = cents(left < 0 ? Math.max(left, -before) : Math.min(left, Math.max(0, paid - bouncedCents - before)));
      refunded.set(paymentId, sum([before, taken]));
      left = minus(left, taken);
    }
  }
  return refunded;
}
