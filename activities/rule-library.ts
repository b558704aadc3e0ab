import type { Knowledge } from '../rules/lifecycle/contract.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import type { Database } from '../prisma/client.ts';
import { readRuleFiles, readRulesFor } from '../prisma/reads/rule-versions.ts';
import { refuse } from './failures.ts';

/** The payer rules by version. */
export interface RuleLibrary {
  /** What decides now for an account that was opened at that moment. */
  knowledgeFor(db: Database, openedAt: Date): Promise<Knowledge>;
}

/** Versions never change, so each is read and compiled once. */
export function storedRules(read: (files: KnowledgeFiles) => Knowledge): RuleLibrary {
  const known = new Map<string, Knowledge>();
  return {
    knowledgeFor: async (db, openedAt) => {
      const hash = await readRulesFor(db, openedAt);
      if (hash === null)
        throw refuse('rules.none', 'no payer rules were ever published: start the engine once, which publishes those it came with');
      const found = known.get(hash) ?? read(await readRuleFiles(db, hash));
      known.set(hash, found);
      return found;
    },
  };
}

/** One set of rules for every account, for stories and tests. */
export function fixedRules(knowledge: Knowledge): RuleLibrary {
  return { knowledgeFor: () => Promise.resolve(knowledge) };
}
