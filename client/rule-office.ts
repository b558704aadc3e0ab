import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { PrismaClient } from '../prisma/client.ts';
import {
  listDrafts,
  readAudit,
  readDraft,
  readDraftFiles,
  readFirstHash,
  type StoredAudit,
  type StoredDraft,
} from '../prisma/reads/rule-drafts.ts';
import { type PausedRule, readPausedRules } from '../prisma/reads/rule-pauses.ts';
import {
  listPublications,
  readDraftPublication,
  readHashOf,
  readPublication,
  readUnsettled,
  type StoredPublication,
} from '../prisma/reads/rule-publications.ts';
import { readLiveRules, readRuleFiles } from '../prisma/reads/rule-versions.ts';
import { readZone } from '../prisma/reads/shown.ts';
import { changeDraft, createDraft, type DeedContent } from '../prisma/writes/rule-drafts.ts';
import { resumeRule } from '../prisma/writes/rule-pauses.ts';
import { type DraftDeed, stepDraft } from '../rules/administration/draft.ts';
import type { WhatIfReport } from '../rules/administration/report.ts';
import { civilDateAt, type Instant, instant } from '../rules/domain/civil-date.ts';
import { RuleSetFault } from '../rules/engine/fault.ts';
import type { KnowledgeFiles } from '../rules/lifecycle/knowledge.ts';
import { asked, type rulePublication, type RulePublicationEnd } from '../workflows/rule-publication.ts';
import type { ruleResumption } from '../workflows/rule-resumption.ts';
import { checkFiles, contentHashOf, type FilesChecked } from './knowledge.ts';
import { readLintEvidence } from './lint-evidence.ts';
import { runWhatIf, type WhatIfProgress } from './what-if.ts';

/** Who does it, and the revision of the draft they saw; null when they did not look. */
export interface Doer {
  readonly by: string;
  readonly revision: number | null;
}

export type DraftAnswer =
  | { readonly kind: 'done'; readonly draft: StoredDraft }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown' };

export interface NewDraft {
  readonly title: string;
  readonly by: string;
  /** Those of the live rules when absent. */
  readonly files?: KnowledgeFiles;
  /** The caller's own, so that the same again is the same draft. */
  readonly id?: string;
}

export type PublishAnswer =
  | { readonly kind: 'published'; readonly publication: StoredPublication }
  | { readonly kind: 'scheduled'; readonly at: Instant }
  /** It takes longer than a person waits; asking again tells what became of it. */
  | { readonly kind: 'underWay' }
  | Exclude<DraftAnswer, { kind: 'done' }>;

export interface LiveRules {
  /** Null before the first start of an engine. */
  readonly publication: StoredPublication | null;
  readonly paused: readonly PausedRule[];
}

/** Where people change the payer rules. What is live changes by a workflow only. */
export type RuleOffice = ReturnType<typeof createRuleOffice>;

interface OfficeOptions {
  readonly prisma: PrismaClient;
  readonly client: Client;
  readonly taskQueue: string;
}

/** As many accounts a second are told of other rules: their turns leave the database room for the day's work. */
const accountsPerSecond = 50;
const patienceMs = 15_000;

