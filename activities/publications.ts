import type { Account } from '../rules/domain/account.ts';
import { type CivilDate, civilDateAt, instant, type Instant } from '../rules/domain/civil-date.ts';
import { DomainError } from '../rules/domain/failures.ts';
import type { Knowledge, StandingDecision } from '../rules/lifecycle/contract.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import { type Scope, wouldDecideOtherwise } from '../rules/lifecycle/standing.ts';
import { inTransaction, type PrismaClient } from '../prisma/client.ts';
import { readNews } from '../prisma/reads/deliveries.ts';
import { readDraft, readDraftFiles } from '../prisma/reads/rule-drafts.ts';
import { readHeldAccounts, readPausedRules } from '../prisma/reads/rule-pauses.ts';
import { readDraftPublication, readHashOf, readPublication, type StoredPublication } from '../prisma/reads/rule-publications.ts';
import { readRuleFiles, readRulesFor } from '../prisma/reads/rule-versions.ts';
import { readZone } from '../prisma/reads/shown.ts';
import { readAccounts, readOpenAccounts, readStanding } from '../prisma/reads/standing.ts';
import { changeDraft, refuseDraft } from '../prisma/writes/rule-drafts.ts';
import { keepNews, keepPage, publicationKey } from '../prisma/writes/rule-publications.ts';
import type { RuleVersionToWrite } from '../prisma/writes/rule-versions.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { refuse } from './failures.ts';
import type { PublicationActivities } from './index.ts';
import { deliverTo } from './intake.ts';
import type { RuleLibrary } from './rule-library.ts';

/** Accounts looked at with one statement. */
const pageSize = 250;
/** Accounts looked at by one call: seconds, so that a worker that dies loses little. */
const mostLooked = 5_000;

type Dependencies = Pick<ActivityDependencies, 'prisma' | 'rules' | 'messenger'>;

export function publicationActivities(dependencies: Dependencies): PublicationActivities {
  const { prisma } = dependencies;
  return {
    publishDraft: (input) => publishDraft(dependencies, input),

    tellAccounts: async ({ publicationId, limit }) => {
      const stem = publicationKey(publicationId);
      // What an earlier attempt kept and did not deliver comes first.
      await deliverNews(dependencies, stem);
      const looking = await lookingFor(dependencies, publicationId);
      let told = 0;
      for (let looked = 0; told < limit && looked < mostLooked; looked += pageSize) {
        const found = await lookAtPage(dependencies, looking);
        if (found === null) return { told, isSettled: true };
        await deliverNews(dependencies, stem);
        told += found;
      }
      return { told, isSettled: (await readPublication(prisma, publicationId))?.settledAt !== null };
    },

    tellHeld: async ({ ruleId, resumedAt, after, limit }) => {
      const found = await readHeldAccounts(prisma, ruleId, after, limit);
      const concerned = await stillHeld(prisma, ruleId, found);
      const stem = `resumed:${ruleId}:${resumedAt}:`;
      const at = instant(resumedAt);
      const body = { kind: 'rulesChanged', cause: `rule ${ruleId} resumed`, asksAgain: true, on: await todayAt(prisma, at) } as const;
      const told = await inTransaction(prisma, (tx) => keepNews(tx, { stem, concerned, body, at }));
      await deliverNews(dependencies, stem);
      return { told, next: found.length < limit ? null : (found.at(-1) ?? null) };
    },
  };
}

async function publishDraft(
  { prisma, rules }: Dependencies,
  { draftId, by }: { readonly draftId: string; readonly by: string },
): Published {
  const known = await readDraftPublication(prisma, draftId);
  if (known !== null) return { kind: 'published', publicationId: known };
  const draft = await readDraft(prisma, draftId);
  const files = await readDraftFiles(prisma, draftId);
  if (draft === null || files === null) throw refuse('draft.unknown', `there is no draft ${draftId}`);
  const now = instant(new Date().toISOString());
  const isReady = draft.status === 'approved' || (draft.status === 'draft' && draft.isEmergency);
  if (isReady && draft.publishAt !== null && draft.publishAt > now) return { kind: 'planned', at: draft.publishAt };
  const reason = await takeLive(prisma, draftId, { by, now, version: versionIn(rules, files) });
  const publicationId = await readDraftPublication(prisma, draftId);
  if (publicationId !== null) return { kind: 'published', publicationId };
  await refuseDraft(prisma, draftId, { by, at: now, reason: reason ?? 'it was not published' });
  return { kind: 'refused', reason: reason ?? 'it was not published' };
}

