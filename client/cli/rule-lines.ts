import type { Decision } from '../../rules/domain/decision.ts';
import type { CheckResult } from '../../rules/engine/check.ts';
import type { RuleSetDiff } from '../../rules/engine/diff.ts';
import { explain } from '../../rules/engine/explain.ts';
import type { RuleFault } from '../../rules/engine/fault.ts';
import type { Lint } from '../../rules/engine/lint.ts';
import type { RuleSet } from '../../rules/engine/rule.ts';
import { exitCode } from './failure.ts';
import { type Answer, exitFor } from './output.ts';

export function lintAnswer({ faults, warnings, ruleSet, notLookedAt }: Lint): Answer {
  const lines = [
    ...faults.map((fault) => `✗ ${placed(fault)}`),
    ...warnings.map((warning) => `! ${placed(warning)}`),
    ...(notLookedAt.length === 0
      ? []
      : [
          `- Not looked at: ${notLookedAt.join(', ')}. ${ruleSet === null ? 'Mend the faults first' : 'They need stored decisions'}; recourse rules lint --stored asks the running engine.`,
        ]),
    ruleSet === null
      ? `✗ ${counted(faults.length, 'fault')}, ${counted(warnings.length, 'warning')}: this rule set may not be used`
      : `✓ ${counted(ruleSet.rules.length, 'rule')}, no fault, ${counted(warnings.length, 'warning')}`,
  ];
  const document = { ok: ruleSet !== null, hash: ruleSet?.hash ?? null, faults, warnings, notLookedAt };
  return { document, lines, exit: exitFor(ruleSet !== null) };
}

export function testsAnswer(ruleSet: RuleSet, files: number, tests: readonly CheckResult[]): Answer {
  const failed = tests.filter((test) => test.failure !== null);
  const lines = [
    ...failed.map(({ ruleId, test, failure }) => `✗ ${ruleId}, test "${test}": ${failure ?? ''}`),
    `${failed.length === 0 ? '✓' : '✗'} ${ruleSet.rules.length} rules in ${files} files, ${tests.length} tests, ${failed.length} failed`,
    `Rule set ${ruleSet.hash}`,
  ];
  const document = { ok: failed.length === 0, hash: ruleSet.hash, rules: ruleSet.rules.length, tests, faults: [] };
  return { document, lines, exit: exitFor(failed.length === 0) };
}

export function faultsAnswer(faults: readonly RuleFault[]): Answer {
  const lines = [...faults.map((fault) => `✗ ${placed(fault)}`), `✗ ${counted(faults.length, 'fault')}: this rule set may not be used`];
  return { document: { ok: false, faults }, lines, exit: exitCode.no };
}

export function diffAnswer(diff: RuleSetDiff): Answer {
  const { added, removed, changed } = diff;
  const lines = [
    ...added.map((id) => `+ ${id}`),
    ...removed.map((id) => `- ${id}`),
    ...changed.flatMap(({ ruleId, fields }) => [`~ ${ruleId}`, ...fields.map(({ words }) => `    ${words}`)]),
    `${added.length} added, ${removed.length} removed, ${changed.length} changed`,
  ];
  return { document: diff, lines };
}

export function decisionAnswer(decision: Decision): Answer {
  const { ruleId: winner, action, queue, params, timer, why, citation } = decision.answer;
  const { point, asOf, ruleSetHash, alsoMatched: matched, notInForce, nearMisses } = decision.receipt;
  const document = {
    winner,
    action,
    queue,
    params,
    timer,
    why,
    citation,
    point,
    asOf,
    ruleSetHash,
    inForce: decision.receipt.winner.inForce,
    matched: [winner, ...matched],
    notInForce,
    nearMisses,
  };
  return { document, lines: explain(decision).split('\n') };
}

function placed({ file, line, column, pointer, check, message }: RuleFault): string {
  return `${file}:${line}:${column} ${pointer === '' ? '' : `#${pointer} `} ${check}: ${message}`.replace('  ', ' ');
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
