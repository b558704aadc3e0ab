import type { Account, DecidedQuestion } from '../domain/account.ts';
import { civilDateAt, type CivilDate, type Instant } from '../domain/civil-date.ts';
import type { Facts } from '../domain/decision.ts';
import { type DerivedDeadline, isNotBefore } from '../domain/deadline.ts';
import { caseAmount, bucketBalance, findCase, payerBucket } from './balances.ts';
import type { Knowledge } from './contract.ts';
import { factsFor } from './facts.ts';
import { subjectKey, Turn } from './turn.ts';
import { anchorsOf, claimOf } from './windows.ts';

/** A decision that still holds: what it brought about, an open task or an armed timer, waits. */
export interface WaitingDecision {
  readonly decisionId: string;
  /** The open task it made; null when only a timer is armed. */
  readonly taskId: string | null;
}

/** The last decision about every subject that waits. */
export function waitingDecisions(account: Account): readonly WaitingDecision[] {
  const open = account.tasks.filter((t) => t.status === 'open');
  const waiting = [
    ...open.map((t) => subjectKey(t.subject)),
    ...account.timers.filter((t) => t.status === 'armed').map((t) => subjectKey(t.subject)),
  ];
  return [...new Set(waiting)].flatMap((key) => {
    const last = account.decided.findLast((decided) => decidedAbout(account, decided) === key);
    if (last === undefined) return [];
    const task = open.find((t) => subjectKey(t.subject) === key && t.ruleId === last.ruleId);
    return [{ decisionId: last.decisionId, taskId: task?.id ?? null }];
  });
}

/** The subject is in the question's key (questions.ts). */
function decidedAbout(account: Account, { key }: DecidedQuestion): string | null {
  const [point, ...rest] = key.split(':');
  const about = rest.join(':').replace(/#[^#]*$/, '');
  switch (point) {
    case 'denied':
    case 'upheld':
    case 'placed':
      return about;
    case 'nextPayer':
      return `claim${about}`;
    case 'credit':
      return `credit-${about}`;
    case 'rejected': {
      const submissionKey = rest.join(':');
      const claim = account.claims.find((c) => c.submissions.some((s) => s.key === submissionKey));
      return claim === undefined ? null : `claim${claim.sequence}`;
    }
    case 'silent': {
      const id = rest.join(':');
      const clock = account.deadlines.find((d) => d.id === id) ?? account.timers.find((t) => t.id === id);
      return clock === undefined ? null : subjectKey(clock.subject);
    }
    default:
      return key.startsWith('patientBalance#') ? 'patient' : null;
  }
}

export interface RedatedDeadline {
  readonly kind: string;
  readonly live: DerivedDeadline;
  readonly draft: DerivedDeadline;
  /** `late`: its safe date is already behind us; `shortened`: it closes earlier than we were told. */
  readonly why: 'late' | 'shortened';
  readonly amountCents: number;
}

/** Open deadlines of the account that other policies would end earlier. Kinds that protect a patient's time end later instead. */
export function redatedDeadlines(account: Account, asOf: Instant, draft: Knowledge): readonly RedatedDeadline[] {
  if (account.opened === null) return [];
  const turn = new Turn(account, asOf, draft);
  const today = civilDateAt(asOf, account.opened.zone);
  return account.deadlines.flatMap(({ status, subject, deadline: live }): readonly RedatedDeadline[] => {
    const claim = claimOf(account, subject);
    if (status !== 'open' || claim === null) return [];
    const found = subject.kind === 'case' ? findCase(account, subject.caseId) : null;
    const anchors = { ...anchorsOf(turn, claim, found?.case ?? null), [live.anchor]: live.anchorOn };
    const derived = turn.derive(live.kind, claim, anchors);
    if (derived === null || !isEarlier(derived, live)) return [];
    const amountCents = found === null ? bucketBalance(account, payerBucket(claim.sequence)) : caseAmount(found.case);
    return [{ kind: live.kind, live, draft: derived, why: isLate(derived, live, today) ? 'late' : 'shortened', amountCents }];
  });
}

function isEarlier(draft: DerivedDeadline, live: DerivedDeadline): boolean {
  if (isNotBefore(live.kind)) return false;
  return draft.legalOn < live.legalOn || draft.safeByOn < live.safeByOn;
}

function isLate(draft: DerivedDeadline, live: DerivedDeadline, today: CivilDate): boolean {
  return draft.safeByOn < today && today <= live.safeByOn;
}

/** What the rules would see of a case if they were asked about it now; null when there is no such case. */
export function askedNow(
  account: Account,
  { caseId, asOf }: { readonly caseId: string; readonly asOf: Instant },
  knowledge: Knowledge,
): { readonly asOf: CivilDate; readonly facts: Facts } | null {
  const found = findCase(account, caseId);
  if (found === null || account.opened === null) return null;
  const turn = new Turn(account, asOf, knowledge);
  const subject = { kind: 'case', sequence: found.claim.sequence, caseId } as const;
  return { asOf: turn.today, facts: factsFor(turn, { point: 'denied', key: `denied:${caseId}`, subject }) };
}
