import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { categorise } from '../rules/domain/denial.ts';
import { deadlineFor, readPolicies } from '../rules/deadlines/policies.ts';
import { readCategoryTable, readCodeList } from '../rules/engine/categories.ts';
import { evaluator } from '../rules/engine/evaluate.ts';
import { type RuleFile, readRuleSet } from '../rules/engine/rule-set.ts';
import type { RuleSet } from '../rules/engine/rule.ts';
import type { Knowledge } from '../rules/lifecycle/contract.ts';

const rules = join(import.meta.dirname, '..', 'rules');

/** What the core knows beside the account, from `rules/sets` and `rules/reference` of this clone. Throws what the readers throw. */
export function readKnowledge(): Knowledge {
  const policies = readPolicies(JSON.parse(reference('deadline-policies.json')));
  const categories = readCategoryTable(reference('denial-categories.json'));
  return {
    decide: evaluator(readRules(ruleFilesOf(ruleSetPaths()))),
    deadline: (kind, about, anchors) => deadlineFor(policies, { kind, ...about }, anchors),
    categorise: (adjustment) => categorise(categories, adjustment),
  };
}

/** The files as one rule set, its codes checked against the code lists. @throws RuleSetFault with every fault of every file. */
export function readRules(files: readonly RuleFile[]): RuleSet {
  const codes = { carc: readCodeList(reference('carc.json')), rarc: readCodeList(reference('rarc.json')) };
  return readRuleSet(files, (text) => createHash('sha256').update(text).digest('hex'), codes);
}

/** The rule files that are in force: every JSON file of `rules/sets`. */
export function ruleSetPaths(): readonly string[] {
  const folder = join(rules, 'sets');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}

export function ruleFilesOf(paths: readonly string[]): readonly RuleFile[] {
  return paths.map((path) => ({ name: path, text: readFileSync(path, 'utf8') }));
}

function reference(name: string): string {
  return readFileSync(join(rules, 'reference', name), 'utf8');
}
