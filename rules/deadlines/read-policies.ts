import { z } from 'zod';
import { isCivilDate } from '../domain/civil-date.ts';
import { anchorKinds, type DeadlinePolicy, deadlineKinds, payerClasses } from '../domain/deadline.ts';
import { DomainError } from '../domain/failures.ts';

const text = z.string().trim().min(1);
const texts = z.array(text).min(1);
const wholeDays = z.int().min(0).max(366);
const date = z.string().refine(isCivilDate, 'a date that exists, written YYYY-MM-DD').pipe(z.custom<DeadlinePolicy['seenOn']>());

const scope = z.strictObject({
  contract: text.exactOptional(),
  payerIds: texts.exactOptional(),
  states: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .min(1)
    .exactOptional(),
  linesOfBusiness: texts.exactOptional(),
  payerClasses: z.array(z.enum(payerClasses)).min(1).exactOptional(),
  claimTypes: z
    .array(z.enum(['professional', 'institutional']))
    .min(1)
    .exactOptional(),
});

const effective = z
  .strictObject({ from: date.nullable(), to: date.nullable(), basis: z.enum(anchorKinds) })
  .refine(({ from, to }) => from === null || to === null || from <= to, 'must not end before it begins');

const cutoff = z.strictObject({
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  zone: z.string().refine(isZone, 'an IANA time zone name'),
});

/** What a policy leaves out is the plain case: day after the anchor is day 1, no presumption, filed when received, no roll, no buffer, any date. */
const policy = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)+$/),
    kind: z.enum(deadlineKinds),
    anchor: z.enum(anchorKinds),
    amount: z.int().min(1).max(1000),
    unit: z.enum(['calendar', 'business', 'month', 'year']),
    includeAnchorDay: z.boolean().default(false),
    receiptPresumptionDays: wholeDays.default(0),
    filedWhen: z.enum(['received', 'postmarked', 'sent']).default('received'),
    roll: z.enum(['none', 'nextBusinessDay']).default('none'),
    rollConfirmed: z.boolean().default(false),
    calendar: z.enum(['federal']).default('federal'),
    cutoff: cutoff.nullable().default(null),
    bufferBusinessDays: wholeDays.default(0),
    applies: scope.default({}),
    effective: effective.optional(),
    citation: text,
    source: text,
    seenOn: date,
    confirmed: z.enum(['confirmed', 'secondary', 'unconfirmed']),
  })
  .refine((read) => read.roll !== 'none' || !read.rollConfirmed, { path: ['rollConfirmed'], message: 'there is no roll to confirm' })
  .transform((read): DeadlinePolicy => ({ ...read, effective: read.effective ?? { from: null, to: null, basis: read.anchor } }));

const policies = z.array(policy).superRefine((all, context) => {
  const first = new Map<string, number>();
  all.forEach(({ id }, index) => {
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    else context.addIssue({ code: 'custom', path: [index, 'id'], message: `id ${id} is already used at policies[${before}]` });
  });
});

/**
 * Reads a policy file, `{ "policies": [...] }`.
 * @throws DomainError `deadline.unreadable-policies`, naming every fault by its path.
 */
export function readPolicies(json: unknown): readonly DeadlinePolicy[] {
  const read = z.strictObject({ policies }).safeParse(json);
  if (read.success) return read.data.policies;
  const faults = read.error.issues.map((issue) => `${pathText(issue.path)}: ${issue.message}`);
  throw new DomainError('deadline.unreadable-policies', faults.join('\n'));
}

function pathText(path: readonly PropertyKey[]): string {
  return (
    path.reduce<string>((above, key) => (typeof key === 'number' ? `${above}[${key}]` : `${above}${above && '.'}${String(key)}`), '') ||
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
