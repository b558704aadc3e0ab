import { z } from 'zod';
import { contactCapacities, contactChannels, contactOutcomes, contactPlaces, contactPurposes } from '../../rules/domain/contact.ts';
import { date, moment } from './account-shapes.ts';

/** The contact ledger as the API answers it and `recourse contact … --json` prints it. */

const named = z.string().trim().min(1).max(100);
export const channel = z.enum(contactChannels);
export const purpose = z.enum(contactPurposes);
const channelOrAll = z.enum([...contactChannels, 'all']);
const purposeOrAll = z.enum([...contactPurposes, 'all']);
const clock = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'expected a time such as 09:00');

export const when = z.iso.datetime({ offset: true }).meta({ description: 'a moment with its offset' });

export const asked = z.strictObject({
  party: named.default('us').meta({ description: '`us`, or the id of a vendor' }),
  channel,
  purpose,
  accounts: z.array(z.string().min(1).max(64)).max(50).default([]).meta({ description: 'numbers or ids; none: all of the person' }),
  at: when.optional().meta({ description: 'now when absent' }),
  automated: z.boolean().optional().meta({ description: 'dialled or sent by a machine; a text is when absent' }),
  place: z.enum(contactPlaces).default('unknown'),
  offersOptOut: z.boolean().default(false).meta({ description: 'it says how to get no more of its kind' }),
  validationNotice: z.boolean().default(false),
});

export const told = asked.extend({
  at: when,
  by: named.meta({ description: 'who says so' }),
  direction: z.enum(['out', 'in']).default('out'),
  outcome: z.enum(contactOutcomes),
});

export const begun = asked.extend({ by: named });

export const completed = z.strictObject({ outcome: z.enum(contactOutcomes).exclude(['begun']) });

export const consentTold = z.strictObject({
  act: z.enum(['given', 'revoked']),
  channel: channelOrAll,
  purpose: purposeOrAll.default('all'),
  at: when,
  how: named.meta({ description: 'in which way it was said, such as `form` or `STOP by text`' }),
  by: named,
});

const about = {
  since: when,
  accounts: z.array(z.string().min(1).max(64)).max(50).default([]),
  by: named,
};

export const factTold = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stop'), stop: z.enum(['attorney', 'ceaseContact']), ...about }),
  z.strictObject({ kind: z.literal('inconvenientTime'), days: z.array(z.int().min(1).max(7)).min(1), from: clock, to: clock, ...about }),
  z.strictObject({ kind: z.literal('inconvenientPlace'), place: z.enum(['home', 'work']), ...about }),
  z.strictObject({
    kind: z.literal('otherPlace'),
    state: z.string().regex(/^[A-Z]{2}$/),
    postalCode: z
      .string()
      .regex(/^\d{5}$/)
      .or(z.literal(''))
      .default(''),
    ...about,
  }),
  z.strictObject({ kind: z.literal('dispute'), party: named, ...about }),
]);

const refusal = z.object({
  policyId: z.string(),
  title: z.string(),
  basis: z.string(),
  citation: z.string(),
  because: z.string(),
  until: moment.nullable().meta({ description: 'from when this rule would not object; null when waiting does not help' }),
});

export const answerView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('allowed'), duties: z.array(z.object({ policyId: z.string(), what: z.string(), by: date })) }),
  z.object({ kind: z.literal('refused'), refusals: z.array(refusal), mayBeAt: moment.nullable() }),
]);

const contactView = z.object({
  key: z.string(),
  party: z.string(),
  capacity: z.enum(contactCapacities),
  direction: z.string(),
  channel,
  purpose,
  accountIds: z.array(z.string()),
  at: moment,
  automated: z.boolean(),
  place: z.string(),
  offersOptOut: z.boolean(),
  validationNotice: z.boolean(),
  outcome: z.string(),
  recordedBy: z.string(),
});

const consentView = z.object({ key: z.string(), act: z.string(), channel: z.string(), purpose: z.string(), at: moment, how: z.string() });
const factView = z.looseObject({
  key: z.string(),
  kind: z.string(),
  since: moment,
  until: moment.nullable(),
  accountIds: z.array(z.string()),
});

const validationView = z.object({
  party: z.string(),
  accountId: z.string(),
  firstCommunicationOn: date.nullable(),
  noticeOn: date.nullable(),
  noticeDueOn: date.nullable(),
  disputeUntil: date.nullable().meta({ description: 'the last day on which a written dispute stops collection' }),
  disputedOn: date.nullable().meta({ description: 'disputed and not verified: it stops collection' }),
});

export const ledgerView = z.object({
  guarantorId: z.string(),
  zones: z.array(z.string()).meta({ description: 'where the person may be now' }),
  contacts: z.array(contactView),
  consents: z.array(consentView),
  facts: z.array(factView),
  validations: z.array(validationView).meta({ description: 'how the validation notice stands, per agency and account' }),
});

export const violationView = z.object({
  id: z.string(),
  guarantorId: z.string(),
  contactKey: z.string(),
  party: z.string(),
  capacity: z.enum(contactCapacities),
  channel,
  accountNumbers: z.array(z.string()),
  at: moment,
  policyId: z.string(),
  basis: z.string(),
  because: z.string(),
  reviewedAt: moment.nullable(),
  reviewedBy: z.string().nullable(),
  note: z.string().nullable(),
});
