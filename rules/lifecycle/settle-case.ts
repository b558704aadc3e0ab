import type { ClaimTrack, DenialCase } from '../domain/account.ts';
import type { Subject } from '../domain/task.ts';
import { subjectKey, type Turn } from './turn.ts';

interface SettleCase {
  readonly c: DenialCase;
  readonly status: 'recovered' | 'superseded' | 'undone';
  /** The remittance claim that settles it, which may be taken back itself; absent for a reversal. */
  readonly by?: string;
}

export function settleCase(turn: Turn, claim: ClaimTrack, { c, status, by }: SettleCase): void {
  const subject: Subject = { kind: 'case', sequence: claim.sequence, caseId: c.id };
  endWork(turn, subject);
  turn.record({ kind: 'caseClosed', caseId: c.id, status, on: turn.today, ...(by === undefined ? {} : { by }) });
}

/** Nothing more is to be done about this subject: its deadlines, timers and tasks end. */
export function endWork(turn: Turn, subject: Subject): void {
  const about = subjectKey(subject);
  for (const d of turn.account.deadlines)
    if (d.status === 'open' && subjectKey(d.subject) === about) turn.record({ kind: 'deadlineMet', deadlineId: d.id, on: turn.today });
  turn.cancelTimers(subject);
  turn.withdrawTasks((t) => subjectKey(t.subject) === about, 'it was settled by what arrived');
}
