import { z } from 'zod';
import { civilDate, type CivilDate } from '../domain/civil-date.ts';
import { DomainError } from '../domain/failures.ts';
import { readReferenceFile } from '../domain/reference-file.ts';

const text = z.string().trim().min(1);
const day = z.iso.date().transform(civilDate);

const policy = z.strictObject({
  /** Id of the facility; null is every one that no policy of its own names. */
  facility: z.uuid().nullable(),
  from: day,
  payWithinDays: z.int().min(1).max(90),
  /** Of the billing office. */
  phone: text,
  hours: z.strictObject({ en: text, es: text }),
  payUrl: z.url(),
  /** 26 CFR 1.501(r)-4(b)(5): each statement names both. */
  assistance: z.strictObject({ phone: text, url: z.url() }),
  /** Where cheques go; null is the pay-to address of the claim, or the provider's own. */
  remitTo: z.array(text).min(2).max(5).nullable(),
  /** Statements in one print file. */
  perPrintFile: z.int().min(1).max(1_000),
  source: text,
  seenOn: day,
});

const shape = z.strictObject({ title: text, policies: z.array(policy).min(1) });

export type StatementPolicy = z.infer<typeof policy>;

/** @throws DomainError `statements.unreadable-policies`, a line per fault with its path */
export function readStatementPolicies(file: string): readonly StatementPolicy[] {
  return readReferenceFile(shape, file, 'statements.unreadable-policies').policies;
}

/** The facility's own before everybody's, and of those the last that began. @throws DomainError `statements.no-policy` */
export function policyFor(policies: readonly StatementPolicy[], facilityId: string, on: CivilDate): StatementPolicy {
  const begun = policies.filter(({ from }) => from <= on);
  const own = begun.filter(({ facility }) => facility === facilityId);
  const candidates = own.length > 0 ? own : begun.filter(({ facility }) => facility === null);
  const found = candidates.toSorted((a, b) => (a.from < b.from ? 1 : -1))[0];
  if (found === undefined)
    throw new DomainError('statements.no-policy', `no statement policy counts on ${on}; add one to statement-policies.json`);
  return found;
}