export function createRuleOffice(options: OfficeOptions) {
  const { prisma } = options;
  const act = (id: string, deed: DraftDeed, doer: Doer, content?: DeedContent) => changed(prisma, { id, deed, doer, content });
  return {
    act,
    live: async (): Promise<LiveRules> => ({
      publication: (await listPublications(prisma, 1))[0] ?? null,
      paused: await readPausedRules(prisma),
    }),
    publications: (): Promise<readonly StoredPublication[]> => listPublications(prisma),
    audit: (): Promise<readonly StoredAudit[]> => readAudit(prisma),
    drafts: (onlyOpen: boolean): Promise<readonly StoredDraft[]> => listDrafts(prisma, onlyOpen),
    draft: (id: string): Promise<StoredDraft | null> => readDraft(prisma, id),
    draftFiles: (id: string): Promise<KnowledgeFiles | null> => readDraftFiles(prisma, id),
    /** The files of a publication, or of the live one; null when there is no such. */
    files: (number: number | null): Promise<KnowledgeFiles | null> => filesOf(prisma, number),
    /** Saved even when broken. Null when that id is another draft already. */
    create: (made: NewDraft): Promise<StoredDraft | null> => create(prisma, made),
    save: (id: string, files: KnowledgeFiles, doer: Doer): Promise<DraftAnswer> => {
      const tidied = tidy(files);
      return act(id, { kind: 'save', contentHash: contentHashOf(tidied) }, doer, { files: tidied });
    },
    /** Reads the files, lints them and what is stored about them, runs the rules' own tests, and keeps the sum of it. Null when there is no such draft. */
    check: async (id: string, doer: Doer): Promise<{ readonly answer: DraftAnswer; readonly report: FilesChecked } | null> => {
      const files = await readDraftFiles(prisma, id);
      if (files === null) return null;
      const report = checkFiles(files, await readLintEvidence(prisma, files));
      const { contentHash, ok, faults, failedTests } = report;
      const result = { contentHash, ok, faults: faults.length, failedTests: failedTests.length };
      return { report, answer: await act(id, { kind: 'check', result }, doer) };
    },
    /** Asks every stored decision and every open account of the draft and of the live rules, as of its planned day, and keeps the report with it. */
    weigh: (id: string, doer: Doer, onProgress?: (progress: WhatIfProgress) => void): Promise<Weighed> =>
      weigh(prisma, { id, doer, onProgress }, act),
    publish: (id: string, by: string): Promise<PublishAnswer> => publish(options, id, by),
    /** A draft with the files of an earlier publication. Null when there is no such publication, or that id is another draft. */
    rollBack: async (number: number, { by, why, id }: { readonly by: string; readonly why: string; readonly id?: string }) => {
      const files = await filesOf(prisma, number);
      if (files === null) return null;
      return create(prisma, { title: `Back to publication ${number}: ${why}`, by, files, ...(id === undefined ? {} : { id }) });
    },
    /** For an engine that starts: accounts that were not told yet of a publication are, and of a newer release's rules. */
    goOn: () => goOn(options),
    /** @returns when it was resumed; null when its circuit breaker never stopped it */
    resume: (ruleId: string, by: string): Promise<Instant | null> => resume(options, ruleId, by),
  };
}

export type Weighed = { readonly answer: DraftAnswer; readonly report: WhatIfReport | null };

interface Weighing {
  readonly id: string;
  readonly doer: Doer;
  readonly onProgress: ((progress: WhatIfProgress) => void) | undefined;
}

async function weigh(
  prisma: PrismaClient,
  { id, doer, onProgress }: Weighing,
  act: (id: string, deed: DraftDeed, doer: Doer) => Promise<DraftAnswer>,
): Promise<Weighed> {
  const draft = await readDraft(prisma, id);
  const files = draft === null ? null : await readDraftFiles(prisma, id);
  if (draft === null || files === null) return { answer: { kind: 'unknown' }, report: null };
  const now = rightNow();
  const publishedOn = civilDateAt(draft.publishAt ?? now, await readZone(prisma));
  try {
    const made = await runWhatIf(prisma, { files, now, publishedOn, askedOn: null }, onProgress);
    const { contentHash } = draft;
    const { baseNumber } = made.report;
    const result = { contentHash, baseNumber, reportId: made.id };
    return { answer: await act(id, { kind: 'weigh', result }, doer), report: made.report };
  } catch (error) {
    if (!(error instanceof RuleSetFault)) throw error;
    const reason = `its texts have ${error.faults.length} faults and cannot be weighed: check it, and mend what that names`;
    return { answer: { kind: 'refused', reason }, report: null };
  }
}

async function changed(
  prisma: PrismaClient,
  {
    id,
    deed,
    doer,
    content,
  }: { readonly id: string; readonly deed: DraftDeed; readonly doer: Doer; readonly content: DeedContent | undefined },
): Promise<DraftAnswer> {
  const now = rightNow();
  const today = civilDateAt(now, await readZone(prisma));
  const doing = { by: doer.by.trim(), now, today, seenRevision: doer.revision };
  const step = await changeDraft(prisma, id, deed, { doing, ...(content === undefined ? {} : { content }) });
  if (step?.kind === 'refused') return step;
  const draft = step === null ? null : await readDraft(prisma, id);
  return draft === null ? { kind: 'unknown' } : { kind: 'done', draft };
}

