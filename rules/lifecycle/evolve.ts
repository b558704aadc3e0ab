import type { Account, IssuedCommand, PatientTrack } from '../domain/account.ts';
import type { AccountEvent } from '../domain/event.ts';
import { evolveAssistance } from './evolve-assistance.ts';
import { evolveClaims } from './evolve-claims.ts';
import { evolvePatient } from './evolve-patient.ts';
import { evolvePlan } from './evolve-plan.ts';
import { evolvePeople } from './evolve-people.ts';
import { evolveVendor } from './evolve-vendor.ts';
import { foldHolds } from './holds.ts';

const freshPatient: PatientTrack = {
  status: 'notDue',
  statements: [],
  plan: { status: 'none', instalmentCents: 0, since: null },
  paidCents: 0,
  placements: [],
};

export function emptyAccount(id: string): Account {
  return {
    id,
    opened: null,
    claims: [],
    patient: freshPatient,
    lines: [],
    tasks: [],
    deadlines: [],
    timers: [],
    commands: [],
    holds: [],
    decided: [],
    eventCount: 0,
  };
}

/** Folds one event into the account. Total: an event that does not fit changes only the count, so a history can always be rebuilt. */
export function evolve(account: Account, event: AccountEvent): Account {
  const counted = { ...account, eventCount: account.eventCount + 1 };
  const known = evolveAssistance(evolveMoney(counted, event), event);
  const parts = evolvePatient(evolveClaims(evolveAgenda(known, event), event), event);
  const folded = evolvePlan(evolvePeople(evolveVendor(parts, event), event), event);
  const late = sentAfterAll(account, event);
  return late === null ? folded : evolveAssistance(evolveVendor(evolvePatient(evolveClaims(folded, late), late), late), late);
}

/** What was in doubt and did arrive has the same effect as what was sent at once; null for anything else. */
function sentAfterAll(before: Account, event: AccountEvent): AccountEvent | null {
  if ((event.kind !== 'deliveryResolved' && event.kind !== 'deliveryReported') || !event.arrived) return null;
  const command = before.commands.find((c) => c.command.key === event.key);
  if (command === undefined || command.status === 'sent' || command.status === 'issued') return null;
  const { id, occurredAt, key, on, receipt = null } = event;
  const submissionKey = command.inDoubtKey ?? null;
  return { id, occurredAt, kind: 'commandCarriedOut', key, result: 'sent', receipt, reason: null, on, submissionKey };
}

function evolveMoney(account: Account, event: AccountEvent): Account {
  switch (event.kind) {
    case 'accountOpened': {
      const { id: _id, occurredAt: _at, kind: _kind, fileId: _file, offset: _offset, ...opened } = event;
      return { ...account, opened };
    }
    case 'ledgerPosted':
      return { ...account, lines: [...account.lines, ...event.lines] };
    case 'holdPlaced':
    case 'holdReleased':
    case 'holdKept':
      return { ...account, holds: foldHolds(account.holds, event) };
    case 'estimateGiven':
      return { ...account, estimate: { cents: event.cents, on: event.on } };
    default:
      return account;
  }
}

