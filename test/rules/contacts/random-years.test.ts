import { expect, test } from '@jest/globals';
import { addDays, addMilliseconds, civilDate, instant, type Instant } from '../../../rules/domain/civil-date.ts';
import type { Contact, ContactFact, ContactStanding, ProposedContact } from '../../../rules/domain/contact.ts';
import { contactAllowed, refusalsOf } from '../../../rules/contacts/allowed.ts';
import { contactPolicies } from '../../../rules/contacts/read-policies.ts';
import { violationsOf } from '../../../rules/contacts/violations.ts';
import { RandomNumbers } from '../../support/random-numbers.ts';
import { consent, contact, fact } from './ledger.ts';
import { oracle, oraclePlaces } from './oracle.ts';

const people = 27;
const attempts = 90;
const policies = contactPolicies();
const debts = ['a', 'b', 'c'];
const parties = [
  { party: 'us', capacity: 'ownName' },
  { party: 'early', capacity: 'earlyOut' },
  { party: 'acme', capacity: 'agency' },
  { party: 'bolt', capacity: 'agency' },
] as const;

/** From the first day of 2026 on, to the minute. */
function moment(numbers: RandomNumbers, days: number, from = 0): Instant {
  const day = addDays(civilDate('2026-01-01'), from + numbers.next(days));
  const two = (below: number) => String(numbers.next(below)).padStart(2, '0');
  return instant(`${day}T${two(24)}:${numbers.next(3) === 0 ? '00' : two(60)}:00Z`);
}

function randomFact(numbers: RandomNumbers): ContactFact {
  const since = moment(numbers, 400);
  const more = {
    ...(numbers.next(2) === 0 ? {} : { until: addMilliseconds(since, (1 + numbers.next(60)) * 86_400_000) }),
    accountIds: numbers.next(2) === 0 ? [] : [numbers.pick(debts)],
  };
  switch (numbers.next(6)) {
    case 0:
      return fact(
        { kind: 'inconvenientTime', days: [1 + numbers.next(7), 1 + numbers.next(7)], from: '09:30', to: numbers.pick(['12:00', '24:00']) },
        since,
        more,
      );
    case 1:
      return fact({ kind: 'otherPlace', ...numbers.pick(oraclePlaces) }, since, more);
    case 2:
      return fact({ kind: 'inconvenientPlace', place: 'home' }, since, more);
    case 3:
      return fact({ kind: 'dispute', party: numbers.pick(['acme', 'bolt']) }, since, more);
    default:
      return fact(
        { kind: 'stop', stop: numbers.pick(['attorney', 'ceaseContact', 'bankruptcy', 'deceased', 'estimateDispute'] as const) },
        since,
        more,
      );
  }
}

function randomPerson(numbers: RandomNumbers): ContactStanding {
  const channels = ['call', 'text', 'email', 'letter', 'all'] as const;
  const consents = Array.from({ length: 5 + numbers.next(6) }, () => {
    const act = numbers.next(5) < 3 ? 'given' : 'revoked';
    return consent(act, numbers.pick(channels), moment(numbers, 500), numbers.pick(['all', 'all', 'statement', 'collection', 'notice']));
  });
  const worked = debts.flatMap((accountId) => {
    if (numbers.next(4) === 0) return [];
    const from = addDays(civilDate('2026-01-01'), numbers.next(120));
    const to = numbers.next(2) === 0 ? null : addDays(from, 60 + numbers.next(300));
    return [{ party: numbers.pick(['early', 'acme', 'acme', 'bolt']), accountId, from, to }];
  });
  const facts = Array.from({ length: numbers.next(4) }, () => randomFact(numbers));
  return { place: numbers.pick(oraclePlaces), contacts: [], consents, facts, worked };
}

/** Somebody who agreed to everything and whom nothing protects but the caps, the hours and the notices. */
function calmPerson(numbers: RandomNumbers): ContactStanding {
  const worked = ['a', 'b'].map((accountId) => ({ party: 'acme', accountId, from: civilDate('2026-01-01'), to: null }));
  return {
    place: numbers.pick(oraclePlaces),
    contacts: [],
    consents: [consent('given', 'all', '2025-12-01T12:00:00Z')],
    facts: [],
    worked,
  };
}

function randomProposal(numbers: RandomNumbers, { worked }: ContactStanding, at: Instant): ProposedContact {
  const { party, capacity } = numbers.pick(parties);
  const channel = numbers.pick(['call', 'call', 'call', 'call', 'text', 'email', 'letter', 'inPerson'] as const);
  const theirs = worked.filter((one) => one.party === party).map(({ accountId }) => accountId);
  const first = numbers.pick(theirs.length > 0 && numbers.next(10) < 9 ? theirs : debts);
  const second = numbers.pick(debts);
  return {
    party,
    capacity,
    channel,
    at,
    purpose: numbers.pick(['statement', 'collection', 'collection', 'collection', 'notice', 'answer'] as const),
    accountIds: numbers.next(6) === 0 && second !== first ? [first, second] : [first],
    automated: numbers.next(3) === 0,
    place: numbers.pick(['home', 'unknown', 'unknown', 'unknown', 'work'] as const),
    offersOptOut: numbers.next(5) > 0,
    validationNotice: channel === 'letter' && numbers.next(2) === 0,
  };
}

