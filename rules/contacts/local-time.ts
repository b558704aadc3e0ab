import { type CivilDate, civilDateAt, type Instant, wallTimeAt, type Zone } from '../domain/civil-date.ts';

interface LocalTime {
  readonly on: CivilDate;
  /** `HH:MM:SS` */
  readonly time: string;
}

/** The same contact is looked at by every rule and from every later contact; what a clock shows costs more than all the rest. */
const known = new Map<string, LocalTime>();
const manyKnown = 20_000;

function localTime(at: Instant, zone: Zone): LocalTime {
  const key = `${at} ${zone}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= manyKnown) known.clear();
  const found = { on: civilDateAt(at, zone), time: wallTimeAt(at, zone) };
  known.set(key, found);
  return found;
}

export function localDate(at: Instant, zone: Zone): CivilDate {
  return localTime(at, zone).on;
}

/** `HH:MM:SS` */
export function localClock(at: Instant, zone: Zone): string {
  return localTime(at, zone).time;
}