type Published = ReturnType<PublicationActivities['publishDraft']>;

interface Publishing {
  readonly by: string;
  readonly now: Instant;
  readonly version: RuleVersionToWrite | null;
}

/** @returns why not, or null when it is live */
async function takeLive(prisma: PrismaClient, draftId: string, { by, now, version }: Publishing): Promise<string | null> {
  if (version === null) return 'its files cannot be read: check it again';
  const doing = { by, now, today: await todayAt(prisma, now), seenRevision: null };
  const step = await changeDraft(prisma, draftId, { kind: 'publish' }, { doing, content: { version } });
  return step?.kind === 'refused' ? step.reason : null;
}

/** Null when they are broken: a draft is saved all the same. */
function versionIn(rules: RuleLibrary, files: KnowledgeFiles): RuleVersionToWrite | null {
  try {
    return rules.versionOf(files);
  } catch (error) {
    if (error instanceof DomainError || error instanceof SyntaxError) return null;
    throw error;
  }
}

interface Looking {
  readonly publication: StoredPublication;
  readonly scope: Scope;
  readonly knowledge: Knowledge;
}

/** @returns how many accounts of the next page had not been told; null when all are */
async function lookAtPage({ prisma }: Dependencies, { publication, scope, knowledge }: Looking): Promise<number | null> {
  const at = await readPublication(prisma, publication.id);
  if (at === null || at.settledAt !== null) return null;
  const { sweep, cursor } = at;
  const asOf = instant(new Date().toISOString());
  const isIdle = !scope.asksAgain && !scope.movesDates;
  const accounts = isIdle ? [] : await readOpenAccounts(prisma, cursor, pageSize);
  const paused = (await readPausedRules(prisma)).map(({ ruleId }) => ruleId);
  const standing = scope.asksAgain ? await standingBy(prisma, accounts) : new Map<string, readonly StandingDecision[]>();
  const concerned = accounts
    .filter((account) => wouldDecideOtherwise({ account, standing: standing.get(account.id) ?? [], asOf, paused }, knowledge, scope))
    .map(({ id }) => id);
  const { asksAgain } = scope;
  const body = { kind: 'rulesChanged', cause: `publication ${publication.number}`, asksAgain, on: await todayAt(prisma, asOf) } as const;
  const upTo = accounts.length < pageSize ? null : (accounts.at(-1)?.id ?? null);
  return (await keepPage(prisma, publication.id, { from: { sweep, cursor }, upTo, concerned, body, at: asOf })) ?? 0;
}

/** What counts is what a turn would ask now, also where the next publication was faster. */
async function lookingFor({ prisma, rules }: Dependencies, publicationId: string): Promise<Looking> {
  const publication = await readPublication(prisma, publicationId);
  if (publication === null) throw refuse('publication.unknown', `there is no publication ${publicationId}`);
  const hash = (await readRulesFor(prisma, new Date(0))) ?? publication.hash;
  const before = await readHashOf(prisma, publication.number - 1);
  const movesDates = before === null || (await readRuleFiles(prisma, before)).policies !== (await readRuleFiles(prisma, hash)).policies;
  const scope = { asksAgain: publication.policy === 'now', movesDates };
  return { publication, scope, knowledge: await rules.knowledgeAt(prisma, hash) };
}

async function standingBy(prisma: PrismaClient, accounts: readonly Account[]): Promise<ReadonlyMap<string, readonly StandingDecision[]>> {
  const byAccount = new Map<string, StandingDecision[]>();
  for (const row of await readStanding(prisma, accounts)) {
    const known = byAccount.get(row.accountId);
    if (known === undefined) byAccount.set(row.accountId, [row]);
    else known.push(row);
  }
  return byAccount;
}

/** Those of which a person has not decided meanwhile. */
async function stillHeld(prisma: PrismaClient, ruleId: string, accountIds: readonly string[]): Promise<readonly string[]> {
  const standing = await standingBy(prisma, await readAccounts(prisma, accountIds));
  return accountIds.filter((id) => standing.get(id)?.some(({ effect, answer }) => effect === 'held' && answer.ruleId === ruleId) === true);
}

async function deliverNews({ prisma, messenger }: Dependencies, stem: string): Promise<void> {
  for (;;) {
    const waiting = await readNews(prisma, stem, pageSize);
    if (waiting.length === 0) return;
    await deliverTo(prisma, messenger, { waiting, clockShiftMs: 0 });
  }
}

async function todayAt(prisma: PrismaClient, at: Instant): Promise<CivilDate> {
  return civilDateAt(at, await readZone(prisma));
}
