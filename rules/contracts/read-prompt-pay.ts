import { z } from 'zod';
import { isCivilDate } from '../domain/civil-date.ts';
import { payerClasses } from '../domain/deadline.ts';
import { readReferenceFile } from '../domain/reference-file.ts';
import { parseAmount } from '../domain/money.ts';
import type { PromptPayLaw } from './prompt-pay.ts';

const text = z.string().trim().min(1);
const date = z.string().refine(isCivilDate, 'expected a date that exists, written YYYY-MM-DD').pipe(z.custom<PromptPayLaw['seenOn']>());
const confirmed = z.enum(['confirmed', 'secondary', 'unconfirmed']);
const span = z
  .strictObject({ from: date.nullable(), to: date.nullable() })
  .refine(({ from, to }) => from === null || to === null || from <= to, 'must not end before it begins');

const money = z.string().transform((written, context) => {
  const read = parseAmount(written);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: 'expected dollars as text with at most two decimals' });
  return z.NEVER;
});

/** `4.625` as thousandths of a percent. */
const rate = z.string().transform((written, context) => {
  const match = /^(\d{1,3})(?:\.(\d{1,3}))?$/.exec(written);
  if (match !== null) return Number(match[1]) * 1_000 + Number((match[2] ?? '').padEnd(3, '0'));
  context.addIssue({ code: 'custom', message: 'expected a percentage as text with at most three decimals, such as "4.625"' });
  return z.NEVER;
});

/** Hundredths of a percent. */
const share = rate.transform((milliPercent) => milliPercent / 10);

const interest = z
  .strictObject({
    kind: z.literal('interest'),
    rates: z.array(z.strictObject({ from: date.nullable(), to: date.nullable(), percent: rate, confirmed })).min(1),
    ifLeftOut: z.strictObject({ amount: money, percent: share }).exactOptional(),
  })
  .transform(({ kind, rates, ifLeftOut }) => ({
    kind,
    rates: rates.map(({ percent, ...rest }) => ({ ...rest, milliPercent: percent })),
    ifLeftOut: ifLeftOut === undefined ? null : { cents: ifLeftOut.amount, basisPoints: ifLeftOut.percent },
  }));

const tier = z
  .strictObject({ throughDay: z.int().min(1).nullable(), percent: share, atMost: money, interest: rate.default(0) })
  .transform(({ throughDay, percent, atMost, interest: milliPercent }) => ({
    throughDay,
    basisPoints: percent,
    atMostCents: atMost,
    milliPercent,
  }));

const law = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: text,
  payerClasses: z.array(z.enum(payerClasses)).min(1),
  states: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .min(1)
    .nullable(),
  funding: z.enum(['insured', 'selfFunded']).nullable(),
  freeDays: z.int().min(1).max(120),
  cost: z.union([interest, z.strictObject({ kind: z.literal('tiers'), tiers: z.array(tier).min(1) })]),
  effective: span,
  confirmed,
  citation: text,
  source: text,
  seenOn: date,
});

/** Reads rules/reference/prompt-pay.json. @throws DomainError `prompt-pay.unreadable`, a line per fault with its path */
export function readPromptPay(json: string): readonly PromptPayLaw[] {
  return readReferenceFile(z.strictObject({ note: z.string().exactOptional(), laws: z.array(law) }), json, 'prompt-pay.unreadable').laws;
}
