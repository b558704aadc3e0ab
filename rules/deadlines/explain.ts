import { type CivilDate, dayOfWeek } from '../domain/civil-date.ts';
import { type AnchorKind, type Count, type DeadlinePolicy, isNotBefore } from '../domain/deadline.ts';
import { type DayTest, isBusinessDay } from './business-days.ts';
import type { Counted, CountedAll } from './count.ts';

interface Settled {
  readonly legalOn: CivilDate;
  readonly safeByOn: CivilDate;
  readonly isOpen: DayTest;
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
  balanceChangedOn: 'the day on which what a vendor should know changed',
  taskOpenedOn: 'the day the task was opened',
  returnedOn: 'the day the payer returned the form',
  authorizedOn: 'the day the service was authorized afterwards',
  inquiredOn: 'the day of the last status inquiry',
  negotiationOn: 'the day open negotiation began',
  determinedOn: 'the day the dispute was determined',
  activeOn: 'the owner’s last activity',
  dormantOn: 'the day the property became dormant',
};

const unitWords = { calendar: 'calendar day', business: 'business day', month: 'calendar month', year: 'calendar year' } as const;
const confirmedWords = {
  confirmed: 'confirmed in its source',
  secondary: 'seen in a secondary source only',
  unconfirmed: 'unconfirmed, check before relying on it',
} as const;
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** How a biller gets from the anchors to the safe date by hand, one step a sentence; the citation comes last. */
export function explain(policy: DeadlinePolicy, counts: CountedAll, settled: Settled): readonly string[] {
  return [
    ...(counts.own === null ? ownUnknown(policy) : own(policy, counts.own)),
    ...counts.orIfLater.map((other) => `Or, if later: ${countedFrom(policy, other)}; it ${verdict(other, counts, 'later')}.`),
    ...counts.notLaterThan.map((end) => `But not later than ${countedFrom(policy, end)}; that ${verdict(end, counts, 'earlier')}.`),
    ...calendarUsed(policy, counts),
    ...roll(policy, counts.decisive.nominalOn, settled),
    ...(isNotBefore(policy.kind) ? notBefore(policy, settled) : notAfter(policy, counts, settled)),
    `${policy.citation} (${policy.source}${policy.seenOn === null ? '' : `, seen ${policy.seenOn}`}; ${confirmedWords[policy.confirmed]}).`,
  ];
}

export function named(date: CivilDate): string {
  return `${weekdays[dayOfWeek(date)]} ${date}`;
}

/** What a policy says, before any date is known: `90 calendar days from the date of the notice`. */
export function ruleWords(policy: DeadlinePolicy): string {
  const words = (count: Count) => `${amountWords(count)} from ${anchorWords[count.anchor]}`;
  const later = policy.orIfLater.map((count) => `, or ${words(count)} if later`);
  const ends = policy.notLaterThan.map((count) => `, not later than ${words(count)}`);
  return [words(policy), ...later, ...ends].join('');
}

function ownUnknown(policy: DeadlinePolicy): string[] {
  return [`${sentence(anchorWords[policy.anchor])} is not known, so what counts from it is left out.`];
}

function own(policy: DeadlinePolicy, { count, anchorOn, presumedReceiptOn, nominalOn }: Counted): string[] {
  const start = `Counting starts on ${named(anchorOn)}, ${anchorWords[count.anchor]}${count.includeAnchorDay ? ', which is day 1' : ''}.`;
  const ends =
    count.unit === 'yearEnd'
      ? `The time ends with the year, on ${named(nominalOn)}${dayOff(policy, nominalOn)}${inYears(count.amount)}.`
      : `${amountWords(count)} ${count.amount === 1 ? 'ends' : 'end'} on ${named(nominalOn)}${dayOff(policy, nominalOn)}${missing(count, presumedReceiptOn, nominalOn)}.`;
  return [start, ...presumption(count, presumedReceiptOn), ends];
}

function countedFrom(policy: DeadlinePolicy, { count, anchorOn, presumedReceiptOn, nominalOn }: Counted): string {
  const receipt = count.receiptPresumptionDays === 0 ? '' : ` (received, it is presumed, on ${named(presumedReceiptOn)})`;
  const dayOne = count.includeAnchorDay ? ', which is day 1' : '';
  return `${amountWords(count)} from ${named(anchorOn)}, ${anchorWords[count.anchor]}${dayOne}${receipt}, ${named(nominalOn)}${dayOff(policy, nominalOn)}`;
}

