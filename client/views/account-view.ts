import type { Account, AccountDeadline, ClaimTrack, DenialCase } from '../../rules/domain/account.ts';
import { civilDateAt, type Instant } from '../../rules/domain/civil-date.ts';
import { type Subject, type Task, taskOutcomes } from '../../rules/domain/task.ts';
import { bucketBalance, buckets, caseAmount } from '../../rules/lifecycle/balances.ts';
import { about } from '../../rules/lifecycle/describe.ts';
import { openTasks } from '../../rules/lifecycle/phase.ts';
import type { AccountSummary, AccountView, CaseView, ClaimView, DeadlineView, TaskView } from './account-shapes.ts';

/** What the store knows of an account beside its folded events. */
export interface AccountStanding {
  readonly id: string;
  readonly accountNumber: string;
  readonly phase: string;
  readonly payerId: string;
  readonly ownerKind: string;
  readonly ownerName: string;
  readonly queue: string;
  readonly balanceCents: number;
  readonly nextActionAt: Instant | null;
  readonly wakeReason: string;
  readonly terminal: boolean;
  /** The facility's. */
  readonly zone: string;
}

export function accountSummaryOf(standing: AccountStanding): AccountSummary {
  const { id, accountNumber, phase, payerId, queue, balanceCents, terminal, nextActionAt, wakeReason, zone } = standing;
  const nextStep = nextActionAt === null ? null : { on: civilDateAt(nextActionAt, zone), at: nextActionAt, reason: wakeReason };
  const owner = { kind: standing.ownerKind, name: standing.ownerName };
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
      plan: { ...patient.plan },
      paidCents: patient.paidCents,
      placements: patient.placements.map(({ id, vendor, tier, status, balanceCents }) => ({ id, vendor, tier, status, balanceCents })),
      deadlines: deadlinesOf(account, ({ kind }) => kind === 'patient' || kind === 'placement' || kind === 'credit'),
    },
    tasks: openTasks(account).map(taskViewOf),
    holds: account.holds.filter((h) => h.releasedOn === null).map(({ reason, since, reviewOn }) => ({ reason, since, reviewOn })),
  };
}

export function taskViewOf(task: Task): TaskView {
  const { subject: _, ...rest } = task;
  return { ...rest, outcomes: [...taskOutcomes[task.kind]] };
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
  return { sequence, payerId, payerClass, status, payerClaimNumber, submissions, cases, deadlines };
}

function caseViewOf(account: Account, { id, category, status, deniedOn, denials, paths, ...rest }: DenialCase): CaseView {
  return {
    id,
    category,
    status,
    deniedOn,
    amountCents: caseAmount({ id, category, status, deniedOn, denials, paths, ...rest }),
    denials: denials.map((denial) => ({ ...denial, rarcs: [...denial.rarcs] })),
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
