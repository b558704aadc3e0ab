import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { checkRuleSet } from '../../../rules/engine/check.ts';
import { diffRuleSets } from '../../../rules/engine/diff.ts';
import { evaluator } from '../../../rules/engine/evaluate.ts';
import { RuleSetFault } from '../../../rules/engine/fault.ts';
import { readFacts } from '../../../rules/engine/facts.ts';
import { formatRuleFile } from '../../../rules/engine/format.ts';
import type { RuleFile } from '../../../rules/engine/rule-set.ts';
import { ruleSetSchema } from '../../../rules/engine/schema.ts';
import { lintRules, readRules, ruleFiles, ruleSetPaths } from '../../knowledge.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { type Answer, exitFor } from '../output.ts';
import { readable } from '../read-file.ts';
import { decisionAnswer, diffAnswer, faultsAnswer, lintAnswer, testsAnswer } from '../rule-lines.ts';
import type { Session } from '../session.ts';
import { coverageCommand } from './rules-coverage.ts';
import { overruledCommand } from './rules-overruled.ts';
import { officeCommands } from './rules-office.ts';
import { whatIfCommand } from './rules-what-if.ts';

const setArgument = ['[files...]', 'the files of one rule set; rules/sets when none is named'] as const;

export function rulesCommand(session: Session): Command {
  const rules = new Command('rules').description('the payer rules, as files or as the running engine has them');
  const commands = [
    new Command('check')
      .description('read the rules, report every fault with its place, and run their own tests')
      .argument(...setArgument)
      .action((paths: readonly string[]) => session.say(tested(paths))),
    new Command('test')
      .description('run the rules’ own tests')
      .argument(...setArgument)
      .action((paths: readonly string[]) => session.say(tested(paths))),
    new Command('lint')
      .description('every fault and warning with line and column: unreachable, dead, redundant and overlapping rules are proved')
      .argument(...setArgument)
      .option('--stored', 'look at the stored decisions of the running engine too: rules unmatched for 90 days, denials without a rule')
      .action((paths: readonly string[], { stored }: { stored?: true }) => lintCommand(session, filesAt(paths), stored === true)),
    new Command('diff')
      .description('the rules added, removed and changed from one file to another, field by field')
      .argument('<before>')
      .argument('<after>')
      .action((before: string, after: string) =>
        session.say(withFaults(() => diffAnswer(diffRuleSets(readRules(filesAt([before])), readRules(filesAt([after])))))),
      ),
    new Command('format')
      .description('rewrite rule files in the canonical layout; the content hash stays')
      .argument('<files...>')
      .option('--check', 'change nothing; say which files are laid out otherwise')
      .action((paths: readonly string[], { check }: { check?: true }) => session.say(formatted(paths, check === true))),
    new Command('decide')
      .description('ask a rule set about one case: who wins, who matched too, who nearly did and at which comparison')
      .option('--set <file...>', 'the files of one rule set; rules/sets when none is named', [])
      .requiredOption('--facts <file>', 'a JSON object of facts; one left out is unknown')
      .option('--as-of <date>', 'the day of the decision, YYYY-MM-DD; today when absent')
      .action((about: { set: readonly string[]; facts: string; asOf?: string }) => session.say(withFaults(() => decided(about)))),
    new Command('schema').description('the JSON Schema of a rule set file, made from the catalogue').action(() => {
      const schema = ruleSetSchema();
      session.say({ document: schema, lines: JSON.stringify(schema, null, 2).split('\n') });
    }),
    whatIfCommand(session),
    coverageCommand(session),
    overruledCommand(session),
    ...officeCommands(session),
  ];
  for (const command of commands) rules.addCommand(command);
  return rules;
}

function filesAt(paths: readonly string[]) {
  return readable(() => ruleFiles(paths.length === 0 ? ruleSetPaths() : paths));
}

function lintCommand(session: Session, files: readonly RuleFile[], isStored: boolean): void | Promise<void> {
  if (!isStored) return session.say(lintAnswer(lintRules(files)));
  return session.ask(async ({ trials }) => {
    const stored = await trials.lintEvidence((live) => ({ ...live, ruleFiles: files }));
    return lintAnswer(lintRules(files, stored));
  });
}

function tested(paths: readonly string[]): Answer {
  const files = filesAt(paths);
  return withFaults(() => {
    const ruleSet = readRules(files);
    return testsAnswer(ruleSet, files.length, checkRuleSet(ruleSet));
  });
}

/** A rule set with faults is an answer, not an accident. */
function withFaults(answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof RuleSetFault) return faultsAnswer(error.faults);
    throw error;
  }
}

function formatted(paths: readonly string[], isCheck: boolean): Answer {
  const files = paths.map((path) => {
    const before = readable(() => readFileSync(path, 'utf8'));
    return { path, before, after: jsonOf(path, () => formatRuleFile(before)) };
  });
  const changed = files.filter(({ before, after }) => before !== after);
  if (!isCheck) for (const { path, after } of changed) writeFileSync(path, after);
  const lines = [
    ...changed.map(({ path }) => `${isCheck ? '✗ not in the canonical layout' : '✓ rewritten'}: ${path}`),
    `${changed.length} of ${files.length} files ${isCheck ? 'would change' : 'changed'}`,
  ];
  return { document: { changed: changed.map(({ path }) => path) }, lines, exit: exitFor(!isCheck || changed.length === 0) };
}

function decided({ set, facts: path, asOf }: { set: readonly string[]; facts: string; asOf?: string }): Answer {
  const text = readable(() => readFileSync(path, 'utf8'));
  const facts = jsonOf(path, (): unknown => JSON.parse(text));
  return decisionAnswer(evaluator(readRules(filesAt(set)))(readFacts(facts), asOf ?? new Date().toISOString().slice(0, 10)));
}

function jsonOf<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw notFacts(path, error instanceof Error ? error.message : 'unreadable');
  }
}

function notFacts(path: string, why: string): CommandFailure {
  return new CommandFailure({
    exit: exitCode.wrongUsage,
    what: `This is not JSON as expected: ${why}`,
    where: path,
    next: 'write one JSON object; for facts such as {"point": "denied", "denial.carc": "197"}',
  });
}
