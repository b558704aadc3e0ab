import type { Account, Placement } from '../domain/account.ts';
import { type CivilDate, civilDate } from '../domain/civil-date.ts';
import { type Cents, cents, minus, sum, zeroCents } from '../domain/money.ts';
import type { StoredPayment, StoredPlacement, StoredRefund } from './our-side.ts';

/** When a balance is looked at: at the end of the day of a list, and of the business day before. */
export interface BalanceDays {
  readonly asOf: CivilDate;
  readonly before: CivilDate;
}

/** What an account brings to the ledgers of all vendors that it was ever placed with. */
export interface AccountSide {
  readonly placements: readonly StoredPlacement[];
  readonly payments: readonly StoredPayment[];
  readonly refunds: readonly StoredRefund[];
}

/** How a vendor calls a placement: unique within the facility. */
export function placementReference(accountNumber: string, placementId: string): string {
  return `${accountNumber}-${placementId}`;
}

/** From the account itself what PostgreSQL answers for it (prisma/reads/vendor-side.ts). */
export function sideOfAccount(account: Account, days: BalanceDays): AccountSide {
  const { id: accountId, lines, patient } = account;
  const vendors = new Set(patient.placements.flatMap(({ paymentIds }) => paymentIds ?? []));
  const refunds = lines.filter(({ kind, bucket }) => kind === 'refund' && bucket === 'patient');
  return {
    placements: patient.placements.map((placement) => placementOf(account, placement, days)),
    payments: paymentsOf(account).map(({ paymentId, lineId, paidOn, cents: paid }) => ({
      accountId,
      paymentId,
      paidOn,
      cents: paid,
      via: vendors.has(paymentId) ? 'vendor' : 'direct',
      bouncedCents: sum(lines.filter(({ undoes }) => undoes === lineId).map((line) => cents(line.cents))),
    })),
    refunds: refunds
      .map((line) => ({ accountId, on: civilDate(line.on), cents: cents(line.cents) }))
      .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
  };
}

function placementOf(account: Account, placement: Placement, { asOf, before }: BalanceDays): StoredPlacement {
  const accountNumber = account.opened?.accountNumber ?? '';
  return {
    vendor: placement.vendor,
    accountId: account.id,
    reference: placementReference(accountNumber, placement.id),
    accountNumber,
    tier: placement.tier,
    status: placement.status,
    placedCents: cents(placement.balanceCents),
    balanceCents: owedOn(account, asOf),
    balanceBeforeCents: owedOn(account, before),
    offeredOn: placement.offeredOn,
    placedOn: placement.placedOn,
    recalledOn: placement.recallSentOn,
    returnedOn: placement.returnedOn,
    firstStatementOn: account.patient.statements[0] ?? null,
  };
}

/** At the end of that day. */
function owedOn({ lines }: Account, on: CivilDate): Cents {
  return sum(lines.filter((line) => line.bucket === 'patient' && line.on <= on).map((line) => cents(line.cents)));
}

/** Lines of patients' payments are called `payment:<number>#1`. */
function paymentsOf({ lines }: Account) {
  return lines.flatMap(({ id: lineId, kind, undoes, on, cents: posted }) => {
    const paymentId = /^payment:(.*)#1$/.exec(lineId)?.[1];
    if (kind !== 'patientPayment' || undoes !== null || paymentId === undefined) return [];
    return [{ lineId, paymentId, paidOn: civilDate(on), cents: minus(zeroCents, cents(posted)) }];
  });
}
