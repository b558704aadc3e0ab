import { addBusinessDays } from '../deadlines/business-days.ts';
import type { ConsentAct, ContactChannel } from '../domain/contact.ts';
import { type Case, concerns, lasts, latest, type Objection } from './case.ts';
import { localDate } from './local-time.ts';
import type { ContactRule } from './policy.ts';

/** Rules of what the person said, and of who may speak at all: waiting alone ends none of them. */

type Rule<K extends ContactRule['kind']> = Extract<ContactRule, { readonly kind: K }>;

export function stopped({ standing, proposed }: Case, { stops }: Rule<'stop'>): Objection | null {
  const found = standing.facts.filter(
    (fact) => fact.kind === 'stop' && stops.includes(fact.stop) && lasts(fact, proposed.at) && concerns(fact, proposed),
  );
  const [first] = found;
  if (first?.kind !== 'stop') return null;
  const ends = found.map(({ until }) => until);
  const until = latest(ends.flatMap((end) => (end === null ? [] : [end])));
  return { because: `${first.stop} since ${first.since.slice(0, 10)}`, until: ends.includes(null) ? null : until };
}

export function withoutConsent({ standing, proposed }: Case, { automatedOnly }: Rule<'consent'>): Objection | null {
  if (automatedOnly && !proposed.automated) return null;
  const last = lastAct(standing.consents, proposed, [proposed.channel]);
  if (last?.act === 'given') return null;
  const how = proposed.automated ? 'automated ' : '';
  const because =
    last === null
      ? `no consent to ${how}contact by ${proposed.channel} is recorded`
      : `the consent was taken back on ${last.at.slice(0, 10)}`;
  return { because, until: null };
}

export function revoked({ standing, proposed, policy, zones }: Case, rule: Rule<'revocation'>): Objection | null {
  if (rule.automatedOnly && !proposed.automated) return null;
  const reaching: readonly ContactChannel[] = rule.reaches === 'channel' ? [proposed.channel] : ['call', 'text'];
  const { from, to } = policy.effective;
  const [zone = 'UTC'] = zones;
  const inForce = standing.consents.filter(({ act, at }) => {
    const on = localDate(at, zone);
    return act === 'given' || ((from === null || from <= on) && (to === null || on <= to));
  });
  const last = lastAct(inForce, proposed, reaching);
  // A revocation of another channel ends with a later consent to this one.
  const own = lastAct(inForce, proposed, [proposed.channel]);
  if (last?.act !== 'revoked' || (own?.act === 'given' && own.at > last.at)) return null;
  const lastDays = zones.map((each) => addBusinessDays(localDate(last.at, each), rule.businessDays));
  if (rule.businessDays > 0 && zones.every((each, n) => localDate(proposed.at, each) <= (lastDays[n] ?? ''))) return null;
  const within = rule.businessDays === 0 ? 'at once' : `within ${rule.businessDays} business days`;
  return { because: `on ${localDate(last.at, zone)} the person said no more by ${last.channel}, to be honoured ${within}`, until: null };
}

/** The last thing that the person said about one of the channels and the purpose; what was said at one moment is taken back. */
function lastAct(acts: readonly ConsentAct[], { at, purpose }: Case['proposed'], channels: readonly ContactChannel[]): ConsentAct | null {
  const about = acts.filter(
    (act) =>
      act.at <= at && (act.channel === 'all' || channels.includes(act.channel)) && (act.purpose === 'all' || act.purpose === purpose),
  );
  return about.reduce<ConsentAct | null>(
    (last, act) => (last === null || act.at > last.at || (act.at === last.at && act.act === 'revoked') ? act : last),
    null,
  );
}

export function withoutOptOut({ proposed }: Case): Objection | null {
  return proposed.offersOptOut ? null : { because: 'it does not say how to get no more of its kind', until: null };
}

export function atForbiddenPlace({ proposed: { place } }: Case, { never }: Rule<'place'>): Objection | null {
  return never.includes(place) ? { because: `nobody is reached at: ${place}`, until: null } : null;
}

/** A vendor speaks about what it works, on the days on which it works it; we do not speak about what a vendor works. */
export function notTheParty({ standing, proposed, zones }: Case): Objection | null {
  const on = zones.map((zone) => localDate(proposed.at, zone));
  const worked = standing.worked.filter(({ from, to }) => on.some((day) => from <= day && (to === null || day <= to)));
  if (proposed.capacity === 'ownName') {
    const other = worked.find(({ accountId }) => proposed.accountIds.includes(accountId));
    return other === undefined ? null : { because: `the vendor ${other.party} works the account`, until: null };
  }
  const own = worked.filter(({ party }) => party === proposed.party).map(({ accountId }) => accountId);
  const isTheirs = proposed.accountIds.length > 0 ? proposed.accountIds.every((id) => own.includes(id)) : own.length > 0;
  return isTheirs ? null : { because: 'the account is not placed with this vendor on that day', until: null };
}
