import { type CivilDate, later } from '../domain/civil-date.ts';

/** The latest of these days; null when there is none, or when one of them is not known. */
export function latestOf(days: readonly (CivilDate | null)[]): CivilDate | null {
  const [first = null, ...rest] = days;
  return rest.reduce<CivilDate | null>((latest, day) => (latest === null || day === null ? null : later(latest, day)), first);
}
