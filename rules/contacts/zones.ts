import { z } from 'zod';
import { civilDateAt, type Instant, instant, type Zone } from '../domain/civil-date.ts';
import type { ContactFact, Place } from '../domain/contact.ts';
import { readReferenceFile } from '../domain/reference-file.ts';
import file from '../reference/contact-zones.json' with { type: 'json' };

/** In which zones a person may be, by state and the first three digits of the postal code. */
export interface ZoneTable {
  /** Where the state is not known. */
  readonly unknown: readonly Zone[];
  readonly states: readonly {
    readonly state: string;
    /** Where no prefix says less. */
    readonly zones: readonly Zone[];
    readonly prefixes: readonly { readonly from: string; readonly to: string; readonly zones: readonly Zone[] }[];
  }[];
}

/** One zone, or all that may be meant; never none. */
export function zonesOfPlace({ state, postalCode }: Place, table: ZoneTable): readonly Zone[] {
  const known = table.states.find((one) => one.state === state.toUpperCase());
  if (known === undefined) return table.unknown;
  const prefix = postalCode.slice(0, 3);
  const narrower = known.prefixes.find(({ from, to }) => /^\d{3}$/.test(prefix) && from <= prefix && prefix <= to);
  return narrower?.zones ?? known.zones;
}

/** Those of the address first, then of every other place where they may be at that moment. */
export function zonesAt(place: Place, facts: readonly ContactFact[], at: Instant): readonly Zone[] {
  const table = contactZones();
  const others = facts.flatMap((fact) =>
    fact.kind === 'otherPlace' && fact.since <= at && (fact.until === null || at < fact.until) ? zonesOfPlace(fact, table) : [],
  );
  return [...new Set([...zonesOfPlace(place, table), ...others])];
}

const zone = z.string().refine(isZone, 'expected a zone of the IANA list, such as "America/Denver"');
const zones = z.array(zone).min(1);
const prefix = z.string().regex(/^\d{3}$/, 'expected the first three digits of a postal code');
const table = z.strictObject({
  note: z.string().min(1),
  source: z.string().min(1),
  seenOn: z.string().min(1),
  unknown: zones,
  states: z.array(
    z.strictObject({
      state: z.string().regex(/^[A-Z]{2}$/),
      zones,
      prefixes: z.array(z.strictObject({ from: prefix, to: prefix, zones }).refine(({ from, to }) => from <= to)).default([]),
    }),
  ),
});

function isZone(name: string): boolean {
  try {
    civilDateAt(instant('2026-01-01T00:00:00Z'), name);
    return true;
  } catch {
    return false;
  }
}

let shipped: ZoneTable | undefined;

/** The table of this checkout. @throws DomainError `contacts.unreadable-zones` */
export function contactZones(): ZoneTable {
  shipped ??= readReferenceFile(table, JSON.stringify(file), 'contacts.unreadable-zones');
  return shipped;
}
