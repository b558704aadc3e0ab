import { knowledgeOf, shippedFiles } from '../../client/knowledge.ts';
import type { KnowledgeFiles } from '../../rules/lifecycle/knowledge.ts';

/** The shipped files with some of their values changed, as an administrator would. */
export function changedFiles({ rules = {}, policies = {} }: Changes, files = shippedFiles()): KnowledgeFiles {
  const ruleFiles = files.ruleFiles.map(({ name, text }) => {
    const document = JSON.parse(text);
    for (const rule of document.rules) rules[rule.name]?.(rule);
    return { name, text: JSON.stringify(document, null, 2) };
  });
  return { ...files, ruleFiles, policies: changedPolicies(files.policies, policies) };
}

export function changedPolicies(text: string, changes: NonNullable<Changes['policies']>): string {
  const list = JSON.parse(text);
  for (const policy of list.policies ?? list) changes[policy.id]?.(policy);
  return JSON.stringify(list);
}

export function changedKnowledge(changes: Changes) {
  return knowledgeOf(changedFiles(changes));
}

type Change = (document: ReturnType<typeof JSON.parse>) => void;

interface Changes {
  readonly rules?: Readonly<Record<string, Change>>;
  readonly policies?: Readonly<Record<string, Change>>;
}

/** Its tests go with it: they say what it answered before. */
export function answering(params: object): Change {
  return (rule) => {
    rule.event.params = { ...rule.event.params, ...params };
    rule.tests = rule.tests.slice(0, 1).map((test: object) => ({ ...test, expect: { wins: rule.name } }));
  };
}

/** Within so many calendar days. */
export function within(amount: number): Change {
  return (policy) => {
    policy.amount = amount;
    policy.unit = 'calendar';
  };
}
