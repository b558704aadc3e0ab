import { expect, test } from '@jest/globals';
import type { ConsentAct, Contact, ContactFact, ContactStanding, ProposedContact, SaidFact } from '../../../rules/domain/contact.ts';
import { civilDate, instant } from '../../../rules/domain/civil-date.ts';
import { contactAllowed } from '../../../rules/contacts/allowed.ts';
import { contactPolicies } from '../../../rules/contacts/read-policies.ts';

/** A call by an agency about one account; what matters in a test is said. */
export function proposal(at: string, other: Partial<ProposedContact> = {}): ProposedContact {
  return {
    party: 'acme',
    capacity: 'agency',
    channel: 'call',
    purpose: 'collection',
    accountIds: ['a'],
    automated: false,
    place: 'unknown',
    offersOptOut: true,
    validationNotice: false,
    ...other,
    at: instant(at),
  };
}

let made = 0;

export function contact(at: string, other: Partial<Contact> = {}): Contact {
  made += 1;
  return { key: `c${String(made).padStart(6, '0')}`, direction: 'out', outcome: 'noAnswer', ...proposal(at, other), ...without(other) };
}

function without({ at: _at, ...other }: Partial<Contact>): Partial<Contact> {
  return other;
}

export function consent(
  act: ConsentAct['act'],
  channel: ConsentAct['channel'],
  at: string,
  purpose: ConsentAct['purpose'] = 'all',
): ConsentAct {
  return { key: `${act} ${channel} ${at}`, act, channel, purpose, at: instant(at), how: 'told us' };
}

export function fact(
  said: SaidFact,
  since: string,
  more: { readonly until?: string; readonly accountIds?: readonly string[] } = {},
): ContactFact {
  const until = more.until === undefined ? null : instant(more.until);
  return { key: `${said.kind} ${since}`, since: instant(since), until, accountIds: more.accountIds ?? [], ...said };
}

/** A person in Ohio whose accounts `a` and `b` the agency works since 2026, and about which it has sent its notices. */
export function person(other: Partial<ContactStanding> = {}): ContactStanding {
  const worked = ['a', 'b'].map((accountId) => ({ party: 'acme', accountId, from: civilDate('2026-01-01'), to: null }));
  const { contacts = [], ...rest } = other;
  return { place: { state: 'OH', postalCode: '43215' }, consents: [], facts: [], worked, ...rest, contacts: [...notices, ...contacts] };
}

const notices = ['a', 'b'].map((debt) =>
  contact('2026-01-02T15:00:00Z', { channel: 'letter', purpose: 'notice', outcome: 'sent', validationNotice: true, accountIds: [debt] }),
);

/** `allowed`, or the rules that refuse and when it may be. */
export function answer(standing: ContactStanding, proposed: ProposedContact) {
  const said = contactAllowed(standing, proposed, contactPolicies());
  if (said.kind === 'allowed') return 'allowed';
  return { by: said.refusals.map(({ policyId }) => policyId), mayBeAt: said.mayBeAt };
}

type Row = readonly [
  words: string,
  standing: Partial<ContactStanding>,
  at: string,
  other: Partial<ProposedContact>,
  expected: 'allowed' | { readonly by: readonly string[]; readonly mayBeAt: string | null },
];

export function check(words: readonly Row[]): void {
  test.each(words)('%s', (_, standing, at, other, expected) => {
    expect(answer(person(standing), proposal(at, other))).toEqual(expected);
  });
}

export const refused = (by: string | readonly string[], mayBeAt: string | null) => ({ by: [by].flat(), mayBeAt });

/** At 11 in Columbus, Ohio, one a day from that day of March 2026 on. */
export const daily = (first: number, count: number, other = {}) =>
  Array.from({ length: count }, (_, n) => contact(`2026-03-${String(first + n).padStart(2, '0')}T15:00:00Z`, other));

export const us = { party: 'us', capacity: 'ownName', accountIds: ['x'] } as const;
