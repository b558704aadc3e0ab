import type { ClaimType } from '../domain/claim.ts';
import {
  type AnchorDates,
  type AnchorKind,
  type ClaimMedium,
  type DeadlineKind,
  type DeadlinePolicy,
  type DerivedDeadline,
  type Funding,
  isNotBefore,
  noContract,
  type PayerClass,
  type PolicyScope,
} from '../domain/deadline.ts';
import { deriveFrom } from './derive.ts';
import { named } from './explain.ts';

/** Null means "not known"; a policy limited to some states, say, is not for a case whose state is unknown. */
export interface PolicyQuestion {
  readonly kind: DeadlineKind;
  readonly payerId: string | null;
  readonly payerClass: PayerClass;
  readonly state: string | null;
  readonly lineOfBusiness: string | null;
  readonly funding: Funding | null;
  readonly claimType: ClaimType | null;
  readonly medium: ClaimMedium | null;
  /** Our contract with the plan; `noContract` when it is known that there is none. */
  readonly contract: string | null;
  /** The dates of the case known so far: they choose the version of a policy, and they are the anchors to count from. */
  readonly basisDates: AnchorDates;
}

export type DeadlineAnswer =
  | { readonly kind: 'derived'; readonly deadline: DerivedDeadline }
  | { readonly kind: 'anchorMissing'; readonly policyId: string; readonly anchor: AnchorKind }
  | { readonly kind: 'noPolicy' };

/**
 * The deadline by the policies of the highest precedence: contract > payer > class > default, and within each the one that names more
 * (state, line of business, funding, class); claim type and medium select but give no precedence. Policies of equal precedence:
 * 1. The strictest is taken: the earliest safe date, or the latest where acting early is the fault.
 * 2. Those that count from the same anchor and give other dates are a conflict; different anchors are conditions that all hold.
 * 3. Where acting early is the fault, every anchor must be known: no notice sent, no extraordinary collection action.
 */
export function deadlineFor(policies: readonly DeadlinePolicy[], question: PolicyQuestion): DeadlineAnswer {
  const strongest = strongestPolicies(policies, question).map((policy) => ({ policy, deadline: deriveFrom(policy, question.basisDates) }));
  const missing = strongest.find(({ deadline }) => deadline === null)?.policy;
  const [chosen, ...others] = strongest.flatMap(({ deadline }) => deadline ?? []).sort(strictestFirst);
  if (missing !== undefined && (chosen === undefined || isNotBefore(question.kind))) {
    return { kind: 'anchorMissing', policyId: missing.id, anchor: missing.anchor };
  }
  if (chosen === undefined) return { kind: 'noPolicy' };
  return { kind: 'derived', deadline: { ...chosen, conflict: conflictText(chosen, others) } };
}

/** The policy that decides `deadlineFor`, or the one whose anchor is still missing; null when none is for this case. */
export function choosePolicy(policies: readonly DeadlinePolicy[], question: PolicyQuestion): DeadlinePolicy | null {
  const answer = deadlineFor(policies, question);
  if (answer.kind === 'noPolicy') return null;
  const id = answer.kind === 'derived' ? answer.deadline.policyId : answer.policyId;
  return policies.find((policy) => policy.id === id) ?? null;
}

/** One policy of the kind, and what became of it. */
export interface Considered {
  readonly policy: DeadlinePolicy;
  /** Whom it is for, in the words of its precedence. */
  readonly rank: string;
  readonly verdict: 'wins' | 'agrees' | 'says another date' | 'outranked' | 'anchor not known' | 'for others';
}

/** Every policy of the kind, the winner first, then by precedence; those for other cases come last. */
export function consider(policies: readonly DeadlinePolicy[], question: PolicyQuestion): readonly Considered[] {
  const winner = choosePolicy(policies, question);
  const won = winner === null ? null : deriveFrom(winner, question.basisDates);
  const verdictOf = (policy: DeadlinePolicy): Considered['verdict'] => {
    if (policy.id === winner?.id) return 'wins';
    if (!isFor(policy, question)) return 'for others';
    if (winner !== null && precedence(policy.applies) < precedence(winner.applies)) return 'outranked';
    const own = deriveFrom(policy, question.basisDates);
    if (own === null || won === null) return 'anchor not known';
    return isSameDates(own, won) ? 'agrees' : 'says another date';
  };
  const place = ({ policy, verdict }: Considered) =>
    verdict === 'wins' ? 0 : verdict === 'for others' ? 2 : 1 - precedence(policy.applies) / 100;
  return policies
    .filter(({ kind }) => kind === question.kind)
    .map((policy) => ({ policy, rank: rankWords(policy.applies), verdict: verdictOf(policy) }))
    .sort((a, b) => place(a) - place(b));
}

