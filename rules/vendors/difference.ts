import { type CivilDate, daysBetween } from '../domain/civil-date.ts';
import { grouped } from '../domain/grouped.ts';
import { type Cents, cents, sum } from '../domain/money.ts';

/** Of an inventory: on one side only, another balance, another state, or the same placement twice. */
export const inventoryDifferences = ['missing', 'extra', 'balance', 'status', 'listedTwice'] as const;
export type InventoryDifference = (typeof inventoryDifferences)[number];

/**
 * Of money: remitted and never reported, reported and not remitted, another amount, remitted twice, another placement, another fee than the contract's,
 * a fee on money that bounced or was given back, and a remit that is not its payments less its fees.
 */
export const cashDifferences = ['unreported', 'notRemitted', 'amount', 'remittedTwice', 'placement', 'fee', 'clawBack', 'total'] as const;
export type CashDifference = (typeof cashDifferences)[number];

export const differenceKinds = [...inventoryDifferences, ...cashDifferences] as const;
export type DifferenceKind = InventoryDifference | CashDifference;

/** What does not agree today. */
export interface FoundDifference<Kind extends DifferenceKind = DifferenceKind> {
  readonly kind: Kind;
  /** The placement, payment or remit that it is about: with the kind, what the same difference is known by tomorrow. */
  readonly about: string;
  /** Our number for the placement; empty where none is known. */
  readonly reference: string;
  readonly oursCents: Cents;
  readonly theirsCents: Cents;
  readonly words: string;
}

/** One that stands: it ages from the day on which it was first found, like a receivable. */
export interface StandingDifference extends FoundDifference {
  readonly id: string;
  readonly firstFoundOn: CivilDate;
  readonly lastFoundOn: CivilDate;
  /** Left as it is by a person; it speaks again when an amount changes. */
  readonly accepted: { readonly by: string; readonly on: CivilDate; readonly note: string } | null;
}

export interface Carried {
  readonly opened: readonly FoundDifference[];
  /** Still there, as it is found now. `isChanged`: another amount, so that an acceptance no longer holds. */
  readonly kept: readonly { readonly id: string; readonly found: FoundDifference; readonly isChanged: boolean }[];
  readonly settled: readonly StandingDifference[];
}

/** What becomes of the differences that stood when others are found; both of the same vendor and of the same kinds. */
export function carryForward(standing: readonly StandingDifference[], found: readonly FoundDifference[]): Carried {
  const before = new Map(standing.map((one) => [keyOf(one), one]));
  const now = new Map(found.map((one) => [keyOf(one), one]));
  return {
    opened: found.filter((one) => !before.has(keyOf(one))),
    kept: standing.flatMap((one) => {
      const again = now.get(keyOf(one));
      if (again === undefined) return [];
      return [{ id: one.id, found: again, isChanged: again.oursCents !== one.oursCents || again.theirsCents !== one.theirsCents }];
    }),
    settled: standing.filter((one) => !now.has(keyOf(one))),
  };
}

function keyOf({ kind, about }: FoundDifference): string {
  return `${kind}:${about}`;
}

/** What a difference is about: what one side has more than the other. */
export function differingCents({ oursCents, theirsCents }: Pick<FoundDifference, 'oursCents' | 'theirsCents'>): Cents {
  return cents(Math.abs(oursCents - theirsCents));
}

/** As receivables age. */
export const ages = [
  { name: '0-30', fromDays: 0 },
  { name: '31-60', fromDays: 31 },
  { name: '61-90', fromDays: 61 },
  { name: '91-120', fromDays: 91 },
  { name: 'over 120', fromDays: 121 },
] as const;

export interface AgeBucket {
  readonly name: string;
  readonly count: number;
  readonly cents: Cents;
}

/** Every bucket, the youngest first; together they are all of them. */
export function ageing(
  standing: readonly Pick<StandingDifference, 'firstFoundOn' | 'oursCents' | 'theirsCents'>[],
  today: CivilDate,
): readonly AgeBucket[] {
  const byAge = grouped(standing, ({ firstFoundOn }) => ageName(daysBetween(firstFoundOn, today)));
  return ages.map(({ name }) => {
    const among = byAge.get(name) ?? [];
    return { name, count: among.length, cents: sum(among.map(differingCents)) };
  });
}

export function ageName(days: number): string {
  return (ages.findLast(({ fromDays }) => fromDays <= days) ?? ages[0]).name;
}

/** What to do about it. */
export function nextStep(kind: DifferenceKind): string {
  switch (kind) {
    case 'missing':
      return 'ask the vendor to load it, or recall it';
    case 'extra':
      return 'have the vendor stop and close it; ask where it came from';
    case 'balance':
      return 'send the vendor our balance, or find the payment it knows and we do not';
    case 'status':
      return 'have both sides say the same: send the recall again, or ask for the return';
    case 'listedTwice':
      return 'have the vendor close all but one';
    case 'unreported':
      return 'ask the vendor to report the payment; find its account';
    case 'notRemitted':
      return 'ask the vendor for the money';
    case 'amount':
      return 'ask the vendor which amount the patient paid';
    case 'remittedTwice':
      return 'ask the vendor to take one back in its next remit';
    case 'placement':
      return 'ask the vendor to which placement the payment belongs';
    case 'fee':
      return 'send the vendor the computation and have the fee corrected in its next remit';
    case 'clawBack':
      return 'have the vendor give the fee back in its next remit';
    case 'total':
      return 'compare the deposit with the remit and ask the vendor for the rest';
  }
}
