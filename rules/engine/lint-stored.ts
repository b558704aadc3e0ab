import { addDays, type CivilDate } from '../domain/civil-date.ts';
import { cents, dollars } from '../domain/money.ts';
import type { CheckId } from './fault.ts';
import { fallbackPriority, type ReportRule, type Rule, type RuleSet } from './rule.ts';

/** A rule that matched nothing for that long is looked at. */
export const unmatchedDays = 90;

/** What lint cannot see in the files. */
export const storedChecks: readonly CheckId[] = ['unmatched-rule', 'only-fallback'];

/** What stored decisions and denials say; whoever has the database reads it. */
export interface LintEvidence {
  readonly today: CivilDate;
  /** Names of the rules that decided 90 days ago already. */
  readonly liveBefore: ReadonlySet<string>;
  /** The last day on which each rule won or matched. */
  readonly lastMatchedOn: ReadonlyMap<string, CivilDate>;
  /** Denials of the last year that only the fallback of these rules catches, by dollars. */
  readonly onlyFallback: readonly UncaughtDenials[];
}

/** One combination; the account is the one with the largest of its denials. */
export interface UncaughtDenials {
  readonly payerId: string;
  readonly group: string;
  readonly carc: string;
  readonly service: string;
  readonly denials: number;
  readonly cents: number;
  readonly accountId: string;
}

const combinationsShown = 20;

/** What the past says of the rules. */
export function adviseByStored(ruleSet: RuleSet, evidence: LintEvidence, warn: ReportRule): void {
  for (const rule of ruleSet.rules) if (couldMatch(rule, evidence)) warnUnmatched(rule, evidence, warn);
  const { fallback } = ruleSet;
  evidence.onlyFallback
    .slice(0, combinationsShown)
    .forEach((gap, n) => warn(fallback, '/conditions', 'only-fallback', uncaught(gap, n + 1)));
  const more = evidence.onlyFallback.slice(combinationsShown);
  if (more.length === 0) return;
  const rest = dollars(cents(more.reduce((total, gap) => total + gap.cents, 0)));
  warn(fallback, '/conditions', 'only-fallback', `and ${more.length} combinations more (${rest}); recourse rules coverage has them all`);
}

/** Whether it stood for the last ninety days; the fallback that catches nothing is as it should be. */
function couldMatch({ id, priority, meta: { status, effective } }: Rule, { today, liveBefore }: LintEvidence): boolean {
  if (priority === fallbackPriority || status !== 'active' || !liveBefore.has(id)) return false;
  return effective.from <= addDays(today, -unmatchedDays) && (effective.to === null || effective.to >= today);
}

function warnUnmatched(rule: Rule, { today, lastMatchedOn }: LintEvidence, warn: ReportRule): void {
  const last = lastMatchedOn.get(rule.id);
  if (last !== undefined && last > addDays(today, -unmatchedDays)) return;
  const when = last === undefined ? 'it never did' : `it last did on ${last}`;
  const message = `no decision of the last ${unmatchedDays} days met its conditions (${when}); is it still needed, and does it ask for what really comes?`;
  warn(rule, '', 'unmatched-rule', message);
}

function uncaught({ payerId, group, carc, service, denials, cents: amount, accountId }: UncaughtDenials, rank: number): string {
  const counted = `${denials} ${denials === 1 ? 'denial' : 'denials'}, ${dollars(cents(amount))} in a year`;
  return `${rank}. ${group}-${carc} of payer ${payerId}, ${service}: ${counted}, and no rule answers; see account ${accountId}, and write one`;
}