/** Call upon call, or text upon text, by one party. */
function insistent(numbers: RandomNumbers): Partial<ProposedContact> {
  const channel = numbers.pick(['call', 'call', 'call', 'text'] as const);
  const by =
    numbers.next(3) > 0
      ? ({ party: 'acme', capacity: 'agency', accountIds: ['a'] } as const)
      : ({ party: 'us', capacity: 'ownName', accountIds: ['c'] } as const);
  return { ...by, channel, purpose: 'collection', place: 'unknown', offersOptOut: true };
}

function quiet({ channel }: ProposedContact): Contact['outcome'] {
  return channel === 'call' ? 'noAnswer' : channel === 'inPerson' ? 'conversation' : 'sent';
}

function outcomeOf(numbers: RandomNumbers, { channel }: ProposedContact): Contact['outcome'] {
  if (channel === 'inPerson') return 'conversation';
  if (channel !== 'call') return numbers.next(8) === 0 ? 'returned' : 'sent';
  return numbers.pick(['noAnswer', 'noAnswer', 'leftMessage', 'notConnected', 'wrongPerson', 'begun', 'noAnswer', 'conversation'] as const);
}

/** Moments that come in bursts, some of them months long and some within an hour. */
function bursts(numbers: RandomNumbers): readonly Instant[] {
  const all = new Set<Instant>();
  while (all.size < attempts) {
    const start = moment(numbers, 420);
    const length = 1 + numbers.next(40);
    for (let n = 0; n < length; n += 1) all.add(instant(new Date(Date.parse(start) + numbers.next(6 * 1_440) * 60_000).toISOString()));
  }
  return [...all].sort();
}

const fresh = Number(process.env['CONTACTS_SEED'] ?? Date.now() % 1_000_000);

test(`no contact outside the rules over random years (CONTACTS_SEED=${fresh})`, () => {
  liveYears(fresh);
});

test('the random years make contacts, and every rule that is not rare speaks in them', () => {
  const { made, met } = liveYears(7_717);
  expect(made).toBeGreaterThan(people * 10);
  expect(policies.map(({ id }) => id).filter((id) => !met.has(id) && !rare.includes(id))).toEqual([]);
});

/** Years of several people, each contact checked against the oracle. @returns how many were made, and how often each rule refused one */
function liveYears(seed: number) {
  const numbers = new RandomNumbers(seed);
  const met = new Map<string, number>();
  let made = 0;
  for (let n = 0; n < people; n += 1) {
    const isCalm = n % 3 === 0;
    const standing = isCalm ? calmPerson(numbers) : randomPerson(numbers);
    const contacts: Contact[] = [];
    for (const at of bursts(numbers)) {
      const now = { ...standing, contacts };
      const proposed = { ...randomProposal(numbers, standing, at), ...(isCalm && numbers.next(4) > 0 ? insistent(numbers) : {}) };
      const expected = oracle(now, proposed);
      const found = refusalsOf(now, proposed, policies).map(({ policyId }) => policyId);
      expect({ n, proposed, refusedBy: found.toSorted() }).toEqual({ n, proposed, refusedBy: expected });
      for (const id of found) met.set(id, (met.get(id) ?? 0) + 1);
      if (expected.length > 0) {
        if (numbers.next(5) === 0) expectFirstMoment(now, proposed);
        // The person writes or calls by themselves now and then.
        if (!isCalm && numbers.next(40) === 0)
          contacts.push(contact(at, { ...proposed, direction: 'in', outcome: 'conversation', validationNotice: false }));
        continue;
      }
      made += 1;
      contacts.push(contact(at, { ...proposed, outcome: isCalm && numbers.next(12) > 0 ? quiet(proposed) : outcomeOf(numbers, proposed) }));
    }
    const wrong = violationsOf({ ...standing, contacts }, policies, instant('2027-06-01T12:00:00Z')).filter(
      ({ policyId }) => policyId !== 'reg-f-validation',
    );
    expect({ n, wrong }).toEqual({ n, wrong: [] });
  }
  return { made, met };
}

/** Rules that a short run may not meet; the table of cases meets them. */
const rare = [
  'person-call-cap',
  'tcpa-revoke-all',
  'reg-f-attorney',
  'house-attorney',
  'reg-f-cease',
  'house-cease',
  'bankruptcy-stay',
].concat(['reg-f-who', 'house-holds', 'estimate-dispute']);

/** At the moment that is named it may be, and at none that was tried before it. */
function expectFirstMoment(standing: ContactStanding, proposed: ProposedContact): void {
  const answer = contactAllowed(standing, proposed, policies);
  expect({ proposed, kind: answer.kind }).toEqual({ proposed, kind: 'refused' });
  if (answer.kind === 'allowed' || answer.mayBeAt === null) return;
  const { mayBeAt } = answer;
  expect({ mayBeAt, proposed, by: oracle(standing, { ...proposed, at: mayBeAt }) }).toEqual({ mayBeAt, proposed, by: [] });
  const span = Date.parse(mayBeAt) - Date.parse(proposed.at);
  for (const part of [1 / 3, 2 / 3, 1]) {
    const at = instant(new Date(Math.floor((Date.parse(proposed.at) + span * part - 60_000) / 60_000) * 60_000).toISOString());
    if (at < proposed.at) continue;
    expect({ at, proposed, refused: oracle(standing, { ...proposed, at }).length > 0 }).toEqual({
      at,
      proposed,
      refused: true,
    });
  }
}
