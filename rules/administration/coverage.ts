import type { Facts } from '../domain/decision.ts';
import { compile } from '../engine/compile.ts';
import { isInForce } from '../engine/effective.ts';
import { leafWords } from '../engine/explain.ts';
import { obstacleTo } from '../engine/obstacle.ts';
import { predicate, type Predicate } from '../engine/predicate.ts';
import { restrictionOn, type Rule, type RuleSet } from '../engine/rule.ts';

/** A denial as it is stored, with what the rules see of its case. */
export interface DenialSeen {
  readonly accountId: string;
  /** Its number. */
  readonly account: string;
  readonly payerId: string;
  readonly group: string;
  readonly carc: string;
  readonly amountCents: number;
  readonly asOf: string;
  /** At the point `denied`. */
  readonly facts: Facts;
  /** False when the rules were never asked about it: the facts were made for this map. */
  readonly isDecided: boolean;
}

/**
 * noRule: no rule in force names this payer and code, or speaks for all of them. onlyFallback: some do, and none matches.
 * equalRules: two or more of the same precedence match and answer differently; their priority numbers alone decide.
 */
export type CoverageFault = 'noRule' | 'onlyFallback' | 'equalRules';

/** One combination that the rules do not answer well; dollars are those of its denials. */
export interface CoverageGap {
  readonly fault: CoverageFault;
  readonly payerId: string;
  readonly carc: string;
  readonly group: string;
  readonly service: string;
  denials: number;
  cents: number;
  /** Denials among them about which the rules were never asked. */
  undecided: number;
  /** The account with the largest of them. */
  witness: string;
  witnessId: string;
  witnessCents: number;
  /** The nearest rule and its first comparison that failed; for equalRules the rules that match. */
  detail: string;
}

export interface CoverageMap {
  readonly ruleSetHash: string;
  readonly denials: number;
  readonly cents: number;
  readonly covered: { readonly denials: number; readonly cents: number };
  /** By dollars. */
  readonly gaps: readonly CoverageGap[];
}

/** Counts denials one by one; `map` says what came of it. */
export function coverageOf(ruleSet: RuleSet): { readonly count: (seen: DenialSeen) => void; readonly map: () => CoverageMap } {
  const gaps = new Map<string, CoverageGap>();
  const totals = { denials: 0, cents: 0, coveredDenials: 0, coveredCents: 0 };
  const judge = judgeOf(ruleSet);
  return {
    count: (seen) => {
      totals.denials += 1;
      totals.cents += seen.amountCents;
      const found = judge(seen);
      if (found !== null) return countGap(gaps, seen, found);
      totals.coveredDenials += 1;
      totals.coveredCents += seen.amountCents;
    },
    map: () => ({
      ruleSetHash: ruleSet.hash,
      denials: totals.denials,
      cents: totals.cents,
      covered: { denials: totals.coveredDenials, cents: totals.coveredCents },
      gaps: [...gaps].sort(([a, x], [b, y]) => y.cents - x.cents || (a < b ? -1 : 1)).map(([, gap]) => gap),
    }),
  };
}

/** What was billed, as coarse as a rule would say it: kinds of service, else the family of the revenue code. */
export function serviceFamily(facts: Facts): string {
  const kinds = textsOf(facts['denial.serviceCategories']).filter((kind) => kind !== 'other');
  if (kinds.length > 0) return kinds.toSorted().join(' + ');
  const families = new Set(textsOf(facts['denial.revenueCodes']).map((code) => `revenue ${code.slice(0, 3)}x`));
  return families.size === 0 ? 'other' : [...families].sort().join(' + ');
}

function countGap(
  gaps: Map<string, CoverageGap>,
  seen: DenialSeen,
  found: { readonly fault: CoverageFault; readonly detail: string },
): void {
  const { payerId, carc, group, amountCents, accountId, account, isDecided } = seen;
  const service = serviceFamily(seen.facts);
  const key = JSON.stringify([found.fault, payerId, carc, group, service]);
  const known = gaps.get(key);
  const gap = known ?? {
    ...found,
    payerId,
    carc,
    group,
    service,
    denials: 0,
    cents: 0,
    undecided: 0,
    witness: account,
    witnessId: accountId,
    witnessCents: amountCents,
  };
  gap.denials += 1;
  gap.cents += amountCents;
  if (!isDecided) gap.undecided += 1;
  if (amountCents > gap.witnessCents)
    Object.assign(gap, { witness: account, witnessId: accountId, witnessCents: amountCents, detail: found.detail });
  gaps.set(key, gap);
}

function judgeOf(ruleSet: RuleSet): (seen: DenialSeen) => { readonly fault: CoverageFault; readonly detail: string } | null {
  const { winner } = compile(ruleSet);
  const candidates = candidatesOf(ruleSet);
  return ({ facts, asOf }) => {
    const won = winner(facts, asOf);
    const known = candidates(facts).filter(({ rule }) => isInForce(rule, facts, asOf));
    if (won === ruleSet.fallback) {
      const nearest = nearestRule(
        known.map(({ rule }) => rule),
        facts,
      );
      return nearest === null ? { fault: 'noRule', detail: 'no rule names it' } : { fault: 'onlyFallback', detail: nearest };
    }
    const rivals = known.filter(({ rule, matches }) => rule !== won && isRival(rule, won) && matches(facts));
    if (rivals.length === 0) return null;
    return {
      fault: 'equalRules',
      detail: [won, ...rivals.map(({ rule }) => rule)].map(({ id, priority }) => `${id} (${priority})`).join(', '),
    };
  };
}

function isRival(rule: Rule, won: Rule): boolean {
  const { action, queue, timer } = rule.answer;
  const other = won.answer;
  const isOther = action !== other.action || queue !== other.queue || timer?.duration !== other.timer?.duration;
  return standingOf(rule.priority) === standingOf(won.priority) && isOther;
}

/** Within one hundred of priorities nothing says which of two rules is meant: between hundreds and bands the order is. */
function standingOf(priority: number): number {
  return Math.floor(priority / 100);
}

interface Candidate {
  readonly rule: Rule;
  readonly matches: Predicate;
}

/** Facts by which a rule says whom and what it is for. */
const naming = ['payer.id', 'payer.class', 'denial.carc', 'denial.group', 'denial.category'] as const;

/** The rules at a denial whose naming comparisons let the facts through. */
function candidatesOf(ruleSet: RuleSet): (facts: Facts) => readonly Candidate[] {
  const all = ruleSet.rules
    .filter((rule) => rule !== ruleSet.fallback && rule.points.includes('denied'))
    .map((rule) => ({ rule, matches: predicate(rule.condition), named: naming.map((fact) => restrictionOn(rule.condition, fact)) }));
  const known = new Map<string, readonly Candidate[]>();
  return (facts) => {
    const values = naming.map((fact) => facts[fact] ?? null);
    const key = JSON.stringify(values);
    const found =
      known.get(key) ?? all.filter(({ named }) => named.every((texts, n) => texts === null || texts.includes(String(values[n]))));
    known.set(key, found);
    return found;
  };
}

function nearestRule(rules: readonly Rule[], facts: Facts): string | null {
  const near = rules
    .flatMap((rule) => {
      const obstacle = obstacleTo(rule.condition, facts);
      return obstacle === null ? [] : [{ rule, obstacle }];
    })
    .sort((a, b) => a.obstacle.count - b.obstacle.count || b.rule.priority - a.rule.priority)[0];
  if (near === undefined) return null;
  return `nearest ${near.rule.id}: ${leafWords(near.obstacle.first)}`;
}

function textsOf(value: Facts[string] | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
