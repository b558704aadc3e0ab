import { z } from 'zod';
import { type CivilDate, civilDate } from '../domain/civil-date.ts';
import {
  type AnchorKind,
  anchorKinds,
  type DeadlineKind,
  deadlineKinds,
  type DeadlinePolicy,
  type DerivedDeadline,
} from '../domain/deadline.ts';
import { DomainError } from '../domain/failures.ts';
import { deriveDeadline } from './derive.ts';

const date = z.string().transform((text) => civilDate(text));

const policySchema = z.strictObject({
  id: z.string(),
  kind: z.enum(deadlineKinds),
  anchor: z.enum(anchorKinds),
  amount: z.int().min(0).max(3660),
  unit: z.enum(['calendar', 'business', 'month', 'year']),
  includeAnchorDay: z.boolean().default(false),
  receiptPresumptionDays: z.int().min(0).max(30).default(0),
  filedWhen: z.enum(['received', 'postmarked', 'sent']),
  roll: z.enum(['none', 'nextBusinessDay']).default('none'),
  rollConfirmed: z.boolean().default(false),
  bufferBusinessDays: z.int().min(0).max(30).default(0),
  applies: z.strictObject({
    payerIds: z.array(z.string()).optional(),
    states: z.array(z.string()).optional(),
    payerClasses: z.array(z.string()).optional(),
    claimTypes: z.array(z.string()).optional(),
  }),
  effective: z.strictObject({ from: date, to: date.nullable() }),
  citation: z.string().min(1),
  confirmed: z.enum(['confirmed', 'secondary', 'unconfirmed']),
});

/** @throws DomainError `policies.broken` naming each fault's place in the document; `policies.twice` for an id used twice. */
export function readPolicies(document: unknown): readonly DeadlinePolicy[] {
  const parsed = z.strictObject({ title: z.string(), gathered: z.string(), policies: z.array(policySchema) }).safeParse(document);
  if (!parsed.success)
    throw new DomainError('policies.broken', parsed.error.issues.map((i) => `/${i.path.join('/')}: ${i.message}`).join('; '));
  const { policies } = parsed.data;
  const ids = new Set<string>();
  for (const { id } of policies) {
    if (ids.has(id)) throw new DomainError('policies.twice', `the policy id ${id} is used twice`);
    ids.add(id);
  }
  return policies;
}

export interface PolicyQuestion {
  readonly kind: DeadlineKind;
  readonly payerId: string;
  readonly payerClass: string;
  readonly state: string;
  readonly claimType: string;
}

/**
 * The deadline by the most specific policy (payer + state > payer > class > default) whose anchor is known and that was in force on that day.
 * Policies of the same rank that disagree give the earliest safe date, and say so.
 */
export function deadlineFor(
  policies: readonly DeadlinePolicy[],
  question: PolicyQuestion,
  anchors: Partial<Readonly<Record<AnchorKind, CivilDate>>>,
): DerivedDeadline | null {
  const candidates = policies
    .filter((policy) => policy.kind === question.kind && applies(policy, question))
    .flatMap((policy) => {
      const anchorOn = anchors[policy.anchor];
      return anchorOn === undefined || !inForce(policy, anchorOn)
        ? []
        : [{ rank: rankOf(policy), derived: deriveDeadline(policy, anchorOn) }];
    });
  const best = Math.max(...candidates.map((c) => c.rank));
  const ranked = candidates.filter((c) => c.rank === best).map((c) => c.derived);
  const [first, ...others] = ranked.sort((a, b) => (a.safeByOn < b.safeByOn ? -1 : a.safeByOn > b.safeByOn ? 1 : 0));
  if (first === undefined) return null;
  const differing = others.filter((other) => other.nominalOn !== first.nominalOn);
  const conflict =
    differing.length === 0 ? null : `${differing.map((d) => `${d.policyId} says ${d.nominalOn}`).join(', ')}; the earliest is used`;
  return { ...first, conflict };
}

function applies({ applies: a }: DeadlinePolicy, question: PolicyQuestion): boolean {
  return (
    (a.payerIds?.includes(question.payerId) ?? true) &&
    (a.states?.includes(question.state) ?? true) &&
    (a.payerClasses?.includes(question.payerClass) ?? true) &&
    (a.claimTypes?.includes(question.claimType) ?? true)
  );
}

function inForce({ effective }: DeadlinePolicy, on: CivilDate): boolean {
  return effective.from <= on && (effective.to === null || on <= effective.to);
}

function rankOf({ applies: a }: DeadlinePolicy): number {
  const narrowed = (a.states === undefined ? 0 : 2) + (a.claimTypes === undefined ? 0 : 1);
  return (a.payerIds === undefined ? 0 : 200) + (a.payerClasses === undefined ? 0 : 100) + narrowed;
}
