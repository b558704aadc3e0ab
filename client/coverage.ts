import type { PrismaClient } from '../prisma/client.ts';
import { readLiveRules, readRuleFiles } from '../prisma/reads/rule-versions.ts';
import { readAccountsById, readStoredDenials, type StoredDenial } from '../prisma/reads/stored-denials.ts';
import { type CoverageMap, coverageOf, type DenialSeen } from '../rules/administration/coverage.ts';
import { type CivilDate, instant, type Instant } from '../rules/domain/civil-date.ts';
import { DomainError } from '../rules/domain/failures.ts';
import type { Knowledge } from '../rules/lifecycle/contract.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import { askedNow } from '../rules/lifecycle/open-account.ts';
import { knowledgeOf } from './knowledge.ts';

export interface CoverageQuestion {
  /** Denials of remittances since that day; null is all. */
  readonly since: CivilDate | null;
  /** Other rules than the live ones. */
  readonly files?: KnowledgeFiles;
  /** Ask as if every denial were decided on that day; each on its own when absent. */
  readonly askedOn?: CivilDate;
}

/** Which stored denials the rules do not answer well, in dollars. @throws DomainError `rules.none`; RuleSetFault for broken `files` */
export async function readCoverage(
  prisma: PrismaClient,
  { since, files, askedOn }: CoverageQuestion,
  now: Instant = instant(new Date().toISOString()),
): Promise<CoverageMap> {
  const knowledge = knowledgeOf(files ?? (await liveFiles(prisma)));
  const coverage = coverageOf(knowledge.ruleSet);
  for await (const denials of readStoredDenials(prisma, since))
    for (const seen of await withFacts(prisma, denials, { knowledge, now }))
      coverage.count(askedOn === undefined ? seen : { ...seen, asOf: askedOn });
  return coverage.map();
}

/** @throws DomainError `rules.none` */
export async function liveFiles(prisma: PrismaClient): Promise<KnowledgeFiles> {
  const live = await readLiveRules(prisma);
  if (live === null) throw new DomainError('rules.none', 'no payer rules were ever published: start the engine once, then try again');
  return readRuleFiles(prisma, live.hash);
}

/** A denial about which the rules were never asked gets the facts they would see now. */
async function withFacts(
  prisma: PrismaClient,
  denials: readonly StoredDenial[],
  { knowledge, now }: { readonly knowledge: Knowledge; readonly now: Instant },
): Promise<readonly DenialSeen[]> {
  const unasked = denials.filter(({ asked }) => asked === null).map(({ accountId }) => accountId);
  const accounts = await readAccountsById(prisma, [...new Set(unasked)]);
  return denials.flatMap(({ accountId, accountNumber, caseId, asked, payerId, group, carc, amountCents }) => {
    const account = accounts.get(accountId);
    const seen = asked ?? (account === undefined ? null : askedNow(account, { caseId, asOf: now }, knowledge));
    if (seen === null) return [];
    const { asOf, facts } = seen;
    return [{ accountId, account: accountNumber, payerId, group, carc, amountCents, asOf, facts, isDecided: asked !== null }];
  });
}
