import { addDays, addMilliseconds, type CivilDate, dayOfWeek, type Instant, instantAt, instantAtTime } from '../domain/civil-date.ts';
import type { Contact } from '../domain/contact.ts';
import { type Case, debtsOf, isAbout, lasts, latest, type Objection } from './case.ts';
import { localClock, localDate } from './local-time.ts';
import type { ContactRule, Reach } from './policy.ts';

/** Rules of days and hours: each is kept in every zone where the person may be. */

type Rule<K extends ContactRule['kind']> = Extract<ContactRule, { readonly kind: K }>;

export function overCap(one: Case, rule: Rule<'cap'>): Objection | null {
  const { policy, proposed } = one;
  const counted = reached(one, rule, rule.days).filter(
    ({ direction, channel, purpose, outcome }) =>
      direction === 'out' && policy.channels.includes(channel) && policy.purposes.includes(purpose) && !rule.uncounted.includes(outcome),
  );
  const objections = one.zones.flatMap((zone) =>
    groups(one, rule, counted).flatMap((contacts): Objection[] => {
      const days = contacts.map(({ at }) => localDate(at, zone));
      const today = localDate(proposed.at, zone);
      if (within(days, today, rule.days) < rule.most) return [];
      const free = Array.from({ length: rule.days }, (_, n) => addDays(today, n + 1)).find(
        (day) => within(days, day, rule.days) < rule.most,
      );
      const reach = rule.per === 'debt' ? 'about this account' : 'of this person';
      const by = rule.across === 'party' ? 'by this party' : 'by us and all vendors';
      const because = `${within(days, today, rule.days)} contacts ${reach} ${by} within ${rule.days} days up to ${today}, of ${rule.most} that may be`;
      return [{ because, until: free === undefined ? null : instantAt(free, 0, zone) }];
    }),
  );
  return longest(objections);
}

export function tooSoonAfterConversation(one: Case, rule: Rule<'afterConversation'>): Objection | null {
  const { policy, proposed } = one;
  const conversations = reached(one, rule, rule.days).filter(
    ({ channel, outcome }) => outcome === 'conversation' && policy.channels.includes(channel),
  );
  const objections = one.zones.flatMap((zone) =>
    groups(one, rule, conversations).flatMap((contacts): Objection[] => {
      const last = contacts.map(({ at }) => localDate(at, zone)).reduce<CivilDate | null>((a, b) => (a === null || b > a ? b : a), null);
      if (last === null || localDate(proposed.at, zone) >= addDays(last, rule.days)) return [];
      const because = `a conversation on ${last}: none until ${rule.days} days are over, that day counted`;
      return [{ because, until: instantAt(addDays(last, rule.days), 0, zone) }];
    }),
  );
  return longest(objections);
}

export function outsideHours({ zones, proposed: { at } }: Case, { from, until }: Rule<'hours'>): Objection | null {
  const objections = zones.flatMap((zone): Objection[] => {
    const time = localClock(at, zone);
    const today = localDate(at, zone);
    const because = `${time.slice(0, 5)} in ${zone}, outside ${from} to ${until}`;
    if (time < from) return [{ because, until: instantAtTime(today, from, zone) }];
    return time >= until ? [{ because, until: instantAtTime(addDays(today, 1), from, zone) }] : [];
  });
  return longest(objections);
}

export function inconvenient({ standing, zones, proposed }: Case): Objection | null {
  const { at, place } = proposed;
  const known = standing.facts.filter((fact) => lasts(fact, at));
  const forbidden = known.find((fact) => fact.kind === 'inconvenientPlace' && fact.place === place);
  if (forbidden !== undefined) return { because: `the person called it inconvenient to be reached at: ${place}`, until: null };
  const objections = known.flatMap((fact) => {
    if (fact.kind !== 'inconvenientTime') return [];
    return zones.flatMap((zone): Objection[] => {
      const time = localClock(at, zone);
      const today = localDate(at, zone);
      if (!fact.days.includes(dayOfWeek(today)) || time < fact.from || time >= fact.to) return [];
      const because = `the person called ${fact.from} to ${fact.to} inconvenient on that day of the week; it is ${time.slice(0, 5)} in ${zone}`;
      return [{ because, until: fact.to === '24:00' ? instantAt(addDays(today, 1), 0, zone) : instantAtTime(today, fact.to, zone) }];
    });
  });
  return longest(objections);
}

const dayMs = 86_400_000;

/** What was before the proposed contact and may fall into the same run of days in some zone, of the party or of everyone. */
function reached({ standing, proposed }: Case, { across }: Reach, days: number): readonly Contact[] {
  const since = earliest(proposed.at, days + 2);
  return standing.contacts.filter(
    ({ at, party }) => since <= at && at <= proposed.at && (across === 'everyone' || party === proposed.party),
  );
}

function earliest(at: Instant, days: number): Instant {
  return addMilliseconds(at, -days * dayMs);
}

function groups({ proposed }: Case, { per }: Reach, contacts: readonly Contact[]): readonly (readonly Contact[])[] {
  if (per === 'person') return [contacts];
  return debtsOf(proposed, contacts).map((debt) => contacts.filter((contact) => isAbout(contact, debt)));
}

/** How many of the days are among the `length` days that end with that one. */
function within(days: readonly CivilDate[], last: CivilDate, length: number): number {
  const first = addDays(last, 1 - length);
  return days.filter((day) => first <= day && day <= last).length;
}

/** The one that lasts longest speaks; without end is longest. */
function longest(objections: readonly Objection[]): Objection | null {
  const endless = objections.find(({ until }) => until === null);
  if (endless !== undefined) return endless;
  const last = latest(objections.flatMap(({ until }) => (until === null ? [] : [until])));
  return objections.find(({ until }) => until === last) ?? null;
}
