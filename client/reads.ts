import type { PrismaClient } from '../prisma/client.ts';
import type { FileFault } from '../prisma/convert.ts';
import {
  type AccountsQuestion,
  findAccountId,
  listAccounts,
  readAccountFile,
  type AccountSummary as StoredSummary,
} from '../prisma/reads/account-file.ts';
import { readDecisions } from '../prisma/reads/decisions.ts';
import { type HoldsQuestion, listHolds } from '../prisma/reads/holds.ts';
import { type InboundFileEntry, listInboundFiles, readInboundFile } from '../prisma/reads/inbound-files.ts';
import { readSimilarClaims } from '../prisma/reads/known-claims.ts';
import { listOutboundFiles, listOutboundOf, readOutboundContent } from '../prisma/reads/outbound-files.ts';
import { readOverrideOf, readOverruled } from '../prisma/reads/overruled.ts';
import { type ProposalsQuestion, readProposals } from '../prisma/reads/proposals.ts';
import { type QueueQuestion, type QueueTask, readQueuePage } from '../prisma/reads/queue-page.ts';
import { readUnmatchedClaims, type UnmatchedClaim } from '../prisma/reads/remittances.ts';
import { readGroupsOfSentFile, type SentFileRef } from '../prisma/reads/sent-files.ts';
import { readClockShifts, readFileNames, readQueueTotals, readTaskForm, readZone } from '../prisma/reads/shown.ts';
import { findUnmatchedIds, readUnmatchedTask, type UnmatchedTask } from '../prisma/reads/unmatched.ts';
import { listPlacementFiles } from '../prisma/reads/vendor-files.ts';
import { type CivilDate, civilDateAt, daysBetween, instant, type Zone } from '../rules/domain/civil-date.ts';
import { unmatchedOutcomes } from '../rules/domain/unmatched.ts';
import { type Candidate, rankCandidates } from '../rules/matching/rank.ts';
import { candidatesNow } from './candidates.ts';
import type { AccountSummary, AccountView, LedgerEntry, TimelineEntry } from './views/account-shapes.ts';
import { accountSummaryOf, accountViewOf, ledgerEntryOf, timelineEntryOf } from './views/account-view.ts';
import { decisionViewOf } from './views/decision-view.ts';
import type { OverruledView, ProposalView } from './views/people-shapes.ts';
import { proposalViewOf } from './views/people-view.ts';
import { unmatchedName } from './views/unmatched-name.ts';
import type { DecisionView, FileView, QueuedTask, QueueView, SentFileView, UnmatchedPage, UnmatchedView } from './views/work-shapes.ts';

/** Everything the API and the command line show. Reads only; each answer is plain JSON. */
export type Reads = ReturnType<typeof readsOf>;

export interface FoundAccount {
  readonly id: string;
  readonly view: AccountView;
  readonly timeline: readonly TimelineEntry[];
  readonly ledger: readonly LedgerEntry[];
  /** By the account's own clock: a story or the sandbox may live another day than we do. */
  readonly today: CivilDate;
  readonly zone: Zone;
}

/** More decisions than one account ever has. */
const everyDecision = 10_000;

export function readsOf(prisma: PrismaClient, nowMs: () => number = Date.now) {
  const todayIn = (zone: Zone, shiftMs = 0): CivilDate => civilDateAt(instant(new Date(nowMs() + shiftMs).toISOString()), zone);
  return {
    /** Throws when the database does not answer. */
    ping: async (): Promise<void> => {
      await prisma.$queryRaw`SELECT 1`;
    },
    /** By account number, submission key or id; null when there is none. */
    account: async (name: string): Promise<FoundAccount | null> => {
      const id = await findAccountId(prisma, name);
      const file = id === null ? null : await readAccountFile(prisma, id);
      if (id === null || file === null) return null;
      const zone = file.account.opened?.zone ?? (await readZone(prisma));
      const shift = (await readClockShifts(prisma, [id])).get(id);
      const fileIds = file.lines.flatMap(({ source }) => ('fileId' in source ? [source.fileId] : []));
      const names = await readFileNames(prisma, [...new Set(fileIds)]);
      return {
        id,
        view: accountViewOf({ ...file.summary, zone }, file.account),
        timeline: file.timeline.map((entry) => timelineEntryOf(entry, zone)),
        ledger: file.lines.map((line) => ledgerEntryOf(line, names)),
        today: todayIn(zone, shift),
        zone,
      };
    },
    accounts: async (question: AccountsQuestion): Promise<AccountSummary[]> => {
      const zone = await readZone(prisma);
      return (await listAccounts(prisma, question)).map((summary: StoredSummary) => accountSummaryOf({ ...summary, zone }));
    },
    decision: async (accountId: string, which: number | 'last'): Promise<DecisionView | null> => {
      const all = (await readDecisions(prisma, accountId, everyDecision)).toReversed();
      const number = which === 'last' ? all.length : which;
      const found = all[number - 1];
      const override = found === undefined ? null : await readOverrideOf(prisma, accountId, found.id);
      return found === undefined ? null : decisionViewOf(found, { number, of: all.length }, override);
    },
    queues: async (): Promise<QueueView[]> => [...(await readQueueTotals(prisma, todayIn(await readZone(prisma))))],
    tasks: async (question: QueueQuestion): Promise<{ readonly tasks: QueuedTask[]; readonly next: string | null }> => {
      const { tasks, next } = await readQueuePage(prisma, question);
      const zone = await readZone(prisma);
      const accountIds = tasks.flatMap(({ accountId }) => (accountId === null ? [] : [accountId]));
      const shifts = await readClockShifts(prisma, [...new Set(accountIds)]);
      return { tasks: tasks.map((task) => queuedTaskOf(task, todayIn(zone, shifts.get(task.accountId ?? '')))), next };
    },
    ...fileReads(prisma),
    ...unmatchedReads(prisma),
    form: (formId: string) => readTaskForm(prisma, formId),
    holds: (question: HoldsQuestion) => listHolds(prisma, question),
    proposals: async (question: ProposalsQuestion): Promise<ProposalView[]> => (await readProposals(prisma, question)).map(proposalViewOf),
    /** The rules that people overrule most, since that day. */
    overruled: async (since: CivilDate | null): Promise<OverruledView[]> =>
      (await readOverruled(prisma, since)).map((rule) => ({ ...rule, reasons: [...rule.reasons], chosen: [...rule.chosen] })),
  };
}

