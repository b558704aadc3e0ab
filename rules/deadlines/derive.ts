import { addDays, type CivilDate, civilDateAt, daysBetween, earlier, type Instant, wallTimeAt } from '../domain/civil-date.ts';
import { type AnchorDates, type Cutoff, type DeadlinePolicy, type DerivedDeadline, isNotBefore } from '../domain/deadline.ts';
import { invariant } from '../domain/failures.ts';
import {
  addBusinessDays,
  businessDaysOf,
  type DayTest,
  isBusinessDay,
  lastBusinessDayOnOrBefore,
  nextBusinessDayOnOrAfter,
} from './business-days.ts';
import { countAll } from './count.ts';
import { explain } from './explain.ts';

/** Of a policy from its own anchor alone. */
export function deriveDeadline(policy: DeadlinePolicy, anchorOn: CivilDate): DerivedDeadline {
  const derived = deriveFrom(policy, { [policy.anchor]: anchorOn });
  invariant(derived !== null, 'a policy whose anchor is known gives a deadline');
  return derived;
}

/** Of a policy from all dates it counts from; null while none of them is known. */
export function deriveFrom(policy: DeadlinePolicy, anchors: AnchorDates): DerivedDeadline | null {
  const counts = countAll(policy, anchors);
  if (counts === null) return null;
  const { decisive, withoutPresumptionOn } = counts;
  const { nominalOn } = decisive;
  const isOpen = businessDaysOf(policy.calendar);
  const rolls = policy.roll === 'nextBusinessDay' && policy.rollConfirmed;
  const legalOn = rolls ? nextBusinessDayOnOrAfter(nominalOn, isOpen) : nominalOn;
  const safeByOn = safeBy(policy, { legalOn, lastOn: earlier(nominalOn, withoutPresumptionOn) }, isOpen);
  return {
    policyId: policy.id,
    kind: policy.kind,
    anchor: decisive.count.anchor,
    anchorOn: decisive.anchorOn,
    nominalOn,
    legalOn,
    safeByOn,
    derivation: explain(policy, counts, { legalOn, safeByOn, isOpen }),
    conflict: null,
  };
}

/** Calendar days from `asOf` to the nominal date: 0 on the last day, negative once it has passed. */
export function daysLeft(deadline: DerivedDeadline, asOf: CivilDate): number {
  return daysBetween(asOf, deadline.nominalOn);
}

/** The day on which something that arrived counts as received: after the cut-off, on a weekend or a holiday it is the next business day. */
export function receivedOn(at: Instant, cutoff: Cutoff, isOpen: DayTest = isBusinessDay): CivilDate {
  const day = civilDateAt(at, cutoff.zone);
  const isLate = wallTimeAt(at, cutoff.zone) > `${cutoff.time}:00`;
  return nextBusinessDayOnOrAfter(isLate ? addDays(day, 1) : day, isOpen);
}

/** When something was handed in. What is not known is absent. */
export interface Filing {
  readonly sentOn?: CivilDate;
  readonly postmarkedOn?: CivilDate;
  /** A civil date, or the moment, which a cut-off needs. */
  readonly received?: CivilDate | Instant;
}

/** The day on which a filing counts by its policy; null when the date that decides is not known. */
export function countsOn({ filedWhen, cutoff, calendar }: DeadlinePolicy, { sentOn, postmarkedOn, received }: Filing): CivilDate | null {
  if (filedWhen === 'sent') return sentOn ?? null;
  if (filedWhen === 'postmarked') return postmarkedOn ?? null;
  if (received === undefined || isDay(received)) return received ?? null;
  return cutoff === null ? null : receivedOn(received, cutoff, businessDaysOf(calendar));
}

function isDay(date: CivilDate | Instant): date is CivilDate {
  return date.length === 'YYYY-MM-DD'.length;
}

/** Safe dates are days on which we and the other side both work. */
function safeBy(
  { kind, bufferBusinessDays }: DeadlinePolicy,
  { legalOn, lastOn }: { readonly legalOn: CivilDate; readonly lastOn: CivilDate },
  isOpen: DayTest,
): CivilDate {
  const bothOpen: DayTest = (date) => isBusinessDay(date) && isOpen(date);
  if (isNotBefore(kind)) return addBusinessDays(nextBusinessDayOnOrAfter(legalOn, bothOpen), bufferBusinessDays, bothOpen);
  return addBusinessDays(lastBusinessDayOnOrBefore(lastOn, bothOpen), -bufferBusinessDays, bothOpen);
}
