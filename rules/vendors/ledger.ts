import { addBusinessDays } from '../deadlines/business-days.ts';
import type { CivilDate } from '../domain/civil-date.ts';
import { grouped } from '../domain/grouped.ts';
import { type Cents, sum } from '../domain/money.ts';
import type { BalanceDays } from './account-side.ts';
import { type CashMatch, type CashPair, matchCash, type RemitLine, type RemitTotal } from './cash.ts';
import type { CashDifference, FoundDifference, InventoryDifference } from './difference.ts';
import { feesOf } from './fee.ts';
import { type InventoryMatch, type InventoryRow, matchInventory, type OurPlacement } from './inventory.ts';
import type { OurSide } from './our-side.ts';
import type { CountedPayment } from './scorecard.ts';
import { contractOn, type VendorContract, type VendorReference } from './vendor-contract.ts';

/** What our ledger asks of contracts: that of today for how long things may take, that of the day of a placement for its fees. */
export interface LedgerTerms {
  readonly vendor: string;
  readonly current: VendorContract;
  readonly reference: VendorReference;
}

/** The latest contract where none holds on that day: what a vendor still has is still ours to match. Null for a vendor without any. */
export function ledgerTerms(reference: VendorReference, vendor: string, on: CivilDate): LedgerTerms | null {
  const own = reference.contracts.filter((one) => one.vendor === vendor);
  const latest = own.toSorted((a, b) => (a.effective.from < b.effective.from ? -1 : 1)).at(-1);
  const current = contractOn(reference, vendor, on) ?? latest;
  return current === undefined ? null : { vendor, current, reference };
}

/** The end of the business day before: what we sent then the vendor has by now. */
export function balanceDays(asOf: CivilDate): BalanceDays {
  return { asOf, before: addBusinessDays(asOf, -1) };
}

export function inventoryOf(
  { current }: LedgerTerms,
  ours: readonly OurPlacement[],
  listed: { readonly asOf: CivilDate; readonly rows: readonly InventoryRow[] },
): InventoryMatch {
  const days = { acknowledgement: current.acknowledgementDays, recall: current.recallDays };
  return matchInventory({ ours, theirs: listed.rows, asOf: listed.asOf, days });
}

export function cashOf(
  terms: LedgerTerms,
  { placements, payments }: OurSide,
  remitted: { readonly lines: readonly RemitLine[]; readonly totals: readonly RemitTotal[]; readonly asOf: CivilDate },
): CashMatch {
  const { remitDays } = terms.current;
  return matchCash({ placements: placements.map((placement) => priced(terms, placement)), payments, ...remitted, remitDays });
}

/** What counts for a vendor: patients' money that bears a fee, whoever received it. */
export function countedPayments(terms: LedgerTerms, { placements, payments }: OurSide): readonly CountedPayment[] {
  const byPlacement = grouped(payments, ({ reference }) => reference);
  return placements.flatMap((placement) => {
    const among = byPlacement.get(placement.reference) ?? [];
    const paid = among.map(({ paymentId, paidOn, cents, bouncedCents, refundedCents }) => {
      return { paymentId, paidOn, cents, by: 'patient' as const, returnedCents: sum([bouncedCents, refundedCents]) };
    });
    const { terms: own, ...about } = priced(terms, placement);
    const days = new Map(among.map(({ paymentId, paidOn }) => [paymentId, paidOn]));
    return feesOf({ fees: own?.fees ?? [], clawsBack: true }, about, paid).flatMap(({ paymentId, baseCents }) => {
      const paidOn = days.get(paymentId);
      return paidOn === undefined ? [] : [{ reference: placement.reference, paidOn, cents: baseCents }];
    });
  });
}

function priced({ reference, vendor }: LedgerTerms, placement: OurPlacement) {
  return { ...placement, terms: contractOn(reference, vendor, placement.placedOn ?? placement.offeredOn) };
}

export function inventoryFindings({ pairs }: InventoryMatch): readonly FoundDifference<InventoryDifference>[] {
  return pairs.flatMap(({ difference }) => difference ?? []);
}

export function cashFindings({ pairs, totals }: CashMatch): readonly FoundDifference<CashDifference>[] {
  return [...pairs.flatMap(({ differences }) => differences), ...totals];
}

export interface CashTotals {
  readonly matched: number;
  readonly inFlight: number;
  readonly differing: number;
  readonly grossCents: Cents;
  readonly chargedFeeCents: Cents;
  /** By the contract, for the same payments. */
  readonly expectedFeeCents: Cents;
}

export function cashTotals({ pairs }: CashMatch): CashTotals {
  const of = (is: CashPair['is']) => pairs.filter((pair) => pair.is === is).length;
  const remitted = pairs.filter(({ lines }) => lines.length > 0);
  return {
    matched: of('matched'),
    inFlight: of('inFlight'),
    differing: of('differs'),
    grossCents: sum(remitted.flatMap(({ lines }) => lines.filter(({ paidTo }) => paidTo === 'vendor').map(({ cents }) => cents))),
    chargedFeeCents: sum(remitted.map(({ chargedFeeCents }) => chargedFeeCents)),
    expectedFeeCents: sum(remitted.flatMap(({ expectedFee }) => expectedFee?.feeCents ?? [])),
  };
}
