import type { AccountDeadline } from '../domain/account.ts';
import { addDays, civilDate } from '../domain/civil-date.ts';
import type { RuleAnswer } from '../domain/decision.ts';
import type { AccountEvent } from '../domain/event.ts';
import type { LedgerLine } from '../domain/ledger.ts';
import { cents, dollars } from '../domain/money.ts';
import type { Subject, Task, TaskForm, TaskKind } from '../domain/task.ts';
import { bucketBalance } from './balances.ts';
import { carryOut } from './consequences.ts';
import { subjectKey, type Turn } from './turn.ts';

/**
 * Money of a patient that lies with us: after years without a sign of its owner it is the state's (DOMAIN §6.6). The clock of each credit runs from
 * the last activity; when it ends the owner is written to, and what nobody claims is reported. Writing it off does not end the duty.
 */

const credit: Subject = { kind: 'credit', bucket: 'patient' };
const key = subjectKey(credit);
const work: ReadonlySet<TaskKind> = new Set<TaskKind>(['sendDueDiligenceNotice', 'reportUnclaimed']);

/** The owner has so many days to answer before the report; uniform acts ask for 60 at least (text not seen). */
const answerDays = 60;

export function keepDormancyClock(turn: Turn): void {
  if (bucketBalance(turn.account, 'patient') >= 0) return claimed(turn, 'there is no credit any more');
  const { deadlines, tasks } = turn.account;
  const isRunning = deadlines.some((d) => isClock(d) && d.status === 'open') || tasks.some((t) => t.status === 'open' && work.has(t.kind));
  if (isRunning) return;
  const active = lastActivityOn(turn);
  if (active !== null) turn.setDeadline('dormancy', credit, null, { activeOn: civilDate(active) });
}

function isClock({ deadline: { kind }, subject }: AccountDeadline): boolean {
  return (kind === 'dormancy' || kind === 'escheat') && subjectKey(subject) === key;
}

function claimed(turn: Turn, why: string): void {
  turn.meetDeadlines(['dormancy', 'escheat'], credit);
  turn.withdrawTasks((t) => work.has(t.kind), why);
}

/** Of a refund that came back: the day on which it was sent, for the owner has not moved since. */
function lastActivityOn({ account }: Turn): string | null {
  const last = account.lines.findLast((line) => line.bucket === 'patient');
  const undone = account.lines.find((line) => line.id === last?.undoes && line.kind === 'refund');
  return undone?.on ?? last?.on ?? null;
}

/** The years are over: the owner is written to, with time to answer before the report. */
export function dormant(turn: Turn, { deadline }: AccountDeadline): void {
  if (deadline.kind !== 'dormancy' || bucketBalance(turn.account, 'patient') >= 0) return;
  turn.setDeadline('escheat', credit, null, { dormantOn: deadline.legalOn });
  const report = turn.account.deadlines.findLast((d) => d.deadline.kind === 'escheat' && d.status === 'open')?.deadline;
  const legalOn = report === undefined ? null : addDays(report.legalOn, -answerDays);
  open(turn, 'sendDueDiligenceNotice', {
    title: `Write to the owner of a credit of ${owed(turn)}`,
    reason: `No sign of the owner for the time the law gives: dormant since ${deadline.legalOn} (${deadline.policyId}).`,
    legalOn,
  });
}

function open(turn: Turn, kind: TaskKind, about: Pick<Task, 'title' | 'reason' | 'legalOn'>): void {
  const amountCents = -bucketBalance(turn.account, 'patient');
  turn.openTask({ ...about, kind, queue: 'credits', ruleId: 'lifecycle', subject: credit, safeByOn: about.legalOn, amountCents });
}

function owed(turn: Turn): string {
  return dollars(cents(-bucketBalance(turn.account, 'patient')));
}

export function refusalOfReport(task: Task, form: TaskForm): string | null {
  return task.kind === 'reportUnclaimed' && form.outcome === 'reported' && (form.reference ?? '') === ''
    ? 'the confirmation of the state’s report is needed (reference)'
    : null;
}

export function unclaimedAnswered(turn: Turn, task: Task, form: TaskForm): void {
  if (form.outcome === 'ownerFound') return ownerFound(turn, form);
  if (form.outcome === 'reported') return reported(turn, task);
  const report = turn.account.deadlines.findLast((d) => d.deadline.kind === 'escheat' && d.status === 'open')?.deadline;
  const legalOn = report?.legalOn ?? null;
  const reason = `The owner was written to on ${form.on ?? turn.today}${legalOn === null ? '' : `; the report is due by ${legalOn}`}.`;
  open(turn, 'reportUnclaimed', { title: `Report an unclaimed credit of ${owed(turn)} to the state`, reason, legalOn });
}

function ownerFound(turn: Turn, { by }: TaskForm): void {
  claimed(turn, 'the owner was found');
  const why = `The owner was found by ${by}: give the credit back.`;
  const answer: RuleAnswer = {
    ruleId: 'lifecycle',
    action: 'requestRefund',
    queue: 'credits',
    timer: null,
    why,
    citation: 'DOMAIN §6.6',
    params: {},
  };
  turn.withdrawTasks((t) => t.kind === 'approveRefund' && subjectKey(t.subject) === key, why);
  carryOut(turn, credit, answer);
}

function reported(turn: Turn, { id }: Task): void {
  const line = {
    ...blank(turn),
    id: `escheat:${id}#1`,
    kind: 'escheat',
    cents: -bucketBalance(turn.account, 'patient'),
    undoes: null,
  } as const;
  turn.record({
    kind: 'ledgerPosted',
    lines: [{ ...line, source: { cause: `escheat:${id}` } }],
    reason: 'reported to the state as unclaimed',
  });
}

function blank(turn: Turn) {
  return { bucket: 'patient', on: turn.today, remittanceClaimId: null, carc: null } as const;
}

/** The money never left: the credit stands again. What fits no refund of ours is a person's. */
export function refundReturned(turn: Turn, event: Extract<AccountEvent, { kind: 'refundReturned' }>): void {
  const { lines } = turn.account;
  const isBack = (line: LedgerLine): boolean => lines.some(({ undoes }) => undoes === line.id);
  const refund = lines.findLast(
    (line) => line.bucket === 'patient' && line.kind === 'refund' && line.cents === event.cents && !isBack(line),
  );
  if (refund === undefined)
    return turn.openTask({
      kind: 'checkPosting',
      queue: 'credits',
      title: `Find the refund of ${dollars(cents(event.cents))} that came back`,
      reason: `The bank says that it was ${event.says} on ${event.on}, and no refund of that amount was sent from this account.`,
      ruleId: 'lifecycle',
      subject: { kind: 'patient' },
      amountCents: event.cents,
    });
  const source = { fileId: event.fileId, offset: event.offset };
  const line = {
    ...blank(turn),
    id: `returned:${event.reference}#1`,
    kind: 'refund',
    cents: -event.cents,
    source,
    undoes: refund.id,
  } as const;
  turn.record({ kind: 'ledgerPosted', lines: [line], reason: `the refund was ${event.says}` });
}
