import { type CivilDate, daysBetween } from '../domain/civil-date.ts';
import { grouped } from '../domain/grouped.ts';
import { type Cents, sum } from '../domain/money.ts';
import type { InventoryRow, OurPlacement } from './inventory.ts';

export interface NeverWorked {
  readonly reference: string;
  readonly accountNumber: string;
  readonly placedOn: CivilDate;
  readonly days: number;
  readonly balanceCents: Cents;
}

export interface NeverWorkedBand {
  readonly name: string;
  /** Placements of that age that the vendor holds, and those of them never worked. */
  readonly held: number;
  readonly neverWorked: number;
  readonly neverWorkedCents: Cents;
}

/** As the study does that found 36.1% of accounts aged 31-60 days and 23% of those above 121 never worked (DOMAIN §8). */
const bands = [
  { name: '0-30', fromDays: 0 },
  { name: '31-60', fromDays: 31 },
  { name: '61-120', fromDays: 61 },
  { name: 'over 120', fromDays: 121 },
] as const;

/**
 * Placements that a vendor holds open and never worked although it had more than `withinDays` for it, the oldest first, and the share of every age.
 * What its list does not name was not worked either.
 */
export function neverWorked(question: {
  readonly ours: readonly OurPlacement[];
  readonly theirs: readonly InventoryRow[];
  readonly asOf: CivilDate;
  readonly withinDays: number;
}): { readonly late: readonly NeverWorked[]; readonly bands: readonly NeverWorkedBand[] } {
  const { asOf, withinDays } = question;
  const rows = grouped(question.theirs, ({ reference }) => reference);
  const held = question.ours.flatMap(({ reference, accountNumber, status, placedOn, balanceCents }) => {
    if (status !== 'placed' || placedOn === null || placedOn > asOf) return [];
    const isWorked = (rows.get(reference) ?? []).some(({ lastWorkedOn }) => lastWorkedOn !== null && lastWorkedOn >= placedOn);
    const isHeld = (rows.get(reference) ?? []).some(({ status: said }) => said === 'held');
    return [{ reference, accountNumber, placedOn, days: daysBetween(placedOn, asOf), balanceCents, isWorked, isHeld }];
  });
  const unworked = held.filter(({ isWorked, isHeld }) => !isWorked && !isHeld);
  const late = unworked
    .filter(({ days }) => days > withinDays)
    .toSorted((a, b) => b.days - a.days || (a.reference < b.reference ? -1 : 1))
    .map(({ reference, accountNumber, placedOn, days, balanceCents }) => ({ reference, accountNumber, placedOn, days, balanceCents }));
  return { late, bands: bands.map(({ name }) => bandOf(name, held, unworked)) };
}

interface Aged {
  readonly days: number;
  readonly balanceCents: Cents;
}

function bandOf(name: string, held: readonly Aged[], unworked: readonly Aged[]): NeverWorkedBand {
  const inBand = ({ days }: Aged) => (bands.findLast(({ fromDays }) => fromDays <= days) ?? bands[0]).name === name;
  const never = unworked.filter(inBand);
  return {
    name,
    held: held.filter(inBand).length,
    neverWorked: never.length,
    neverWorkedCents: sum(never.map(({ balanceCents }) => balanceCents)),
  };
}
