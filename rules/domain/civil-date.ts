import { Temporal } from 'temporal-polyfill';
import { DomainError } from './failures.ts';

/** A calendar date without time or zone, as ISO text `YYYY-MM-DD`; comparable with `<`. Comes only from the functions below. */
export type CivilDate = string & { readonly __brand: 'CivilDate' };

/** An instant in UTC as ISO text with milliseconds and `Z`; comparable with `<`. */
export type Instant = string & { readonly __brand: 'Instant' };

/** An IANA time zone name, such as `America/New_York`. */
export type Zone = string;

export function isCivilDate(text: string): text is CivilDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** @throws DomainError `date.not-civil` when the text is not an existing date written `YYYY-MM-DD`. */
export function civilDate(text: string): CivilDate {
  if (!isCivilDate(text)) throw new DomainError('date.not-civil', 'a date must exist and be written YYYY-MM-DD');
  return text;
}

/** X12 `D8` text `YYYYMMDD`; null when it is not an existing date. */
export function parseD8(text: string): CivilDate | null {
  if (!/^\d{8}$/.test(text)) return null;
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  return isCivilDate(iso) ? iso : null;
}

export function d8Text(date: CivilDate): string {
  return date.replaceAll('-', '');
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return dateOf(epochDay(date) + days);
}

/** A missing day of the month becomes the last day of that month (Feb 29 + 1 year = Feb 28). */
export function addMonths(date: CivilDate, months: number): CivilDate {
  return Temporal.PlainDate.from(date).add({ months }, { overflow: 'constrain' }).toString() as CivilDate;
}

/** Whole days from `from` to `to`, negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return epochDay(to) - epochDay(from);
}

/** 1 = Monday … 7 = Sunday. */
export function dayOfWeek(date: CivilDate): number {
  return modulo(epochDay(date) + 3, 7) + 1;
}

const daysPerEra = 146_097;

/** Days since 1970-01-01, 0 on that day. A year is counted from March, so that February's end is the year's; 400 years are an era. */
function epochDay(date: CivilDate): number {
  const month = Number(date.slice(5, 7));
  const year = Number(date.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + Number(date.slice(8, 10)) - 1;
  return era * daysPerEra + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function dateOf(day: number): CivilDate {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / daysPerEra);
  const dayOfEra = shifted - era * daysPerEra;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1, 2)}` as CivilDate;
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

function modulo(a: number, b: number): number {
  return a - b * Math.floor(a / b);
}

export function earlier(a: CivilDate, b: CivilDate): CivilDate {
  return a <= b ? a : b;
}

export function later(a: CivilDate, b: CivilDate): CivilDate {
  return a >= b ? a : b;
}

/** @throws DomainError `date.not-instant` when the text is not an instant with offset. */
export function instant(text: string): Instant {
  try {
    return Temporal.Instant.from(text).toString({ fractionalSecondDigits: 3 }) as Instant;
  } catch {
    throw new DomainError('date.not-instant', 'an instant must be ISO text with an offset, such as 2026-06-08T13:00:00Z');
  }
}

export function addMilliseconds(at: Instant, ms: number): Instant {
  return instant(Temporal.Instant.from(at).add({ milliseconds: ms }).toString());
}

export function civilDateAt(at: Instant, zone: Zone): CivilDate {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString() as CivilDate;
}

/** What a wall clock in the zone shows at that instant, `HH:MM:SS`; comparable with `<`. */
export function wallTimeAt(at: Instant, zone: Zone): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'second' });
}

/** The instant at which a wall clock in the zone shows that hour on that date. */
export function instantAt(date: CivilDate, hour: number, zone: Zone): Instant {
  return instant(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: { hour } }).toInstant().toString());
}

/** The first instant at which a wall clock in the zone shows `HH:MM` on that date; where the clock is put forward over it, the moment after. */
export function instantAtTime(date: CivilDate, time: string, zone: Zone): Instant {
  return instant(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant().toString());
}
