import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKnowledge } from '../rules/lifecycle/knowledge.ts';

const rulesFolder = join(import.meta.dirname, '..', 'rules');

/** The rule sets and reference data of this checkout. @throws RuleSetFault, DomainError when a file is broken */
export function loadKnowledge(): ReturnType<typeof readKnowledge> {
  const setsFolder = join(rulesFolder, 'sets');
  const names = readdirSync(setsFolder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const reference = (name: string): string => readFileSync(join(rulesFolder, 'reference', name), 'utf8');
  return readKnowledge(
    {
      ruleFiles: names.map((name) => ({ name, text: readFileSync(join(setsFolder, name), 'utf8') })),
      categories: reference('denial-categories.json'),
      policies: reference('deadline-policies.json'),
      carc: reference('carc.json'),
      rarc: reference('rarc.json'),
    },
    (text) => createHash('sha256').update(text).digest('hex'),
  );
}
