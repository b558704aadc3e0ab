import type { Decision, DecisionReceipt, FactValue, ReceiptLeaf } from '../domain/decision.ts';
import { cents, dollars } from '../domain/money.ts';
import { declarationOf } from './catalogue.ts';
import { inForceWords } from './effective.ts';

/** A decision in words: what was known, what won and why, and who lost at which comparison. Ends without a line break. */
export function explain({ answer, receipt }: Decision): string {
  const { winner, alsoMatched, notInForce = [], nearMisses } = receipt;
  return [
    `At "${receipt.point}" on ${receipt.asOf}, rule ${winner.ruleId} (priority ${winner.priority}) answered: ${answer.action}, queue ${answer.queue}.`,
    `Why: ${answer.why}`,
    `Source: ${answer.citation}`,
    ...(winner.inForce === undefined ? [] : [`In force: ${inForceWords(winner.inForce)}`]),
    ...(answer.timer === null ? [] : [`Timer: ${answer.timer.id}, ${answer.timer.duration}`]),
    ...Object.entries(answer.params).map(([name, value]) => `With ${name}: ${shown(name, value)}`),
    ...section('What was known', knownFacts(receipt)),
    ...section(
      'Conditions of the rule',
      winner.leaves.length === 0 ? ['none: it answers when nothing else does'] : winner.leaves.map(matchedLeafWords),
    ),
    ...section('Matched too, with lower priority', alsoMatched),
    ...section(
      'Would match, but not in force',
      notInForce.map((one) => `${one.ruleId}: ${inForceWords(one)}`),
    ),
    ...section(
      'Nearly matched',
      nearMisses.map(({ ruleId, failed }) => `${ruleId}: ✗ ${leafWords(failed)}`),
    ),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((text) => `  ${text}`)];
}

function knownFacts({ facts }: DecisionReceipt): readonly string[] {
  return Object.entries(facts)
    .filter(([, value]) => value !== null)
    .map(([id, value]) => `${id} = ${shown(id, value)}`);
}

/** A comparison of a rule that matched: one that says nothing for it belongs to a group in which another one does. */
export function matchedLeafWords(leaf: ReceiptLeaf): string {
  return `${leaf.held === isDenied(leaf) ? '·' : '✓'} ${leafWords(leaf)}${leaf.held === isDenied(leaf) ? ', not needed' : ''}`;
}

/** `not denial.group equal PR (was CO)`: what had to hold, and what came. */
export function leafWords(leaf: ReceiptLeaf): string {
  const { fact, operator, expected, actual } = leaf;
  const comparison = expected === true && operator.startsWith('is') ? '' : ` ${shown(fact, expected)}`;
  return `${isDenied(leaf) ? 'not ' : ''}${fact} ${operator}${comparison} (was ${shown(fact, actual)})`;
}

/** Under an odd number of `not` a comparison stands in the way when it holds. */
function isDenied({ pointer }: ReceiptLeaf): boolean {
  return pointer.split('/').filter((key) => key === 'not').length % 2 === 1;
}

function shown(fact: string, value: FactValue): string {
  if (value === null) return 'unknown';
  if (typeof value === 'number' && declarationOf(fact)?.unit === 'cents') return dollars(cents(value));
  if (typeof value === 'object') return value.length === 0 ? 'none' : value.map((member) => shown(fact, member)).join(', ');
  return String(value);
}
