import type { RuleSet } from '../rules/engine/rule.ts';
import type { Knowledge } from '../rules/lifecycle/contract.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import type { Database } from '../prisma/client.ts';
import { readRuleFiles, readRulesFor } from '../prisma/reads/rule-versions.ts';
import type { RuleVersionToWrite } from '../prisma/writes/rule-versions.ts';
import { refuse } from './failures.ts';
import { type Shadow, shadowOf } from './shadow.ts';
import type { ShadowBook } from './shadow-book.ts';

/** The payer rules by version. */
export interface RuleLibrary {
  /** What decides now for an account that was opened at that moment. */
  knowledgeFor(db: Database, openedAt: Date): Promise<Knowledge>;
  /** What a published version says. */
  knowledgeAt(db: Database, hash: string): Promise<Knowledge>;
  /** @throws RuleSetFault, DomainError when a file is broken */
  versionOf(files: KnowledgeFiles): RuleVersionToWrite;
  /** Decides some decisions a second time, beside the work. */
  readonly shadow: Shadow;
}

export interface RuleReaders {
  readonly knowledgeOf: (files: KnowledgeFiles) => Knowledge & { readonly ruleSet: RuleSet };
  readonly versionOf: RuleLibrary['versionOf'];
  /** Hears of every difference that the shadow finds. */
  readonly report: (line: string) => void;
  /** Where the shadow counts. */
  readonly book: Pick<ShadowBook, 'note'>;
}

/** Versions never change, so each is read and compiled once. */
export function storedRules({ knowledgeOf, versionOf, report, book }: RuleReaders): RuleLibrary {
  const known = new Map<string, Knowledge>();
  const shadows = new Map<string, Shadow>();
  const readNew = (files: KnowledgeFiles): Knowledge => {
    const knowledge = knowledgeOf(files);
    shadows.set(knowledge.ruleSet.hash, shadowOf(knowledge.ruleSet, report, book));
    return knowledge;
  };
  const knowledgeAt: RuleLibrary['knowledgeAt'] = async (db, hash) => {
    const found = known.get(hash) ?? readNew(await readRuleFiles(db, hash));
    known.set(hash, found);
    return found;
  };
  return {
    knowledgeAt,
    versionOf,
    shadow: (id, receipt) => shadows.get(receipt.ruleSetHash)?.(id, receipt),
    knowledgeFor: async (db, openedAt) => {
      const hash = await readRulesFor(db, openedAt);
      if (hash === null)
        throw refuse('rules.none', 'no payer rules were ever published: start the engine once, which publishes those it came with');
      return knowledgeAt(db, hash);
    },
  };
}

/** One set of rules for every account, for stories and tests. */
export function fixedRules(knowledge: Knowledge): RuleLibrary {
  const versionOf = (): never => {
    throw refuse('rules.fixed', 'these rules are fixed: nothing is published over them');
  };
  const always = () => Promise.resolve(knowledge);
  return { knowledgeFor: always, knowledgeAt: always, versionOf, shadow: () => undefined };
}
