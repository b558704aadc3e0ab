import { z } from 'zod';
import { type CivilDate, isCivilDate } from '../domain/civil-date.ts';
import { anchorKinds, type BusinessCalendar, claimMedia, deadlineKinds, fundings, payerClasses } from '../domain/deadline.ts';
import { federalCalendar } from './business-days.ts';

const text = z.string().trim().min(1);
const texts = z.array(text).min(1);
const wholeDays = z.int().min(0).max(366);
const certainty = z.enum(['confirmed', 'secondary', 'unconfirmed']);

export const dateShape = z.string().refine(isCivilDate, 'a date that exists, written YYYY-MM-DD').pipe(z.custom<CivilDate>());

const calendarId = z.string().regex(/^(federal|[A-Z]{2}|payer:[a-z][a-z0-9-]*)$/, 'federal, a state such as TX, or payer: and a name');

const scopeShape = z.strictObject({
  contract: text.exactOptional(),
  payerIds: texts.exactOptional(),
  states: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .min(1)
    .exactOptional(),
  linesOfBusiness: texts.exactOptional(),
  fundings: z.array(z.enum(fundings)).min(1).exactOptional(),
  payerClasses: z.array(z.enum(payerClasses)).min(1).exactOptional(),
  claimTypes: z
    .array(z.enum(['professional', 'institutional']))
    .min(1)
    .exactOptional(),
  media: z.array(z.enum(claimMedia)).min(1).exactOptional(),
});

const effectiveShape = z
  .strictObject({ from: dateShape.nullable(), to: dateShape.nullable(), basis: z.enum(anchorKinds) })
  .refine(({ from, to }) => from === null || to === null || from <= to, 'must not end before it begins');

const cutoffShape = z.strictObject({
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time from 00:00 to 23:59'),
  zone: z.string().refine(isZone, 'an IANA time zone name'),
});

const countFields = {
  anchor: z.enum(anchorKinds),
  amount: z.int().min(1).max(1000),
  unit: z.enum(['calendar', 'business', 'month', 'year', 'yearEnd']),
  includeAnchorDay: z.boolean().default(false),
  receiptPresumptionDays: wholeDays.default(0),
  missingDay: z.enum(['lastOfMonth', 'firstOfNext']).default('lastOfMonth'),
};
const countShape = z.strictObject(countFields);

/** What a policy leaves out is the plain case: day after the anchor is day 1, no presumption, filed when received, no roll, no buffer, any date. */
export const policyFields = {
  id: z.string().regex(/^[a-z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)+$/),
  kind: z.enum(deadlineKinds),
  ...countFields,
  orIfLater: z.array(countShape).default([]),
  notLaterThan: z.array(countShape).default([]),
  filedWhen: z.enum(['received', 'postmarked', 'sent']).default('received'),
  roll: z.enum(['none', 'nextBusinessDay']).default('none'),
  rollConfirmed: z.boolean().default(false),
  calendar: calendarId.default(federalCalendar.id),
  cutoff: cutoffShape.nullable().default(null),
  bufferBusinessDays: wholeDays.default(0),
  applies: scopeShape.default({}),
  effective: effectiveShape.optional(),
  citation: text,
  source: text,
  seenOn: dateShape,
  confirmed: certainty,
};

export function hasRollToConfirm(read: { readonly roll: string; readonly rollConfirmed: boolean }): boolean {
  return read.roll !== 'none' || !read.rollConfirmed;
}

export const noRollToConfirm = { path: ['rollConfirmed'], message: 'there is no roll to confirm' };

const calendarShape = z
  .strictObject({
    id: calendarId.refine((id) => id !== federalCalendar.id, 'the federal calendar is computed and needs no list'),
    title: text,
    daysOff: z.record(z.string().regex(/^\d{4}$/, 'a year'), z.array(dateShape)),
    citation: text,
    source: text,
    seenOn: dateShape,
    confirmed: certainty,
  })
  .superRefine(({ daysOff }, context) => {
    for (const [year, days] of Object.entries(daysOff))
      for (const [index, day] of days.entries())
        if (!day.startsWith(`${year}-`))
          context.addIssue({ code: 'custom', path: ['daysOff', year, index], input: day, message: `a day of ${year}` });
  });

/** Lists of days off, each with its source. */
export const calendarsShape = z.array(calendarShape).superRefine((all, context) => {
  all.forEach(({ id }, index) => {
    if (all.findIndex((other) => other.id === id) < index)
      context.addIssue({ code: 'custom', path: [index, 'id'], input: id, message: 'this calendar is listed already' });
  });
});

export function calendarNamed(id: string, lists: readonly BusinessCalendar[]): BusinessCalendar | null {
  return id === federalCalendar.id ? federalCalendar : (lists.find((list) => list.id === id) ?? null);
}

export function unknownCalendar(lists: readonly { readonly id: string }[]): string {
  return `no list of this calendar is kept: expected ${[federalCalendar.id, ...lists.map(({ id }) => id)].join(' or ')}`;
}

/** Every fault with its place, what was expected, and what came. */
export function faultsText(error: z.ZodError, within = ''): string {
  return error.issues.map((issue) => `${pathText(issue.path, within)}: ${issue.message}${came(issue.input)}`).join('\n');
}

function came(input: unknown): string {
  const isPlain = input === null || ['string', 'number', 'boolean'].includes(typeof input);
  return isPlain ? `; came ${JSON.stringify(input).slice(0, 80)}` : '';
}

function pathText(path: readonly PropertyKey[], within: string): string {
  return (
    path.reduce<string>((above, key) => (typeof key === 'number' ? `${above}[${key}]` : `${above}${above && '.'}${String(key)}`), within) ||
    'file'
  );
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
