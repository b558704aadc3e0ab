import type { RuleSet } from '../rules/engine/rule.ts';
import type { Knowledge } from '../rules/lifecycle/contract.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import type { Database } from '../prisma/client.ts';
import { readLiveRules, readRuleFiles } from '../prisma/reads/rule-versions.ts';
import { refuse } from './failures.ts';
import { type Shadow, shadowOf } from './shadow.ts';

/** The payer rules by version. */
export interface RuleLibrary {
  /** What decides for an account: the version it keeps, else the one that is live at this moment. */
  knowledgeFor(db: Database, keptHash: string | null): Promise<Knowledge>;
  /** Decides some decisions a second time, beside the work. */
  readonly shadow: Shadow;
}

/** Versions never change, so each is read and compiled once. */
export function storedRules(
  read: (files: KnowledgeFiles) => Knowledge & { readonly ruleSet: RuleSet },
  report: (line: string) => void,
): RuleLibrary {
  const known = new Map<string, Knowledge>();
  const shadows = new Map<string, Shadow>();
  const readNew = (files: KnowledgeFiles): Knowledge => {
    const knowledge = read(files);
    shadows.set(knowledge.ruleSet.hash, shadowOf(knowledge.ruleSet, report));
    return knowledge;
  };
  return {
    shadow: (id, receipt) => shadows.get(receipt.ruleSetHash)?.(id, receipt),
    knowledgeFor: async (db, keptHash) => {
      const hash = keptHash ?? (await readLiveRules(db))?.hash;
      if (hash === undefined)
        throw refuse('rules.none', 'no payer rules were ever published: start the engine once, which publishes those it came with');
      const found = known.get(hash) ?? readNew(await readRuleFiles(db, hash));
      known.set(hash, found);
      return found;
    },
  };
}

/** One set of rules for every account, for stories and tests. */
export function fixedRules(knowledge: Knowledge): RuleLibrary {
  return { knowledgeFor: () => Promise.resolve(knowledge), shadow: () => undefined };
}
