import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCodeList } from '../../rules/engine/categories.ts';
import type { RuleSet } from '../../rules/engine/rule.ts';
import { type RuleFile, readRuleSet } from '../../rules/engine/rule-set.ts';

const folder = join(import.meta.dirname, '../../rules');

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function readRulesFile(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** The default set, which has the fallback, is the first. */
export function shippedFiles(): readonly RuleFile[] {
  const others = readdirSync(join(folder, 'sets')).filter((name) => name !== 'default.json');
  return ['default.json', ...others.sort()].map((name) => ({ name, text: readRulesFile(`sets/${name}`) }));
}

export const codes = {
  carc: readCodeList(readRulesFile('reference/carc.json')),
  rarc: readCodeList(readRulesFile('reference/rarc.json')),
};

/** All shipped rule sets as one, checked against the code lists. */
export function shippedRuleSet(): RuleSet {
  return readRuleSet(shippedFiles(), sha256, codes);
}
