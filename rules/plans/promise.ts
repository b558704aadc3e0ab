import { addDays, type CivilDate } from '../domain/civil-date.ts';
import type { PromiseToPay } from '../domain/plan.ts';

/** What was paid on a day; negative when it came back. */
export interface DatedAmount {
  readonly on: CivilDate;
  readonly cents: number;
}

/**
 * What became of an open promise by that day: kept as soon as all of it is there, else judged when its days of grace have passed. A payment
 * counts for it from the day on which it was made. @returns null while it is still to be seen
 */
export function promiseOutcome(
  promise: PromiseToPay,
  paid: readonly DatedAmount[],
  { graceDays, on }: { readonly graceDays: number; readonly on: CivilDate },
): { readonly status: 'kept' | 'partlyKept' | 'broken'; readonly paidCents: number } | null {
  const lastOn = addDays(promise.dueOn, graceDays);
  const inTime = paid.filter((one) => one.on >= promise.madeOn && one.on <= lastOn && one.on <= on);
  const paidCents = Math.max(
    0,
    Math.min(
      promise.cents,
      inTime.reduce((total, one) => total + one.cents, 0),
    ),
  );
  if (paidCents >= promise.cents) return { status: 'kept', paidCents };
  if (on <= lastOn) return null;
  return { status: paidCents > 0 ? 'partlyKept' : 'broken', paidCents };
}

export interface PromiseCounts {
  readonly made: number;
  readonly open: number;
  readonly kept: number;
  readonly partlyKept: number;
  readonly broken: number;
  readonly promisedCents: number;
  readonly paidCents: number;
}

/** Of those that are settled, in hundredths of a percent, rounded down; null when none is. A promise kept in part is not kept. */
export function keptRate({ kept, partlyKept, broken }: PromiseCounts): number | null {
  const settled = kept + partlyKept + broken;
  return settled === 0 ? null : Math.floor((kept * 10_000) / settled);
}