/** What came in and what went out. */
function fileReads(prisma: PrismaClient) {
  return {
    files: async (limit: number): Promise<FileView[]> => (await listInboundFiles(prisma, { limit })).map(fileViewOf),
    /** What we sent, our TA1 and 999 included, the latest first. */
    sentFiles: async (page: { readonly before?: string; readonly limit: number }): Promise<SentFileView[]> => [
      ...(await listOutboundFiles(prisma, page)),
    ],
    file: async (fileId: string): Promise<FileView | null> => {
      const file = await readInboundFile(prisma, fileId);
      return file === null ? null : fileViewOf(file);
    },
    /** What was made to be sent about an account, in its order. */
    outboundOf: (accountId: string) => listOutboundOf(prisma, accountId),
    /** PHI: what was sent, byte for byte; null when there is no such file. */
    outboundContent: (fileId: string) => readOutboundContent(prisma, fileId),
    /** Files of placements that went to vendors, the latest first; of one vendor, or null for all. */
    placementFiles: (vendor: string | null, limit: number) => listPlacementFiles(prisma, vendor, limit),
  };
}

/** What came in and belongs to no account yet. */
function unmatchedReads(prisma: PrismaClient) {
  return {
    /** By id or by name (`unmatched/1a2b3c4d`); null when there is none, `many` when the name says too little. */
    unmatched: async (name: string): Promise<UnmatchedView | null | 'many'> => {
      const [id, ...others] = await findUnmatchedIds(prisma, name.replace(/^unmatched\//, ''));
      if (others.length > 0) return 'many';
      const task = id === undefined ? null : await readUnmatchedTask(prisma, id);
      return task === null ? null : unmatchedViewOf({ ...task, candidates: await candidatesNow(prisma, task) });
    },
    /** One submission of each group in a file of ours of that name; empty when there is none with claims. */
    sentFile: (name: string): Promise<readonly SentFileRef[]> => readGroupsOfSentFile(prisma, name),
    /** Of a file's remittances, in its order; `next` is null at the end. */
    unmatchedOfFile: async (fileId: string, page: { readonly after: number; readonly limit: number }): Promise<UnmatchedPage> => {
      const claims = await readUnmatchedClaims(prisma, fileId, page);
      const similar = await readSimilarClaims(
        prisma,
        claims.map(({ said }) => said),
      );
      const next = claims.length < page.limit ? null : (claims.at(-1)?.offset ?? null);
      return { claims: claims.map((claim, n) => unmatchedClaimOf(claim, rankCandidates(claim.said, similar[n] ?? []))), next };
    },
  };
}

function fileViewOf({ fault, faults, answers, unanswered, ...file }: InboundFileEntry): FileView {
  return {
    ...file,
    answers: [...answers],
    unanswered: [...unanswered],
    fault: fault === null ? null : faultViewOf(fault),
    faults: faults.map(faultViewOf),
  };
}

function faultViewOf({ hasTask: _hasTask, ...fault }: FileFault): FileView['faults'][number] {
  return fault;
}

function unmatchedClaimOf({ said, ...claim }: UnmatchedClaim, candidates: readonly Candidate[]): UnmatchedPage['claims'][number] {
  const { payerId, chargeCents, servicedFrom } = said;
  return { ...claim, payerId, chargeCents, servicedFrom, candidates: [...candidates] };
}

function unmatchedViewOf({ fileId, fileName, offset, candidates, ...task }: UnmatchedTask): UnmatchedView {
  const file = { id: fileId, name: fileName, offset };
  return { ...task, name: unmatchedName(task.id), outcomes: [...unmatchedOutcomes[task.kind]], file, candidates: [...candidates] };
}

function queuedTaskOf(task: QueueTask, today: CivilDate): QueuedTask {
  const { taskId, outcomes, candidates, ...rest } = task;
  return {
    ...rest,
    id: taskId,
    outcomes: [...outcomes],
    candidates: candidates.map(({ accountId }) => accountId),
    daysLeft: task.safeByOn === null ? null : daysBetween(today, task.safeByOn),
  };
}
