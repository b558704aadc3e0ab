import type { CivilDate } from '../domain/civil-date.ts';
import { grouped } from '../domain/grouped.ts';
import type { RemitLine, RemitTotal } from './cash.ts';
import { cashDifferences, type DifferenceKind, type FoundDifference, inventoryDifferences, type StandingDifference } from './difference.ts';
import { type InventoryTotals, inventoryTotals } from './inventory.ts';
import { cashFindings, cashOf, inventoryFindings, inventoryOf, type LedgerTerms } from './ledger.ts';
import type { OurSide } from './our-side.ts';
import type { Inventory } from './read-inventory.ts';
import type { Remit } from './read-remit.ts';

/** Everything that a vendor remitted so far, in the order of the days. */
export interface Remitted {
  readonly lines: readonly RemitLine[];
  readonly totals: readonly RemitTotal[];
}

/** All that differs of these kinds, as it is found on a day: what stood of them and is not among it is settled. */
export interface Findings {
  readonly kinds: readonly DifferenceKind[];
  readonly found: readonly FoundDifference[];
  readonly on: CivilDate;
}

/** Numbers of payments that a vendor remitted. */
export function namedIn({ lines }: Remitted): ReadonlySet<string> {
  return new Set(lines.map(({ paymentId }) => paymentId));
}

/** What a list shows. @param ours at the end of its day */
export function inventoryTaken(
  terms: LedgerTerms,
  ours: OurSide,
  listed: Pick<Inventory, 'asOf' | 'rows'>,
): { readonly totals: InventoryTotals; readonly findings: Findings } {
  const match = inventoryOf(terms, ours.placements, listed);
  return { totals: inventoryTotals(match), findings: { kinds: inventoryDifferences, found: inventoryFindings(match), on: listed.asOf } };
}

/** What the money shows on a day, with every file: it may have become late. */
export function moneyTaken(terms: LedgerTerms, ours: OurSide, { on, ...remitted }: Remitted & { readonly on: CivilDate }): Findings {
  return { kinds: cashDifferences, found: cashFindings(cashOf(terms, ours, { ...remitted, asOf: on })), on };
}

/** Whether two remits say the same, wherever it stands in their files. */
export function isSameRemit(a: Omit<Remit, 'vendor'>, b: Omit<Remit, 'vendor'>): boolean {
  return textOf(a) === textOf(b);
}

function textOf({ total, lines }: Omit<Remit, 'vendor'>): string {
  const { remitId, remittedOn, grossCents, feeCents, netCents } = total;
  const said = lines.map((line) => [line.reference, line.paymentId, line.paidOn, line.paidTo, line.paidBy, line.cents, line.feeCents]);
  return JSON.stringify([remitId, remittedOn, grossCents, feeCents, netCents, said]);
}

/** What somebody is asked about: one task for each kind. What a person accepted is not asked about. */
export function askedAbout<D extends Pick<StandingDifference, 'accepted' | 'kind'>>(
  standing: readonly D[],
): ReadonlyMap<DifferenceKind, readonly D[]> {
  return grouped(
    standing.filter(({ accepted }) => accepted === null),
    ({ kind }) => kind,
  );
}
