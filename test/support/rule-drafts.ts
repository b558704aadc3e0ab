import { contentHashOf, knowledgeOf, ruleVersionOf, shippedFiles } from '../../client/knowledge.ts';
import type { PrismaClient } from '../../prisma/client.ts';
import { changeDraft, createDraft } from '../../prisma/writes/rule-drafts.ts';
import { publishShipped } from '../../prisma/writes/rule-versions.ts';
import { storedRules } from '../../activities/rule-library.ts';
import type { DraftDeed, DraftStep, RunningPolicy } from '../../rules/administration/draft.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import type { KnowledgeFiles } from '../../rules/lifecycle/knowledge.ts';

/** Rules as an engine keeps them; `publishShipped` has made the shipped ones live. */
export async function publishedRules(prisma: PrismaClient) {
  await publishShipped(prisma, versionOf(shippedFiles()));
  return storedRules({ knowledgeOf: compiled, versionOf, report: () => undefined, book: { note: () => undefined } });
}

const versionOf = onceEach(ruleVersionOf);
const compiled = onceEach(knowledgeOf);

/** Compiling a rule set takes longer than a test. */
function onceEach<T>(make: (files: KnowledgeFiles) => T): (files: KnowledgeFiles) => T {
  const known = new Map<string, T>();
  return (files) => {
    const hash = contentHashOf(files);
    const found = known.get(hash) ?? make(files);
    known.set(hash, found);
    return found;
  };
}

export async function step(prisma: PrismaClient, id: string, by: string, deed: DraftDeed): Promise<DraftStep | null> {
  const doing = { by, now: instant('2026-04-10T16:00:00Z'), today: civilDate('2026-04-10'), seenRevision: null };
  return changeDraft(prisma, id, deed, { doing });
}

/** A draft of ana's with these files, checked, weighed, submitted and approved by ben. */
export async function approvedDraft(prisma: PrismaClient, files: KnowledgeFiles, policy: RunningPolicy = 'now'): Promise<string> {
  const contentHash = contentHashOf(files);
  const at = instant('2026-04-10T15:00:00Z');
  const id = await createDraft(prisma, { title: 'other rules', author: 'ana', contentHash, files, at });
  const { baseNumber } = await prisma.ruleDraft.findUniqueOrThrow({ where: { id } });
  const deeds: readonly (readonly [string, DraftDeed])[] = [
    ['ana', { kind: 'plan', policy, publishAt: null, isEmergency: false }],
    ['ana', { kind: 'check', result: { contentHash, ok: true, faults: 0, failedTests: 0 } }],
    ['ana', { kind: 'weigh', result: { contentHash, baseNumber, reportId: 'r1' } }],
    ['ana', { kind: 'submit' }],
    ['ben', { kind: 'approve' }],
  ];
  for (const [by, deed] of deeds) {
    const taken = await step(prisma, id, by, deed);
    if (taken?.kind !== 'done') throw new Error(`${deed.kind}: ${taken?.reason ?? 'there is no such draft'}`);
  }
  return id;
}
