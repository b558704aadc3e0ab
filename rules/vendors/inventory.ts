import { addBusinessDays } from '../deadlines/business-days.ts';
import { type CivilDate, later } from '../domain/civil-date.ts';
import { grouped } from '../domain/grouped.ts';
import { cents, type Cents, sum, zeroCents } from '../domain/money.ts';
import type { FoundDifference, InventoryDifference } from './difference.ts';

/** A placement as we hold it on the day of the inventory. */
export interface OurPlacement {
  /** How the vendor calls it: our number for the placement. */
  readonly reference: string;
  readonly accountNumber: string;
  readonly tier: string;
  readonly status: 'offered' | 'placed' | 'refused' | 'recallSent' | 'returned';
  readonly placedCents: Cents;
  /** What the patient owes at the end of that day, and at the end of the business day before: updates take one to arrive. */
  readonly balanceCents: Cents;
  readonly balanceBeforeCents: Cents;
  readonly offeredOn: CivilDate;
  readonly placedOn: CivilDate | null;
  readonly recalledOn: CivilDate | null;
  readonly returnedOn: CivilDate | null;
  /** From the first statement to the offer; null when no statement went. */
  readonly ageDays: number | null;
}

/** A placement as a vendor lists it. */
export interface InventoryRow {
  readonly reference: string;
  /** `open` is worked, `held` is kept without work. */
  readonly status: 'open' | 'held' | 'closed';
  readonly balanceCents: Cents;
  /** Null when it was never worked. */
  readonly lastWorkedOn: CivilDate | null;
  readonly offset: number;
}

/** How long a vendor may take to answer an offer and a recall, in business days. */
export interface AnswerDays {
  readonly acknowledgement: number;
  readonly recall: number;
}

/** One placement, on both sides. It stands exactly once: where the sides agree, where a message is on its way, where they differ, or where neither has it. */
export interface InventoryPair {
  readonly reference: string;
  readonly ours: OurPlacement | null;
  readonly theirs: readonly InventoryRow[];
  readonly is: 'matched' | 'inFlight' | 'differs' | 'gone';
  readonly difference: FoundDifference<InventoryDifference> | null;
}

export interface InventoryMatch {
  readonly asOf: CivilDate;
  /** In the order of their references. */
  readonly pairs: readonly InventoryPair[];
}

/** Matches both inventories of one vendor, both ways. A pair has one difference: the one that matters most. */
export function matchInventory(question: {
  readonly ours: readonly OurPlacement[];
  readonly theirs: readonly InventoryRow[];
  readonly asOf: CivilDate;
  readonly days: AnswerDays;
}): InventoryMatch {
  const { asOf, days } = question;
  const ours = new Map(question.ours.map((placement) => [placement.reference, placement]));
  const theirs = grouped(question.theirs, ({ reference }) => reference);
  const references = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  const pairs = references.map((reference) => {
    const sides = { reference, ours: ours.get(reference) ?? null, theirs: theirs.get(reference) ?? [] };
    const found = findingOf(sides, asOf, days);
    if (typeof found === 'string') return { ...sides, is: found, difference: null };
    return { ...sides, is: 'differs' as const, difference: differenceOf(sides, found) };
  });
  return { asOf, pairs };
}

type Sides = Pick<InventoryPair, 'reference' | 'ours' | 'theirs'>;
type Finding = Exclude<InventoryPair['is'], 'differs'> | { readonly kind: InventoryDifference; readonly words: string };

function findingOf({ ours, theirs }: Sides, asOf: CivilDate, days: AnswerDays): Finding {
  const [row, ...more] = theirs;
  if (more.length > 0) return { kind: 'listedTwice', words: `the vendor lists it ${theirs.length} times` };
  if (ours === null)
    return { kind: 'extra', words: `the vendor lists it as ${row?.status ?? 'open'}; it was never placed with this vendor` };
  if (row === undefined || row.status === 'closed') return notWorked(ours, row ?? null, { asOf, days });
  return worked(ours, row, { asOf, days });
}

interface When {
  readonly asOf: CivilDate;
  readonly days: AnswerDays;
}