function rankWords(scope: PolicyScope): string {
  const { contract, payerIds, payerClasses, states, linesOfBusiness, fundings, claimTypes, media } = scope;
  const parts = [
    ...(contract === undefined ? [] : [contract === noContract ? 'no contract' : `contract ${contract}`]),
    ...(payerIds === undefined ? [] : [`payer ${payerIds.join(', ')}`]),
    ...[payerClasses, states, linesOfBusiness, fundings, claimTypes, media].flatMap((listed) => listed?.join(', ') ?? []),
  ];
  return parts.length === 0 ? 'default' : parts.join('; ');
}

function strongestPolicies(policies: readonly DeadlinePolicy[], question: PolicyQuestion): readonly DeadlinePolicy[] {
  const matching = policies.filter((policy) => policy.kind === question.kind && isFor(policy, question));
  const highest = Math.max(...matching.map((policy) => precedence(policy.applies)));
  return matching.filter((policy) => precedence(policy.applies) === highest);
}

function isFor(policy: DeadlinePolicy, question: PolicyQuestion): boolean {
  const { applies } = policy;
  return (
    (applies.contract === undefined || applies.contract === question.contract) &&
    allows(applies.payerIds, question.payerId) &&
    allows(applies.payerClasses, question.payerClass) &&
    allows(applies.states, question.state) &&
    allows(applies.linesOfBusiness, question.lineOfBusiness) &&
    allows(applies.fundings, question.funding) &&
    allows(applies.claimTypes, question.claimType) &&
    allows(applies.media, question.medium) &&
    isInEffect(policy, question)
  );
}

function allows<T>(listed: readonly T[] | undefined, value: T | null): boolean {
  return listed === undefined || (value !== null && listed.includes(value));
}

/** While the date that decides is unknown, every version is a candidate, so that the strictest is kept. */
function isInEffect({ effective }: DeadlinePolicy, question: PolicyQuestion): boolean {
  const on = question.basisDates[effective.basis] ?? null;
  if (on === null) return true;
  return (effective.from === null || effective.from <= on) && (effective.to === null || on <= effective.to);
}

function precedence(scope: PolicyScope): number {
  const members = Object.keys(scope).filter((member) => member !== 'claimTypes' && member !== 'media');
  return 10 * ownerRank(scope) + members.length;
}

function ownerRank(scope: PolicyScope): number {
  if (scope.contract !== undefined && scope.contract !== noContract) return 3;
  if (scope.payerIds !== undefined) return 2;
  return scope.payerClasses !== undefined ? 1 : 0;
}

function strictestFirst(a: DerivedDeadline, b: DerivedDeadline): number {
  const side = isNotBefore(a.kind) ? -1 : 1;
  return side * compare(a.safeByOn, b.safeByOn) || side * compare(a.nominalOn, b.nominalOn) || compare(a.policyId, b.policyId);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function conflictText(chosen: DerivedDeadline, others: readonly DerivedDeadline[]): string | null {
  const rivals = others.filter((other) => other.anchor === chosen.anchor && !isSameDates(other, chosen));
  if (rivals.length === 0) return null;
  const said = rivals.map((rival) => `${rival.policyId} says ${named(rival.nominalOn)}`).join('; ');
  return `Sources disagree: ${chosen.policyId} says ${named(chosen.nominalOn)} and is kept as the safer; ${said}.`;
}

function isSameDates(a: DerivedDeadline, b: DerivedDeadline): boolean {
  return a.nominalOn === b.nominalOn && a.legalOn === b.legalOn && a.safeByOn === b.safeByOn;
}
