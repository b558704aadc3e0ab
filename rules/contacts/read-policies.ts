import { z } from 'zod';
import { isCivilDate } from '../domain/civil-date.ts';
import { contactCapacities, contactChannels, contactOutcomes, contactPlaces, contactPurposes } from '../domain/contact.ts';
import { readReferenceFile } from '../domain/reference-file.ts';
import file from '../reference/contact-policies.json' with { type: 'json' };
import type { ContactPolicy } from './policy.ts';

const text = z.string().trim().min(1);
const date = z.string().refine(isCivilDate, 'expected a date that exists, written YYYY-MM-DD').pipe(z.custom<ContactPolicy['seenOn']>());
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as "08:00"');
const days = z.int().min(1).max(366);
const reach = { per: z.enum(['debt', 'person']), across: z.enum(['party', 'everyone']) };

const rule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cap'), most: z.int().min(1), days, uncounted: z.array(z.enum(contactOutcomes)), ...reach }),
  z.strictObject({ kind: z.literal('afterConversation'), days, ...reach }),
  z
    .strictObject({ kind: z.literal('hours'), from: clock, until: clock })
    .refine(({ from, until }) => from < until, 'the hours must begin before they end'),
  z.strictObject({ kind: z.literal('inconvenient') }),
  z.strictObject({ kind: z.literal('place'), never: z.array(z.enum(contactPlaces)).min(1) }),
  z.strictObject({ kind: z.literal('stop'), stops: z.array(text).min(1) }),
  z.strictObject({ kind: z.literal('consent'), automatedOnly: z.boolean() }),
  z.strictObject({
    kind: z.literal('revocation'),
    automatedOnly: z.boolean(),
    businessDays: z.int().min(0).max(60),
    reaches: z.enum(['channel', 'automated']),
  }),
  z.strictObject({ kind: z.literal('optOut') }),
  z.strictObject({ kind: z.literal('validation'), days, disputeDays: days, mailBusinessDays: z.int().min(0).max(30) }),
  z.strictObject({ kind: z.literal('oneParty') }),
]);

const policy = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower case letters, digits and hyphens'),
  title: text,
  binds: z.array(z.enum(contactCapacities)).min(1),
  channels: z.array(z.enum(contactChannels)).min(1),
  purposes: z.array(z.enum(contactPurposes)).min(1),
  states: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'expected a state of two letters'))
    .min(1)
    .nullable(),
  effective: z
    .strictObject({ from: date.nullable(), to: date.nullable() })
    .refine(({ from, to }) => from === null || to === null || from <= to, 'must not end before it begins'),
  basis: z.enum(['law', 'practice']),
  confirmed: z.enum(['confirmed', 'secondary', 'unconfirmed']),
  citation: text,
  source: text,
  seenOn: date,
  rule,
});

const policies = z.array(policy).superRefine((all, context) => {
  all.forEach(({ id }, index) => {
    if (all.findIndex((other) => other.id === id) < index)
      context.addIssue({ code: 'custom', path: [index, 'id'], message: `the id ${id} is already used` });
  });
});

/** Reads a file as rules/reference/contact-policies.json. @throws DomainError `contacts.unreadable-policies`, a line per fault with its path */
export function readContactPolicies(json: string): readonly ContactPolicy[] {
  return readReferenceFile(z.strictObject({ note: text, policies }), json, 'contacts.unreadable-policies').policies;
}

let shipped: readonly ContactPolicy[] | undefined;

/** Those of this checkout. */
export function contactPolicies(): readonly ContactPolicy[] {
  shipped ??= readContactPolicies(JSON.stringify(file));
  return shipped;
}
