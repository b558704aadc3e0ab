import { type Instant } from '../domain/civil-date.ts';
import type { Contact, ContactStanding } from '../domain/contact.ts';
import { refusalsOf } from './allowed.ts';
import { localDate } from './local-time.ts';
import type { ContactPolicy } from './policy.ts';
import { isCommunication, validationOf } from './validation.ts';
import { zonesAt } from './zones.ts';

/** A contact that was made and that a rule refused at its moment. */
export interface Violation {
  readonly contactKey: string;
  readonly party: string;
  readonly at: Instant;
  readonly policyId: string;
  readonly basis: ContactPolicy['basis'];
  readonly because: string;
}

/** Everything in one person's ledger that should not have been, as is known now; told late or in another order it is the same. */
export function violationsOf(standing: ContactStanding, policies: readonly ContactPolicy[], asOf: Instant): readonly Violation[] {
  const contacts = [...standing.contacts].sort(inTime);
  const made = contacts.flatMap((contact, index) => {
    if (contact.direction === 'in') return [];
    const before = { ...standing, contacts: contacts.slice(0, index) };
    return refusalsOf(before, contact, counting(policies, contact)).map((refusal) => violation(contact, refusal));
  });
  return [...made, ...overdueNotices({ ...standing, contacts }, policies, asOf)];
}

/** A contact that a cap does not count is not over it either. */
function counting(policies: readonly ContactPolicy[], { outcome }: Contact): readonly ContactPolicy[] {
  return policies.filter(({ rule }) => rule.kind !== 'cap' || !rule.uncounted.includes(outcome));
}

/** The first communication of an agency that no validation notice followed in time. Once somebody goes on without it, that contact says so. */
function overdueNotices(standing: ContactStanding, policies: readonly ContactPolicy[], asOf: Instant): readonly Violation[] {
  const [zone = 'UTC'] = zonesAt(standing.place, standing.facts, asOf);
  return policies.flatMap((policy) => {
    const { rule, binds } = policy;
    if (rule.kind !== 'validation') return [];
    const said = standing.contacts.filter((contact) => contact.at <= asOf && binds.includes(contact.capacity) && isCommunication(contact));
    const firsts = new Map(
      said.toReversed().flatMap((contact) => contact.accountIds.map((debt) => [`${contact.party} ${debt}`, { contact, debt }])),
    );
    const late = [...firsts.values()].flatMap(({ contact, debt }): Violation[] => {
      const { noticeOn, noticeDueOn } = validationOf(standing, { party: contact.party, debt, at: asOf, zone }, rule);
      if (noticeDueOn === null || (noticeOn ?? localDate(asOf, zone)) <= noticeDueOn) return [];
      const because =
        noticeOn === null ? `no validation notice by ${noticeDueOn}` : `the validation notice of ${noticeOn} was due by ${noticeDueOn}`;
      return [violation(contact, { policyId: policy.id, basis: policy.basis, because })];
    });
    return [...new Map(late.map((one) => [one.contactKey, one])).values()];
  });
}

function violation(
  { key, party, at }: Contact,
  { policyId, basis, because }: Pick<Violation, 'policyId' | 'basis' | 'because'>,
): Violation {
  return { contactKey: key, party, at, policyId, basis, because };
}

function inTime(a: Contact, b: Contact): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}
