import { isCivilDate } from '../domain/civil-date.ts';
import { type Decide, type DecisionReceipt, type Facts, type FactValue, type RuleAnswer } from '../domain/decision.ts';
import { DomainError } from '../domain/failures.ts';
import { catalogueVersion } from './catalogue.ts';
import { type CompiledRuleSet, compile } from './compile.ts';
import { inForceBy, isInForce } from './effective.ts';
import { completeFacts, pointOf } from './facts.ts';
import { type Obstacle, obstacleTo, receiptLeaf } from './obstacle.ts';
import { isFactReference, leavesOf, type Rule, type RuleSet } from './rule.ts';

/** Part of every receipt: changes when the same rules and facts may give another receipt. */
export const evaluatorVersion = `recourse-rules/2 catalogue/${catalogueVersion}`;

/** Of near misses, and of rules that are not in force. */
const mostShown = 10;

/**
 * The rules as one function: exactly one winner, and the proof of it.
 * @throws DomainError `facts.unknown`, `facts.wrong-type`, `facts.no-point`, `date.not-civil`
 */
export function evaluator(ruleSet: RuleSet): Decide {
  const compiled = compile(ruleSet);
  return (given, asOf) => {
    if (!isCivilDate(asOf)) throw new DomainError('date.not-civil', 'asOf must be an existing date written YYYY-MM-DD');
    const facts = completeFacts(given);
    pointOf(facts);
    const rule = compiled.winner(facts, asOf);
    return { answer: answerOf(rule, facts), receipt: receiptOf(compiled, rule, { facts, asOf }) };
  };
}

function answerOf({ id: ruleId, answer, meta }: Rule, facts: Facts): RuleAnswer {
  const { action, queue, timer } = answer;
  const params = Object.entries(answer.params).map(([name, value]): [string, FactValue] => [
    name,
    isFactReference(value) ? (facts[value.fact] ?? null) : value,
  ]);
  return { ruleId, action, queue, timer, why: whyOf(meta), citation: citationOf(ruleId, meta), params: Object.fromEntries(params) };
}

/** A biller who is told a reason is also told what of it nobody has confirmed, and whom to ask. */
function whyOf({ why, toConfirm }: Rule['meta']): string {
  return toConfirm === undefined ? why : `${why} Not confirmed: ${toConfirm.fact}. Who can say: ${toConfirm.who}.`;
}

function citationOf(ruleId: string, { citation, practice, confirmed }: Rule['meta']): string {
  const sources = citation.join('; ') + (confirmed === false ? ' (not confirmed)' : '');
  const own = practice === undefined ? '' : `our own policy: ${practice} (changed in the rule ${ruleId})`;
  return [sources, own].filter((part) => part !== '').join('; ');
}

function receiptOf({ ruleSet, rulesAt }: CompiledRuleSet, winner: Rule, about: { facts: Facts; asOf: string }): DecisionReceipt {
  const { facts, asOf } = about;
  const point = pointOf(facts);
  const asked = rulesAt(point)
    .filter((rule) => rule !== winner && rule !== ruleSet.fallback && rule.meta.status === 'active')
    .map((rule) => ({ rule, obstacle: obstacleTo(rule.condition, facts), stands: isInForce(rule, facts, asOf) }));
  const others = asked.filter(({ stands }) => stands);
  const leaves = leavesOf(winner.condition).map((leaf) => receiptLeaf(leaf, facts));
  return {
    ruleSetHash: ruleSet.hash,
    evaluator: evaluatorVersion,
    point,
    asOf,
    facts,
    winner: { ruleId: winner.id, priority: winner.priority, leaves, inForce: inForceBy(winner, facts, asOf) },
    alsoMatched: others.filter(({ obstacle }) => obstacle === null).map(({ rule }) => rule.id),
    notInForce: asked
      .filter(({ stands, obstacle }) => !stands && obstacle === null)
      .slice(0, mostShown)
      .map(({ rule }) => ({ ruleId: rule.id, ...inForceBy(rule, facts, asOf) })),
    nearMisses: nearest(others.flatMap(({ rule, obstacle }) => (obstacle === null ? [] : [{ rule, obstacle }]))),
  };
}

function nearest(missed: readonly { rule: Rule; obstacle: Obstacle }[]): DecisionReceipt['nearMisses'] {
  return [...missed]
    .sort((a, b) => a.obstacle.count - b.obstacle.count || b.rule.priority - a.rule.priority)
    .slice(0, mostShown)
    .map(({ rule, obstacle }) => ({ ruleId: rule.id, failed: obstacle.first }));
}
