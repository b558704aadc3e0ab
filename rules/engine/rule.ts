import type { Action, DecisionPoint, EffectiveBasis, Facts, FactValue, Queue, RuleTimer } from '../domain/decision.ts';
import type { FactId } from './catalogue.ts';
import type { Report } from './fault.ts';
import type { OperatorId } from './operators.ts';

/** One comparison. `pointer` is a JSON pointer from the rule's own root, as receipts show it. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly pointer: string;
  readonly fact: FactId;
  readonly operator: OperatorId;
  readonly value: FactValue;
}

export type Condition =
  | Leaf
  | { readonly kind: 'all' | 'any'; readonly members: readonly Condition[] }
  | { readonly kind: 'not'; readonly member: Condition };

export interface FactReference {
  readonly fact: FactId;
}

/** `event.params`, read. */
export interface AnswerTemplate {
  readonly action: Action;
  readonly queue: Queue;
  readonly timer: RuleTimer | null;
  readonly params: Readonly<Record<string, FactValue | FactReference>>;
}

/** Both days included; `to` null is "until further notice". */
export interface EffectiveRange {
  readonly from: string;
  readonly to: string | null;
  /** The date that decides; where the case has none the rule does not apply. */
  readonly basis: EffectiveBasis;
}

export interface RuleMeta {
  readonly version: number;
  /** A paused rule keeps its place and never wins. */
  readonly status: 'active' | 'paused';
  readonly owner: string;
  /** `*`, `class:<payer class>` or payer ids: what the conditions say, for people who search. */
  readonly payers: readonly string[];
  readonly effective: EffectiveRange;
  /** Sources outside the house, each with where and when it was seen, or `(text not seen)`. Empty for a rule that is our policy alone. */
  readonly citation: readonly string[];
  /** What in this rule no source says and is ours to set: a cadence, a threshold, the usual first step. It is changed in the rule. */
  readonly practice?: string | undefined;
  /** Whether somebody read the cited texts and they say so; absent where nothing is cited. What a rule may do where not: caution.ts. */
  readonly confirmed?: boolean | undefined;
  /** What nobody has confirmed yet, and who could; the person who gets the task reads it. */
  readonly toConfirm?: { readonly fact: string; readonly who: string } | undefined;
  /** A reason a biller would accept. */
  readonly why: string;
  readonly reviewBy: string;
  /** When it stops itself; the usual limit when absent. */
  readonly breaker?: { readonly accounts: number; readonly cents: number; readonly windowDays: number } | undefined;
}

/** A rule's own example. `given` stands over facts that are all null; `asOf` is the first day of the rule unless told. */
export interface RuleTest {
  readonly name: string;
  readonly asOf?: string | undefined;
  readonly given: Facts;
  readonly expect: {
    readonly wins?: string | undefined;
    readonly matches?: boolean | undefined;
    readonly params?: Readonly<Record<string, FactValue>> | undefined;
  };
}

/** The file a rule was read from and the JSON pointer to it. */
export interface RulePlace {
  readonly file: string;
  readonly pointer: string;
}

export interface Rule {
  readonly id: string;
  readonly priority: number;
  /** From the leaf about `point` that every rule but the fallback has; the fallback has all. */
  readonly points: readonly DecisionPoint[];
  /** The only payer ids it can match, from its leaf about `payer.id`; null is any payer. */
  readonly payerIds: readonly string[] | null;
  readonly condition: Condition;
  readonly answer: AnswerTemplate;
  readonly meta: RuleMeta;
  readonly tests: readonly RuleTest[];
  readonly place: RulePlace;
  /** The keys json-rules-engine knows, as JSON text: `new Rule(source)` is this rule. */
  readonly source: string;
}

export interface RuleSet {
  /** SHA-256 of the canonical text of all files. */
  readonly hash: string;
  readonly titles: readonly string[];
  /** By descending priority; the fallback is the last. */
  readonly rules: readonly Rule[];
  readonly fallback: Rule;
}

/** Reports about a rule; pointers are from the rule's root. */
export type ReportRule = (rule: Rule, ...fault: Parameters<Report>) => void;

export const fallbackPriority = 1;

export function isFactReference(value: FactValue | FactReference): value is FactReference {
  return typeof value === 'object' && value !== null && 'fact' in value;
}

export function leavesOf(condition: Condition): readonly Leaf[] {
  switch (condition.kind) {
    case 'leaf':
      return [condition];
    case 'not':
      return leavesOf(condition.member);
    case 'all':
    case 'any':
      return condition.members.flatMap(leavesOf);
  }
}

/** The first `equal` or `in` about the fact directly under the root `all`: no value beyond it can match. Null when there is none. */
export function restrictionLeaf(condition: Condition, fact: FactId): Leaf | null {
  if (condition.kind !== 'all') return null;
  for (const member of condition.members)
    if (member.kind === 'leaf' && member.fact === fact && (member.operator === 'equal' || member.operator === 'in')) return member;
  return null;
}

/** The texts that a restriction names. */
export function textsOf({ value }: Leaf): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

/** The texts a fact must be one of for the rule to match; null when it says nothing. */
export function restrictionOn(condition: Condition, fact: FactId): readonly string[] | null {
  const leaf = restrictionLeaf(condition, fact);
  return leaf === null ? null : textsOf(leaf);
}
