import { type CivilDate, dayOfWeek } from '../domain/civil-date.ts';
import { type AnchorKind, type DeadlinePolicy, isNotBefore } from '../domain/deadline.ts';
import { isBusinessDay } from './business-days.ts';

/** Every date a policy gives for an anchor; `withoutPresumptionOn` is the count from the anchor itself. */
export interface CountedDates {
  readonly presumedReceiptOn: CivilDate;
  readonly withoutPresumptionOn: CivilDate;
  readonly nominalOn: CivilDate;
  readonly legalOn: CivilDate;
  readonly safeByOn: CivilDate;
}

const anchorWords: Readonly<Record<AnchorKind, string>> = {
  servicedOn: 'the first date of service',
  servicedThrough: 'the last date of service',
  sentOn: 'the day it was sent',
  acceptedOn: 'the day the payer accepted the claim',
  remittanceOn: 'the date of the remittance',
  noticeOn: 'the date of the notice',
  filedOn: 'the day the request was filed',
  answeredOn: 'the date of the previous answer',
  firstStatementOn: 'the date of the first statement after discharge',
  placedOn: 'the day the balance was placed',
  recallSentOn: 'the day the recall was sent',
  identifiedOn: 'the day the overpayment was identified',
  taskOpenedOn: 'the day the task was opened',
};

const unitWords = { calendar: 'calendar day', business: 'business day', month: 'calendar month', year: 'calendar year' } as const;
const confirmedWords = {
  confirmed: 'confirmed in its source',
  secondary: 'seen in a secondary source only',
  unconfirmed: 'unconfirmed, check before relying on it',
} as const;
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** How a biller gets from the anchor to the safe date by hand, one step a sentence; the citation comes last. */
export function explain(policy: DeadlinePolicy, anchorOn: CivilDate, dates: CountedDates): readonly string[] {
  return [
    `Counting starts on ${named(anchorOn)}, ${anchorWords[policy.anchor]}${policy.includeAnchorDay ? ', which is day 1' : ''}.`,
    ...presumption(policy, dates),
    `${plural(policy.amount, unitWords[policy.unit])} ${policy.amount === 1 ? 'ends' : 'end'} on ${named(dates.nominalOn)}${dayOff(dates.nominalOn)}.`,
    ...roll(policy, dates),
    ...(isNotBefore(policy.kind) ? notBefore(policy, dates) : notAfter(policy, dates)),
    `${policy.citation} (${policy.source}, seen ${policy.seenOn}; ${confirmedWords[policy.confirmed]}).`,
  ];
}

export function named(date: CivilDate): string {
  return `${weekdays[dayOfWeek(date)]} ${date}`;
}

function presumption(policy: DeadlinePolicy, dates: CountedDates): string[] {
  if (policy.receiptPresumptionDays === 0) return [];
  return [`Receipt is presumed ${plural(policy.receiptPresumptionDays, 'calendar day')} later, on ${named(dates.presumedReceiptOn)}.`];
}

function roll(policy: DeadlinePolicy, dates: CountedDates): string[] {
  if (isBusinessDay(dates.nominalOn)) return [];
  if (dates.legalOn !== dates.nominalOn) return [`The last day rolls to the next business day, ${named(dates.legalOn)}.`];
  if (policy.roll === 'none') return ['No rule moves the last day off a weekend or holiday.'];
  return ['A roll to the next business day is reported but not confirmed, so the last day stays.'];
}

function notAfter(policy: DeadlinePolicy, dates: CountedDates): string[] {
  const early =
    dates.withoutPresumptionOn < dates.nominalOn
      ? [
          `Without the presumption the last day would be ${named(dates.withoutPresumptionOn)}${dayOff(dates.withoutPresumptionOn)}; the safe date uses it.`,
        ]
      : [];
  const cutoff = policy.cutoff === null ? '' : `, by ${policy.cutoff.time} ${policy.cutoff.zone}`;
  return [...early, `Work by ${named(dates.safeByOn)}${cutoff}: ${buffered(policy, 'before')}, and it counts when ${policy.filedWhen}.`];
}

function notBefore(policy: DeadlinePolicy, dates: CountedDates): string[] {
  return [`Take no step that this date forbids before ${named(dates.safeByOn)}: ${buffered(policy, 'after')}.`];
}

function buffered(policy: DeadlinePolicy, side: 'before' | 'after'): string {
  const nearest = side === 'before' ? 'the last business day on or before it' : 'the first business day on or after it';
  if (policy.bufferBusinessDays === 0) return nearest;
  return `${plural(policy.bufferBusinessDays, 'business day')} ${side} ${nearest}`;
}

function dayOff(date: CivilDate): string {
  if (isBusinessDay(date)) return '';
  return dayOfWeek(date) > 5 ? ', a weekend' : ', a federal holiday';
}

function plural(amount: number, word: string): string {
  return `${amount} ${word}${amount === 1 ? '' : 's'}`;
}
