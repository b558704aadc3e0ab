import { addDays, addMonths, type CivilDate, earlier } from '../domain/civil-date.ts';
import type { Instalment, PlanTerms } from '../domain/plan.ts';

/** Where a plan stands on one day. */
export interface PlanStanding {
  /** What is still to be paid, the earliest first; the first may be the rest of one. */
  readonly unpaid: readonly Instalment[];
  /** Instalments whose days of grace have passed. */
  readonly missed: number;
  /** Of everything that was due before that day. */
  readonly overdueCents: number;
  /** Nothing is left, or so little that nobody asks for it once the last day has passed. */
  readonly isPaid: boolean;
  readonly isInDefault: boolean;
  /** The next day on which this may change without a payment; null when nothing is unpaid, or it cannot get worse. */
  readonly changesOn: CivilDate | null;
}

/**
 * What is left of a schedule after so much was paid on it, and no more than is owed: where less is owed than the schedule says (an insurer paid
 * after all), its last instalments fall away.
 */
export function unpaidOf(instalments: readonly Instalment[], paidCents: number, balanceCents: number): readonly Instalment[] {
  let paid = Math.max(0, paidCents);
  let owed = Math.max(0, balanceCents);
  return instalments.flatMap(({ dueOn, cents }) => {
    const covered = Math.min(paid, cents);
    paid -= covered;
    const left = Math.min(cents - covered, owed);
    owed -= left;
    return left > 0 ? [{ dueOn, cents: left }] : [];
  });
}

/** A partial payment counts; an instalment is missed until all of it but the tolerance is there. */
export function standingOf(
  { instalments, terms }: { readonly instalments: readonly Instalment[]; readonly terms: PlanTerms },
  { paidCents, balanceCents, on }: { readonly paidCents: number; readonly balanceCents: number; readonly on: CivilDate },
): PlanStanding {
  const { graceDays, toleranceCents, missedAtDefault } = terms;
  const unpaid = unpaidOf(instalments, paidCents, balanceCents);
  const missedOn = ({ dueOn }: Instalment) => addDays(dueOn, graceDays + 1);
  const late = unpaid.filter((one) => missedOn(one) <= on);
  const missed = late.filter(({ cents }) => cents > toleranceCents).length;
  const overdueCents = unpaid.filter(({ dueOn }) => dueOn < on).reduce((total, one) => total + one.cents, 0);
  const last = unpaid.at(-1);
  const isPaid = last === undefined || (late.length === unpaid.length && overdueCents <= toleranceCents);
  // When fewer are left than make a default, the last is in default once a month more has passed.
  const endOn = last === undefined ? null : addDays(addMonths(last.dueOn, 1), graceDays + 1);
  const isInDefault = !isPaid && (missed >= missedAtDefault || (endOn !== null && endOn <= on));
  const ahead = unpaid.map(missedOn).find((day) => day > on);
  const changesOn = isInDefault || isPaid || endOn === null ? null : ahead === undefined ? endOn : earlier(ahead, endOn);
  return { unpaid, missed, overdueCents, isPaid, isInDefault, changesOn };
}
