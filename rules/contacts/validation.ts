import { addBusinessDays } from '../deadlines/business-days.ts';
import { addDays, type CivilDate } from '../domain/civil-date.ts';
import type { Contact, ContactStanding, ProposedContact } from '../domain/contact.ts';
import { type Case, debtsOf, isAbout, type Objection } from './case.ts';
import { localDate } from './local-time.ts';
import type { ContactPolicy, ContactRule } from './policy.ts';

type ValidationRule = Extract<ContactRule, { readonly kind: 'validation' }>;

/** How the validation notice about one debt stands with one party (12 CFR 1006.34, .38). */
export interface Validation {
  readonly firstCommunicationOn: CivilDate | null;
  readonly noticeOn: CivilDate | null;
  /** Null before the first communication. */
  readonly noticeDueOn: CivilDate | null;
  /** The last day on which a written dispute stops collection; null before the notice. */
  readonly disputeUntil: CivilDate | null;
  /** A dispute inside its period that is not verified; it stops collection. */
  readonly disputedOn: CivilDate | null;
}

export interface ValidationQuestion {
  readonly party: string;
  readonly debt: string;
  /** What happened later is not looked at. */
  readonly at: ProposedContact['at'];
  /** In which days are counted. */
  readonly zone: string;
}

export function validationOf(standing: ContactStanding, { party, debt, at, zone }: ValidationQuestion, rule: ValidationRule): Validation {
  const said = standing.contacts.filter(
    (contact) => contact.at <= at && contact.party === party && isAbout(contact, debt) && isCommunication(contact),
  );
  const first = firstDay(said, zone);
  const noticeOn = firstDay(
    said.filter(({ direction, validationNotice }) => direction === 'out' && validationNotice),
    zone,
  );
  const disputeUntil = noticeOn === null ? null : addDays(addBusinessDays(noticeOn, rule.mailBusinessDays), rule.disputeDays);
  const disputed = standing.facts.find(
    (fact) =>
      fact.kind === 'dispute' &&
      fact.party === party &&
      isAbout(fact, debt) &&
      fact.since <= at &&
      (fact.until === null || at < fact.until) &&
      (disputeUntil === null || localDate(fact.since, zone) <= disputeUntil),
  );
  return {
    firstCommunicationOn: first,
    noticeOn,
    noticeDueOn: first === null ? null : addDays(first, rule.days),
    disputeUntil,
    disputedOn: disputed === undefined ? null : localDate(disputed.since, zone),
  };
}

export function validationStops({ standing, proposed, zones }: Case, rule: ValidationRule): Objection | null {
  for (const zone of zones)
    for (const debt of debtsOf(proposed, standing.contacts)) {
      const { noticeOn, noticeDueOn, disputedOn } = validationOf(standing, { party: proposed.party, debt, at: proposed.at, zone }, rule);
      if (disputedOn !== null)
        return { because: `disputed in writing on ${disputedOn}; nothing is collected until it is verified`, until: null };
      const isLate = noticeOn === null && noticeDueOn !== null && localDate(proposed.at, zone) > noticeDueOn;
      if (isLate && !proposed.validationNotice)
        return { because: `the validation notice was due by ${noticeDueOn} and is not recorded`, until: null };
    }
  return null;
}

/** By when the notice about any of the debts must go out, once this contact is made; null when it did, or does with it. */
export function noticeDue({ standing, proposed, zones: [zone = 'UTC'] }: Case, rule: ValidationRule): CivilDate | null {
  if (proposed.validationNotice) return null;
  const dues = debtsOf(proposed, standing.contacts).flatMap((debt) => {
    const { noticeOn, noticeDueOn } = validationOf(standing, { party: proposed.party, debt, at: proposed.at, zone }, rule);
    return noticeOn === null ? [noticeDueOn ?? addDays(localDate(proposed.at, zone), rule.days)] : [];
  });
  return dues.reduce<CivilDate | null>((first, due) => (first === null || due < first ? due : first), null);
}

/** Something was said about the debt. An attempt is none, and neither is a message that only asks to call back. */
export function isCommunication({ outcome }: Pick<Contact, 'outcome'>): boolean {
  return outcome === 'conversation' || outcome === 'sent';
}

function firstDay(contacts: readonly Contact[], zone: string): CivilDate | null {
  const first = contacts.reduce<Contact | null>((one, other) => (one === null || other.at < one.at ? other : one), null);
  return first === null ? null : localDate(first.at, zone);
}

export interface DebtValidation extends Validation {
  readonly party: string;
  readonly accountId: string;
}

/** How the notice stands for each party that is bound and each account it spoke of, by then. */
export function validationsOf(
  standing: ContactStanding,
  policies: readonly ContactPolicy[],
  { at, zone }: Pick<ValidationQuestion, 'at' | 'zone'>,
): readonly DebtValidation[] {
  return policies.flatMap(({ rule, binds }) => {
    if (rule.kind !== 'validation') return [];
    const spoken = standing.contacts.filter((contact) => contact.at <= at && binds.includes(contact.capacity));
    const debts = new Map(
      spoken.flatMap(({ party, accountIds }) => accountIds.map((accountId) => [`${party} ${accountId}`, { party, accountId }] as const)),
    );
    return [...debts.values()].map(({ party, accountId }) => ({
      party,
      accountId,
      ...validationOf(standing, { party, debt: accountId, at, zone }, rule),
    }));
  });
}
