import { deedWords, type DraftDeed, type DraftStep, type RuleDraft, type Situation, stepDraft } from '../../rules/administration/draft.ts';
import type { Instant } from '../../rules/domain/civil-date.ts';
import { invariant } from '../../rules/domain/failures.ts';
import type { PrismaClient, Transaction } from '../client.ts';
import { inTransaction } from '../client.ts';
import { auditDetailsOf, dateOrNull, draftOf, inputJson, inputJsonOrNull } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { uuidv7 } from '../ids.ts';
import { changeRules, readLiveRules } from '../reads/rule-versions.ts';
import { appendAudit, type AuditEntry } from './rule-audit.ts';
import { type RuleVersionToWrite, writeRuleVersion } from './rule-versions.ts';

export interface DraftToCreate {
  readonly title: string;
  readonly author: string;
  readonly contentHash: string;
  readonly files: unknown;
  readonly at: Instant;
  /** The caller's own, so that the same again is the same draft. */
  readonly id?: string;
}

/** A new draft over the live rules; an id that is known stays as it is. @returns its id */
export function createDraft(
  prisma: PrismaClient,
  { title, author, contentHash, files, at, id = uuidv7() }: DraftToCreate,
): Promise<string> {
  return inTransaction(prisma, async (tx) => {
    const live = await readLiveRules(tx);
    const baseNumber = live?.number ?? 0;
    const base = { status: 'draft', revision: 1, policy: 'nextDecision', baseNumber };
    const data = [{ ...base, id, title, author, contentHash, files: inputJson(files) }];
    const { count } = await tx.ruleDraft.createMany({ data, skipDuplicates: true });
    if (count > 0) await appendAudit(tx, { at, by: author, deed: 'created', draftId: id, details: { contentHash, baseNumber } });
    return id;
  });
}

export type Doing = Omit<Situation, 'liveNumber'>;

/** What a deed brings beside itself. */
export interface DeedContent {
  /** The texts of a `save`. */
  readonly files?: unknown;
  /** The version of a `publish`. */
  readonly version?: RuleVersionToWrite;
}

/**
 * Takes a draft one step further, in one transaction with its entry in the audit. Null when there is no such draft. A publication becomes live here,
 * or not at all.
 */
export function changeDraft(
  prisma: PrismaClient,
  id: string,
  deed: DraftDeed,
  { doing, content = {} }: { readonly doing: Doing; readonly content?: DeedContent },
): Promise<DraftStep | null> {
  return inTransaction(prisma, async (tx) => {
    if (deed.kind === 'publish') await changeRules(tx);
    const draft = await lockDraft(tx, id);
    if (draft === null) return null;
    const live = await readLiveRules(tx);
    const step = stepDraft(draft, deed, { ...doing, liveNumber: live?.number ?? 0 });
    if (step.kind === 'refused') return (await wasDone(tx, id, deed, doing)) ? { kind: 'done', draft } : step;
    await updateDraft(tx, id, step.draft, content.files);
    if (deed.kind === 'publish') await publish(tx, { id, draft: step.draft, doing, version: content.version });
    await appendAudit(tx, entryOf(id, deed, step.draft, doing));
    return step;
  });
}

/** What could not be published is written down once for each reason. */
export function refuseDraft(
  prisma: PrismaClient,
  draftId: string,
  { by, at, reason }: { readonly by: string; readonly at: Instant; readonly reason: string },
): Promise<void> {
  return inTransaction(prisma, async (tx) => {
    await lockDraft(tx, draftId);
    const last = await tx.ruleAudit.findFirst({ where: { draftId }, orderBy: { number: 'desc' }, select: { deed: true, details: true } });
    if (last?.deed === 'refused' && auditDetailsOf(last.details).reason === reason) return;
    await appendAudit(tx, { at, by, deed: 'refused', draftId, details: { reason } });
  });
}

/** The same person did the same to the revision they saw: an answer was lost, and asked for again. */
async function wasDone(tx: Transaction, draftId: string, deed: DraftDeed, { by, seenRevision }: Doing): Promise<boolean> {
  if (seenRevision === null) return false;
  const where = { draftId, by, deed: deedWords[deed.kind], details: { path: ['revision'], equals: seenRevision + 1 } };
  const found = await tx.ruleAudit.findFirst({ where, select: { details: true } });
  if (found === null) return false;
  return deed.kind !== 'save' || auditDetailsOf(found.details).contentHash === deed.contentHash;
}

async function lockDraft(tx: Transaction, id: string): Promise<RuleDraft | null> {
  await tx.$executeRaw`SELECT 1 FROM "RuleDraft" WHERE "id" = ${id}::uuid FOR UPDATE`;
  const row = await tx.ruleDraft.findUnique({ where: { id }, omit: { files: true } });
  return row === null ? null : draftOf(row);
}

async function updateDraft(tx: Transaction, id: string, draft: RuleDraft, files: unknown): Promise<void> {
  const { author: _author, checks, whatIf, publishAt, reviewDueOn, ...columns } = draft;
  await tx.ruleDraft.update({
    where: { id },
    select: { id: true },
    data: {
      ...columns,
      publishAt: publishAt === null ? null : new Date(publishAt),
      reviewDueOn: dateOrNull(reviewDueOn),
      checks: inputJsonOrNull(checks),
      whatIf: inputJsonOrNull(whatIf),
      ...(files === undefined ? {} : { files: inputJson(files) }),
    },
  });
}

interface Publishing {
  readonly id: string;
  readonly draft: RuleDraft;
  readonly doing: Doing;
  readonly version: RuleVersionToWrite | undefined;
}

async function publish(tx: Transaction, { id, draft, doing, version }: Publishing): Promise<void> {
  invariant(version !== undefined, 'a publication brings its version');
  await writeRuleVersion(tx, version);
  const row = await tx.ruleDraft.findUniqueOrThrow({ where: { id }, select: { title: true } });
  await tx.rulePublication.create({
    data: {
      id: uuidv7(),
      facilityId,
      number: draft.baseNumber + 1,
      hash: version.hash,
      draftId: id,
      policy: draft.policy,
      publishedBy: doing.by,
      approvedBy: draft.approvedBy,
      why: row.title,
      publishedAt: new Date(doing.now),
      settledAt: draft.policy === 'keepOld' ? new Date(doing.now) : null,
    },
  });
}

function entryOf(draftId: string, deed: DraftDeed, draft: RuleDraft, { by, now: at }: Doing): AuditEntry {
  const { revision, contentHash, baseNumber } = draft;
  return { at, by, deed: deedWords[deed.kind], draftId, details: { revision, contentHash, baseNumber, ...detailsOf(deed) } };
}

function detailsOf(deed: DraftDeed): AuditEntry['details'] {
  switch (deed.kind) {
    case 'plan':
      return { policy: deed.policy, publishAt: deed.publishAt, isEmergency: deed.isEmergency };
    case 'check':
      return { ok: deed.result.ok, faults: deed.result.faults, failedTests: deed.result.failedTests };
    case 'weigh':
      return { reportId: deed.result.reportId };
    case 'reject':
      return { why: deed.why };
    default:
      return {};
  }
}
