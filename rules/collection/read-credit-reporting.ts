import { z } from 'zod';
import { isCivilDate } from '../domain/civil-date.ts';
import { readReferenceFile } from '../domain/reference-file.ts';
import { parseAmount } from '../domain/money.ts';
import type { CreditReportingPolicy } from './credit-reporting.ts';

const text = z.string().trim().min(1);
const date = z
  .string()
  .refine(isCivilDate, 'expected a date that exists, written YYYY-MM-DD')
  .pipe(z.custom<CreditReportingPolicy['from']>());
const sourced = { citation: text, source: text, seenOn: date, confirmed: z.enum(['confirmed', 'secondary', 'unconfirmed']) };

const state = z
  .strictObject({ state: z.string().regex(/^[A-Z]{2}$/), from: date.nullable(), to: date.nullable(), ...sourced })
  .transform(({ state: name, from, to }) => ({ state: name, from, to }));

const policy = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    from: date,
    to: date.nullable(),
    minimumAgeMonths: z.int().min(0).max(84),
    minimumBalance: z.string(),
    states: z
      .array(state)
      .refine((all) => new Set(all.map((s) => `${s.state} ${s.from ?? ''}`)).size === all.length, 'a state stands once'),
    ...sourced,
  })
  .transform((read, context) => {
    const { id, from, to, minimumAgeMonths, states } = read;
    const minimumBalanceCents = parseAmount(read.minimumBalance);
    if (minimumBalanceCents !== null) return { id, from, to, minimumAgeMonths, minimumBalanceCents, states };
    context.addIssue({ code: 'custom', path: ['minimumBalance'], message: 'expected dollars as text with at most two decimals' });
    return z.NEVER;
  });

/** Reads rules/reference/credit-reporting.json. @throws DomainError `reference.credit-reporting`, a line per fault with its path */
export function readCreditReporting(json: string): readonly CreditReportingPolicy[] {
  return readReferenceFile(
    z.strictObject({ note: z.string().exactOptional(), policies: z.array(policy) }),
    json,
    'reference.credit-reporting',
  ).policies;
}
