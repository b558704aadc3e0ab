import { z } from 'zod';
import { extraordinaryActions } from '../domain/assistance.ts';
import { isCivilDate } from '../domain/civil-date.ts';
import { readReferenceFile } from '../domain/reference-file.ts';
import { parseAmount } from '../domain/money.ts';
import type { AssistancePolicy, AssistanceReference } from './assistance-policy.ts';

const text = z.string().trim().min(1);
const date = z.string().refine(isCivilDate, 'expected a date that exists, written YYYY-MM-DD').pipe(z.custom<AssistancePolicy['from']>());
const sourced = { citation: text, source: text, seenOn: date, confirmed: z.enum(['confirmed', 'secondary', 'unconfirmed']) };
const percent = z.int().min(0).max(100);

const money = z.string().transform((written, context) => {
  const read = parseAmount(written);
  if (read !== null && read > 0) return read;
  context.addIssue({ code: 'custom', message: 'expected dollars above zero as text with at most two decimals' });
  return z.NEVER;
});

const scale = z
  .array(z.strictObject({ upToPercent: z.int().min(1), discountPercent: percent }))
  .min(1)
  .refine(
    (bands) => bands.every((band, n) => n === 0 || band.upToPercent > (bands[n - 1]?.upToPercent ?? 0)),
    'bands must stand in order, the lowest income first',
  )
  .refine(
    (bands) => bands.every((band, n) => n === 0 || band.discountPercent <= (bands[n - 1]?.discountPercent ?? 0)),
    'a higher income must not get a higher discount',
  );

const policy = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    title: text,
    from: date,
    to: date.nullable(),
    scale,
    generallyBilledPercent: percent.nullable(),
    /** A reasonable time to bring what is missing. */
    completionDays: z.int().min(14).max(240),
    /** Absent from what was published before awards held for later care. */
    validMonths: z.int().min(0).max(24).default(0),
    mayTake: z.array(z.enum(extraordinaryActions)),
    phone: text,
    url: z.url(),
    ...sourced,
  })
  .refine(({ from, to }) => to === null || from <= to, 'must not end before it begins');

const guideline = z
  .strictObject({ area: z.enum(['contiguous', 'alaska', 'hawaii']), from: date, first: money, additional: money, ...sourced })
  .transform(({ first: firstCents, additional: additionalCents, area, from }) => ({ area, from, firstCents, additionalCents }));

const reference = z.strictObject({
  note: z.string().exactOptional(),
  policies: z.array(policy).refine((all) => {
    const spans = all.map(({ from, to }) => ({ from, to: to ?? '9999-12-31' })).sort((a, b) => (a.from < b.from ? -1 : 1));
    return spans.every((span, n) => n === 0 || span.from > (spans[n - 1]?.to ?? ''));
  }, 'on one day one policy holds'),
  guidelines: z.array(guideline),
});

/** Reads rules/reference/assistance-policies.json. @throws DomainError `reference.assistance-policies`, a line per fault with its path */
export function readAssistancePolicies(json: string): AssistanceReference {
  const { policies, guidelines } = readReferenceFile(reference, json, 'reference.assistance-policies');
  return { policies, guidelines };
}
