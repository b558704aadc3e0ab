import { addDays, addMonths, type CivilDate, civilDate, earlier, later } from '../domain/civil-date.ts';
import type { AnchorDates, Count, DeadlinePolicy } from '../domain/deadline.ts';
import { assertNever } from '../domain/failures.ts';
import { addBusinessDays, businessDaysOf, type DayTest } from './business-days.ts';

/** What one count gives; `withoutPresumptionOn` is the count from the anchor itself. */
export interface Counted {
  readonly count: Count;
  readonly anchorOn: CivilDate;
  readonly presumedReceiptOn: CivilDate;
  readonly withoutPresumptionOn: CivilDate;
  readonly nominalOn: CivilDate;
}

export interface CountedAll {
  /** Null where its anchor is not known. */
  readonly own: Counted | null;
  readonly orIfLater: readonly Counted[];
  readonly notLaterThan: readonly Counted[];
  /** The one that decides: the latest of own and `orIfLater`, or the earliest of `notLaterThan` when that comes first. */
  readonly decisive: Counted;
  /** What would decide if nothing were presumed. */
  readonly withoutPresumptionOn: CivilDate;
}

/** Null while none of the dates it counts from is known. */
export function countAll(policy: DeadlinePolicy, anchors: AnchorDates): CountedAll | null {
  const isOpen = businessDaysOf(policy.calendar);
  const known = (counts: readonly Count[]) => counts.flatMap((count) => counted(count, anchors[count.anchor] ?? null, isOpen));
  const own = known([policy]);
  const orIfLater = known(policy.orIfLater);
  const notLaterThan = known(policy.notLaterThan);
  const latest = [...own, ...orIfLater].reduce<Counted | null>((best, next) => (isBefore(best, next) ? next : best), null);
  const decisive = notLaterThan.reduce((best, next) => (best === null || isBefore(next, best) ? next : best), latest);
  if (decisive === null) return null;
  const ends = notLaterThan.map((end) => end.withoutPresumptionOn);
  const withoutPresumptionOn = ends.reduce(
    earlier,
    [...own, ...orIfLater]
      .map((each) => each.withoutPresumptionOn)
      .reduce(later, latest?.withoutPresumptionOn ?? decisive.withoutPresumptionOn),
  );
  return { own: own[0] ?? null, orIfLater, notLaterThan, decisive, withoutPresumptionOn };
}

function isBefore(a: Counted | null, b: Counted): boolean {
  return a === null || a.nominalOn < b.nominalOn;
}

function counted(count: Count, anchorOn: CivilDate | null, isOpen: DayTest): readonly Counted[] {
  if (anchorOn === null) return [];
  const presumedReceiptOn = addDays(anchorOn, count.receiptPresumptionDays);
  const nominalOn = ended(count, presumedReceiptOn, isOpen);
  const withoutPresumptionOn = count.receiptPresumptionDays === 0 ? nominalOn : ended(count, anchorOn, isOpen);
  return [{ count, anchorOn, presumedReceiptOn, withoutPresumptionOn, nominalOn }];
}

function ended(count: Count, from: CivilDate, isOpen: DayTest): CivilDate {
  const included = count.includeAnchorDay ? -1 : 0;
  switch (count.unit) {
    case 'calendar':
      return addDays(from, count.amount + included);
    case 'business':
      return addBusinessDays(addDays(from, included), count.amount, isOpen);
    case 'month':
      return addDays(monthsLater(from, count.amount, count.missingDay), included);
    case 'year':
      return addDays(monthsLater(from, 12 * count.amount, count.missingDay), included);
    case 'yearEnd':
      return civilDate(`${Number(from.slice(0, 4)) + count.amount}-12-31`);
    default:
      return assertNever(count.unit);
  }
}

function monthsLater(from: CivilDate, months: number, missingDay: Count['missingDay']): CivilDate {
  const day = addMonths(from, months);
  return missingDay === 'firstOfNext' && isShortened(from, day) ? addDays(day, 1) : day;
}

function isShortened(from: CivilDate, to: CivilDate): boolean {
  return from.slice(8) !== to.slice(8);
}