async function filesOf(prisma: PrismaClient, number: number | null): Promise<KnowledgeFiles | null> {
  const hash = number === null ? ((await readLiveRules(prisma))?.hash ?? null) : await readHashOf(prisma, number);
  return hash === null ? null : readRuleFiles(prisma, hash);
}

async function create(prisma: PrismaClient, made: NewDraft): Promise<StoredDraft | null> {
  const files = made.files ?? (await filesOf(prisma, null));
  if (files === null) return null;
  const { title, by: author } = made;
  const contentHash = contentHashOf(tidy(files));
  const given = made.id === undefined ? {} : { id: made.id };
  const id = await createDraft(prisma, { title, author, contentHash, files: tidy(files), at: rightNow(), ...given });
  const draft = await readDraft(prisma, id);
  const isSame = draft?.title === title && draft.author === author && (await readFirstHash(prisma, id)) === contentHash;
  return isSame ? draft : null;
}

/** The order in which files were given means nothing. */
function tidy(files: KnowledgeFiles): KnowledgeFiles {
  return { ...files, ruleFiles: [...files.ruleFiles].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

async function publish({ prisma, client, taskQueue }: OfficeOptions, id: string, by: string): Promise<PublishAnswer> {
  const draft = await readDraft(prisma, id);
  if (draft === null) return { kind: 'unknown' };
  const now = rightNow();
  const isPlanned = draft.status !== 'published' && draft.publishAt !== null && draft.publishAt > now;
  if (draft.status !== 'published') {
    const situation = { by, today: civilDateAt(now, await readZone(prisma)), liveNumber: (await readLiveRules(prisma))?.number ?? 0 };
    const step = stepDraft(
      draft,
      { kind: 'publish' },
      { ...situation, now: isPlanned ? (draft.publishAt ?? now) : now, seenRevision: null },
    );
    if (step.kind === 'refused') return step;
  }
  const handle = await client.workflow.signalWithStart<typeof rulePublication, []>('rulePublication', {
    workflowId: publicationWorkflowId(id),
    taskQueue,
    args: [{ draftId: id, by, accountsPerSecond }],
    signal: asked,
    // Again after a refusal, and where the telling was ended from outside.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: `publication of rule draft ${id}`,
  });
  if (isPlanned && draft.publishAt !== null) return { kind: 'scheduled', at: draft.publishAt };
  const ended: { end: RulePublicationEnd | null } = { end: null };
  void handle.result().then(
    (end) => (ended.end = end),
    () => undefined,
  );
  return whenLive(prisma, id, ended);
}

async function goOn({ prisma, client, taskQueue }: OfficeOptions): Promise<void> {
  for (const { id, draftId, publishedBy: by } of await readUnsettled(prisma)) {
    await client.workflow.start<typeof rulePublication>('rulePublication', {
      workflowId: publicationWorkflowId(draftId ?? id),
      taskQueue,
      args: [{ draftId: draftId ?? id, by, accountsPerSecond, resume: { publicationId: id, told: 0 } }],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
      staticSummary: `publication of rules ${id}`,
    });
  }
}

export function publicationWorkflowId(draftId: string): string {
  return `publication:${draftId}`;
}

/** Live is enough: telling the accounts goes on behind it. */
async function whenLive(prisma: PrismaClient, draftId: string, ended: { readonly end: RulePublicationEnd | null }): Promise<PublishAnswer> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(50)) {
    const publicationId = await readDraftPublication(prisma, draftId);
    const publication = publicationId === null ? null : await readPublication(prisma, publicationId);
    if (publication !== null) return { kind: 'published', publication };
    if (ended.end?.kind === 'refused') return ended.end;
  }
  return { kind: 'underWay' };
}

async function resume({ prisma, client, taskQueue }: OfficeOptions, ruleId: string, by: string): Promise<Instant | null> {
  const at = await resumeRule(prisma, ruleId, { by, at: rightNow() });
  if (at === null) return null;
  const resumedAt = at.toISOString();
  try {
    await client.workflow.start<typeof ruleResumption>('ruleResumption', {
      workflowId: `resumption:${ruleId}:${resumedAt}`,
      taskQueue,
      args: [{ ruleId, resumedAt, accountsPerSecond }],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      workflowIdConflictPolicy: 'USE_EXISTING',
      staticSummary: `rule ${ruleId} resumed`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  return instant(resumedAt);
}

function rightNow(): Instant {
  return instant(new Date().toISOString());
}
