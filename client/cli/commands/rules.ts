import { Command } from 'commander';
import { checkRuleSet } from '../../../rules/engine/check.ts';
import { type RuleFault, RuleSetFault } from '../../../rules/engine/fault.ts';
import type { RuleSet } from '../../../rules/engine/rule.ts';
import { readRules, ruleFiles, ruleSetPaths } from '../../knowledge.ts';
import { exitCode } from '../failure.ts';
import { type Answer, exitFor } from '../output.ts';
import { readable } from '../read-file.ts';
import type { Session } from '../session.ts';
import { officeCommands } from './rules-office.ts';

export function rulesCommand(session: Session): Command {
  const check = new Command('check')
    .description('read the rules, report every fault with its place, and run their own tests')
    .argument('[files...]', 'the files of one rule set; rules/sets when none is named')
    .action((paths: readonly string[]) => {
      session.say(checked(paths.length === 0 ? ruleSetPaths() : paths));
    });
  const rules = new Command('rules').description('the payer rules').addCommand(check);
  for (const command of officeCommands(session)) rules.addCommand(command);
  return rules;
}

function checked(paths: readonly string[]): Answer {
  const files = readable(() => ruleFiles(paths));
  try {
    return testsOf(readRules(files), paths);
  } catch (error) {
    if (error instanceof RuleSetFault) return faultsOf(error.faults);
    throw error;
  }
}

function testsOf(ruleSet: RuleSet, paths: readonly string[]): Answer {
  const tests = checkRuleSet(ruleSet);
  const failed = tests.filter((test) => test.failure !== null);
  const lines = [
    ...failed.map(({ ruleId, test, failure }) => `✗ ${ruleId}, test "${test}": ${failure ?? ''}`),
    `${failed.length === 0 ? '✓' : '✗'} ${ruleSet.rules.length} rules in ${paths.length} files, ${tests.length} tests, ${failed.length} failed`,
    `Rule set ${ruleSet.hash}`,
  ];
  const document = { ok: failed.length === 0, hash: ruleSet.hash, rules: ruleSet.rules.length, tests, faults: [] };
  return { document, lines, exit: exitFor(failed.length === 0) };
}

function faultsOf(faults: readonly RuleFault[]): Answer {
  const lines = [
    ...faults.map(({ file, pointer, check, message }) => `✗ ${file}#${pointer}  ${check}: ${message}`),
    `✗ ${faults.length} faults: this rule set may not be used`,
  ];
  return { document: { ok: false, faults }, lines, exit: exitCode.no };
}
