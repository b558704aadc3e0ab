import { catalogue } from './catalogue.ts';
import type { FactDeclaration } from './declare-fact.ts';
import { fallbackPriority, type Leaf, leavesOf, type ReportRule, type Rule, type RuleSet } from './rule.ts';

const negative: ReadonlySet<string> = new Set(['notEqual', 'notIn', 'doesNotContain']);

/** An amount below this many cents was perhaps meant in dollars. */
const fewCents = 1_000;

/** What is allowed and yet often a mistake. */
export function adviseOn(ruleSet: RuleSet, warn: ReportRule): void {
  for (const rule of ruleSet.rules) {
    if (
      rule.priority !== fallbackPriority &&
      !rule.tests.some(({ expect }) => expect.matches === false || isOtherWinner(rule, expect.wins))
    )
      warn(
        rule,
        '/tests',
        'no-negative-test',
        'no example shows what the rule lets go; add one that nearly matches, with "matches": false',
      );
    for (const leaf of leavesOf(rule.condition)) adviseOnLeaf(rule, leaf, warn);
  }
}

function isOtherWinner(rule: Rule, wins: string | undefined): boolean {
  return wins !== undefined && wins !== rule.id;
}

function adviseOnLeaf(rule: Rule, { pointer, fact, operator, value }: Leaf, warn: ReportRule): void {
  const { nullable, unit, nullUntil }: FactDeclaration = catalogue[fact];
  if (nullable && negative.has(operator))
    warn(
      rule,
      `${pointer}/operator`,
      'negative-over-unknown',
      `"${operator}" is false while "${fact}" is unknown; to match the unknown too, write {"not": {…}} around the opposite`,
    );
  const amounts = unit !== 'cents' ? [] : (Array.isArray(value) ? value : [value]).filter((v) => typeof v === 'number');
  const suspicious = amounts.find((v) => v !== 0 && Math.abs(v) < fewCents);
  if (suspicious !== undefined)
    warn(
      rule,
      `${pointer}/value`,
      'dollars-or-cents',
      `amounts are cents: ${suspicious} is $${(suspicious / 100).toFixed(2)}; for dollars add two zeros`,
    );
  if (nullUntil !== null && operator !== 'isAbsent')
    warn(rule, `${pointer}/fact`, 'not-given-yet', `"${fact}" is null until ${nullUntil}; until then this comparison never holds`);
}
