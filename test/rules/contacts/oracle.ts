import type { ConsentAct, Contact, ContactStanding, ProposedContact } from '../../../rules/domain/contact.ts';

/**
 * The rules of DOMAIN §7.5 once more, in another way: nothing of rules/contacts is used, numbers and names stand here again, local time comes from
 * Intl, days are whole numbers. A number changed in the data or a fault in the code shows as a difference.
 */

const zoneLists: Readonly<Record<string, readonly string[]>> = {
  'OH 43215': ['America/New_York'],
  'CA 90001': ['America/Los_Angeles'],
  'AZ 85001': ['America/Phoenix'],
  'KY 42701': ['America/New_York', 'America/Chicago'],
  'TX 79936': ['America/Denver'],
  'FL 32401': ['America/New_York', 'America/Chicago'],
  'HI 96813': ['Pacific/Honolulu'],
  ' ': ['America/New_York', 'America/Los_Angeles'],
};

export const oraclePlaces = Object.keys(zoneLists).map((key) => {
  const [state = '', postalCode = ''] = key.split(' ');
  return { state, postalCode };
});

interface Local {
  readonly day: number;
  /** 1 = Monday. */
  readonly weekday: number;
  readonly minutes: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, Local>();

function local(at: string, zone: string): Local {
  const key = `${at.slice(0, 16)} ${zone}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', dateStyle: 'short', timeStyle: 'short' });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(new Date(at)).map(({ type, value }) => [type, Number(value)]));
  const day = Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'] ?? 1) / 86_400_000;
  const found = { day, weekday: ((day + 3) % 7) + 1, minutes: (parts['hour'] ?? 0) * 60 + (parts['minute'] ?? 0) };
  known.set(key, found);
  return found;
}

/** Days off of the federal government that the random years meet. */
const daysOff = new Set(
  [
    '2026-01-01',
    '2026-01-19',
    '2026-02-16',
    '2026-05-25',
    '2026-06-19',
    '2026-07-03',
    '2026-09-07',
    '2026-10-12',
    '2026-11-11',
    '2026-11-26',
    '2026-12-25',
  ]
    .concat([
      '2027-01-01',
      '2027-01-18',
      '2027-02-15',
      '2027-05-31',
      '2027-06-18',
      '2027-07-05',
      '2027-09-06',
      '2027-10-11',
      '2027-11-11',
      '2027-11-25',
      '2027-12-24',
      '2027-12-31',
    ])
    .map((text) => Date.parse(`${text}T00:00:00Z`) / 86_400_000),
);

function businessDaysAfter(day: number, count: number): number {
  let last = day;
  for (let left = count; left > 0; ) {
    last += 1;
    if (((last + 3) % 7) + 1 < 6 && !daysOff.has(last)) left -= 1;
  }
  return last;
}

const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

/** The ids of the rules that refuse, sorted. */
export function oracle(standing: ContactStanding, p: ProposedContact): readonly string[] {
  const zones = new Set(zonesOf(standing.place));
  for (const fact of standing.facts)
    if (fact.kind === 'otherPlace' && fact.since <= p.at && !(fact.until !== null && fact.until <= p.at))
      for (const zone of zonesOf(fact)) zones.add(zone);
  const found = new Set<string>();
  for (const zone of zones) for (const id of refusedIn(zone, standing, p)) found.add(id);
  for (const id of revocations([...zones], standing.consents, p)) found.add(id);
  for (const id of said(standing, p)) found.add(id);
  if (other(standing, p, [...zones])) found.add('one-party');
  return [...found].sort();
}

function zonesOf({ state, postalCode }: { readonly state: string; readonly postalCode: string }): readonly string[] {
  const zones = zoneLists[`${state} ${postalCode}`];
  if (zones === undefined) throw new Error('the oracle knows no such place');
  return zones;
}

/** Whatever depends on a clock. */
function refusedIn(zone: string, standing: ContactStanding, p: ProposedContact): readonly string[] {
  const { channel, purpose } = p;
  if (purpose === 'answer') return [];
  const now = local(p.at, zone);
  const isAgency = p.capacity === 'agency';
  const asks = purpose === 'statement' || purpose === 'collection';
  const found: string[] = [];
  const past = standing.contacts.filter((c) => c.at <= p.at);
  const ago = (c: Contact): number => now.day - local(c.at, zone).day;
  const lastWeek = past.filter((c) => ago(c) < 7);
  const calls = lastWeek.filter(
    (c) => c.channel === 'call' && c.direction === 'out' && c.purpose !== 'answer' && c.outcome !== 'notConnected',
  );
  const talks = lastWeek.filter((c) => c.channel === 'call' && c.outcome === 'conversation');
  const asked = (c: Contact): boolean => c.purpose !== 'notice';
  const mine = (c: Contact): boolean => c.party === p.party;
  const about =
    (debt: string) =>
    (c: Contact): boolean =>
      c.accountIds.length === 0 || c.accountIds.includes(debt);
  if (channel === 'call') {
    if (isAgency && p.accountIds.some((debt) => calls.filter(mine).filter(about(debt)).length >= 7)) found.push('reg-f-call-cap');
    if (isAgency && p.accountIds.some((debt) => talks.filter(mine).some(about(debt)))) found.push('reg-f-conversation');
    if (isAgency && asks && calls.filter(asked).length >= 14) found.push('person-call-cap');
    if (!isAgency && asks && calls.filter(asked).length >= 7) found.push('house-call-cap');
    if (!isAgency && asks && talks.length > 0) found.push('house-conversation');
  }
  const notes = lastWeek.filter(
    (c) =>
      (c.channel === 'text' || c.channel === 'email') &&
      c.direction === 'out' &&
      (c.purpose === 'statement' || c.purpose === 'collection') &&
      c.outcome !== 'notConnected',
  );
  if ((channel === 'text' || channel === 'email') && asks && notes.length >= 3) found.push('electronic-cap');
  const night = now.minutes < 480 || now.minutes >= 1260;
  if (night && channel !== 'letter') found.push(...(isAgency ? ['reg-f-hours'] : channel === 'email' ? [] : ['house-hours']));
  const bad = standing.facts.some((f) => {
    if (f.since > p.at || (f.until !== null && f.until <= p.at)) return false;
    if (f.kind === 'inconvenientPlace') return f.place === p.place;
    return f.kind === 'inconvenientTime' && f.days.includes(now.weekday) && minutes(f.from) <= now.minutes && now.minutes < minutes(f.to);
  });
  if (bad && channel !== 'letter') found.push(...(isAgency ? ['reg-f-inconvenient'] : asks ? ['house-inconvenient'] : []));
  if (isAgency && asks) {
    const isLate = p.accountIds.some((debt) => {
      const words = past.filter((c) => mine(c) && about(debt)(c) && (c.outcome === 'conversation' || c.outcome === 'sent'));
      const notice = words.filter((c) => c.validationNotice && c.direction === 'out').map((c) => local(c.at, zone).day);
      const disputed = standing.facts.some(
        (f) =>
          f.kind === 'dispute' &&
          f.party === p.party &&
          (f.accountIds.length === 0 || f.accountIds.includes(debt)) &&
          f.since <= p.at &&
          (f.until === null || f.until > p.at) &&
          (notice.length === 0 || local(f.since, zone).day <= businessDaysAfter(Math.min(...notice), 5) + 30),
      );
      return (
        disputed ||
        (!p.validationNotice &&
          notice.length === 0 &&
          words.length > 0 &&
          now.day > Math.min(...words.map((c) => local(c.at, zone).day)) + 5)
      );
    });
    if (isLate) found.push('reg-f-validation');
  }
  return found;
}

/** Whatever was said, by us or to us, and does not ask what the clock shows. */
function said({ facts, consents }: ContactStanding, p: ProposedContact): readonly string[] {
  const isAgency = p.capacity === 'agency';
  const asks = p.purpose === 'statement' || p.purpose === 'collection';
  const found: string[] = [];
  if (p.place === 'work' && p.purpose !== 'answer' && (p.channel === 'call' || p.channel === 'inPerson')) found.push('house-work');
  const isNote = p.channel === 'text' || p.channel === 'email';
  if (isNote && !p.offersOptOut) found.push(...(isAgency ? ['reg-f-opt-out'] : p.purpose === 'answer' ? [] : ['house-opt-out']));
  const stops = facts.flatMap((f) =>
    f.kind === 'stop' &&
    f.since <= p.at &&
    (f.until === null || f.until > p.at) &&
    (f.accountIds.length === 0 || p.accountIds.some((id) => f.accountIds.includes(id)))
      ? [f.stop]
      : [],
  );
  if (stops.includes('attorney') && (asks || (isAgency && p.purpose === 'notice')))
    found.push(isAgency ? 'reg-f-attorney' : 'house-attorney');
  if (stops.includes('ceaseContact') && asks) found.push(isAgency ? 'reg-f-cease' : 'house-cease');
  if (stops.includes('bankruptcy') && asks) found.push('bankruptcy-stay');
  if (stops.includes('estimateDispute') && asks) found.push('estimate-dispute');
  if (stops.includes('deceased') && asks) found.push('house-holds', ...(isAgency ? ['reg-f-who'] : []));
  const consent = lastOf(consents, p, [p.channel]);
  const isRobot = p.automated && (p.channel === 'call' || p.channel === 'text') && p.purpose !== 'answer';
  if (isRobot && consent?.act !== 'given') found.push('tcpa-consent');
  if (p.channel === 'email' && asks && consent?.act !== 'given') found.push('house-email-consent');
  return found;
}

function revocations(zones: readonly string[], consents: readonly ConsentAct[], p: ProposedContact): readonly string[] {
  const found: string[] = [];
  const isAgency = p.capacity === 'agency';
  const asks = p.purpose === 'statement' || p.purpose === 'collection';
  const last = lastOf(consents, p, [p.channel]);
  if (p.purpose === 'answer') return [];
  const isRobot = p.automated && (p.channel === 'call' || p.channel === 'text');
  if (last?.act === 'revoked') {
    if (isAgency && asks) found.push('reg-f-medium');
    if (p.channel !== 'letter') found.push('house-revocation');
    if (isRobot && isOver(zones, last, p)) found.push('tcpa-revocation');
  }
  // The waiver ends: from 2027-01-31 on a revocation of one kind is one of both.
  const either = lastOf(
    consents.filter((c) => c.act === 'given' || local(c.at, zones[0] ?? '').day >= dayOf('2027-01-31')),
    p,
    ['call', 'text'],
  );
  const own = lastOf(
    consents.filter((c) => c.act === 'given'),
    p,
    [p.channel],
  );
  const isTakenBack = either?.act === 'revoked' && !(own !== null && own.at > either.at);
  if (isRobot && isTakenBack && zones.some((z) => local(p.at, z).day >= dayOf('2027-01-31')) && isOver(zones, either, p))
    found.push('tcpa-revoke-all');
  return found;
}

function isOver(zones: readonly string[], act: ConsentAct, p: ProposedContact): boolean {
  return zones.some((z) => local(p.at, z).day > businessDaysAfter(local(act.at, z).day, 10));
}

function lastOf(consents: readonly ConsentAct[], p: ProposedContact, channels: readonly string[]): ConsentAct | null {
  const about = consents.filter(
    (c) => c.at <= p.at && (c.channel === 'all' || channels.includes(c.channel)) && (c.purpose === 'all' || c.purpose === p.purpose),
  );
  const newest = about
    .map(({ at }) => at)
    .sort()
    .at(-1);
  const lasts = about.filter(({ at }) => at === newest);
  return lasts.find(({ act }) => act === 'revoked') ?? lasts[0] ?? null;
}

function other({ worked }: ContactStanding, p: ProposedContact, zones: readonly string[]): boolean {
  if (p.purpose === 'notice' || p.purpose === 'answer') return false;
  const now = (w: ContactStanding['worked'][number]): boolean =>
    zones.some((z) => dayOf(w.from) <= local(p.at, z).day && (w.to === null || local(p.at, z).day <= dayOf(w.to)));
  if (p.capacity === 'ownName') return worked.some((w) => now(w) && p.accountIds.includes(w.accountId));
  return !p.accountIds.every((id) => worked.some((w) => now(w) && w.party === p.party && w.accountId === id));
}

function minutes(time: string): number {
  const [hours = '0', rest = '0'] = time.split(':');
  return Number(hours) * 60 + Number(rest);
}