function verdict(one: Counted, { decisive }: CountedAll, comparison: 'later' | 'earlier'): string {
  if (one === decisive) return 'decides';
  return comparison === 'later' ? 'does not decide' : 'is no earlier end';
}

function amountWords(count: Count): string {
  return count.unit === 'yearEnd' ? `the end of the year${inYears(count.amount)}` : plural(count.amount, unitWords[count.unit]);
}

function inYears(amount: number): string {
  return `, ${plural(amount, 'year')} after the year of the anchor`;
}

function presumption(count: Count, presumedReceiptOn: CivilDate): string[] {
  if (count.receiptPresumptionDays === 0) return [];
  return [`Receipt is presumed ${plural(count.receiptPresumptionDays, 'calendar day')} later, on ${named(presumedReceiptOn)}.`];
}

function missing({ unit, missingDay, includeAnchorDay }: Count, from: CivilDate, nominalOn: CivilDate): string {
  const isMonths = unit === 'month' || unit === 'year';
  if (!isMonths || includeAnchorDay || from.slice(8) === nominalOn.slice(8)) return '';
  const taken = missingDay === 'firstOfNext' ? 'the first of the next one counts' : 'its last day counts';
  return `: the month has no day ${Number(from.slice(8))}, so ${taken}`;
}

/** Said only where another calendar than the federal one can make a difference. */
function calendarUsed({ calendar, roll: rolls, unit }: DeadlinePolicy, { decisive }: CountedAll): string[] {
  if (calendar.daysOff === null || (rolls === 'none' && unit !== 'business')) return [];
  const year = decisive.nominalOn.slice(0, 4);
  const unknown = calendar.daysOff[year] === undefined ? ` No list for ${year} is kept: only its weekends count as days off.` : '';
  return [`Business days are those of ${calendar.title}.${unknown}`];
}

function roll(policy: DeadlinePolicy, nominalOn: CivilDate, { legalOn, isOpen }: Settled): string[] {
  if (isOpen(nominalOn)) return [];
  if (legalOn !== nominalOn) return [`The last day rolls to the next business day, ${named(legalOn)}.`];
  if (policy.roll === 'none') return ['No rule moves the last day off a weekend or holiday.'];
  return ['A roll to the next business day is reported but not confirmed, so the last day stays.'];
}

function notAfter(policy: DeadlinePolicy, { decisive, withoutPresumptionOn }: CountedAll, { safeByOn }: Settled): string[] {
  const early =
    withoutPresumptionOn < decisive.nominalOn
      ? [
          `Without the presumption the last day would be ${named(withoutPresumptionOn)}${dayOff(policy, withoutPresumptionOn)}; the safe date uses it.`,
        ]
      : [];
  const cutoff = policy.cutoff === null ? '' : `, by ${policy.cutoff.time} ${policy.cutoff.zone}`;
  return [...early, `Work by ${named(safeByOn)}${cutoff}: ${buffered(policy, 'before')}, and it counts when ${policy.filedWhen}.`];
}

function notBefore(policy: DeadlinePolicy, { safeByOn }: Settled): string[] {
  return [`Take no step that this date forbids before ${named(safeByOn)}: ${buffered(policy, 'after')}.`];
}

function buffered(policy: DeadlinePolicy, side: 'before' | 'after'): string {
  const nearest = side === 'before' ? 'the last business day on or before it' : 'the first business day on or after it';
  if (policy.bufferBusinessDays === 0) return nearest;
  return `${plural(policy.bufferBusinessDays, 'business day')} ${side} ${nearest}`;
}

function dayOff({ calendar }: DeadlinePolicy, date: CivilDate): string {
  if (dayOfWeek(date) > 5) return ', a weekend';
  if (!isBusinessDay(date)) return ', a federal holiday';
  return calendar.daysOff?.[date.slice(0, 4)]?.includes(date) === true ? `, a day off of ${calendar.title}` : '';
}

function plural(amount: number, word: string): string {
  return `${amount} ${word}${amount === 1 ? '' : 's'}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
