import type { Scenario } from '../../client/scenario/format.ts';
import type { KnowledgeFiles } from '../../rules/lifecycle/knowledge.ts';

/** A story of one account, told where there are others: its deeds name the account. What it expects is another test's. */
export function inCompany(story: Scenario): Scenario {
  const account = story.days.flatMap((day) => day.arrives).flatMap((a) => ('claim' in a ? [a.claim.account] : []))[0] ?? '';
  const days = story.days.map(({ on, arrives, does }) => ({ on, arrives, does: does.map((deed) => ({ account, ...deed })) }));
  return { ...story, days };
}

interface RuleDocument {
  readonly name: string;
}

/** The shipped files with other rules in the default set. */
export function withDefault(live: KnowledgeFiles, change: (rules: readonly RuleDocument[]) => readonly RuleDocument[]): KnowledgeFiles {
  const changed = (text: string) => {
    const document = JSON.parse(text);
    return JSON.stringify({ ...document, rules: change(document.rules) }, null, 2);
  };
  return {
    ...live,
    ruleFiles: live.ruleFiles.map((file) => (file.name === 'default.json' ? { ...file, text: changed(file.text) } : file)),
  };
}
