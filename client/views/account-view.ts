import type { Account, AccountDeadline, ClaimTrack, DenialCase } from '../../rules/domain/account.ts';
import type { AccountSummary as StoredSummary, TimelineEntry as StoredEntry } from '../../prisma/reads/account-file.ts';
import { civilDate, civilDateAt, type Zone } from '../../rules/domain/civil-date.ts';
import type { LedgerLine } from '../../rules/domain/ledger.ts';
import { type Subject, type Task, taskOutcomes } from '../../rules/domain/task.ts';
import { bucketBalance, buckets, caseAmount } from '../../rules/lifecycle/balances.ts';
import { recordStatus, recoveredCents } from '../../rules/lifecycle/denials.ts';
import { about } from '../../rules/lifecycle/describe.ts';
import { lineStandings } from '../../rules/lifecycle/line-status.ts';
import { openTasks } from '../../rules/lifecycle/phase.ts';
import { planOf } from './plan-view.ts';
import type {
  AccountSummary,
  AccountView,
  CaseView,
  ClaimView,
  DeadlineView,
  LedgerEntry,
  TaskView,
  TimelineEntry,
} from './account-shapes.ts';

/** What the store knows of an account beside its folded events, and the zone of its facility. */
export type AccountStanding = StoredSummary & { readonly zone: Zone };

export function accountSummaryOf(standing: AccountStanding): AccountSummary {
  const { id, accountNumber, phase, payerId, owner, queue, balanceCents, terminal, nextActionAt, wakeReason, zone } = standing;
  const nextStep = nextActionAt === null ? null : { on: civilDateAt(nextActionAt, zone), at: nextActionAt, reason: wakeReason };
  return { id, accountNumber, phase, payerId, owner, queue, balanceCents, nextStep, terminal };
}

export function accountViewOf(standing: AccountStanding, account: Account): AccountView {
  const { opened, claims, patient } = account;
  return {
    ...accountSummaryOf(standing),
    state: opened?.state ?? '',
    claimType: opened?.claimType ?? '',
    servicedFrom: opened?.servicedFrom ?? null,
    servicedThrough: opened?.servicedThrough ?? null,
    chargeCents: opened?.chargeCents ?? 0,
    buckets: buckets
      .filter((bucket) => account.lines.some((line) => line.bucket === bucket))
      .map((bucket) => ({ bucket, balanceCents: bucketBalance(account, bucket) })),
    claims: claims.map((claim) => claimViewOf(account, claim)),
    patient: {
      status: patient.status,
      statements: [...patient.statements],
      ...planOf(account),
      paidCents: patient.paidCents,
      placements: patient.placements.map(({ id, vendor, tier, status, balanceCents }) => ({ id, vendor, tier, status, balanceCents })),
      deadlines: deadlinesOf(account, ({ kind }) => kind === 'patient' || kind === 'placement' || kind === 'credit'),
    },
    tasks: openTasks(account).map(taskViewOf),
    holds: account.holds.filter((h) => h.releasedOn === null).map(({ reason, since, reviewOn }) => ({ reason, since, reviewOn })),
  };
}

export function taskViewOf(task: Task): TaskView {
  const { subject: _, of: _of, closedAs: _as, attachmentControlNumber: _number, assignee = null, proposedBy = null, ...rest } = task;
  return { ...rest, assignee, proposedBy, outcomes: [...taskOutcomes[task.kind]] };
}

function claimViewOf(account: Account, claim: ClaimTrack): ClaimView {
  const { sequence, payerId, payerClass, status, payerClaimNumber } = claim;
  const submissions = claim.submissions.map((s) => ({
    key: s.key,
    frequency: s.frequency,
    sentOn: s.sentOn,
    status: s.status,
    acceptedOn: s.acceptedOn,
    rejection: s.rejection === null ? null : { ...s.rejection },
  }));
  const cases = claim.cases.map((c) => caseViewOf(account, c));
  const deadlines = deadlinesOf(account, (subject) => subject.kind === 'claim' && subject.sequence === sequence);
  const lines = lineStandings(claim).map((line) => ({ ...line }));
  return { sequence, payerId, payerClass, status, payerClaimNumber, submissions, lines, cases, deadlines };
}

function caseViewOf(account: Account, c: DenialCase): CaseView {
  const { id, category, status, deniedOn, denials, paths, words = [] } = c;
  const recovered = recoveredCents(c);
  return {
    id,
    category,
    status,
    deniedOn,
    amountCents: caseAmount(c),
    denials: denials.map((denial, n) => ({
      ...denial,
      rarcs: [...denial.rarcs],
      lineStatus: recordStatus(c, n),
      recoveredCents: recovered[n] ?? 0,
    })),
    words: [...words],
    paths: paths.map((path) => ({ ...path })),
    deadlines: deadlinesOf(account, (subject) => subject.kind === 'case' && subject.caseId === id),
  };
}

function deadlinesOf(account: Account, isMeant: (subject: Subject) => boolean): DeadlineView[] {
  return account.deadlines.filter(({ subject }) => isMeant(subject)).map(deadlineViewOf);
}

function deadlineViewOf({ id, subject, status, deadline }: AccountDeadline): DeadlineView {
  return { id, subject: about(subject), status, ...deadline, derivation: [...deadline.derivation] };
}

export function timelineEntryOf({ eventId, position, at, kind, text }: StoredEntry, zone: Zone): TimelineEntry {
  return { id: eventId, position, at, on: civilDateAt(at, zone), kind, sentence: text };
}

/** `fileNames` by file id. */
export function ledgerEntryOf(line: LedgerLine, fileNames: ReadonlyMap<string, string>): LedgerEntry {
  const { id, on, bucket, kind, cents, carc, source, undoes } = line;
  const from =
    'fileId' in source
      ? { fileId: source.fileId, fileName: fileNames.get(source.fileId) ?? null, offset: source.offset, cause: null }
      : { fileId: null, fileName: null, offset: null, cause: source.cause };
  return { id, on: civilDate(on), bucket, kind, cents, carc, source: from, undoes };
}
