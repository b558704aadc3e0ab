import { addDays, addMonths, type CivilDate, civilDateAt, daysBetween, earlier, type Instant, wallTimeAt } from '../domain/civil-date.ts';
import { type Cutoff, type DeadlinePolicy, type DerivedDeadline, isNotBefore } from '../domain/deadline.ts';
import { assertNever } from '../domain/failures.ts';
import { addBusinessDays, lastBusinessDayOnOrBefore, nextBusinessDayOnOrAfter } from './business-days.ts';
import { type CountedDates, explain } from './explain.ts';

export function deriveDeadline(policy: DeadlinePolicy, anchorOn: CivilDate): DerivedDeadline {
  const dates = countDates(policy, anchorOn);
  return {
    policyId: policy.id,
    kind: policy.kind,
    anchor: policy.anchor,
    anchorOn,
    nominalOn: dates.nominalOn,
    legalOn: dates.legalOn,
    safeByOn: dates.safeByOn,
    derivation: explain(policy, anchorOn, dates),
    conflict: null,
  };
}

/** Calendar days from `asOf` to the nominal date: 0 on the last day, negative once it has passed. */
export function daysLeft(deadline: DerivedDeadline, asOf: CivilDate): number {
  return daysBetween(asOf, deadline.nominalOn);
}

/** The day on which something that arrived counts as received: after the cut-off, on a weekend or a holiday it is the next business day. */
export function receivedOn(at: Instant, cutoff: Cutoff): CivilDate {
  const day = civilDateAt(at, cutoff.zone);
  const isLate = wallTimeAt(at, cutoff.zone) > `${cutoff.time}:00`;
  return nextBusinessDayOnOrAfter(isLate ? addDays(day, 1) : day);
}

function countDates(policy: DeadlinePolicy, anchorOn: CivilDate): CountedDates {
  const presumedReceiptOn = addDays(anchorOn, policy.receiptPresumptionDays);
  const nominalOn = count(policy, presumedReceiptOn);
  const withoutPresumptionOn = count(policy, anchorOn);
  const rolls = policy.roll === 'nextBusinessDay' && policy.rollConfirmed;
  const legalOn = rolls ? nextBusinessDayOnOrAfter(nominalOn) : nominalOn;
  const safeByOn = isNotBefore(policy.kind)
    ? addBusinessDays(nextBusinessDayOnOrAfter(legalOn), policy.bufferBusinessDays)
    : addBusinessDays(lastBusinessDayOnOrBefore(earlier(nominalOn, withoutPresumptionOn)), -policy.bufferBusinessDays);
  return { presumedReceiptOn, withoutPresumptionOn, nominalOn, legalOn, safeByOn };
}

function count(policy: DeadlinePolicy, from: CivilDate): CivilDate {
  const included = policy.includeAnchorDay ? -1 : 0;
  switch (policy.unit) {
    case 'calendar':
      return addDays(from, policy.amount + included);
    case 'business':
      return addBusinessDays(addDays(from, included), policy.amount);
    case 'month':
      return addDays(addMonths(from, policy.amount), included);
    case 'year':
      return addDays(addMonths(from, 12 * policy.amount), included);
    default:
      return assertNever(policy.unit);
  }
}
