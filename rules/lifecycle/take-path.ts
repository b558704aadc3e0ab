import { stepInWords } from './describe.ts';
import type { DeadlineKind, DerivedDeadline } from '../domain/deadline.ts';
import type { RuleAnswer } from '../domain/decision.ts';
import type { PathKind } from '../domain/event.ts';
import type { Subject, TaskKind } from '../domain/task.ts';
import { type StepPath, type WayStep } from '../domain/way-of-appeal.ts';
import { findCase } from './balances.ts';
import { openTask } from './task-about.ts';
import { subjectKey, type Turn } from './turn.ts';
import { askedInWords, nextStep } from './ways.ts';
import { anchorsOf, answerKinds, claimOf } from './windows.ts';

type Correction = 'newClaim' | 'replacement' | 'void';

const corrections = {
  newClaim: { deadline: 'filing', title: 'Correct the claim and send it as new' },
  replacement: { deadline: 'correctedClaim', title: 'Correct the claim and send a replacement' },
  void: { deadline: null, title: 'Void the claim: it should not exist' },
} as const satisfies Record<Correction, { readonly deadline: DeadlineKind | null; readonly title: string }>;

export function correctClaim(turn: Turn, subject: Subject, answer: RuleAnswer, path: Correction): void {
  const { deadline: kind, title } = corrections[path];
  const deadline = kind === null ? null : ownDeadline(turn, subject, kind);
  if (subject.kind === 'case') takePath(turn, subject, { path, level: 1 });
  openTask(turn, subject, answer, { kind: 'correctClaim', title, deadline });
}

const supplies = {
  sendDocuments: { path: 'documents', kind: 'prepareDocuments', deadline: 'documents', title: 'Send the documents the payer asked for' },
  billOtherPayer: { path: 'otherPayer', kind: 'billOtherPayer', deadline: 'filing', title: 'Find and bill the right payer' },
} as const;

export function supply(turn: Turn, subject: Subject, answer: RuleAnswer, action: keyof typeof supplies): void {
  const { path, kind, deadline, title } = supplies[action];
  const own = ownDeadline(turn, subject, deadline);
  takePath(turn, subject, { path, level: 1 });
  openTask(turn, subject, answer, { kind, title, deadline: own });
}

/** The next step of the case's way of appeal; what it needs and nobody knows is asked with its task. */
export function dispute(turn: Turn, subject: Subject, answer: RuleAnswer, path: StepPath): void {
  const found = subject.kind === 'case' ? findCase(turn.account, subject.caseId) : null;
  const step = found === null ? null : nextStep(turn, found, path).step;
  if (found === null || step === null) return;
  const deadline = ownDeadline(turn, subject, step.deadline);
  takePath(turn, subject, { path, level: step.level, step: step.name });
  const why = `${answer.why}${askedInWords(turn, found, step)}`;
  openTask(turn, subject, { ...answer, why }, { kind: preparing(step), title: `Prepare ${stepInWords(step)}`, deadline });
}

function preparing({ path }: WayStep): TaskKind {
  return path === 'appeal' || path === 'disputeResolution' ? 'prepareAppeal' : 'prepareReconsideration';
}

interface Taken {
  readonly path: PathKind;
  readonly level: number;
  readonly step?: string;
}

/** One path at a time: what was begun or is overdue about the case ends, and its work with it. */
function takePath(turn: Turn, subject: Subject, taken: Taken): void {
  const c = subject.kind === 'case' ? findCase(turn.account, subject.caseId)?.case : undefined;
  if (subject.kind === 'case' && c !== undefined && (c.status === 'working' || c.status === 'awaitingAnswer')) {
    turn.meetDeadlines(answerKinds, subject);
    turn.cancelTimers(subject);
    turn.withdrawTasks((t) => subjectKey(t.subject) === subject.caseId && pathWork.has(t.kind), 'another path was taken');
    if (c.status === 'working') turn.record({ kind: 'pathEnded', caseId: c.id, on: turn.today, reason: 'another path was taken' });
  }
  turn.record({ kind: 'pathTaken', subject, ...taken, on: turn.today });
}

const pathWork: ReadonlySet<TaskKind> = new Set([
  'correctClaim',
  'prepareReconsideration',
  'prepareAppeal',
  'prepareDocuments',
  'billOtherPayer',
  'recordPayerAnswer',
  'callPayer',
]);

/** Sets the external deadline this path must meet, unless it is set already, and returns it for the task. */
function ownDeadline(turn: Turn, subject: Subject, kind: DeadlineKind): DerivedDeadline | null {
  const claim = claimOf(turn.account, subject);
  if (claim === null) return null;
  const about: Subject = kind === 'filing' ? { kind: 'claim', sequence: claim.sequence } : subject;
  const standing = turn.account.deadlines.find(
    (d) => d.status === 'open' && d.deadline.kind === kind && subjectKey(d.subject) === subjectKey(about),
  );
  if (standing !== undefined) return standing.deadline;
  const c = subject.kind === 'case' ? (findCase(turn.account, subject.caseId)?.case ?? null) : null;
  const anchors = anchorsOf(turn, claim, c);
  turn.setDeadline(kind, about, claim, anchors);
  return turn.derive(kind, claim, anchors);
}
