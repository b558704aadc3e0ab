import type { Account } from '../rules/domain/account.ts';
import { type CivilDate, civilDateAt, instant, type Instant } from '../rules/domain/civil-date.ts';
import { DomainError } from '../rules/domain/failures.ts';
import type { Knowledge, StandingDecision } from '../rules/lifecycle/contract.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import { wouldDecideOtherwise } from '../rules/lifecycle/standing.ts';
import { inTransaction, type PrismaClient } from '../prisma/client.ts';
import { readNews } from '../prisma/reads/deliveries.ts';
import { readDraft, readDraftFiles } from '../prisma/reads/rule-drafts.ts';
import { readHeldAccounts, readPausedRules } from '../prisma/reads/rule-pauses.ts';
import { readDraftPublication, readHashOf, readPublication } from '../prisma/reads/rule-publications.ts';
import { readRuleFiles, readRulesFor } from '../prisma/reads/rule-versions.ts';
import { readZone } from '../prisma/reads/shown.ts';
import { readOpenAccounts, readStanding } from '../prisma/reads/standing.ts';
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
      let told = 0;
      for (let looked = 0; told < limit && looked < mostLooked; looked += pageSize) {
        const found = await lookAtPage(dependencies, publicationId, instant(new Date().toISOString()));
        if (found === 'settled') return { told, isSettled: true };
        await deliverNews(dependencies, stem);
        told += found;
      }
      return { told, isSettled: (await readPublication(prisma, publicationId))?.settledAt !== null };
    },

    tellHeld: async ({ ruleId, resumedAt, after, limit }) => {
      const concerned = await readHeldAccounts(prisma, ruleId, after, limit);
      const stem = `resumed:${ruleId}:${resumedAt}:`;
      const at = instant(resumedAt);
      const body = { kind: 'rulesChanged', cause: `rule ${ruleId} resumed`, asksAgain: true, on: await todayAt(prisma, at) } as const;
      const told = await inTransaction(prisma, (tx) => keepNews(tx, { stem, concerned, body, at }));
      await deliverNews(dependencies, stem);
      return { told, next: concerned.length < limit ? null : (concerned.at(-1) ?? null) };
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

/** @returns how many accounts of the next page had not been told */
async function lookAtPage({ prisma, rules }: Dependencies, publicationId: string, asOf: Instant): Promise<number | 'settled'> {
  const publication = await readPublication(prisma, publicationId);
  if (publication === null) throw refuse('publication.unknown', `there is no publication ${publicationId}`);
  if (publication.settledAt !== null) return 'settled';
  const { number, policy, sweep, cursor } = publication;
  const hash = await readRulesFor(prisma, new Date(0));
  const isIdle = policy === 'nextDecision' && (await hasSamePolicies(prisma, publication));
  const accounts = isIdle || hash === null ? [] : await readOpenAccounts(prisma, cursor, pageSize);
  const concerned =
    hash === null ? [] : await concernedBy({ prisma, accounts, asOf, asksAgain: policy === 'now' }, await rules.knowledgeAt(prisma, hash));
  const on = await todayAt(prisma, asOf);
  const body = { kind: 'rulesChanged', cause: `publication ${number}`, asksAgain: policy === 'now', on } as const;
  const upTo = accounts.length < pageSize ? null : (accounts.at(-1)?.id ?? null);
  const fresh = await keepPage(prisma, publicationId, { from: { sweep, cursor }, upTo, concerned, body, at: asOf });
  return fresh ?? 0;
}

/** At the next decision only deadlines move at once: where no policy changed, nobody is concerned. */
async function hasSamePolicies(
  prisma: PrismaClient,
  { hash, number }: { readonly hash: string; readonly number: number },
): Promise<boolean> {
  const before = await readHashOf(prisma, number - 1);
  return before !== null && (await readRuleFiles(prisma, before)).policies === (await readRuleFiles(prisma, hash)).policies;
}

interface Looked {
  readonly prisma: PrismaClient;
  readonly accounts: readonly Account[];
  readonly asOf: Instant;
  readonly asksAgain: boolean;
}

async function concernedBy({ prisma, accounts, asOf, asksAgain }: Looked, knowledge: Knowledge): Promise<readonly string[]> {
  const paused = (await readPausedRules(prisma)).map(({ ruleId }) => ruleId);
  const rows = asksAgain ? await readStanding(prisma, accounts) : [];
  const byAccount = new Map<string, StandingDecision[]>();
  for (const row of rows) byAccount.set(row.accountId, [...(byAccount.get(row.accountId) ?? []), row]);
  return accounts
    .filter((account) => wouldDecideOtherwise({ account, standing: byAccount.get(account.id) ?? [], asOf, paused }, knowledge, asksAgain))
    .map(({ id }) => id);
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
