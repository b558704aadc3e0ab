import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '../rules/domain/failures.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import { ruleFiles, ruleSetPaths } from './knowledge.ts';

/** `sets/*.json` are the rules, `reference/*.json` what they are checked against: the same as in this clone under rules/. */
const references = {
  categories: 'denial-categories.json',
  policies: 'deadline-policies.json',
  carc: 'carc.json',
  rarc: 'rarc.json',
} as const;

/** Absent from folders written before they were kept. */
const laterReferences = {
  contracts: 'contracts.json',
  promptPay: 'prompt-pay.json',
  ways: 'ways-of-appeal.json',
  approvals: 'approval-limits.json',
  assistance: 'assistance-policies.json',
  creditReporting: 'credit-reporting.json',
  plans: 'plan-policies.json',
} as const;

const later = Object.keys(laterReferences).filter((key): key is keyof typeof laterReferences => key in laterReferences);

/** A name that is a file and nothing else, on every system. */
export const ruleFileName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.json$/;

/** The texts as they lie there, broken or not. Throws what the system says when one is missing. */
export function readRuleFolder(folder: string): KnowledgeFiles {
  const text = (name: string) => readFileSync(join(folder, 'reference', name), 'utf8');
  const { categories, policies, carc, rarc } = references;
  const reference = { categories: text(categories), policies: text(policies), carc: text(carc), rarc: text(rarc) };
  const there = Object.entries(laterReferences).filter(([, name]) => existsSync(join(folder, 'reference', name)));
  const added = Object.fromEntries(there.map(([key, name]) => [key, text(name)]));
  return { ruleFiles: ruleFiles(ruleSetPaths(join(folder, 'sets'))), ...reference, ...added };
}

/** Byte for byte as stored. @throws DomainError `rules.file-name` */
export function writeRuleFolder(folder: string, files: KnowledgeFiles): void {
  for (const { name } of files.ruleFiles)
    if (!ruleFileName.test(name)) throw new DomainError('rules.file-name', `"${name}" is not a name for a file: rename it in a draft`);
  for (const inner of ['sets', 'reference']) mkdirSync(join(folder, inner), { recursive: true });
  for (const { name, text } of files.ruleFiles) writeFileSync(join(folder, 'sets', name), text);
  for (const key of ['categories', 'policies', 'carc', 'rarc'] as const)
    writeFileSync(join(folder, 'reference', references[key]), files[key]);
  for (const key of later) {
    const text = files[key];
    if (text !== undefined) writeFileSync(join(folder, 'reference', laterReferences[key]), text);
  }
}
