import { addDays, type CivilDate, daysBetween } from '../domain/civil-date.ts';
import { addBusinessDays } from '../deadlines/business-days.ts';
import { grouped } from '../domain/grouped.ts';
import { type Cents, sum } from '../domain/money.ts';
import type { AnswerDays, OurPlacement } from './inventory.ts';

/** A payment that counts for a vendor: inside the placement, less what bounced or was given back. */
export interface CountedPayment {
  readonly reference: string;
  readonly paidOn: CivilDate;
  readonly cents: Cents;
}

/** What was placed in one month in one tier, and how much of it came back as money. */
export interface Batch {
  /** `2026-07` */
  readonly month: string;
  readonly tier: string;
  readonly placements: number;
  readonly placedCents: Cents;
  readonly collectedCents: Cents;
  /** Of what was placed, in hundredths of a percent, to date. */
  readonly liquidationBasisPoints: number;
  /** After so many days; null while its youngest placement is not so old. */
  readonly after: readonly { readonly days: number; readonly basisPoints: number | null }[];
}

export interface Latency {
  readonly count: number;
  /** Days; null when there is none. */
  readonly median: number | null;
  readonly ninetieth: number | null;
  readonly longest: number | null;
  /** Not answered yet, and those of them that are late. */
  readonly waiting: number;
  readonly late: number;
}

export interface Scorecard {
  readonly asOf: CivilDate;
  readonly placements: number;
  readonly placedCents: Cents;
  readonly collectedCents: Cents;
  readonly liquidationBasisPoints: number;
  readonly refused: number;
  /** The youngest month first. */
  readonly batches: readonly Batch[];
  readonly bands: readonly (Omit<Batch, 'month' | 'tier' | 'after'> & { readonly name: string })[];
  readonly acknowledgement: Latency;
  readonly recall: Latency;
  readonly complaints: number;
  /** Per thousand placements. */
  readonly complaintsPerThousand: number;
}

const checkpoints = [30, 60, 90, 180, 365] as const;

const balanceBands = [
  { name: 'below $250', fromCents: 0 },
  { name: '$250 to $999', fromCents: 25_000 },
  { name: '$1,000 to $4,999', fromCents: 100_000 },
  { name: '$5,000 and more', fromCents: 500_000 },
] as const;

/** How a vendor does, from our own records. What it never accepted counts as refused and nowhere else. */
export function scorecard(question: {
  readonly placements: readonly OurPlacement[];
  readonly payments: readonly CountedPayment[];
  readonly complaints: number;
  readonly asOf: CivilDate;
  readonly days: AnswerDays;
}): Scorecard {
  const { placements, complaints, asOf, days } = question;
  const paid = grouped(question.payments, ({ reference }) => reference);
  const taken = placements.flatMap(({ placedOn, ...rest }) =>
    placedOn === null ? [] : [{ ...rest, placedOn, payments: paid.get(rest.reference) ?? [] }],
  );
  const batches = [...grouped(taken, ({ placedOn, tier }) => `${placedOn.slice(0, 7)} ${tier}`).values()];
  return {
    asOf,
    ...sumsOf(taken),
    refused: placements.filter(({ status }) => status === 'refused').length,
    batches: batches.map((batch) => batchOf(batch, asOf)).toSorted((a, b) => order(b.month, a.month) || order(a.tier, b.tier)),
    bands: balanceBands.map(({ name }) => ({ name, ...sumsOf(taken.filter(({ placedCents }) => bandName(placedCents) === name)) })),
    acknowledgement: latencyOf(
      placements.filter(({ status }) => status !== 'refused').map(({ offeredOn, placedOn }) => ({ from: offeredOn, to: placedOn })),
      asOf,
      days.acknowledgement,
    ),
    recall: latencyOf(
      placements.flatMap(({ recalledOn, returnedOn }) => (recalledOn === null ? [] : [{ from: recalledOn, to: returnedOn }])),
      asOf,
      days.recall,
    ),
    complaints,
    complaintsPerThousand: taken.length === 0 ? 0 : Math.round((1000 * complaints) / taken.length),
  };
}

type Taken = Omit<OurPlacement, 'placedOn'> & { readonly placedOn: CivilDate; readonly payments: readonly CountedPayment[] };

function sumsOf(taken: readonly Taken[]) {
  const placedCents = sum(taken.map((one) => one.placedCents));
  const collectedCents = collectedOf(taken, null);
  return { placements: taken.length, placedCents, collectedCents, liquidationBasisPoints: share(collectedCents, placedCents) };
}

function batchOf(batch: readonly Taken[], asOf: CivilDate): Batch {
  const [first] = batch;
  const youngest = batch.reduce((latest, { placedOn }) => (placedOn > latest ? placedOn : latest), first?.placedOn ?? asOf);
  const sums = sumsOf(batch);
  const after = checkpoints.map((days) => {
    const isOldEnough = addDays(youngest, days) <= asOf;
    return { days, basisPoints: isOldEnough ? share(collectedOf(batch, days), sums.placedCents) : null };
  });
  return { month: (first?.placedOn ?? asOf).slice(0, 7), tier: first?.tier ?? '', ...sums, after };
}

function collectedOf(taken: readonly Taken[], withinDays: number | null): Cents {
  return sum(
    taken.flatMap(({ placedOn, payments }) =>
      payments.filter(({ paidOn }) => withinDays === null || paidOn <= addDays(placedOn, withinDays)).map(({ cents }) => cents),
    ),
  );
}

function bandName(placedCents: Cents): string {
  return (balanceBands.findLast(({ fromCents }) => fromCents <= placedCents) ?? balanceBands[0]).name;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((10_000 * part) / whole);
}

function latencyOf(
  answers: readonly { readonly from: CivilDate; readonly to: CivilDate | null }[],
  asOf: CivilDate,
  allowedDays: number,
): Latency {
  const took = answers.flatMap(({ from, to }) => (to === null ? [] : [daysBetween(from, to)])).sort((a, b) => a - b);
  const waiting = answers.filter(({ to }) => to === null);
  const at = (hundredths: number) => took[Math.max(0, Math.ceil((took.length * hundredths) / 100) - 1)] ?? null;
  const late = waiting.filter(({ from }) => addBusinessDays(from, allowedDays) < asOf).length;
  return { count: took.length, median: at(50), ninetieth: at(90), longest: at(100), waiting: waiting.length, late };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
