import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import { ruleFiles } from './knowledge.ts';

/** Reference data by the name of its file in rules/reference. */
const references = {
  'denial-categories.json': 'categories',
  'deadline-policies.json': 'policies',
  'carc.json': 'carc',
  'rarc.json': 'rarc',
  'contracts.json': 'contracts',
  'prompt-pay.json': 'promptPay',
  'ways-of-appeal.json': 'ways',
  'approval-limits.json': 'approvals',
  'assistance-policies.json': 'assistance',
  'credit-reporting.json': 'creditReporting',
  'plan-policies.json': 'plans',
} as const;

/**
 * A draft from files over the live ones. A folder is the whole rule set; single files take the place of the live ones of their name. Reference data
 * comes from the live version unless a file of its name is given.
 */
export function draftFiles(live: KnowledgeFiles, paths: readonly string[]): KnowledgeFiles {
  const given = ruleFiles(paths.flatMap(filesOf));
  const isWhole = paths.some((path) => statSync(path).isDirectory());
  const rules = given.filter(({ name }) => !(name in references));
  const names = new Set(rules.map(({ name }) => name));
  const kept = isWhole ? [] : live.ruleFiles.filter(({ name }) => !names.has(name));
  const byName = new Map(given.map(({ name, text }) => [name, text]));
  const known = Object.entries(references).map(([name, key]) => [key, byName.get(name) ?? live[key]] as const);
  const reference = Object.fromEntries(known.filter(([, text]) => text !== undefined));
  return { ...live, ...reference, ruleFiles: [...kept, ...rules].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(path, name));
}
