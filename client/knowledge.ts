import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DomainError } from '../rules/domain/failures.ts';
import { type DeadlineReference, readReference } from '../rules/deadlines/read-policies.ts';
import { readCategoryTable, readCodeList } from '../rules/engine/categories.ts';
import { type CheckResult, checkRuleSet } from '../rules/engine/check.ts';
import { type RuleFault, RuleSetFault } from '../rules/engine/fault.ts';
import { type Lint, lint } from '../rules/engine/lint.ts';
import type { LintEvidence } from '../rules/engine/lint-stored.ts';
import type { CodeSets } from '../rules/engine/read-value.ts';
import type { RuleSet } from '../rules/engine/rule.ts';
import { type RuleFile, readRuleSet } from '../rules/engine/rule-set.ts';
import type { HoldBook } from '../rules/domain/hold.ts';
import { readHolds } from '../rules/lifecycle/read-holds.ts';
import { type KnowledgeFiles, readKnowledge } from '../rules/lifecycle/knowledge.ts';
import type { RuleVersionToWrite } from '../prisma/writes/rule-versions.ts';

const rulesFolder = join(import.meta.dirname, '..', 'rules');

/** The rule sets and reference data of this checkout. @throws RuleSetFault, DomainError when a file is broken */
export function loadKnowledge(): ReturnType<typeof readKnowledge> {
  return knowledgeOf(shippedFiles());
}

/** The same from the texts of a version. */
export function knowledgeOf(files: KnowledgeFiles): ReturnType<typeof readKnowledge> {
  return readKnowledge(
    {
      ...files,
      ways: files.ways ?? reference('ways-of-appeal.json'),
      approvals: files.approvals ?? reference('approval-limits.json'),
      assistance: files.assistance ?? reference('assistance-policies.json'),
      creditReporting: files.creditReporting ?? reference('credit-reporting.json'),
      holds: reference('holds.json'),
      plans: files.plans ?? reference('plan-policies.json'),
    },
    sha256,
  );
}

/** What each hold stops, as this checkout has it. */
export function loadHolds(): HoldBook {
  return readHolds(reference('holds.json'));
}

/** The texts of this checkout. */
export function shippedFiles(): KnowledgeFiles {
  return {
    ruleFiles: ruleFiles(ruleSetPaths()),
    categories: reference('denial-categories.json'),
    policies: reference('deadline-policies.json'),
    carc: reference('carc.json'),
    rarc: reference('rarc.json'),
    contracts: reference('contracts.json'),
    promptPay: reference('prompt-pay.json'),
    ways: reference('ways-of-appeal.json'),
    approvals: reference('approval-limits.json'),
    assistance: reference('assistance-policies.json'),
    creditReporting: reference('credit-reporting.json'),
    plans: reference('plan-policies.json'),
  };
}

/** A version as it is stored: every text in it counts. @throws RuleSetFault, DomainError when a file is broken */
export function ruleVersionOf(files: KnowledgeFiles): RuleVersionToWrite {
  const { ruleSet } = knowledgeOf(files);
  return { hash: contentHashOf(files), ruleSetHash: ruleSet.hash, files, titles: ruleSet.titles };
}

/** Of every text, broken or not; a draft that is published becomes the version of that hash. */
export function contentHashOf(files: KnowledgeFiles): string {
  const {
    ruleFiles: rules,
    categories,
    policies,
    carc,
    rarc,
    contracts,
    promptPay,
    ways,
    approvals,
    assistance,
    creditReporting,
    plans,
  } = files;
  const later = [contracts, promptPay, ways, approvals, assistance, creditReporting, plans].filter((text) => text !== undefined);
  return sha256(JSON.stringify([...rules.flatMap(({ name, text }) => [name, text]), categories, policies, carc, rarc, ...later]));
}

export interface FilesChecked {
  readonly contentHash: string;
  readonly ok: boolean;
  readonly faults: readonly RuleFault[];
  readonly warnings: readonly RuleFault[];
  readonly failedTests: readonly CheckResult[];
  readonly tests: number;
}

/** Everything that must hold before these files may be published: they can be read, the lint finds no fault, and the rules' own tests pass. */
export function checkFiles(files: KnowledgeFiles, stored: LintEvidence | null): FilesChecked {
  const contentHash = contentHashOf(files);
  const broken = (faults: FilesChecked['faults']) => ({ contentHash, ok: false, faults, warnings: [], failedTests: [], tests: 0 });
  try {
    const { ruleSet } = knowledgeOf(files);
    const { faults, warnings } = lintRules(files.ruleFiles, stored);
    if (faults.length > 0) return broken(faults);
    const tests = checkRuleSet(ruleSet);
    const failedTests = tests.filter(({ failure }) => failure !== null);
    return { contentHash, ok: failedTests.length === 0, faults: [], warnings, failedTests, tests: tests.length };
  } catch (error) {
    if (error instanceof RuleSetFault) return broken(error.faults);
    if (error instanceof DomainError || error instanceof SyntaxError)
      return broken([{ file: 'reference', line: 1, column: 1, pointer: '', check: 'shape', message: error.message }]);
    throw error;
  }
}

/** The deadline policies of this checkout and the lists of days off that they use. */
export function loadDeadlines(): DeadlineReference {
  return readReference(JSON.parse(reference('deadline-policies.json')));
}

/** What each adjustment code means and which kind of denial it is. */
export function loadCategories(): ReturnType<typeof readCategoryTable> {
  return readCategoryTable(reference('denial-categories.json'));
}

/** These files as one rule set, its codes checked against the code lists of this checkout. @throws RuleSetFault with every fault of every file */
export function readRules(files: readonly RuleFile[]): RuleSet {
  return readRuleSet(files, sha256, codeSets());
}

/** All that keeps these files from being used as one rule set, and what should be looked at; by stored decisions too where they are given. */
export function lintRules(files: readonly RuleFile[], stored: LintEvidence | null = null): Lint {
  return lint(files, { hash: sha256, codes: codeSets(), stored });
}

function codeSets(): CodeSets {
  return { carc: readCodeList(reference('carc.json')), rarc: readCodeList(reference('rarc.json')) };
}

/** The rule files of a folder, or of this checkout, by name. */
export function ruleSetPaths(folder = join(rulesFolder, 'sets')): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}

export function ruleFiles(paths: readonly string[]): readonly RuleFile[] {
  return paths.map((path) => ({ name: basename(path), text: readFileSync(path, 'utf8') }));
}

function reference(name: string): string {
  return readFileSync(join(rulesFolder, 'reference', name), 'utf8');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