/** Tasks, deadlines, timers, commands and decided questions: what is to be done and by when. */
function evolveAgenda(account: Account, event: AccountEvent): Account {
  switch (event.kind) {
    case 'taskOpened':
      return made({ ...account, tasks: [...account.tasks, event.task] }, event.task.id, event.decisionId);
    case 'taskCompleted':
      return closeTask(account, event.taskId, {
        status: 'done',
        outcome: event.outcome,
        closedOn: event.on,
        closedBy: event.by,
        ...(event.role === undefined ? {} : { closedAs: event.role }),
      });
    case 'taskWithdrawn':
      return closeTask(account, event.taskId, { status: 'withdrawn', outcome: null, closedOn: event.on, closedBy: null });
    case 'deadlineSet': {
      const { deadlineId: id, subject, deadline } = event;
      return { ...account, deadlines: [...account.deadlines, { id, subject, deadline, status: 'open' }] };
    }
    case 'deadlineMet':
      return closeDeadline(account, event.deadlineId, 'met');
    case 'deadlineReached':
      return closeDeadline(account, event.deadlineId, 'reached');
    case 'deadlineShortened':
      return shortened(account, event);
    case 'timerSet': {
      const timer = { id: event.timerId, subject: event.subject, on: event.on, status: 'armed' as const };
      return made({ ...account, timers: [...account.timers, timer] }, timer.id, event.decisionId);
    }
    case 'timerFired':
      return closeTimer(account, event.timerId, 'fired');
    case 'timerCancelled':
      return closeTimer(account, event.timerId, 'cancelled');
    case 'decided': {
      const { questionKey: key, ruleId, action, decisionId } = event;
      return { ...account, decided: [...account.decided, { key, ruleId, action, decisionId }] };
    }
    case 'decisionReopened':
      return { ...account, decided: account.decided.map((d) => (d.decisionId === event.decisionId ? { ...d, reopenedOn: event.on } : d)) };
    case 'commandIssued': {
      const issued = { command: event.command, issuedOn: event.on, status: 'issued' as const, receipt: null };
      return { ...account, commands: [...account.commands, issued] };
    }
    case 'commandCarriedOut':
      return {
        ...account,
        commands: account.commands.map((c) => (c.command.key === event.key ? ended(c, event) : c)),
      };
    case 'deliveryReported':
    case 'deliveryResolved':
      return { ...account, commands: account.commands.map((c) => (c.command.key === event.key ? told(c, event) : c)) };
    default:
      return account;
  }
}

function ended(issued: IssuedCommand, { result, receipt, submissionKey }: AccountEvent & { kind: 'commandCarriedOut' }): IssuedCommand {
  const inDoubt = result === 'unknown' && submissionKey !== null ? { inDoubtKey: submissionKey } : {};
  return { ...issued, status: result, receipt, ...inDoubt };
}

function told(
  issued: IssuedCommand,
  { arrived, receipt }: AccountEvent & { kind: 'deliveryReported' | 'deliveryResolved' },
): IssuedCommand {
  return { ...issued, status: arrived ? 'sent' : 'refused', receipt: receipt ?? issued.receipt };
}

function made(account: Account, id: string, decisionId: string | undefined): Account {
  if (decisionId === undefined) return account;
  const decided = account.decided.map((d) => (d.decisionId === decisionId ? { ...d, made: [...(d.made ?? []), id] } : d));
  return { ...account, decided };
}

/** The work that had to be done by the later date has to be done by the earlier one. */
function shortened(account: Account, { deadlineId, deadline }: Extract<AccountEvent, { kind: 'deadlineShortened' }>): Account {
  const standing = account.deadlines.find((d) => d.id === deadlineId && d.status === 'open');
  if (standing === undefined) return account;
  const { safeByOn, legalOn } = deadline;
  const isItsWork = (t: Account['tasks'][number]): boolean =>
    t.status === 'open' && t.legalOn === standing.deadline.legalOn && t.safeByOn === standing.deadline.safeByOn;
  return {
    ...account,
    deadlines: account.deadlines.map((d) => (d === standing ? { ...d, deadline } : d)),
    tasks: account.tasks.map((t) => (isItsWork(t) ? { ...t, safeByOn, legalOn } : t)),
  };
}

function closeTask(
  account: Account,
  taskId: string,
  closing: Pick<Account['tasks'][number], 'status' | 'outcome' | 'closedOn' | 'closedBy' | 'closedAs'>,
): Account {
  return { ...account, tasks: account.tasks.map((t) => (t.id === taskId && t.status === 'open' ? { ...t, ...closing } : t)) };
}

function closeDeadline(account: Account, id: string, status: 'met' | 'reached'): Account {
  return { ...account, deadlines: account.deadlines.map((d) => (d.id === id && d.status === 'open' ? { ...d, status } : d)) };
}

function closeTimer(account: Account, id: string, status: 'fired' | 'cancelled'): Account {
  return { ...account, timers: account.timers.map((t) => (t.id === id && t.status === 'armed' ? { ...t, status } : t)) };
}
