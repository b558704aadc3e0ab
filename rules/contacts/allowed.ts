import { type CivilDate, type Instant } from '../domain/civil-date.ts';
import type { ContactStanding, ProposedContact } from '../domain/contact.ts';
import { assertNever } from '../domain/failures.ts';
import { type Case, latest, type Objection } from './case.ts';
import { inconvenient, outsideHours, overCap, tooSoonAfterConversation } from './counting.ts';
import { localDate } from './local-time.ts';
import type { ContactPolicy } from './policy.ts';
import { atForbiddenPlace, notTheParty, revoked, stopped, withoutConsent, withoutOptOut } from './standing-rules.ts';
import { noticeDue, validationStops } from './validation.ts';
import { zonesAt } from './zones.ts';

export interface Refusal extends Objection {
  readonly policyId: string;
  readonly title: string;
  readonly basis: ContactPolicy['basis'];
  readonly citation: string;
}

/** What must still be done by that day if the contact is made. */
export interface Duty {
  readonly policyId: string;
  readonly what: string;
  readonly by: CivilDate;
}

export type ContactAnswer =
  | { readonly kind: 'allowed'; readonly duties: readonly Duty[] }
  | {
      readonly kind: 'refused';
      /** Every rule that refuses, in the order of the policies. */
      readonly refusals: readonly [Refusal, ...Refusal[]];
      /** The first moment at which all rules would allow it if nothing else happens; null when waiting does not help. */
      readonly mayBeAt: Instant | null;
    };

/** More steps than there are days in a year: each goes to the end of at least one objection. */
const manySteps = 400;

/** May this party reach this person so, then? Only what was before that moment counts. */
export function contactAllowed(standing: ContactStanding, proposed: ProposedContact, policies: readonly ContactPolicy[]): ContactAnswer {
  const [first, ...others] = refusalsOf(standing, proposed, policies);
  if (first === undefined) return { kind: 'allowed', duties: dutiesOf(standing, proposed, policies) };
  return { kind: 'refused', refusals: [first, ...others], mayBeAt: nextMoment(standing, proposed, policies) };
}

/** Every rule that refuses it, in the order of the policies. */
export function refusalsOf(standing: ContactStanding, proposed: ProposedContact, policies: readonly ContactPolicy[]): readonly Refusal[] {
  return casesOf(standing, proposed, policies).flatMap((one) => {
    const objection = objectionTo(one);
    const { id: policyId, title, basis, citation } = one.policy;
    return objection === null ? [] : [{ policyId, title, basis, citation, ...objection }];
  });
}

function nextMoment(standing: ContactStanding, proposed: ProposedContact, policies: readonly ContactPolicy[]): Instant | null {
  let at = proposed.at;
  for (let step = 0; step < manySteps; step += 1) {
    const untils = refusalsOf(standing, { ...proposed, at }, policies).map(({ until }) => until);
    if (untils.length === 0) return at;
    if (untils.includes(null)) return null;
    const next = latest(untils.flatMap((until) => (until === null ? [] : [until])));
    if (next === null || next <= at) return null;
    at = next;
  }
  return null;
}

function dutiesOf(standing: ContactStanding, proposed: ProposedContact, policies: readonly ContactPolicy[]): readonly Duty[] {
  return casesOf(standing, proposed, policies).flatMap((one): Duty[] => {
    const { rule, id: policyId } = one.policy;
    const by = rule.kind === 'validation' ? noticeDue(one, rule) : null;
    return by === null ? [] : [{ policyId, what: 'send the validation notice', by }];
  });
}

/** The rules in force that day that bind the party in this kind of contact. */
function casesOf(standing: ContactStanding, proposed: ProposedContact, policies: readonly ContactPolicy[]): readonly Case[] {
  const zones = zonesAt(standing.place, standing.facts, proposed.at);
  const days = zones.map((zone) => localDate(proposed.at, zone));
  const { state } = standing.place;
  return policies
    .filter(
      ({ binds, channels, purposes, states, effective: { from, to } }) =>
        binds.includes(proposed.capacity) &&
        channels.includes(proposed.channel) &&
        purposes.includes(proposed.purpose) &&
        (states === null || states.includes(state)) &&
        days.some((on) => (from === null || from <= on) && (to === null || on <= to)),
    )
    .map((policy) => ({ standing, proposed, policy, zones }));
}

function objectionTo(one: Case): Objection | null {
  const { rule } = one.policy;
  switch (rule.kind) {
    case 'cap':
      return overCap(one, rule);
    case 'afterConversation':
      return tooSoonAfterConversation(one, rule);
    case 'hours':
      return outsideHours(one, rule);
    case 'inconvenient':
      return inconvenient(one);
    case 'place':
      return atForbiddenPlace(one, rule);
    case 'stop':
      return stopped(one, rule);
    case 'consent':
      return withoutConsent(one, rule);
    case 'revocation':
      return revoked(one, rule);
    case 'optOut':
      return withoutOptOut(one);
    case 'validation':
      return validationStops(one, rule);
    case 'oneParty':
      return notTheParty(one);
    default:
      return assertNever(rule);
  }
}
