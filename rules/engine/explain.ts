import type { Decision, DecisionReceipt, FactValue, ReceiptLeaf } from '../domain/decision.ts';
import { cents, dollars } from '../domain/money.ts';
import { declarationOf } from './catalogue.ts';

/** A decision in words: what was known, what won and why, and who lost at which comparison. Ends without a line break. */
export function explain({ answer, receipt }: Decision): string {
  const { winner, alsoMatched, nearMisses } = receipt;
  return [
    `At "${receipt.point}" on ${receipt.asOf}, rule ${winner.ruleId} (priority ${winner.priority}) answered: ${answer.action}, queue ${answer.queue}.`,
    `Why: ${answer.why}`,
    `Source: ${answer.citation}`,
    ...(answer.timer === null ? [] : [`Timer: ${answer.timer.id}, ${answer.timer.duration}`]),
    ...Object.entries(answer.params).map(([name, value]) => `With ${name}: ${shown(name, value)}`),
    ...section('What was known', knownFacts(receipt)),
    ...section(
      'Conditions of the rule',
      winner.leaves.length === 0 ? ['none: it answers when nothing else does'] : winner.leaves.map(line),
    ),
    ...section('Matched too, with lower priority', alsoMatched),
    ...section(
      'Nearly matched',
      nearMisses.map(({ ruleId, failed }) => `${ruleId}: ${line(failed)}`),
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

/** Under an odd number of `not` a comparison stands in the way when it holds. */
function line({ pointer, fact, operator, expected, actual, held }: ReceiptLeaf): string {
  const isDenied = pointer.split('/').filter((key) => key === 'not').length % 2 === 1;
  const comparison = expected === true && operator.startsWith('is') ? '' : ` ${shown(fact, expected)}`;
  return `${held === isDenied ? '✗' : '✓'} ${isDenied ? 'not ' : ''}${fact} ${operator}${comparison} (was ${shown(fact, actual)})`;
}

function shown(fact: string, value: FactValue): string {
  if (value === null) return 'unknown';
  if (typeof value === 'number' && declarationOf(fact)?.unit === 'cents') return dollars(cents(value));
  if (typeof value === 'object') return value.length === 0 ? 'none' : value.map((member) => shown(fact, member)).join(', ');
  return String(value);
}