/** The vendor does not have it, or not any longer. */
function notWorked(ours: OurPlacement, row: InventoryRow | null, { asOf, days }: When): Finding {
  const said = row === null ? 'the vendor does not list it' : 'the vendor lists it as closed';
  switch (ours.status) {
    case 'refused':
    case 'returned':
      return 'gone';
    case 'offered':
      return addBusinessDays(ours.offeredOn, days.acknowledgement) >= asOf
        ? 'inFlight'
        : { kind: 'status', words: `offered ${ours.offeredOn} and never acknowledged; ${said}` };
    case 'recallSent': {
      const sent = ours.recalledOn ?? asOf;
      return addBusinessDays(sent, days.recall) >= asOf
        ? 'inFlight'
        : { kind: 'status', words: `recalled ${sent} and the return never confirmed; ${said}` };
    }
    case 'placed':
      // What was acknowledged on the day of the list may have come after it.
      if (row === null && later(ours.offeredOn, ours.placedOn ?? ours.offeredOn) >= asOf) return 'inFlight';
      return row === null
        ? { kind: 'missing', words: `placed ${ours.placedOn ?? ours.offeredOn}; ${said}` }
        : { kind: 'status', words: `placed ${ours.placedOn ?? ours.offeredOn}; ${said} and did not return it` };
  }
}

/** The vendor says that it has it. */
function worked(ours: OurPlacement, row: InventoryRow, { asOf, days }: When): Finding {
  switch (ours.status) {
    case 'refused':
      return { kind: 'status', words: `the vendor refused it and lists it as ${row.status}` };
    case 'returned':
      return (ours.returnedOn ?? asOf) >= asOf
        ? 'inFlight'
        : { kind: 'status', words: `returned ${ours.returnedOn}; the vendor still lists it as ${row.status}` };
    case 'offered':
      return addBusinessDays(ours.offeredOn, days.acknowledgement) >= asOf
        ? 'inFlight'
        : { kind: 'status', words: `offered ${ours.offeredOn} and never acknowledged; the vendor lists it as ${row.status}` };
    case 'recallSent': {
      const sent = ours.recalledOn ?? asOf;
      return addBusinessDays(sent, days.recall) >= asOf
        ? 'inFlight'
        : { kind: 'status', words: `recalled ${sent}; the vendor still lists it as ${row.status}` };
    }
    case 'placed':
      if (row.balanceCents === ours.balanceCents) return 'matched';
      return row.balanceCents === ours.balanceBeforeCents ? 'inFlight' : { kind: 'balance', words: 'the balances differ' };
  }
}

function differenceOf({ reference, ours, theirs }: Sides, { kind, words }: Exclude<Finding, string>): FoundDifference<InventoryDifference> {
  const theirCents = sum(theirs.filter(({ status }) => status !== 'closed').map(({ balanceCents }) => balanceCents));
  return { kind, about: reference, reference, oursCents: owedThere(ours), theirsCents: theirCents, words };
}

/** What should be with the vendor: nothing where it has no business with the account. */
function owedThere(ours: OurPlacement | null): Cents {
  return ours === null || ours.status === 'refused' || ours.status === 'returned' ? zeroCents : ours.balanceCents;
}

/** Of the placements that one of the two has; what neither has is not counted. */
export interface InventoryTotals {
  readonly ours: number;
  readonly theirs: number;
  readonly matched: number;
  readonly inFlight: number;
  readonly differing: number;
  /** Of what differs, both ways: what the difference is about. */
  readonly differingCents: Cents;
  /** In hundredths of a percent. */
  readonly differingBasisPoints: number;
}

export function inventoryTotals(match: InventoryMatch): InventoryTotals {
  const pairs = match.pairs.filter(({ is }) => is !== 'gone');
  const of = (is: InventoryPair['is']) => pairs.filter((pair) => pair.is === is).length;
  const differing = of('differs');
  return {
    ours: pairs.filter(({ ours }) => ours !== null).length,
    theirs: sumOf(pairs.map(({ theirs }) => theirs.length)),
    matched: of('matched'),
    inFlight: of('inFlight'),
    differing,
    differingCents: sum(pairs.map(({ difference: d }) => (d === null ? zeroCents : cents(Math.abs(d.oursCents - d.theirsCents))))),
    differingBasisPoints: pairs.length === 0 ? 0 : Math.round((10_000 * differing) / pairs.length),
  };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
